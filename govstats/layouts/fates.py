"""What each cell of a file was taken for; nothing with content is dropped."""

from collections.abc import Iterator, Mapping, Sequence

from govstats.layouts.cellfates import Fated, Fates, places_beside
from govstats.layouts.claims import TableClaims, is_over_known
from govstats.layouts.facts import EntryTable, Fate
from govstats.layouts.header import HeaderColumn
from govstats.layouts.labels import squeeze
from govstats.layouts.match import Match, Part
from govstats.layouts.model import Column
from govstats.layouts.rowmatch import FoundRow
from govstats.workbooks.cells import Cell, Place, Sheet
from govstats.workbooks.values import interpret

Taken = tuple[Fate, str]
_BLANK: Taken = ("ignorable", "blank text")
_ROLES: Mapping[str, Taken] = {
    "unit": ("metadata", "unit"),
    "row_group": ("label", "group of rows"),
    "serial": ("label", "serial number"),
}


class SheetFates:
    """Fates of the cells of one sheet.

    Args:
        sheet: the sheet.
        matches: the tables that are read, on whatever sheet.
        claims: what each of them says about its units.
        aside: places of figures that were set aside for their unit.
        entries: registers, whose field cells have no fate here.
        is_form: sheets without a table are copies that belong to a form sent back.
    """

    def __init__(
        self,
        sheet: Sheet,
        matches: Sequence[Match],
        claims: Sequence[TableClaims],
        aside: frozenset[Place] = frozenset(),
        entries: Sequence[EntryTable] = (),
        *,
        is_form: bool = False,
    ) -> None:
        self._sheet = sheet
        self._aside = aside
        self._is_form = is_form
        here = [match for match in matches if any(p.sheet is sheet for p in match.parts)]
        self._layouts = [match.layout for match in here]
        #: What a table says of a cell; ``weak`` where another table may know better.
        self._taken: dict[Place, Taken] = {}
        self._weak: dict[Place, Taken] = {}
        self._fields: dict[int, frozenset[int]] = {}
        for table in entries:
            if table.sheet is sheet:
                columns = frozenset(field.column for field in table.fields)
                fields = dict.fromkeys(table.rows, columns)
                for row in fields.keys() & self._fields.keys():  # two ledgers beside each other
                    fields[row] |= self._fields[row]
                self._fields |= fields
        for match, said in zip(matches, claims, strict=True):
            for number, part in enumerate(match.parts):
                if part.sheet is sheet:
                    self._part(match, part)
                    self._lines(part, said.lines[number])

    def every(self) -> Iterator[tuple[Cell, Fate, str]]:
        """(cell, fate, what it was taken for), by row and column."""
        for row, column in places_beside(self._sheet, self._fields):
            cell = self._sheet.at(row, column)
            if cell is not None:
                yield cell, *self.of(cell)

    def fated(self) -> Fated:
        """``every`` as columns."""
        places = places_beside(self._sheet, self._fields)
        taken = [self._taken.get(place) or self._untaken(place) for place in places]
        cells = Fates(
            [row for row, _ in places],
            [column for _, column in places],
            [fate for fate, _ in taken],
            [detail or None for _, detail in taken],
        )
        return Fated(self._sheet, cells)

    def _untaken(self, place: Place) -> Taken:
        cell = self._sheet.at(*place)
        if cell is None:
            raise ValueError(f"no cell at {place}")
        return self._outside(cell)

    def of(self, cell: Cell) -> Taken:
        """(fate, what the cell was taken for)."""
        place = cell.row, cell.column
        return self._taken.get(place) or self._outside(cell)

    def _lines(self, part: Part, lines: Sequence[tuple[Cell, str]]) -> None:
        for cell in part.titles:
            self._taken[cell.row, cell.column] = "metadata", "title"
        for cell in part.marks:
            self._taken[cell.row, cell.column] = "metadata", "continued"
        for cell, _ in lines:
            self._taken.setdefault((cell.row, cell.column), ("metadata", "unit_line"))

    def _part(self, match: Match, part: Part) -> None:
        self._header(part)
        for column, row in part.entries.heads:
            self._taken[column, row] = "label", "section"
        by_column = {entry.column: entry for entry in part.header.found.values()}
        for found in part.rows.found:
            for cell in found.labels:
                self._taken[cell.row, cell.column] = "label", f"row label: {found.row.id}"
            self._row(match, part, found, by_column)
        for cell in part.rows.groups:
            self._taken[cell.row, cell.column] = "label", "group of rows"
        for cell in part.rows.extra:
            self._unknown_row(part, cell)
        self._beside_entries(part, by_column)

    def _header(self, part: Part) -> None:
        header, sheet = part.header, part.sheet
        shown = {entry.column: entry.shown for entry in header.extra}
        for row in range(header.top, header.bottom + 1):
            for column in range(header.left, header.right + 1):
                cell = sheet.at(row, column)
                if cell is None or not cell.text.strip():
                    continue
                if is_over_known(part, row, column):
                    self._taken[row, column] = "label", "column label"
                else:
                    label = shown.get(column) or cell.text.strip()
                    self._weak[row, column] = "unmapped", f"column not in the layout: {label}"

    def _row(
        self, match: Match, part: Part, found: FoundRow, by_column: Mapping[int, HeaderColumn]
    ) -> None:
        header = part.header
        for column in range(header.left, header.right + 1):
            place = found.number, column
            heading = by_column.get(column)
            if heading and heading.declared:
                taken = self._crossing(match, found, heading.declared, place)
                if taken and place not in self._taken:
                    self._taken[place] = taken
            else:
                self._weak[place] = "unmapped", "column not in the layout"

    def _crossing(
        self, match: Match, found: FoundRow, column: Column, place: Place
    ) -> Taken | None:
        if column.role == "row_label":
            return None
        if column.role == "ignore":
            return "ignorable", f"column {column.id}"
        if column.role != "figure":
            return _ROLES[column.role]
        if place in self._aside:
            return "unmapped", f"unit of another kind: {found.row.id} × {column.id}"
        if match.layout.dims_at(found.row, column) is not None:
            return "observation", f"{found.row.id} × {column.id}"
        cell = self._sheet.at(*place)
        if interpret(cell, ()).missing_kind in ("blank", "not_applicable"):
            return "ignorable", "no figure belongs here"
        return "unmapped", f"figure where the layout has none: {found.row.id} × {column.id}"

    def _unknown_row(self, part: Part, label: Cell) -> None:
        text = label.text.strip()
        for column in range(part.header.left, part.header.right + 1):
            self._weak[label.row, column] = "unmapped", f"row not in the layout: {text}"

    def _beside_entries(self, part: Part, by_column: Mapping[int, HeaderColumn]) -> None:
        """Cells of entries that are no fields, by column: serial numbers, columns not read."""
        others: dict[int, Taken] = {}
        for column in range(part.header.left, part.header.right + 1):
            heading = by_column.get(column)
            declared = heading.declared if heading else None
            if declared is None:
                others[column] = "unmapped", "column not in the layout"
            elif declared.role == "ignore":
                others[column] = "ignorable", f"column {declared.id}"
            elif declared.role == "serial":
                others[column] = _ROLES["serial"]
            else:
                others[column] = "unmapped", f"unit of another kind: {declared.id}"
        kept = {
            column: (self._weak if taken[0] == "unmapped" else self._taken, taken)
            for column, taken in others.items()
        }
        beside: dict[frozenset[int], list[int]] = {}
        for row in part.entries.rows if others else ():
            fields = self._fields.get(row, frozenset())
            if fields not in beside:
                beside[fields] = [column for column in others if column not in fields]
            for column in beside[fields]:
                into, taken = kept[column]
                into[row, column] = taken

    def _outside(self, cell: Cell) -> Taken:
        text = cell.text
        if not text.strip():
            return _BLANK
        weak = self._weak.get((cell.row, cell.column))
        if weak is not None and not weak[1].startswith(("column not in the layout:", "row not")):
            return weak
        if remark := self._remark(text):
            return remark
        if weak is not None:
            return weak
        if not self._layouts and self._is_form:
            return "ignorable", "copy beside a form"
        if not self._layouts:
            return "unmapped", f"sheet without a layout: {self._sheet.name}"
        return "unmapped", "outside the table"

    def _remark(self, text: str) -> Taken | None:
        plain = squeeze(text)
        for layout in self._layouts:
            for remark in layout.remarks:
                if remark.pattern.search(plain):
                    return ("ignorable" if remark.ignorable else "metadata"), remark.kind
        return None
