"""One cell: what is stored in it and what it reads as."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Literal

from govstats.numbers import plain
from govstats.workbooks.places import address

Kind = Literal["number", "text", "error", "date", "other"]
#: What a grid holds at a place; ``''`` is an empty cell.
Stored = int | float | str | bool | date | datetime | time | timedelta
_Day = date


def exact(number: float) -> Decimal:
    """The decimal a person typed: the shortest text that reads back as the stored double."""
    return Decimal(repr(number))


@dataclass(frozen=True, slots=True)
class Cell:
    """One non-empty cell.

    ``content`` is what is stored, a number as its double, a date as ISO text; ``is_percent``
    where a number is shown as a percentage; ``shown`` the text a reader sees, where the number
    format is known and plain; ``kind`` ``other`` are truth values, times and durations.
    """

    row: int
    column: int
    kind: Kind
    content: str | float
    is_percent: bool = False
    shown: str | None = None

    @property
    def address(self) -> str:
        """The A1 address."""
        return address(self.row, self.column)

    @property
    def number(self) -> Decimal | None:
        """The exact decimal of a numeric cell; 0.081 shown as 8.1% is 8.1."""
        if isinstance(self.content, str):
            return None
        number = exact(self.content)
        return number * 100 if self.is_percent else number

    @property
    def date(self) -> _Day | None:
        """The day of a cell that is formatted as a date."""
        if self.kind != "date" or not isinstance(self.content, str):
            return None
        return _Day.fromisoformat(self.content[:10])

    @property
    def text(self) -> str:
        """What was typed, or what the stored figure reads as."""
        if isinstance(self.content, str):
            return self.content
        number = exact(self.content)
        return f"{plain(number * 100)}%" if self.is_percent else plain(number)


def stored_cell(row: int, column: int, value: Stored) -> Cell:
    """The cell of a value as a grid holds it; not for empty ones."""
    if isinstance(value, str):
        return Cell(row, column, "text", value)
    if isinstance(value, bool):
        return Cell(row, column, "other", "TRUE" if value else "FALSE")
    if isinstance(value, float):
        return Cell(row, column, "number", value)
    if isinstance(value, int):
        return Cell(row, column, "number", float(value))
    if isinstance(value, datetime):
        at_midnight = value.time() == time()
        text = value.date().isoformat() if at_midnight else value.isoformat(" ")
        return Cell(row, column, "date", text)
    if isinstance(value, date):
        return Cell(row, column, "date", value.isoformat())
    return Cell(row, column, "other", str(value))
