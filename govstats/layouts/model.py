"""What a layout says, once loaded: the shape of one sheet, found by its labels."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from typing import Literal

from govstats.layouts.dims import Dims as Dims
from govstats.layouts.facts import FieldType, Shape

ColumnRole = Literal["row_label", "row_group", "unit", "figure", "ignore", "field", "serial"]
Cycle = Literal["cumulative_month", "month", "quarter", "year", "any"]
PeriodSource = Literal["title", "sheet_name", "file_name", "header"]
Axis = Literal["indicator", "area", "period", "entry"]
Each = Literal["period", "area"]
#: Begins the headers of the grey columns in a form that ``govstats template`` wrote.
LAST_PERIOD = "上期参考"
#: Stands in the labels of an ``each`` column for the period or area (a ``*`` in the file).
ANY = "\0"
#: What stands for the department in the layouts of forms that every department fills in.
EVERY_DEPARTMENT = "every_department"
_NO_DIMS = Dims()
_BACK_REFERENCE = re.compile(r"\\[1-9]|\(\?\(|\(\?[aiLmsux]")


@dataclass(frozen=True, slots=True)
class Column:
    """A column, found by its header.

    ``labels`` are its spellings, header levels joined; ``levels`` the first one's, apart, which
    ``written`` has as the file does, with units; ``depth`` the most levels of any. Where ``each``
    is given the column stands for every header that reads as a period or an area in the place of
    the ``*`` in its labels. ``type``, ``unit`` and ``is_key`` belong to the fields of registers
    and ledgers.
    """

    id: str
    role: ColumnRole
    labels: tuple[str, ...]
    shown: str
    levels: tuple[str, ...] = ()
    written: tuple[str, ...] = ()
    depth: int = 1
    dims: Dims = _NO_DIMS
    required: bool = True
    each: Each | None = None
    type: FieldType = "text"
    unit: str | None = None
    is_key: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row, found by its label below its parent's.

    ``cells`` are exceptions at single columns: other dimensions there, or None where the
    crossing holds no figure. ``is_group`` where the label stands in a column of its own, left of
    the labels of the children, and has no figures itself.
    """

    id: str
    labels: tuple[str, ...]
    shown: str
    dims: Dims = _NO_DIMS
    required: bool = True
    valid_from: str | None = None
    valid_to: str | None = None
    cells: dict[str, Dims | None] = field(default_factory=dict)
    children: tuple["Row", ...] = ()
    is_group: bool = False

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


@dataclass(frozen=True, slots=True)
class Drift:
    """What is tolerated where a sheet departs from its layout; refused where False.

    ``renamed``: a label that the alias table knows; ``extra``: rows and columns nobody declared;
    ``missing``: declared ones that are absent; ``conflict``: units of another kind.
    """

    renamed: bool = False
    extra: bool = False
    missing: bool = False
    conflict: bool = False


@dataclass(frozen=True)
class Layout:
    """The shape of one department's table while it is valid.

    ``sheet`` must match the sheet's name where given; ``continued`` where the table comes in
    parts; ``any_area`` where rows are whatever areas the alias table knows; ``totals`` matches
    the label of an entry that is a sum of others.
    """

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
    shape: Shape = "table"
    axis: Axis = "indicator"
    any_area: bool = False
    totals: re.Pattern[str] | None = None
    sheet: re.Pattern[str] | None = None
    continued: bool = False
    drift: Drift = Drift()
    form_title: str | None = None

    def __getstate__(self) -> dict[str, object]:
        """The fields alone: what is worked out from them is not sent to other processes."""
        return {entry.name: getattr(self, entry.name) for entry in fields(self)}

    def is_valid(self, period: str) -> bool:
        """Whether the sheet had this shape in a period (YYYY-MM)."""
        return self.valid_from <= period and (self.valid_to is None or period <= self.valid_to)

    def at(self, period: str) -> "Layout":
        """The layout with the rows that it had in a period."""
        known = self._by_period
        if period not in known:
            known[period] = replace(self, rows=_valid_rows(self.rows, period))
        return known[period]

    @cached_property
    def _by_period(self) -> dict[str, "Layout"]:
        return {}

    def every_row(self) -> tuple[Row, ...]:
        """Rows in their order, parents before children."""
        return self._every_row

    @cached_property
    def _every_row(self) -> tuple[Row, ...]:
        return tuple(entry for row in self.rows for entry in row.walk())

    def figures(self) -> tuple[Column, ...]:
        """Columns that hold figures."""
        return self._figures

    @cached_property
    def _figures(self) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if column.role == "figure")

    @cached_property
    def anchor(self) -> Column:
        """The column whose header the table is found by."""
        if self.shape == "table":
            return next(column for column in self.columns if column.role == "row_label")
        return next(column for column in self.columns if column.is_key)

    @cached_property
    def is_aside(self) -> Callable[[str], bool]:
        """Whether a squeezed text is a remark or a unit line, which is never a label."""
        patterns = [remark.pattern for remark in self.remarks]
        patterns += [self.unit_line] if self.unit_line else []
        try:
            # One search instead of several: a ledger asks for each of its rows.
            whole = re.compile(
                "|".join(f"(?:{pattern.pattern})" for pattern in patterns) or r"(?!)"
            )
            plain = not any(_BACK_REFERENCE.search(pattern.pattern) for pattern in patterns)
        except re.error:  # two of them name a group alike
            plain = False
        if plain:
            return lambda text: whole.search(text) is not None
        return lambda text: any(pattern.search(text) for pattern in patterns)

    @cached_property
    def row_labels(self) -> frozenset[str]:
        """Every spelling of every row."""
        return frozenset(text for row in self.every_row() for text in row.labels)

    @cached_property
    def depth(self) -> int:
        """The most header levels of any column."""
        return max(column.depth for column in self.columns)

    def dims_along(self, row: Row, columns: Sequence[Column]) -> list[Dims | None]:
        """``dims_at`` for several columns."""
        return [self.dims_at(row, column) for column in columns]

    def dims_at(self, row: Row, column: Column) -> Dims | None:
        """Dimensions of a crossing: table, column, row, exception; None for no figure."""
        known = self._dims
        crossing = row.id, column.id
        if crossing not in known:
            known[crossing] = self._dims_at(row, column)
        return known[crossing]

    @cached_property
    def _dims(self) -> dict[tuple[str, str], Dims | None]:
        return {}

    def _dims_at(self, row: Row, column: Column) -> Dims | None:
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
