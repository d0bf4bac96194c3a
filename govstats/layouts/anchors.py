"""Header blocks on a sheet that may be a layout's: one at every place of its anchor's label."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from govstats.layouts.columns import ColumnFinder
from govstats.layouts.header import Header, headings
from govstats.layouts.index import SheetIndex
from govstats.layouts.model import Column, Layout
from govstats.layouts.periods import as_period
from govstats.layouts.seeds import Seeds
from govstats.workbooks.cells import Place
from govstats.workbooks.values import interpret

#: Rows below the first header row among which the first row of the table is looked for.
_DEEPEST = 12
#: Rows above an anchor that may still be its header.
_HIGHEST = 2


class HeaderFinder:
    """Finds a layout's header blocks on a sheet.

    Args:
        index: of the sheet.
        layout: already that of the period.
        period_end: of the folder.
        seeds: aliases and units.
        walls: anchor labels of the department's other layouts, which may stand beside this one.
    """

    def __init__(
        self,
        index: SheetIndex,
        layout: Layout,
        period_end: date,
        seeds: Seeds,
        walls: frozenset[str],
    ) -> None:
        self._index = index
        self._layout = layout
        self._columns = ColumnFinder(layout, period_end, seeds)
        self._is_row = _row_test(layout, period_end, seeds)
        own = {text for column in layout.columns for text in (*column.labels, *column.levels)}
        self._walls = walls - own
        self._required = [column for column in layout.columns if column.required]
        #: Nobody knows how many columns there are to be found.
        self._is_open = any(column.each for column in layout.columns)

    def every(self) -> Iterator[Header]:
        """Every block that has at least one column besides its anchor, from the top."""
        anchors = self._anchors()
        done: set[Place] = set()
        for place in anchors:
            if place in done:
                continue
            beside = [other for other in anchors if other[0] == place[0] and other >= place]
            if len(beside) > 1 and self._layout.continued:
                done |= set(beside)
                yield from self._side_by_side(beside)
            else:
                header = self._whole(place)
                if len(header.found) > 1:
                    yield header

    def _anchors(self) -> list[Place]:
        """Places of the anchor's label; also where it is broken over two cells."""
        sheet, index = self._index.sheet, self._index
        found: set[Place] = set()
        for label in self._layout.anchor.labels:
            found.update(index.cells_where(label))
            for cut in range(1, len(label)):
                for row, column in index.cells_where(label[:cut]):
                    below = sheet.at(row + 1, column)
                    if below and index.label(below.text).text == label[cut:]:
                        found.add((row, column))
        return sorted(found)

    def _whole(self, anchor: Place) -> Header:
        """The block over all columns; between the anchors of other tables where they are beside."""
        header = self._best(anchor, (1, self._index.sheet.last_column))
        if header.twice:
            walls = sorted(
                column
                for label in self._walls
                for row, column in self._index.cells_where(label)
                if header.top <= row <= header.bottom
            )
            right = next((column - 1 for column in walls if column > anchor[1]), header.right)
            before = [column for column in walls if column < anchor[1]]
            left = anchor[1] - _lead(header, max(before)) if before else 1
            if (left, right) != (header.left, header.right):
                return self._best(anchor, (left, right))
        return header

    def _side_by_side(self, anchors: Sequence[Place]) -> Iterator[Header]:
        first = self._best(anchors[0], (1, anchors[1][1] - 1))
        lead = _lead(first)
        for number, (row, column) in enumerate(anchors):
            last = number + 1 == len(anchors)
            right = self._index.sheet.last_column if last else anchors[number + 1][1] - lead - 1
            header = self._best((row, column), (column - lead if number else 1, right))
            if len(header.found) > 1:
                yield header

    def _best(self, anchor: Place, columns: tuple[int, int]) -> Header:
        """The extent and reading of merged headings that find most columns, the deepest first."""
        best: Header | None = None
        for top in self._tops(anchor):
            depths = range(*self._depths(anchor))
            for bottom in reversed(depths):
                # A heading that was not merged stands over the first of its columns only.
                for fill in (False, True):
                    header = self._block((top, bottom), anchor[1], columns, fill=fill)
                    if bottom < depths[-1] and self._goes_on(header, depths[-1]):
                        continue
                    # Of two that find as many, the one that sees a column twice knows more.
                    rank = len(header.found), len(header.twice)
                    if best is None or rank > (len(best.found), len(best.twice)):
                        best = header
                    if self._has(header, self._layout.columns) and not self._is_open:
                        return header
            if best is not None and self._has(best, self._required):
                break
        if best is None:
            raise ValueError("a header block has at least one row")
        return best

    def _tops(self, anchor: Place) -> Iterator[int]:
        """The anchor's row; rows above it where its label was put at the foot of the header."""
        row, column = anchor
        yield row
        for above in range(row - 1, max(row - _HIGHEST, 1) - 1, -1):
            if self._index.sheet.shown_at(above, column) is not None:
                break
            yield above

    def _goes_on(self, header: Header, last: int) -> bool:
        """Whether words below a block still say what its figures are: rows of the table end it."""
        sheet = self._index.sheet
        columns = [entry.column for entry in header.with_role("figure", "field")]
        for row in range(header.bottom + 1, last + 1):
            cells = (sheet.at(row, column) for column in columns)
            kinds = {interpret(cell, self._index.units).missing_kind for cell in cells if cell}
            label = sheet.at(row, header.label_column)
            if label and label.text.strip() and kinds - {"text"}:
                return False  # a label before figures, a word among them or none
            if "text" in kinds:
                return True
        return False

    @staticmethod
    def _has(header: Header, columns: Iterable[Column]) -> bool:
        there = {entry.declared.id for entry in header.found.values() if entry.declared}
        return all(column.id in there for column in columns)

    def _block(
        self, rows: tuple[int, int], label_column: int, columns: tuple[int, int], *, fill: bool
    ) -> Header:
        said = headings(self._index, *rows, columns, fill=fill)
        found = self._columns.find(said)
        twice = found.twice
        if not fill and found.extra:
            filled = headings(self._index, *rows, columns, fill=True)
            twice += self._columns.doubled(found, filled)
        return Header(*rows, label_column, *columns, found.found, twice, found.extra)

    def _depths(self, anchor: Place) -> tuple[int, int]:
        """Where the block may end (a range): at most above the first known label."""
        row, column = anchor
        merge = self._index.sheet.merge_at(row, column)
        shallow = merge.bottom if merge else row
        cell = self._index.sheet.at(row, column)
        if cell and self._index.label(cell.text).text not in self._layout.anchor.labels:
            shallow = row + 1  # its label is broken over two cells
        last = self._index.sheet.last_row
        for below in range(shallow + 1, min(row + _DEEPEST, last) + 1):
            cell = self._index.sheet.at(below, column)
            if cell and self._is_row(self._index.label(cell.text).text):
                return shallow, below
        return shallow, max(shallow, row + self._layout.depth - 1) + 1


def _lead(header: Header, wall: int = 0) -> int:
    """Columns of the table that stand left of its labels without a gap, right of a wall."""
    there = {
        entry.column
        for entry in header.found.values()
        if entry.declared and entry.declared.shown not in header.twice
    }
    left = header.label_column
    while left - 1 in there and left - 1 > wall:
        left -= 1
    return header.label_column - left


def _row_test(layout: Layout, period_end: date, seeds: Seeds) -> Callable[[str], bool]:
    """Whether a label is that of a row."""
    if layout.axis == "period":
        return lambda text: as_period(text, period_end.year) is not None
    if layout.any_area:
        return lambda text: text in layout.row_labels or text in seeds.area_codes
    return layout.row_labels.__contains__
