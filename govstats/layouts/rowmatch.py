"""Rows of a table, found by label and by what stands above them.

The same "其中:" row means one thing below one total and another below the next, so a label is
looked for among the parts of the row above it first, then among the parts of that row's parents,
at last among the rows that stand alone.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from govstats.layouts.labels import Label, label, split_unit, squeeze
from govstats.layouts.model import Layout, Row
from govstats.workbooks.cells import Cell, Sheet


@dataclass(frozen=True)
class FoundRow:
    """A declared row at its place in the sheet; ``unit`` as its label states it."""

    row: Row
    cell: Cell
    text: str
    unit: str | None


@dataclass(frozen=True)
class Rows:
    """How far the rows of a sheet satisfy a layout.

    ``missing`` and ``twice`` are declared rows as shown, ``extra`` label cells of no declared
    row.
    """

    found: tuple[FoundRow, ...]
    missing: tuple[str, ...]
    twice: tuple[str, ...]
    extra: tuple[Cell, ...]


def match_rows(
    sheet: Sheet, layout: Layout, label_column: int, below: int, units: Collection[str]
) -> Rows:
    """Find a layout's rows.

    Args:
        sheet: where to look.
        layout: already that of the period (``Layout.at``).
        label_column: the column of the row labels.
        below: the last row of the header block.
        units: known unit symbols, which may stand in brackets behind a label.
    """
    context = _Context(layout.rows)
    found: dict[str, FoundRow] = {}
    twice: list[str] = []
    extra: list[Cell] = []
    for cell in _label_cells(sheet, layout, label_column, below):
        read = label(cell.text)
        text, unit = split_unit(read.text, units)
        row = context.find(Label(text, read.is_part, read.mark))
        if row is None:
            extra.append(cell)
        elif row.id in found:
            twice.append(row.shown)
        else:
            found[row.id] = FoundRow(row, cell, text, unit)
    missing = tuple(path_shown(path) for path in row_paths(layout.rows) if _is_missed(path, found))
    return Rows(tuple(found.values()), missing, tuple(twice), tuple(extra))


class _Context:
    """Where in the layout's tree of rows the sheet has got to."""

    def __init__(self, roots: Sequence[Row]) -> None:
        self._roots = roots
        #: The last row found and its parents, outermost first.
        self._chain: tuple[Row, ...] = ()
        self._after_unknown = False
        self._part_follows = False

    def find(self, read: Label) -> Row | None:
        """The declared row that a label means here, None for none."""
        is_part = read.is_part or self._part_follows
        # "其中:" alone in its cell belongs to the label below.
        self._part_follows = read.is_part and not read.text
        if not read.text:
            return None
        if is_part and self._after_unknown:
            # Parts of a row the layout does not know: nothing below is what it seems.
            self._chain = ()
            return None
        row = self._among_parts(read.text) or (None if is_part else self._alone(read.text))
        self._after_unknown = row is None and not is_part
        return row

    def _among_parts(self, text: str) -> Row | None:
        for depth in range(len(self._chain), 0, -1):
            for child in self._chain[depth - 1].children:
                if text in child.labels:
                    self._chain = (*self._chain[:depth], child)
                    return child
        return None

    def _alone(self, text: str) -> Row | None:
        for row in self._roots:
            if text in row.labels:
                self._chain = (row,)
                return row
        return None


def _label_cells(sheet: Sheet, layout: Layout, column: int, below: int) -> Iterator[Cell]:
    """Label cells in their order, without remarks such as notes under the table."""
    for row in range(below + 1, sheet.last_row + 1):
        cell = sheet.at(row, column)
        if cell and cell.text.strip() and not is_remark(layout, cell):
            yield cell


def is_remark(layout: Layout, cell: Cell) -> bool:
    """Whether a cell is an expected one outside the table."""
    text = squeeze(cell.text)
    return any(remark.pattern.search(text) for remark in layout.remarks)


def row_paths(rows: Sequence[Row], above: tuple[Row, ...] = ()) -> Iterator[tuple[Row, ...]]:
    """Every row with its parents before it, outermost first."""
    for row in rows:
        yield (*above, row)
        yield from row_paths(row.children, (*above, row))


def _is_missed(path: tuple[Row, ...], found: dict[str, FoundRow]) -> bool:
    """A required row is missed unless its whole branch is optional and absent."""
    *above, row = path
    is_branch_there = all(parent.id in found or parent.required for parent in above)
    return row.required and row.id not in found and is_branch_there


def path_shown(path: tuple[Row, ...]) -> str:
    """A row as messages name it, with its parents."""
    return "/".join(row.shown for row in path)
