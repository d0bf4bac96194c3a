"""Command notes: what a release brings against the one before."""

from typing import Annotated

import typer

from govstats.cli.output import Json
from govstats.errors import GovstatsError
from govstats.release import notes as release_notes
from govstats.release import releases
from govstats.release.notes.text import markdown
from govstats.release.notes.write import DATA, TEXT
from govstats.release.notes.write import as_json as data
from govstats.settings import Settings


def add_to(app: typer.Typer) -> None:
    """Register this module's commands."""
    app.command()(notes)


def notes(
    release: Annotated[
        str | None, typer.Argument(help="A kept release (default: the current one).")
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(help="Compare with this kept release, not with the one before it."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Show what changed with a release: sheets, figures, targets, findings, knowledge.

    Every release keeps its notes as notes.md and notes.json; with --since any two kept releases
    are compared now, the older one as it was released.
    """
    settings = Settings.from_environment()
    chosen = release or releases.current_folder(settings).name
    if since is None:
        typer.echo(_kept(settings, chosen, DATA if as_json else TEXT))
        return
    new, old = (releases.folder(settings, name) / "warehouse.duckdb" for name in (chosen, since))
    found = release_notes.made(new, old)
    typer.echo(data(found) if as_json else markdown(found), nl=False)


def _kept(settings: Settings, release_id: str, file: str) -> str:
    folder = releases.folder(settings, release_id)
    path = folder / file
    if path.is_file():
        return path.read_text(encoding="utf-8").rstrip("\n")
    if releases.manifest(folder)["as_of"] is not None:
        raise GovstatsError(
            f"{release_id} shows a past day and is compared with no other release",
            f"`govstats notes {release_id} --since ID` compares it with a kept one",
        )
    raise GovstatsError(
        f"release {release_id} was published without notes",
        f"`govstats notes {release_id} --since ID` compares it with a kept one; "
        "`govstats releases` lists them",
    )
