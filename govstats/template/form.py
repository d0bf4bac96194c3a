"""A form as rows and columns of cells, before it is drawn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from govstats.errors import GovstatsError
from govstats.layouts.model import ANY, LAST_PERIOD, Column, Dims, Layout, Row
from govstats.layouts.seeds import Seeds
from govstats.template import wording
from govstats.template.last import LastFigure, LastPeriod

CellKind = Literal["label", "input", "closed", "grey"]
FieldKind = Literal["figure", "text", "number", "date"]


@dataclass(frozen=True)
class FormCell:
    """One cell below the header.

    ``label`` is printed and locked, ``input`` open, ``closed`` holds no figure, ``grey`` shows
    the period before.
    """

    kind: CellKind
    content: str | Decimal | None = None
    unit: str = ""
    field: FieldKind = "figure"


@dataclass(frozen=True)
class FormColumn:
    """A column with its header levels from top to bottom; ``period`` and ``area`` where the
    column was made for one of each.
    """

    levels: tuple[str, ...]
    column: Column
    area: str | None = None
    is_last: bool = False


@dataclass(frozen=True)
class Form:
    """One sheet to fill in: ``rows`` run parallel to ``columns``; the last ``room`` are empty."""

    layout: Layout
    title: str
    unit_line: str | None
    columns: tuple[FormColumn, ...]
    rows: tuple[tuple[FormCell, ...], ...]
    footers: tuple[str, ...]
    room: int = 0

    @property
    def inputs(self) -> int:
        """Cells to fill in, without those of the rows kept free for new entries."""
        known = self.rows[: len(self.rows) - self.room]
        return sum(cell.kind == "input" for row in known for cell in row)


@dataclass(frozen=True)
class Filler:
    """What a form is made from: layout of the period, tables, factors of units, last period."""

    layout: Layout
    period: str
    seeds: Seeds
    factors: Mapping[str, Decimal]
    last: LastPeriod

    def form(self) -> Form:
        """The form of a table of crossings."""
        columns = self._columns()
        rows = tuple(self._row(row, depth, number, columns) for row, depth, number in self._rows())
        return Form(
            layout=self.layout,
            title=wording.title(self.layout, self.period),
            unit_line=wording.unit_line(self.layout),
            columns=columns,
            rows=rows,
            footers=wording.remarks(self.layout, wording.SIGNATURES),
        )

    def _columns(self) -> tuple[FormColumn, ...]:
        own = [made for column in self.layout.columns for made in self._made(column)]
        if not self.last.figures:
            return tuple(own)
        heading = f"{LAST_PERIOD}({wording.period_label(self.layout, self.last.time_period)})"
        beside = [
            replace(made, levels=(heading, "".join(made.levels)), is_last=True)
            for made in own
            if made.column.role == "figure"
        ]
        return (*own, *beside)

    def _made(self, column: Column) -> list[FormColumn]:
        if column.role == "ignore":
            return []
        if column.each == "area":
            return [
                FormColumn(_filled(column, self.seeds.area_names[area][0]), column, area)
                for area in self._areas()
            ]
        if column.each == "period":
            label = wording.period_label(self.layout, self.period)
            return [FormColumn(_filled(column, label), column)]
        return [FormColumn(_with_unit(column), column)]

    def _areas(self) -> Sequence[str]:
        if not self.last.areas:
            raise GovstatsError(
                f"layout {self.layout.id} takes any area, and no earlier sheet says which",
                "list the areas in the layout, or load one period first",
            )
        return self.last.areas

    def _rows(self) -> list[tuple[Row, int, int]]:
        """(row, depth below its topmost parent, number among its siblings)."""
        layout = self.layout
        if layout.axis == "period":
            label = wording.period_label(layout, self.period)
            return [(Row(id="period", labels=(label,), shown=label), 0, 0)]
        if layout.axis == "area" and layout.any_area:
            names = self.seeds.area_names
            return [
                (Row(area, (), names[area][0], Dims(ref_area=area)), 0, 0) for area in self._areas()
            ]
        return list(_walk(layout.rows, 0))

    def _row(
        self, row: Row, depth: int, number: int, columns: tuple[FormColumn, ...]
    ) -> tuple[FormCell, ...]:
        return tuple(self._cell(row, depth, number, column) for column in columns)

    def _cell(self, row: Row, depth: int, number: int, made: FormColumn) -> FormCell:
        column = made.column
        if column.role == "row_label":
            return FormCell("label", self._label(row, depth, number))
        if column.role == "row_group":
            return FormCell("label", row.shown if row.is_group else None)
        if column.role == "unit":
            return FormCell("label", None if row.is_group else self._row_unit(row))
        dims = None if row.is_group else self.layout.dims_at(row, column)
        if dims is None:
            return FormCell("grey") if made.is_last else FormCell("closed", "—")
        if made.area:
            dims = replace(dims, ref_area=made.area)
        if made.is_last:
            return FormCell("grey", self._shown(self.last.figure(dims), str(dims.unit)))
        return FormCell("input", None, str(dims.unit))

    def _label(self, row: Row, depth: int, number: int) -> str | None:
        if row.is_group:
            return None
        part = "其中:" if depth and not number and self.layout.axis == "indicator" else ""
        unit = row.dims.unit
        stated = any(column.role == "unit" for column in self.layout.columns)
        needed = unit and not stated and unit != self.layout.dims.unit
        return "　" * depth + part + row.shown + (f"({unit})" if needed else "")

    def _row_unit(self, row: Row) -> str | None:
        return row.dims.unit or self.layout.dims.unit

    def _shown(self, figure: LastFigure | None, unit: str) -> str | Decimal | None:
        if figure is None:
            return None
        if figure.value is None:
            return figure.text
        return figure.value * self.factors[figure.unit] / self.factors[unit]


def _filled(column: Column, text: str) -> tuple[str, ...]:
    return tuple(text if level == ANY else level for level in column.written)


def _with_unit(column: Column) -> tuple[str, ...]:
    """The header as written, and the column's own unit where the header leaves it out."""
    unit = column.dims.unit
    if unit is None or unit in "".join(column.written):
        return column.written
    return (*column.written[:-1], f"{column.written[-1]}({unit})")


def _walk(rows: Sequence[Row], depth: int) -> list[tuple[Row, int, int]]:
    found: list[tuple[Row, int, int]] = []
    for number, row in enumerate(rows):
        found.append((row, depth, number))
        found += _walk(row.children, depth if row.is_group else depth + 1)
    return found
