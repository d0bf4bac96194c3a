"""Rows of a table, found by label and by what stands above and before them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from govstats.layouts.context import Context
from govstats.layouts.header import Header
from govstats.layouts.index import SheetIndex
from govstats.layouts.labels import ReadLabel
from govstats.layouts.model import Row
from govstats.workbooks.cells import Cell
from govstats.workbooks.values import interpret

#: Most cells that one label may be broken over.
_BROKEN = 3
#: Blank rows below a remark after which nothing belongs to the table.
_GAP = 2


@dataclass(frozen=True)
class FoundRow:
    """A declared row at its place in the sheet.

    ``number`` is the row with its figures, ``cell`` its label, which ``labels`` completes where it
    is broken over cells; ``unit`` as the label states it; ``period_end`` where the label is one.
    """

    row: Row
    cell: Cell
    text: str
    unit: str | None
    number: int
    labels: tuple[Cell, ...]
    period_end: date | None = None


@dataclass(frozen=True)
class Rows:
    """The rows of one part of a table.

    ``twice`` are declared rows that stand more than once, as shown with both cells, ``extra``
    label cells of no declared row, ``groups`` the cells that name groups.
    """

    found: tuple[FoundRow, ...] = ()
    twice: tuple[str, ...] = ()
    extra: tuple[Cell, ...] = ()
    groups: tuple[Cell, ...] = ()


def match_rows(
    index: SheetIndex,
    header: Header,
    last: int,
    context: Context,
    is_aside: Callable[[Cell], bool],
) -> Rows:
    """Find a layout's rows below a header block.

    Args:
        index: of the sheet.
        header: the block.
        last: the last row that may belong to the part.
        context: of the table, at its top or where the part before left it.
        is_aside: tells remarks and unit lines, which are no labels.
    """
    return _Matcher(index, header, last, context, is_aside).run()


class _Matcher:
    def __init__(
        self,
        index: SheetIndex,
        header: Header,
        last: int,
        context: Context,
        is_aside: Callable[[Cell], bool],
    ) -> None:
        self._index = index
        self._header = header
        self._last = last
        self._context = context
        self._is_aside = is_aside
        self._figures = tuple(entry.column for entry in header.with_role("figure"))
        self._group_columns = tuple(entry.column for entry in header.with_role("row_group"))
        self._found: dict[str, FoundRow] = {}
        self._twice: list[str] = []
        self._extra: list[Cell] = []
        self._groups: dict[tuple[int, int], Cell] = {}
        #: Rows with labels that stand right below a remark.
        self._below_remarks: set[int] = set()

    def run(self) -> Rows:
        labels = list(self._labels())
        at = 0
        while at < len(labels):
            if self._is_header(*labels[at]):
                # A table that nobody knows: its rows are not those of this one.
                self._extra += [cell for _, cell in labels[at:]]
                break
            at += self._take(labels, at)
        return Rows(
            tuple(self._found.values()),
            tuple(self._twice),
            tuple(self._extra),
            tuple(self._groups.values()),
        )

    def _take(self, labels: list[tuple[int, Cell]], at: int) -> int:
        """Read the label at a place of the list; how many cells it took."""
        number, cell = labels[at]
        inside = self._enter(number, cell)
        if number in self._below_remarks:
            self._context.lose()  # its parts do not stand apart from a row
        joined = self._joined(labels, at)
        cells = tuple(label for _, label in labels[at : at + joined])
        read = self._index.label("".join(label.text for label in cells))
        row = None
        if joined > 1 and self._is_whole(number, cell):
            self._context.lose()
        elif inside:
            row = self._context.find(read)
        if row is None:
            # A number by itself is nobody's label: it lies outside the table.
            is_stray = cell.kind == "number" and not self._has_figures(number)
            self._extra += () if is_stray else cells
        elif row.id in self._found:
            places = (self._found[row.id].labels[0].address, cell.address)
            self._twice.append(f"{row.shown}({'、'.join(places)})")
        else:
            numbers = [number for number, _ in labels[at : at + joined]]
            self._keep(row, read, cells, next(filter(self._has_figures, numbers), number))
        return joined

    def _keep(self, row: Row, read: ReadLabel, cells: tuple[Cell, ...], number: int) -> None:
        period_end = date.fromisoformat(row.id) if _is_day(row.id) else None
        self._found[row.id] = FoundRow(
            row, cells[0], read.text, read.unit, number, cells, period_end
        )

    def _joined(self, labels: list[tuple[int, Cell]], at: int) -> int:
        """Over how many cells the label is broken; only one of their rows has figures."""
        number = labels[at][0]
        if len(labels) == at + 1 or all(self._has_figures(row) for row, _ in labels[at : at + 2]):
            return 1
        for length in range(_BROKEN, 1, -1):
            piece = labels[at : at + length]
            numbers = [row for row, _ in piece]
            is_block = len(piece) == length and numbers[-1] - number == length - 1
            if is_block and sum(map(self._has_figures, numbers)) == 1:
                text = "".join(label.text for _, label in piece)
                if self._context.knows(self._index.label(text).text):
                    return length
        return 1

    def _is_whole(self, number: int, cell: Cell) -> bool:
        """Whether what may be the upper half of a label is a row by itself, with its figures."""
        return self._context.knows(self._index.label(cell.text).text) and self._has_figures(number)

    def _enter(self, number: int, cell: Cell) -> bool:
        """Follow the columns of groups; False within a group that nobody declared."""
        groups: list[str] = []
        for column in self._group_columns:
            if cell.column <= column:
                break
            group = self._group_above(number, column)
            if group is not None:
                self._groups[group.row, group.column] = group
                groups.append(self._index.label(group.text).text)
        return self._context.enter(groups) is not None

    def _group_above(self, number: int, column: int) -> Cell | None:
        """The nearest text of a group column at or above a row."""
        sheet = self._index.sheet
        for row in range(number, self._header.bottom, -1):
            cell = sheet.shown_at(row, column)
            if cell and cell.text.strip():
                return cell
        return None

    def _labels(self) -> Iterator[tuple[int, Cell]]:
        """(row, label cell), without remarks such as notes under the table, which may end it."""
        sheet, column = self._index.sheet, self._header.label_column
        is_remark, blanks = False, 0
        for row in range(self._header.bottom + 1, self._last + 1):
            cell = sheet.at(row, column) or self._beside(row)
            if cell is None or not cell.text.strip():
                blanks += not self._has_figures(row)
            elif self._is_aside(cell):
                is_remark, blanks = True, 0
            elif is_remark and blanks >= _GAP:
                break
            else:
                if is_remark:
                    self._below_remarks.add(row)
                is_remark, blanks = False, 0
                yield row, cell

    def _beside(self, row: int) -> Cell | None:
        """A label that stands in the column of groups, as that of a total does."""
        for column in self._group_columns:
            cell = self._index.sheet.at(row, column)
            if cell and cell.text.strip() and self._has_figures(row):
                merge = self._index.sheet.merge_at(row, self._header.label_column)
                return cell if merge is None or merge.covers(row, column) else None
        return None

    def _is_header(self, number: int, cell: Cell) -> bool:
        """Whether an unknown label stands before words where figures belong."""
        if self._context.knows(self._index.label(cell.text).text):
            return False
        sheet = self._index.sheet
        values = (sheet.value_at(number, column) for column in self._figures)
        words = [value for value in values if value != ""]
        enough = min(2, len(self._figures))
        return len(words) >= enough and all(
            isinstance(value, str)
            and interpret(Cell(number, 1, "text", value), ()).missing_kind == "text"
            for value in words
        )

    def _has_figures(self, row: int) -> bool:
        sheet = self._index.sheet
        return any(sheet.at(row, column) is not None for column in self._figures)


def _is_day(text: str) -> bool:
    return len(text) == 10 and text[4] == text[7] == "-"
