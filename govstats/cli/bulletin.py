"""The command that writes a bulletin of a released period."""

from pathlib import Path
from typing import Annotated

import typer

from govstats.cli.output import Json, console, print_json
from govstats.release import bulletin as bulletins
from govstats.release import releases
from govstats.settings import Settings


def add_to(app: typer.Typer) -> None:
    """Register this module's command."""
    app.command()(bulletin)


def bulletin(
    period: Annotated[
        list[str], typer.Option(help="Period YYYY-MM, its last month; may be given several times.")
    ],
    release: Annotated[str | None, typer.Option(help="A kept release (default: current).")] = None,
    output: Annotated[Path, typer.Option(help="Folder for the files (default: here).")] = Path(),
    as_json: Json = False,
) -> None:
    """Write the bulletin of a period as docx, html and xlsx, from the present template.

    The release itself is not changed; it has its own bulletins in its folder bulletin/.
    """
    settings = Settings.from_environment()
    folder = (
        releases.current_folder(settings) if release is None else releases.folder(settings, release)
    )
    written = bulletins.write(
        folder / "warehouse.duckdb", output, releases.manifest(folder), settings, period
    )
    if as_json:
        print_json({"release_id": folder.name, "files": [str(path) for path in written]})
        return
    for path in written:
        console.print(f"written {path}", highlight=False, soft_wrap=True)
