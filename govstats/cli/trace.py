"""The command for one figure: trace."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from govstats.cli.output import Json, as_json_text, print_json
from govstats.errors import GovstatsError
from govstats.files import write_atomic
from govstats.settings import Settings
from govstats.tracing import page, text
from govstats.tracing import trace as follow


class Format(StrEnum):
    """How a trace is written."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"


def add_to(app: typer.Typer) -> None:
    """Register this module's command."""
    app.command()(trace)


def trace(
    what: Annotated[
        str,
        typer.Argument(
            help="A target's id or a part of it (gdp-level); the address of a figure "
            "(mart/column?key=value&…); a cell of a bulletin (bulletin/2020-12.xlsx 表1!C5)."
        ),
    ],
    period: Annotated[
        str | None, typer.Option(help="Reported period of a target, YYYY-MM.")
    ] = None,
    form: Annotated[Format, typer.Option("--format", help="text, json or html.")] = Format.TEXT,
    output: Annotated[Path | None, typer.Option(help="File to write instead.")] = None,
    release: Annotated[str | None, typer.Option(help="A kept release (default: current).")] = None,
    as_json: Json = False,
) -> None:
    """Follow a published figure back to department, file, sheet and cell."""
    if form is Format.HTML and output is None:
        raise GovstatsError("a page is written to a file", "add --output trace.html")
    result = follow(Settings.from_environment(), what, period, release)
    if form is Format.HTML:
        written = page.render(result)
    elif form is Format.JSON or as_json:
        if output is None:
            print_json(result.as_dict())
            return
        written = as_json_text(result.as_dict()) + "\n"
    else:
        written = "".join(f"{line}\n" for line in text.lines(result))
    if output is None:
        typer.echo(written, nl=False)
    else:
        write_atomic(output, written.encode())
        typer.echo(f"written: {output}")
