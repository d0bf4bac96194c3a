"""The figures that stand in the clean workbooks, as the reader found them."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb

#: Measures of a table, and roles of a register, whose figures are shares done.
COMPLETION = "completion"
GROWTH = "growth"
LEVEL, PLAN = "level", "plan"

#: What tells one series from another: the indicator's codes, or the entry and its field.
SeriesKey = tuple[str, ...]
Place = tuple[str, str, str]
Row = tuple[Any, ...]

_OBSERVED = """
select o.submission_id, o.layout_id, o.department_code, o.sheet, o.cell, o.row_number,
    o.column_number, o.period_end, o.indicator_code, o.ref_area, o.scope, o.period_type,
    o.measure, o.cell_value, o.value_text, o.cell_unit, false
from raw.observation as o where o.cell_value is not null
order by o.submission_id, o.sheet, o.row_number, o.column_number
"""
_ENTERED = """
select e.submission_id, e.layout_id, e.department_code, e.sheet, e.cell, e.row_number,
    e.column_number, e.period_end, e.entry_key, '', '', '',
    e.field_id, e.value_number, e.value_text, e.value_unit, e.is_total
from raw.entry_value as e
where e.value_number is not null and e.part_number = 1 and e.entry_key is not null
order by e.submission_id, e.sheet, e.row_number, e.column_number
"""
_STAGES = """
select e.submission_id, e.layout_id, e.department_code, e.sheet, e.cell, e.row_number,
    e.column_number, e.period_end, e.entry_key, e.field_id, e.value_text, s.stage_order
from raw.entry_value as e
inner join seeds.stage_words as w on trim(e.value_text) = w.stage_word
inner join seeds.work_stages as s on w.stage = s.stage
where e.field_id = 'stage' and not s.is_failed and not w.is_stalled
order by e.submission_id, e.sheet, e.row_number
"""
_KEYS = """
select e.submission_id, e.layout_id, e.department_code, e.sheet, e.cell, e.row_number,
    e.column_number, e.period_end, e.entry_key, e.field_id
from raw.entry_value as e
where e.part_number = 1 and e.entry_key is not null and not e.is_total
qualify row_number() over (
    partition by e.submission_id, e.sheet, e.row_number order by e.column_number
) = 1
order by e.submission_id, e.sheet, e.row_number
"""
_PARTNERS = """
select a.unit_measure, b.unit_measure, a.factor_to_base / b.factor_to_base
from seeds.units as a inner join seeds.units as b
    on a.base_unit = b.base_unit and a.dimension = b.dimension
where a.factor_to_base / b.factor_to_base in (10000, 0.0001)
order by 1, 2
"""


@dataclass(frozen=True)
class Figure:
    """One cell with a figure. ``series`` says what it is; ``measure`` is the measure of a table
    or the role of a register's field; ``indicator`` is empty in a register.
    """

    submission_id: str
    layout_id: str
    department_code: str
    sheet: str
    cell: str
    row: int
    column: int
    period_end: date
    series: SeriesKey
    measure: str
    value: Decimal
    text: str
    unit: str
    is_total: bool

    @property
    def is_entry(self) -> bool:
        """Whether it stands in a register."""
        return self.series[0] == "entry"

    @property
    def place(self) -> Place:
        """Where it stands."""
        return self.submission_id, self.sheet, self.cell

    @property
    def period_type(self) -> str:
        """Period type of a table's figure, empty in a register."""
        return "" if self.is_entry else self.series[5]


@dataclass(frozen=True)
class Stage:
    """One cell with a stage in words; ``order`` grows with progress."""

    figure: Figure
    word: str
    order: int


