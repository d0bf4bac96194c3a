"""The command that hands out marts as files."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import duckdb
import typer

from govstats.cli.output import Json, console, print_json
from govstats.errors import GovstatsError
from govstats.exports import marts as tables
from govstats.exports import sdmx
from govstats.exports.forms import Form
from govstats.release import reader, releases
from govstats.settings import Settings


class ExportForm(StrEnum):
    """Forms of an export."""

    CSV = "csv"
    XLSX = "xlsx"
    PARQUET = "parquet"
    SDMX_CSV = "sdmx-csv"


def add_to(app: typer.Typer) -> None:
    """Register this module's command."""
    app.command()(export)


def export(
    marts: Annotated[
        list[str] | None,
        typer.Argument(help="Marts: fct_observation dim_area …", show_default=False),
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="All marts.")] = False,
    form: Annotated[
        ExportForm, typer.Option("--format", help="Form of the files.")
    ] = ExportForm.CSV,
    output: Annotated[Path, typer.Option(help="Folder to write into.")] = Path(),
    release: Annotated[str | None, typer.Option(help="A kept release (default: current).")] = None,
    as_json: Json = False,
) -> None:
    """Write marts of a release as files, one each; sdmx-csv writes data and structure of figures.

    csv has a byte order mark and nothing that a spreadsheet program would run; xlsx and parquet
    carry the columns' descriptions.
    """
    settings = Settings.from_environment()
    outside(settings, output)
    manifest = releases.manifest(reader.release_folder(settings, release))
    try:
        with reader.connect(settings, release) as connection:
            if form is ExportForm.SDMX_CSV:
                sdmx.accept(marts or [])
                paths = sdmx.write(connection, output, settings.timezone)
            else:
                wished = tables.names(connection) if everything else marts
                if not wished:
                    raise GovstatsError(
                        "no mart is named",
                        f"name some, or --all: {', '.join(tables.names(connection))}",
                    )
                found = tables.chosen(connection, wished)
                paths = tables.write(connection, found, Form(form.value), output, manifest)
    except duckdb.CatalogException as error:
        raise GovstatsError(
            f"the release was made by another version of the program: {error}",
            "make a new one: `govstats run`",
        ) from None
    _tell(manifest["release_id"], paths, as_json)


def outside(settings: Settings, path: Path) -> None:
    """Refuse a place within the releases: what is published is not added to.

    Raises:
        GovstatsError: the path lies there.
    """
    if path.resolve().is_relative_to(settings.releases.resolve()):
        raise GovstatsError(f"{path} lies within the releases", "write to another folder")


def _tell(release_id: str, paths: list[Path], as_json: bool) -> None:
    if as_json:
        print_json({"release_id": release_id, "files": [str(path) for path in paths]})
        return
    console.print(f"release    {release_id}", highlight=False)
    for path in paths:
        console.print(f"written    {path}", highlight=False, soft_wrap=True)
