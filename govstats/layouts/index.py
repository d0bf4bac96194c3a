"""Where the labels of a sheet stand: read once, asked by every layout."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from govstats.layouts.labels import ReadLabel, read_label, squeeze
from govstats.workbooks.cells import Cell, Place, Sheet, Stored

#: Longest text taken for a label rather than for a remark.
LABEL_LENGTH = 40
#: Rows that are read cell by cell; of those below only the ones that hold an anchor's text.
_FULLY = 400
#: Rows above an anchor in which its title stands.
_TITLE = 6


class Line(NamedTuple):
    """A text of the sheet with its place; ``text`` is squeezed."""

    row: int
    column: int
    text: str


class SheetIndex:
    """The texts of one sheet.

    Args:
        sheet: any.
        units: known unit symbols, which may stand behind a label.
        anchors: labels that tables are found by, for the rows far down a long sheet.
        number: place of the sheet in its file.
    """

    def __init__(
        self, sheet: Sheet, units: frozenset[str], anchors: frozenset[str], number: int = 0
    ) -> None:
        self.sheet = sheet
        self.number = number
        self.units = units
        #: Label without its unit → its places, in order.
        self.places: dict[str, list[Place]] = {}
        #: Raw text and place of every indexed text, in order.
        self._texts: list[tuple[int, int, str]] = []
        self._read(anchors)

    def _read(self, anchors: frozenset[str]) -> None:
        grid = self.sheet.grid
        for row, values in enumerate(grid[:_FULLY], start=1):
            self._read_row(row, values)
        if len(grid) > _FULLY:
            # As they were written further up, or in their one spelling.
            wanted = {text for _, _, text in self._texts if self.label(text).text in anchors}
            wanted |= anchors
            read = _FULLY
            for row, values in enumerate(grid[_FULLY:], start=_FULLY + 1):
                if not wanted.isdisjoint(values):
                    for near in range(max(read, row - _TITLE) + 1, row + 1):
                        self._read_row(near, grid[near - 1])
                    read = row

    def _read_row(self, row: int, values: Sequence[Stored]) -> None:
        places, texts, units = self.places, self._texts, self.units
        for column, value in enumerate(values, start=1):
            if type(value) is str and value:
                texts.append((row, column, value))
                if len(value) <= LABEL_LENGTH:
                    text = read_label(value, units).text
                    if text:
                        places.setdefault(text, []).append((row, column))

    def label(self, text: str) -> ReadLabel:
        """A label in its one spelling, its unit apart."""
        return read_label(text, self.units)

    def lines_between(self, first: int, last: int) -> Iterator[Line]:
        """Texts of rows from ``first`` to ``last``, both included, that are not blank."""
        start = bisect_left(self._texts, (first, 0, ""))
        for row, column, raw in islice(self._texts, start, None):
            if row > last:
                break
            if text := squeeze(raw):
                yield Line(row, column, text)

    def cell(self, line: Line) -> Cell:
        """The cell of a line."""
        found = self.sheet.at(line.row, line.column)
        if found is None:
            raise ValueError(f"{self.sheet.name} has no cell at {line.row}, {line.column}")
        return found

    def cells_where(self, label: str) -> tuple[Place, ...]:
        """Places of a label."""
        return tuple(self.places.get(label, ()))
