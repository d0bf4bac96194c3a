"""The crossings of one part of a table, read into columns."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from govstats.layouts.claims import TableClaims
from govstats.layouts.crossings import NAMES, Crossings, Frame, Given
from govstats.layouts.doubts import Doubts
from govstats.layouts.header import HeaderColumn
from govstats.layouts.match import Match
from govstats.layouts.model import Dims
from govstats.layouts.rowmatch import FoundRow
from govstats.layouts.units import resolve
from govstats.workbooks.cells import Place, address
from govstats.workbooks.places import addresses
from govstats.workbooks.values import Figure, interpret, stored
from govstats.workbooks.watched import is_plain

#: Stands for a plain figure: its value and text are looked up when they are written.
_PLAIN = Figure(None, None, "A", None, None)
#: Row, place of its column among the headings, dimensions, unit, status, kind of absence.
_Kept = tuple[FoundRow, int, Dims, str, str, str | None]


class CrossingReader:
    """Reads the crossings of one table.

    Args:
        match: the table.
        period_end: of the folder.
        kinds: unit → what it measures.
        claims: what the table says about its units.
        doubts: where contradictions are kept.
        provisional: (row, column) by id whose figures are provisional.

    ``aside`` are the places of figures whose unit is of another kind, by sheet name.
    """

    def __init__(
        self,
        match: Match,
        period_end: date,
        kinds: Mapping[str, str],
        claims: TableClaims,
        doubts: Doubts,
        provisional: frozenset[tuple[str, str]],
    ) -> None:
        self.aside: set[tuple[str, Place]] = set()
        self.match, self.period_end, self.kinds = match, period_end, kinds
        self.claims, self.doubts, self.provisional = claims, doubts, provisional

    def part(self, number: int) -> Crossings:
        """The crossings of a part but those set aside, in the order of the sheet.

        Raises:
            Refused: ``unit_conflict``.
        """
        reader = _PartReader(self, number)
        for found in sorted(reader.part.rows.found, key=lambda found: found.number):
            reader.row(found)
        return reader.result()


class _PartReader:
    def __init__(self, table: CrossingReader, number: int) -> None:
        self._table, self._number = table, number
        self.part = table.match.parts[number]
        self._sheet = self.part.sheet
        found = self.part.header.with_role("figure")
        self._headings = [heading for heading in found if heading.declared]
        self._declared = [heading.declared for heading in found if heading.declared]
        #: Rows speak for the units of columns that have none of their own.
        self._is_open = any(column.dims.unit is None for column in self._declared)
        #: Units of plain figures that nothing contradicts.
        self._settled: dict[tuple[object, ...], str] = {}
        self._given: dict[int, Given] = {}
        self._kept: list[_Kept] = []

    def row(self, found: FoundRow) -> None:
        """Take in the crossings of a row."""
        sheet, number = self._sheet, found.number
        values = sheet.grid[number - 1] if number <= len(sheet.grid) else ()
        special, width = sheet.special, len(values)
        has_provisional = bool(self._table.provisional)
        said = self._is_open and self._table.claims.of_row(self._number, self.part, found)
        speaker = number if said else None
        all_dims = self._table.match.layout.dims_along(found.row, self._declared)
        for at, (heading, dims) in enumerate(zip(self._headings, all_dims, strict=True)):
            if dims is None:
                continue
            column, figure = heading.column, _PLAIN
            if column > width or not is_plain(values[column - 1]) or (number, column) in special:
                figure = self._figure(number, column)
            unit = self._settled.get((at, dims.unit, speaker)) if figure is _PLAIN else None
            unit = unit or self._unit(found, heading, dims, figure, (at, dims.unit, speaker))
            if unit is None:
                self._table.aside.add((sheet.name, (number, column)))
                continue
            if figure is not _PLAIN:
                value = None if figure.value is None else stored(figure.value)
                self._given[len(self._kept)] = figure.text, value
            status = self._status(found, at, figure) if has_provisional else figure.obs_status
            self._kept.append((found, at, dims, unit, status, figure.missing_kind))

    def _status(self, found: FoundRow, at: int, figure: Figure) -> str:
        """The status of a figure; provisional ones are those of some rows and columns."""
        crossing = found.row.id, self._declared[at].id
        has_value = figure is _PLAIN or figure.value is not None
        return "P" if has_value and crossing in self._table.provisional else figure.obs_status

    def _figure(self, row: int, column: int) -> Figure:
        """What is read at a crossing.

        A merged "—" speaks for all the crossings it covers; a merged figure only for the first,
        for whether it is the others' sum or the same for each is not written.
        """
        cell = self._sheet.at(row, column)
        figure = interpret(cell or self._sheet.shown_at(row, column), self._table.kinds)
        if cell is None and figure.value is not None:
            return Figure(None, None, "O", "text", figure.text)
        return figure

    def _unit(
        self,
        found: FoundRow,
        heading: HeaderColumn,
        dims: Dims,
        figure: Figure,
        key: tuple[object, ...],
    ) -> str | None:
        """The unit of a figure, None where the figure is set aside."""
        expected, table = str(dims.unit), self._table
        if figure.value is None and figure is not _PLAIN:
            return expected
        claims = table.claims.of(self._number, self.part, found, heading, figure)
        others = table.claims.others(heading)
        resolved = resolve(claims, expected, table.kinds, others)
        if resolved.against is None:
            if figure is _PLAIN:
                self._settled[key] = resolved.unit
            return resolved.unit
        cell = address(found.number, heading.column)
        return table.doubts.settle(self._sheet.name, cell, expected, claims, others)

    def result(self) -> Crossings:
        """What was taken in."""
        layout = self._table.match.layout
        frame = Frame(self._columns(), self._given)
        return Crossings(layout.id, layout.source_precedence, self._sheet, frame)

    def _columns(self) -> dict[str, Sequence[Any]]:
        if not self._kept:
            return dict.fromkeys(NAMES, ())
        rows, at, dims, units, statuses, missing = zip(*self._kept, strict=True)
        numbers = [found.number for found in rows]
        headings = [self._headings[place] for place in at]
        columns = [heading.column for heading in headings]
        shown = [heading.shown for heading in self._headings]
        end = self._table.period_end
        return {
            "cell": addresses(numbers, columns),
            "row_number": numbers,
            "column_number": columns,
            "row_label": [found.text for found in rows],
            "column_label": [shown[place] for place in at],
            "indicator_code": [str(each.indicator) for each in dims],
            "ref_area": [
                str(heading.ref_area or each.ref_area)
                for heading, each in zip(headings, dims, strict=True)
            ],
            "scope": [str(each.scope) for each in dims],
            "period_end": [
                found.period_end or heading.period_end or end
                for found, heading in zip(rows, headings, strict=True)
            ],
            "period_type": [str(each.period_type) for each in dims],
            "measure": [str(each.measure) for each in dims],
            "growth_basis": [each.growth_basis for each in dims],
            "cell_unit": units,
            "obs_status": statuses,
            "missing_kind": missing,
        }
