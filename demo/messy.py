"""The untidy cells of real sheets; which cells they are stands in ``messy.csv``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from demo.records import Mess

if TYPE_CHECKING:
    from demo.grid import Cell
    from demo.periods import Period

WRONG = "wrong"

FULL_WIDTH = str.maketrans("0123456789.-", "０１２３４５６７８９．－")


def untidy_cells(messes: Iterable[Mess], sheet: Mapping[str, Any], edition: str) -> list[Mess]:
    """The untidy cells of one edition of a sheet, from ``messy.csv`` and its own ``messy``."""
    name = sheet["sheet_id"]
    own = [
        Mess(name, entry["period"], entry["row"], entry["column"], entry["form"], entry.get("text"))
        for entry in sheet.get("messy", [])
        if entry.get("edition", edition) == edition
    ]
    return [mess for mess in messes if mess.sheet == name] + own


def applies(mess: Mess, period: Period, row: str, column: str) -> bool:
    """Whether a cell, by its plain row label and heading, is declared untidy."""
    return (
        mess.column == column
        and fnmatchcase(str(period), mess.period)
        and fnmatchcase(row, mess.row)
    )


def untidy(cell: Cell, mess: Mess, unit: str, exact: Decimal | None) -> Cell:
    """The same cell in an untidy form that leaves no doubt about its figure, or a wrong figure.

    ``unit`` is the row's unit, ``exact`` the figure before rounding where there is one.
    """
    if mess.form == WRONG:
        return replace(cell, value=Decimal(str(mess.text)), key=None)
    if mess.form == "long" and exact is not None:
        return replace(cell, value=round(float(exact), 14))
    return replace(cell, value=FORMS[mess.form](str(cell.value), unit))


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
