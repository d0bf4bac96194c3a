"""The book of corrections: a table people may also edit by hand, so every line is checked."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from govstats import seedbook
from govstats.corrections.model import COLUMNS, Correction
from govstats.errors import KnowledgeError
from govstats.numbers import plain
from govstats.settings import Settings

_MAY_BE_EMPTY = ("file", "new_value", "value_unit", "source", "withdrawn_on")
#: As the columns cell_value and the seed keep a figure.
_DIGITS, _DECIMALS = 28, 8
_LONGEST = 40


def path(settings: Settings) -> Path:
    """Return where the book lies."""
    return settings.dbt_project / "seeds" / "corrections.csv"


def read(settings: Settings) -> tuple[Correction, ...]:
    """Return all corrections in the order of the book, withdrawn ones too.

    Raises:
        KnowledgeError: the book is missing, or a line is wrong: line, column, what was found.
    """
    lines = seedbook.read(path(settings), _shown(settings), COLUMNS)
    return tuple(_correction(row, where) for row, where in lines)


def write(settings: Settings, corrections: Iterable[Correction]) -> None:
    """Write the whole book anew, or leave the old one."""
    seedbook.write(path(settings), COLUMNS, corrections)


def figure(text: str, where: str) -> Decimal:
    """Read a figure as typed: plain digits, with or without thousands marks.

    Raises:
        KnowledgeError: it is none, or has more digits than a cell keeps.
    """
    try:
        value = Decimal(text.replace(",", "").replace("−", "-").strip())
    except InvalidOperation:
        raise KnowledgeError(f"{where}: “{text}” is no figure", "write it like 1234.5") from None
    fits = value.is_finite() and -_LONGEST < value.adjusted() < _DIGITS - _DECIMALS
    if not fits or len(plain(value).partition(".")[2]) > _DECIMALS:
        raise KnowledgeError(
            f"{where}: {text} is no figure of at most {_DECIMALS} decimals and "
            f"{_DIGITS - _DECIMALS} digits before the point",
            "write the figure as the cell holds it",
        )
    return value


def _correction(row: dict[str, str], where: str) -> Correction:
    empty = [name for name in COLUMNS if not row[name] and name not in _MAY_BE_EMPTY]
    if None in row or None in row.values() or empty:
        raise KnowledgeError(
            f"{where}: {', '.join(empty) or 'a column'} is empty or a comma is too many",
            f"fill in the columns {', '.join(COLUMNS)}",
        )
    return Correction(
        **{name: row[name] for name in COLUMNS if name not in (*_MAY_BE_EMPTY, *_TYPED)},
        file=row["file"] or None,
        value_unit=row["value_unit"] or None,
        source=row["source"] or None,
        old_value=figure(row["old_value"], f"{where} old_value"),
        new_value=figure(row["new_value"], f"{where} new_value") if row["new_value"] else None,
        entered_on=_date(row["entered_on"], f"{where} entered_on"),
        withdrawn_on=_date(row["withdrawn_on"], f"{where} withdrawn_on")
        if row["withdrawn_on"]
        else None,
    )


_TYPED = ("old_value", "entered_on")


def _date(text: str, where: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise KnowledgeError(f"{where}: “{text}” is no date", "write it like 2020-07-20") from None


def _shown(settings: Settings) -> str:
    book = path(settings)
    return f"{book.parent.parent.name}/{book.parent.name}/{book.name}"
