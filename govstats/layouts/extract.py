"""A matched sheet → observations with their units and status, and the fate of every cell."""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from govstats.layouts.facts import CellFate, Fate, Observation, Reading
from govstats.layouts.fates import Fates, elsewhere
from govstats.layouts.header import HeaderColumn
from govstats.layouts.labels import squeeze
from govstats.layouts.match import Match
from govstats.layouts.model import Column, Dims
from govstats.layouts.rowmatch import FoundRow
from govstats.layouts.units import Claim, claimed, conflict, resolve, unknown
from govstats.workbooks.cells import Cell, Sheet, address
from govstats.workbooks.values import Figure, interpret, stored


@dataclass(frozen=True)
class Origin:
    """Where observations come from: part of every row."""

    submission_id: str
    department: str
    period: str

    @property
    def period_end(self) -> date:
        """Last day of the period's last month."""
        year, month = int(self.period[:4]), int(self.period[5:])
        return date(year, month, calendar.monthrange(year, month)[1])


def extract(match: Match, origin: Origin, kinds: dict[str, str], others: list[Sheet]) -> Reading:
    """Read a matched sheet.

    Args:
        match: a full match.
        origin: submission, department and period.
        kinds: unit → what it measures.
        others: the workbook's other sheets, whose cells no layout claims.

    Raises:
        Refused: ``unit_conflict``.
    """
    return _Extraction(match, origin, kinds).run(others)


@dataclass(frozen=True)
class _Crossing:
    """A declared row and column where they meet; ``by_row`` is what the row says of its unit."""

    found: FoundRow
    column: Column
    heading: HeaderColumn
    dims: Dims
    by_row: tuple[Claim, ...]

    @property
    def cell(self) -> str:
        """The A1 address."""
        return address(self.found.cell.row, self.heading.column)


@dataclass
class _Extraction:
    match: Match
    origin: Origin
    kinds: dict[str, str]
    _fates: Fates = field(init=False)
    _corner: Claim | None = field(init=False)
    _provisional: set[tuple[str, str]] = field(init=False)

    def __post_init__(self) -> None:
        self._fates = Fates(self.match)
        self._corner = self._unit_line()
        self._provisional = self._provisional_crossings()

    def run(self, others: list[Sheet]) -> Reading:
        """Observations of the matched sheet, fates of the cells of all sheets."""
        sheet = self.match.sheet
        cells = [self._fate(sheet, cell, *self._fates.of(cell)) for cell in sheet.in_order()]
        cells += [
            self._fate(other, cell, *elsewhere(other, cell))
            for other in others
            for cell in other.in_order()
        ]
        return Reading(
            self.match.layout.id, self.match.title_text, tuple(self._observations()), tuple(cells)
        )

    def _observations(self) -> Iterator[Observation]:
        layout = self.match.layout
        header, rows = self.match.header, self.match.rows
        if header is None or rows is None:
            return
        for found in sorted(rows.found, key=lambda found: found.cell.row):
            by_row = tuple(self._row_claims(found))
            for column in layout.figures():
                dims = layout.dims_at(found.row, column)
                heading = header.found.get(column.id)
                if dims is not None and heading is not None:
                    yield self._observation(_Crossing(found, column, heading, dims, by_row))

    def _observation(self, at: _Crossing) -> Observation:
        layout, dims = self.match.layout, at.dims
        figure = self._figure(at.found.cell.row, at.heading.column)
        return Observation(
            submission_id=self.origin.submission_id,
            department_code=self.origin.department,
            layout_id=layout.id,
            source_precedence=layout.source_precedence,
            sheet=self.match.sheet.name,
            cell=at.cell,
            row_number=at.found.cell.row,
            column_number=at.heading.column,
            row_label=at.found.text,
            column_label=at.heading.shown,
            indicator_code=str(dims.indicator),
            ref_area=str(dims.ref_area),
            scope=str(dims.scope),
            period_end=self.origin.period_end,
            period_type=str(dims.period_type),
            measure=str(dims.measure),
            growth_basis=dims.growth_basis,
            value_text=figure.text,
            cell_value=None if figure.value is None else stored(figure.value),
            cell_unit=self._unit(at, figure),
            obs_status=self._status(at, figure),
            missing_kind=figure.missing_kind,
        )

    def _status(self, at: _Crossing, figure: Figure) -> str:
        is_provisional = (at.found.row.id, at.column.id) in self._provisional
        return "P" if figure.value is not None and is_provisional else figure.obs_status

    def _figure(self, row: int, column: int) -> Figure:
        """What is read at a crossing.

        A merged "—" speaks for all the crossings it covers; a merged figure only for the first,
        for whether it is the others' sum or the same for each is not written.
        """
        cell = self.match.sheet.at(row, column)
        figure = interpret(cell or self.match.sheet.shown_at(row, column), self.kinds)
        if cell is None and figure.value is not None:
            return Figure(None, None, "O", "text", figure.text)
        return figure

    def _unit(self, at: _Crossing, figure: Figure) -> str:
        claims = [Claim("cell", (figure.unit,))] if figure.unit else []
        claims += [Claim("header", (at.heading.unit,))] if at.heading.unit else []
        # Where the layout gives a column its own unit, row and table do not speak for it.
        if at.column.dims.unit is None:
            claims += [*at.by_row, *([self._corner] if self._corner else [])]
        expected = str(at.dims.unit)
        unit, against = resolve(claims, expected, self.kinds)
        if against is None:
            return unit
        if figure.value is None:
            return expected
        layout = self.match.layout.id
        raise conflict(self.match.sheet.name, at.cell, layout, expected, claims, against)

    def _row_claims(self, found: FoundRow) -> list[Claim]:
        """What the row says about its unit: its unit column, then its label."""
        claims = []
        for column in self.match.layout.columns:
            heading = self.match.header.found.get(column.id) if self.match.header else None
            cell = self.match.sheet.shown_at(found.cell.row, heading.column) if heading else None
            if column.role == "unit" and cell and interpret(cell, ()).missing_kind == "text":
                units = claimed(cell.text, self.kinds)
                if not units:
                    raise unknown(self.match.sheet.name, cell.address, cell.text.strip())
                claims.append(Claim("unit_column", units))
        if found.unit:
            claims.append(Claim("row_label", (found.unit,)))
        return claims

    def _unit_line(self) -> Claim | None:
        line = self._fates.unit_line
        if line is None:
            return None
        cell, text = line
        units = claimed(text, self.kinds)
        if not units:
            raise unknown(self.match.sheet.name, cell.address, text)
        return Claim("corner", units)

    def _provisional_crossings(self) -> set[tuple[str, str]]:
        layout = self.match.layout
        texts = [squeeze(c.text) for c in self.match.sheet.in_order() if c.kind == "text"]
        return {
            (row.id, column.id)
            for entry in layout.provisional
            if any(entry.pattern.search(text) for text in texts)
            for row in layout.every_row()
            if not entry.rows or row.id in entry.rows
            for column in layout.figures()
            if not entry.columns or column.id in entry.columns
        }

    def _fate(self, sheet: Sheet, cell: Cell, fate: Fate, detail: str) -> CellFate:
        return CellFate(
            submission_id=self.origin.submission_id,
            sheet=sheet.name,
            cell=cell.address,
            row_number=cell.row,
            column_number=cell.column,
            value_text=cell.text,
            fate=fate,
            fate_detail=detail or None,
        )
