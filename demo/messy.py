"""The untidy cells of real sheets; which cells they are stands in ``messy.csv``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from demo.grid import Cell
    from demo.periods import Period
    from demo.records import Mess

FULL_WIDTH = str.maketrans("0123456789.-", "０１２３４５６７８９．－")


def applies(mess: Mess, period: Period, row: str, column: str) -> bool:
    """Whether a cell, by its plain row label and heading, is declared untidy."""
    return (
        mess.column == column
        and fnmatchcase(str(period), mess.period)
        and fnmatchcase(row, mess.row)
    )


def untidy(cell: Cell, form: str, unit: str, exact: Decimal | None) -> Cell:
    """The same cell in an untidy form that leaves no doubt about its figure.

    ``unit`` is the row's unit, ``exact`` the figure before rounding where there is one.
    """
    if form == "long" and exact is not None:
        return replace(cell, value=round(float(exact), 14))
    return replace(cell, value=FORMS[form](str(cell.value), unit))


def _thousands(text: str, _unit: str) -> str:
    return f"{Decimal(text):,f}"


FORMS: dict[str, Callable[[str, str], str]] = {
    "fullwidth": lambda text, _unit: text.translate(FULL_WIDTH),
    "text_trailing": lambda text, _unit: f"{text}  ",
    "percent_text": lambda text, _unit: f"{text}%",
    "thousands": _thousands,
    "with_unit": lambda text, unit: f"{text}{unit}",
    "triangle": lambda text, _unit: f"▲{text}",
}
