"""The command that makes the workbook a department fills in."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from govstats.cli.output import Json, console, print_json
from govstats.settings import Settings
from govstats.template import make_template


def add_to(app: typer.Typer) -> None:
    """Register this module's command."""
    app.command()(template)


def template(
    department: Annotated[
        str, typer.Argument(help="Department code, or a name of the alias table.")
    ],
    period: Annotated[str, typer.Argument(help="Period YYYY-MM, its last month.")],
    out: Annotated[
        Path | None,
        typer.Option(help="File to write (default: <department>_<period>_填报表.xlsx here)."),
    ] = None,
    layout: Annotated[
        list[str] | None, typer.Option(help="Only this form; may be given several times.")
    ] = None,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace a file that is there.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Write the workbook a department fills in: its forms, with last period's figures in grey."""
    path, made = make_template(
        Settings.from_environment(), department, period, out, tuple(layout or ()),
        overwrite=overwrite,
    )  # fmt: skip
    if as_json:
        print_json({"file": str(path), "forms": [asdict(form) for form in made]})
        return
    for form in made:
        last = f", in grey: {form.last_period}" if form.last_period else ""
        room = f", {form.room} rows for new entries" if form.room else ""
        console.print(f"{form.title}: {form.inputs} cells to fill in{room}{last}", highlight=False)
    console.print(f"written {path}", highlight=False, soft_wrap=True)
