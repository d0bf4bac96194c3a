"""What each cell of a matched sheet was taken for; nothing with content is dropped."""

from functools import cached_property

from govstats.layouts.facts import Fate
from govstats.layouts.header import Header
from govstats.layouts.labels import squeeze
from govstats.layouts.match import Match
from govstats.layouts.model import Column
from govstats.layouts.rowmatch import FoundRow, Rows
from govstats.workbooks.cells import Cell, Sheet
from govstats.workbooks.values import interpret

Taken = tuple[Fate, str]


class Fates:
    """Fates of the cells of one matched sheet.

    Args:
        match: a full match.
    """

    def __init__(self, match: Match) -> None:
        if match.header is None or match.rows is None:
            raise ValueError("a sheet without a header has no table to tell cells apart by")
        self._match = match
        self._header: Header = match.header
        self._rows: Rows = match.rows
        by_id = {column.id: column for column in match.layout.columns}
        self._columns = {
            heading.column: by_id[name] for name, heading in match.header.found.items()
        }
        self._table_rows = {found.cell.row: found for found in match.rows.found}
        self._unknown_rows = {cell.row: cell.text.strip() for cell in match.rows.extra}

    def of(self, cell: Cell) -> Taken:
        """(fate, what the cell was taken for)."""
        if self._header.is_inside(cell):
            return self._in_header(cell)
        found = self._table_rows.get(cell.row)
        if found:
            return self._in_table(cell, found)
        return self._outside(cell)

    @cached_property
    def unit_line(self) -> tuple[Cell, str] | None:
        """The line that states the table's unit, and the units as it writes them."""
        pattern = self._match.layout.unit_line
        for cell in self._match.sheet.in_order() if pattern else ():
            line = pattern.search(squeeze(cell.text)) if pattern else None
            if line and not self._is_in_table(cell) and not self._remark(cell):
                return cell, line["units"]
        return None

    def _is_in_table(self, cell: Cell) -> bool:
        if cell.row in self._table_rows:
            return True
        return self._header.is_inside(cell) and self._is_over_known(cell)

    def _is_over_known(self, cell: Cell) -> bool:
        """Whether a header cell stands over a declared column (a heading may span several)."""
        merge = self._match.sheet.merge_at(cell.row, cell.column)
        right = merge.right if merge else cell.column
        return any(cell.column <= column <= right for column in self._columns)

    def _in_header(self, cell: Cell) -> Taken:
        if cell.text.strip() and self._is_over_known(cell):
            return "label", "column label"
        fate, detail = self._outside(cell)
        if fate != "unmapped":
            return fate, detail
        shown = [heading.shown for heading in self._header.extra if heading.column == cell.column]
        return fate, f"column not in the layout: {shown[0] if shown else cell.text.strip()}"

    def _in_table(self, cell: Cell, found: FoundRow) -> Taken:
        column = self._columns.get(cell.column)
        if column is None:
            if not cell.text.strip():
                return "ignorable", "blank text"
            return "unmapped", "column not in the layout"
        if column.role == "row_label":
            return "label", f"row label: {found.row.id}"
        if column.role == "unit":
            return "metadata", "unit"
        if column.role == "ignore":
            return "ignorable", f"column {column.id}"
        return self._figure(cell, found, column)

    def _figure(self, cell: Cell, found: FoundRow, column: Column) -> Taken:
        if self._match.layout.dims_at(found.row, column) is not None:
            return "observation", f"{found.row.id} × {column.id}"
        if interpret(cell, ()).missing_kind in ("blank", "not_applicable"):
            return "ignorable", "no figure belongs here"
        return "unmapped", f"figure where the layout has none: {found.row.id} × {column.id}"

    def _outside(self, cell: Cell) -> Taken:
        if cell is self._match.title:
            return "metadata", "title"
        if not cell.text.strip():
            return "ignorable", "blank text"
        if remark := self._remark(cell):
            return remark
        if self.unit_line and self.unit_line[0] is cell:
            return "metadata", "unit line"
        if cell.row in self._unknown_rows:
            return "unmapped", f"row not in the layout: {self._unknown_rows[cell.row]}"
        return "unmapped", "outside the table"

    def _remark(self, cell: Cell) -> Taken | None:
        text = squeeze(cell.text)
        for remark in self._match.layout.remarks:
            if remark.pattern.search(text):
                return ("ignorable" if remark.ignorable else "metadata"), remark.kind
        return None


def elsewhere(sheet: Sheet, cell: Cell) -> Taken:
    """Fate of a cell of a sheet that follows no layout."""
    if not cell.text.strip():
        return "ignorable", "blank text"
    return "unmapped", f"sheet without a layout: {sheet.name}"
