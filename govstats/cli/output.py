"""Printing for people and for programs."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

import typer
from rich.table import Table

from govstats.htmlpage import spelled
from govstats.numbers import plain
from govstats.status import wide_console

Json = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]

console = wide_console()


def print_json(content: object) -> None:
    """Print ``content`` as JSON; figures become numbers, dates ISO text, None null."""
    typer.echo(as_json_text(content))


def as_json_text(content: object) -> str:
    """Return what ``print_json`` prints."""
    return spelled(json.dumps(content, ensure_ascii=False, indent=2, default=_encode))


def _encode(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, Decimal):
        return float(plain(value)) if value % 1 else int(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value)


def table(title: str, names: Sequence[str], rows: Sequence[Sequence[object]]) -> Table:
    """Lay out rows; figures stand right-aligned."""
    result = Table(title=title, title_justify="left")
    for position, name in enumerate(names):
        figures = all(isinstance(row[position], Decimal | int | float | None) for row in rows)
        result.add_column(name, justify="right" if figures else "left", overflow="fold")
    for row in rows:
        result.add_row(*(plain(value) for value in row))
    return result
