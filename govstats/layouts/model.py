"""What a layout says, once loaded: the shape of one sheet, found by its labels."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace
from typing import Literal

ColumnRole = Literal["row_label", "unit", "figure", "ignore"]
Cycle = Literal["cumulative_month", "month", "quarter", "year"]
PeriodSource = Literal["title", "sheet_name", "file_name"]


@dataclass(frozen=True, slots=True)
class Dims:
    """Dimensions of an observation, as far as one place states them."""

    indicator: str | None = None
    ref_area: str | None = None
    measure: str | None = None
    period_type: str | None = None
    unit: str | None = None
    scope: str | None = None
    growth_basis: str | None = None

    def over(self, base: "Dims") -> "Dims":
        """The union of two places; this one counts where both speak."""
        return Dims(
            indicator=self.indicator or base.indicator,
            ref_area=self.ref_area or base.ref_area,
            measure=self.measure or base.measure,
            period_type=self.period_type or base.period_type,
            unit=self.unit or base.unit,
            scope=self.scope or base.scope,
            growth_basis=self.growth_basis or base.growth_basis,
        )

    def lacking(self) -> tuple[str, ...]:
        """Dimensions still unknown (a growth basis is needed for growth alone)."""
        return tuple(
            entry.name
            for entry in fields(self)
            if getattr(self, entry.name) is None
            and (entry.name != "growth_basis" or self.measure == "growth")
        )


@dataclass(frozen=True, slots=True)
class Column:
    """A column, found by its header.

    ``labels`` are its spellings, header levels joined; ``levels`` the first one's, apart;
    ``depth`` the most levels of any.
    """

    id: str
    role: ColumnRole
    labels: tuple[str, ...]
    shown: str
    levels: tuple[str, ...] = ()
    depth: int = 1
    dims: Dims = Dims()
    required: bool = True


@dataclass(frozen=True, slots=True)
class Row:
    """A row, found by its label below its parent's.

    ``cells`` are exceptions at single columns: other dimensions there, or None where the
    crossing holds no figure.
    """

    id: str
    labels: tuple[str, ...]
    shown: str
    dims: Dims = Dims()
    required: bool = True
    valid_from: str | None = None
    valid_to: str | None = None
    cells: dict[str, Dims | None] = field(default_factory=dict)
    children: tuple["Row", ...] = ()

    def walk(self) -> Iterator["Row"]:
        """This row and all below it."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Remark:
    """A cell outside the table that is expected: a note, a source, a signature."""

    kind: str
    pattern: re.Pattern[str]
    ignorable: bool = False


@dataclass(frozen=True, slots=True)
class Provisional:
    """Where a remark matches, figures (of these rows and columns; empty = all) are provisional."""

    pattern: re.Pattern[str]
    rows: frozenset[str] = frozenset()
    columns: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Layout:
    """The shape of one department's sheet while it is valid."""

    id: str
    department: str
    name_zh: str
    name_en: str
    source_precedence: int
    valid_from: str
    valid_to: str | None
    title: re.Pattern[str]
    title_shown: str
    cycle: Cycle
    period_sources: tuple[PeriodSource, ...]
    unit_line: re.Pattern[str] | None
    dims: Dims
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    remarks: tuple[Remark, ...]
    provisional: tuple[Provisional, ...]

    def is_valid(self, period: str) -> bool:
        """Whether the sheet had this shape in a period (YYYY-MM)."""
        return self.valid_from <= period and (self.valid_to is None or period <= self.valid_to)

    def at(self, period: str) -> "Layout":
        """The layout with the rows that it had in a period."""
        return replace(self, rows=_valid_rows(self.rows, period))

    def every_row(self) -> Iterator[Row]:
        """Rows in their order, parents before children."""
        for row in self.rows:
            yield from row.walk()

    def figures(self) -> tuple[Column, ...]:
        """Columns that hold figures."""
        return tuple(column for column in self.columns if column.role == "figure")

    def dims_at(self, row: Row, column: Column) -> Dims | None:
        """Dimensions of a crossing: table, column, row, exception; None for no figure."""
        exception = row.cells.get(column.id, Dims())
        if exception is None:
            return None
        dims = exception.over(row.dims.over(column.dims.over(self.dims)))
        # A row's unit is that of its amounts: a column of rates or ranks keeps its own.
        unit = exception.unit or column.dims.unit or dims.unit
        # A growth basis belongs to growth alone; rows state it once for all their columns.
        basis = dims.growth_basis if dims.measure == "growth" else None
        return replace(dims, unit=unit, growth_basis=basis)


def _valid_rows(rows: tuple[Row, ...], period: str) -> tuple[Row, ...]:
    return tuple(
        replace(row, children=_valid_rows(row.children, period))
        for row in rows
        if (row.valid_from or "") <= period and (row.valid_to is None or period <= row.valid_to)
    )