@dataclass
class Catalogue:
    """All figures with the ways to find them. ``entries`` are the first cells of the rows of
    registers, with figures in them or not.
    """

    figures: list[Figure]
    stages: list[Stage]
    entries: list[Figure]
    identities: dict[str, list[tuple[str, bool]]]
    partners: dict[str, list[Decimal]]
    by_series: dict[SeriesKey, dict[date, Figure]] = field(default_factory=dict)
    by_place: dict[Place, Figure] = field(default_factory=dict)
    by_sheet: dict[tuple[str, str], list[Figure]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        sheets: defaultdict[tuple[str, str], list[Figure]] = defaultdict(list)
        series: defaultdict[SeriesKey, dict[date, Figure]] = defaultdict(dict)
        for figure in self.figures:
            series[figure.series][figure.period_end] = figure
            self.by_place[figure.place] = figure
            sheets[figure.submission_id, figure.sheet].append(figure)
        self.by_series, self.by_sheet = dict(series), dict(sheets)

    @cached_property
    def places(self) -> dict[SeriesKey, int]:
        """Most decimals that a series was ever typed with."""
        return {
            key: max(_decimals(figure.value) for figure in figures.values())
            for key, figures in self.by_series.items()
        }

    @cached_property
    def periods(self) -> list[date]:
        """Every period in which anything was reported, in order."""
        return sorted({figure.period_end for figure in self.figures})

    def neighbour(self, figure: Figure, step: int) -> Figure | None:
        """The same series ``step`` reports later (before: negative), if it was reported."""
        days = sorted(self.by_series[figure.series])
        at = days.index(figure.period_end) + step
        return self.by_series[figure.series][days[at]] if 0 <= at < len(days) else None

    def beside(self, figure: Figure) -> list[Figure]:
        """All figures of its sheet."""
        return self.by_sheet.get((figure.submission_id, figure.sheet), [])


def read(warehouse: Path) -> Catalogue:
    """Read the figures of a built warehouse."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        rows = [*connection.execute(_OBSERVED).fetchall()]
        entered = connection.execute(_ENTERED).fetchall()
        stages = connection.execute(_STAGES).fetchall()
        keys = connection.execute(_KEYS).fetchall()
        parts = connection.execute(
            "select whole_indicator_code, part_indicator_code, is_exhaustive "
            "from seeds.audit_identities order by 1, 2"
        ).fetchall()
        units = connection.execute(_PARTNERS).fetchall()
    identities: defaultdict[str, list[tuple[str, bool]]] = defaultdict(list)
    for whole, part, exhaustive in parts:
        identities[whole].append((part, exhaustive))
    partners: defaultdict[str, list[Decimal]] = defaultdict(list)
    for unit, _, ratio in units:
        partners[unit].append(Decimal(10000) if ratio > 1 else Decimal("0.0001"))
    return Catalogue(
        figures=[_figure(row, "table") for row in rows]
        + [_figure(row, "entry") for row in entered],
        stages=[_stage(row) for row in stages],
        entries=[_text(row, "") for row in keys],
        identities=dict(identities),
        partners=dict(partners),
    )


def _figure(row: Row, shape: str) -> Figure:
    value, text, unit, is_total = row[13:]
    series = (shape, row[1], *(str(part) for part in row[8:13]))
    rest = (row[12], value.normalize() + 0, text or "", unit or "", is_total)
    return _placed(row, series, rest)


def _stage(row: Row) -> Stage:
    return Stage(_text(row, row[10]), row[10], row[11])


def _text(row: Row, text: str) -> Figure:
    series = ("entry", row[1], row[8], "", "", "", row[9])
    return _placed(row, series, (row[9], Decimal(0), text, "", False))


def _placed(row: Row, series: SeriesKey, rest: Row) -> Figure:
    submission_id, layout_id, department_code, sheet, cell, line, column, period_end = row[:8]
    measure, value, text, unit, is_total = rest
    return Figure(
        submission_id,
        layout_id,
        department_code,
        sheet,
        cell,
        line,
        column,
        period_end,
        series,
        measure,
        value,
        text,
        unit,
        is_total,
    )


def _decimals(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(0, -int(exponent))
