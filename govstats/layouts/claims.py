"""What a table says about its units, from the cell out to the title."""

from collections.abc import Mapping

from govstats.layouts.header import HeaderColumn
from govstats.layouts.labels import squeeze
from govstats.layouts.match import Match, Part
from govstats.layouts.model import Column, Layout
from govstats.layouts.rowmatch import FoundRow
from govstats.layouts.units import Claim, claim, in_title
from govstats.workbooks.cells import Cell
from govstats.workbooks.values import Figure, interpret


class TableClaims:
    """The claims of one table.

    Args:
        match: the table.
        kinds: unit → what it measures.
    """

    def __init__(self, match: Match, kinds: Mapping[str, str]) -> None:
        self._kinds = kinds
        self._layout = match.layout
        #: Unit lines of each part, with what they say.
        self.lines = tuple(unit_lines(match, part) for part in match.parts)
        figures = self._layout.figures()
        self._units = _units(self._layout, figures)
        shared = tuple(column for column in figures if column.dims.unit is None)
        self._shared_units = _units(self._layout, shared)
        self._of_table = [self._said(number, match) for number in range(len(match.parts))]
        self._by_row: dict[tuple[int, int], list[Claim]] = {}

    def others(self, heading: HeaderColumn) -> frozenset[str]:
        """The layout's units that a statement for the whole table may mean instead.

        A column with a unit of its own is one among all; another one among those without.
        """
        own = heading.declared.dims.unit if heading.declared else None
        return self._units if own else self._shared_units

    def of(
        self, number: int, part: Part, found: FoundRow, heading: HeaderColumn, figure: Figure
    ) -> list[Claim]:
        """Claims for one figure, the most specific first; ``number`` is that of the part."""
        claims = [Claim("cell", (figure.unit,))] if figure.unit else []
        claims += [Claim("header", (heading.unit,))] if heading.unit else []
        own = heading.declared.dims.unit if heading.declared else None
        if own is None:
            return [*claims, *self.of_row(number, part, found), *self._of_table[number]]
        # Where the layout gives a column its own unit, rows do not speak for it.
        return claims + self._measuring(number, own)

    def of_field(self, number: int, heading: HeaderColumn, unit: str) -> list[Claim]:
        """Claims for a field of a register that has a unit."""
        claims = [Claim("header", (heading.unit,))] if heading.unit else []
        return claims + self._measuring(number, unit)

    def _measuring(self, number: int, unit: str) -> list[Claim]:
        """What the table says about figures that measure the same as a unit."""
        kind = self._kinds.get(unit)
        return [
            entry
            for entry in self._of_table[number]
            if any(self._kinds.get(stated) == kind for stated in entry.units)
        ]

    def of_row(self, number: int, part: Part, found: FoundRow) -> list[Claim]:
        """What the row says about its unit: its unit column, then its label."""
        key = number, found.number
        if key not in self._by_row:
            claims = []
            for heading in part.header.with_role("unit"):
                cell = part.sheet.shown_at(found.number, heading.column)
                if cell and interpret(cell, ()).missing_kind == "text":
                    claims.append(claim("unit_column", cell.text, self._kinds, cell.address))
            if found.unit:
                claims.append(Claim("row_label", (found.unit,), found.cell.address))
            self._by_row[key] = claims
        return self._by_row[key]

    def _said(self, number: int, match: Match) -> list[Claim]:
        """The corner lines of a part, or else those of the part before; then the title's."""
        lines = next((self.lines[at] for at in range(number, -1, -1) if self.lines[at]), ())
        claims = [claim("corner", text, self._kinds, cell.address) for cell, text in lines]
        titles = match.parts[number].titles or ((match.title,) if match.title else ())
        said = (in_title(cell.text, self._kinds, cell.address) for cell in titles)
        return claims + [entry for entry in said if entry]


def _units(layout: Layout, columns: tuple[Column, ...]) -> frozenset[str]:
    given = [layout.dims_at(row, column) for row in layout.every_row() for column in columns]
    units = {dims.unit for dims in given if dims}
    units |= {column.dims.unit or layout.dims.unit for column in columns}
    return frozenset(unit for unit in units if unit)


def unit_lines(match: Match, part: Part) -> tuple[tuple[Cell, str], ...]:
    """Lines above or beside a part that state units, and the units as they write them."""
    pattern = match.layout.unit_line
    if pattern is None:
        return ()
    remarks = match.layout.remarks
    found: list[tuple[Cell, str]] = []
    last = part.header.bottom if match.layout.shape != "table" else part.last
    rows = set(part.row_numbers) if match.layout.shape == "table" else set()
    for line in part.index.lines_between(part.above, last):
        said = pattern.search(line.text)
        if not said or line.row in rows or is_over_known(part, line.row, line.column):
            continue
        if line.row > part.header.bottom and not _is_foot(part, line.row):
            continue
        if not any(remark.pattern.search(line.text) for remark in remarks):
            found.append((part.index.cell(line), squeeze(said["units"])))
    left, right = part.columns
    over = [entry for entry in found if left <= entry[0].column <= right]
    # Above the header before below it: what follows may be the next table's.
    above = [entry for entry in over or found if entry[0].row <= part.header.bottom]
    return tuple(above or over or found)


def _is_foot(part: Part, row: int) -> bool:
    """Whether nothing but words stands below: else a line may be another table's."""
    rows = part.sheet.grid[row : part.last]
    return not any(isinstance(value, int | float) for values in rows for value in values)


def is_over_known(part: Part, row: int, column: int) -> bool:
    """Whether a header cell stands over a declared column (a heading may span several)."""
    if not part.header.top <= row <= part.header.bottom:
        return False
    merge = part.sheet.merge_at(row, column)
    right = merge.right if merge else column
    return any(column <= found.column <= right for found in part.header.found.values())
