"""Cells of a sheet with their addresses: what a layout works on."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from govstats.numbers import plain

Kind = Literal["number", "text", "error", "other"]
#: (row, column), both counted from 1 as people do.
Place = tuple[int, int]


def column_letters(column: int) -> str:
    """1 → A, 27 → AA, 16384 → XFD."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """A → 1, XFD → 16384."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def address(row: int, column: int) -> str:
    """The A1 address of a place."""
    return f"{column_letters(column)}{row}"


def exact(number: float) -> Decimal:
    """The decimal a person typed: the shortest text that reads back as the stored double."""
    return Decimal(repr(number))


@dataclass(frozen=True, slots=True)
class Cell:
    """One non-empty cell.

    ``content`` is what is stored, a number as its double; ``is_percent`` where it is shown as a
    percentage; ``kind`` ``other`` are dates and truth values.
    """

    row: int
    column: int
    kind: Kind
    content: str | float
    is_percent: bool = False

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
    def text(self) -> str:
        """What was typed, or what the stored figure reads as."""
        if isinstance(self.content, str):
            return self.content
        number = exact(self.content)
        return f"{plain(number * 100)}%" if self.is_percent else plain(number)


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged range; its content stands in its top left cell."""

    top: int
    left: int
    bottom: int
    right: int

    def covers(self, row: int, column: int) -> bool:
        """Whether a place lies in the range."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right


@dataclass(frozen=True)
class Sheet:
    """One worksheet: its non-empty cells by place, in the order of rows, and merged ranges."""

    name: str
    cells: dict[Place, Cell]
    merges: tuple[Merge, ...] = ()
    is_visible: bool = True
    last_row: int = field(init=False)
    last_column: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "last_row", max((row for row, _ in self.cells), default=0))
        object.__setattr__(self, "last_column", max((col for _, col in self.cells), default=0))

    def at(self, row: int, column: int) -> Cell | None:
        """The cell stored at a place."""
        return self.cells.get((row, column))

    def merge_at(self, row: int, column: int) -> Merge | None:
        """The merged range that covers a place."""
        return next((merge for merge in self.merges if merge.covers(row, column)), None)

    def shown_at(self, row: int, column: int) -> Cell | None:
        """The cell a reader sees at a place: that of the merged range where there is one."""
        merge = self.merge_at(row, column)
        return self.at(merge.top, merge.left) if merge else self.at(row, column)

    def in_order(self) -> Iterator[Cell]:
        """Cells by row, then column."""
        return iter(self.cells.values())


@dataclass(frozen=True)
class Workbook:
    """The worksheets of one file in their order."""

    sheets: tuple[Sheet, ...]
