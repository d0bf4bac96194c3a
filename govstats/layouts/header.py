"""The header block of a table, found by its labels: nested, merged, two or more rows deep."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from govstats.layouts.index import SheetIndex
from govstats.layouts.labels import read_label, squeeze
from govstats.layouts.model import Column
from govstats.layouts.periods import as_period
from govstats.workbooks.cells import Cell, Sheet


@dataclass(frozen=True)
class HeaderColumn:
    """One column as its header reads: levels from top to bottom, and the unit they state.

    A column of the layout found here has ``declared``; ``period_end`` or ``ref_area`` are what an
    ``each`` column reads in its header; ``is_renamed`` where only the alias table knows it.
    """

    column: int
    levels: tuple[str, ...]
    unit: str | None
    declared: Column | None = None
    period_end: date | None = None
    ref_area: str | None = None
    is_renamed: bool = False

    def spellings(self, period: date) -> Iterator[str]:
        """The levels joined, as a layout's labels are, the surest first.

        As they stand and without a level of units; the same without the period itself; and last
        without a level that says the same as the one above it.
        """
        yield "".join(self.levels)
        yield "".join(level for level in self.levels if level != self.unit)
        rest = [level for level in self.levels if as_period(level, period.year) != period]
        yield "".join(rest)
        yield "".join(level for level in rest if level != self.unit)
        yield "".join(level for level, _ in groupby(rest))

    @property
    def shown(self) -> str:
        """The levels with a stroke between them."""
        return "/".join(self.levels)

    @property
    def key(self) -> str:
        """The column's name in the layout; with what it stands for where that is ``each``."""
        if self.declared is None:
            return ""
        which = self.period_end or self.ref_area
        return f"{self.declared.id}:{which}" if which else self.declared.id


@dataclass(frozen=True)
class Header:
    """A header block and the columns of a layout in it.

    ``found`` maps ``HeaderColumn.key`` to columns, ``twice`` are keys' labels that stand more
    than once, ``extra`` columns that the layout does not declare. ``left`` and ``right`` are the
    first and last column that belong to the table.
    """

    top: int
    bottom: int
    label_column: int
    left: int
    right: int
    found: dict[str, HeaderColumn] = field(default_factory=dict)
    twice: tuple[str, ...] = ()
    extra: tuple[HeaderColumn, ...] = ()

    def with_role(self, *roles: str) -> tuple[HeaderColumn, ...]:
        """Columns found that have one of the roles, from left to right."""
        chosen = [
            heading
            for heading in self.found.values()
            if heading.declared and heading.declared.role in roles
        ]
        return tuple(sorted(chosen, key=lambda heading: heading.column))


def headings(
    index: SheetIndex, top: int, bottom: int, columns: tuple[int, int], *, fill: bool
) -> list[HeaderColumn]:
    """What the rows of a header block say above each column; columns without a word left out.

    Args:
        index: of the sheet.
        top: first row of the block.
        bottom: its last row.
        columns: first and last column.
        fill: a heading stands over the first of its columns only and speaks for those right of
            it, as where it was never merged.
    """
    reader = _Levels(index, top, bottom, columns[0], fill)
    found = (reader.heading(column) for column in range(columns[0], columns[1] + 1))
    return [heading for heading in found if heading.levels]


class _Levels:
    """Reads the columns from left to right: what is filled in stands above the one before."""

    def __init__(self, index: SheetIndex, top: int, bottom: int, left: int, fill: bool) -> None:
        self._sheet: Sheet = index.sheet
        self._units = index.units
        self._rows = range(top, bottom + 1)
        self._bottom = bottom
        self._left = left
        self._fill = fill
        #: What stands above the column before, by row of the block.
        self._before: list[Cell | None] = []

    def heading(self, column: int) -> HeaderColumn:
        levels: list[str] = []
        unit = None
        before: tuple[int, int] | None = None
        for cell in self._cells(column):
            if (cell.row, cell.column) == before:
                continue
            before = cell.row, cell.column
            read = read_label(cell.text, self._units)
            unit = read.unit or unit
            if read.text:
                levels.append(read.text)
        return HeaderColumn(column, tuple(levels), unit)

    def _cells(self, column: int) -> list[Cell]:
        """The levels above a column, down to the last one with words of its own."""
        above: list[Cell | None] = []
        depth = 0
        for row in self._rows:
            cell = self._words_at(row, column)
            if cell:
                depth = len(above) + 1
            elif self._fill and self._is_filled(row, column, above):
                cell = self._before[len(above)]
            above.append(cell)
        self._before = above
        return [cell for cell in above[:depth] if cell]

    def _is_filled(self, row: int, column: int, above: Sequence[Cell | None]) -> bool:
        """Whether the heading before a column speaks for it too: below the same headings alone."""
        if column == self._left or row == self._bottom:
            return False
        if any(self._sheet.merge_at(row, place) for place in (column - 1, column)):
            return False  # a merged heading says itself how far it reaches
        return all(map(self._is_same, above, self._before))

    def _is_same(self, own: Cell | None, other: Cell | None) -> bool:
        if own is None or other is None or own == other:
            return own == other
        is_merged = any(self._sheet.merge_at(cell.row, cell.column) for cell in (own, other))
        return not is_merged and squeeze(own.text) == squeeze(other.text)

    def _words_at(self, row: int, column: int) -> Cell | None:
        """The words at a place; a title merged from above the block has no part in it."""
        cell = self._sheet.shown_at(row, column)
        return cell if cell and cell.row >= self._rows.start and cell.text.strip() else None
