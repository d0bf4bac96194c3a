"""What the current release knows of a sheet's period before: shown in grey beside the form."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import duckdb

from govstats.layouts.model import Dims
from govstats.release import reader, releases
from govstats.settings import Settings

_PERIOD = """
select max(period_end) as period_end
from {table}
where layout_id = ? and strftime(period_end, '%Y-%m') < ?
"""
_FIGURES = """
select
    indicator_code, ref_area, scope, period_type, measure, cell_value, cell_unit, value_text
from marts.fct_observation_vintage
where layout_id = ? and period_end = ? and is_latest
order by cast(regexp_extract(cell, '[0-9]+') as integer), length(cell), cell
"""
_ENTRIES = """
select entry_number, field_id, value_text, section, is_total
from marts.fct_entry_value
where layout_id = ? and period_end = ? and part_number = 1
order by entry_number, column_number
"""
#: indicator, area, scope, period type, measure.
Key = tuple[str | None, str | None, str | None, str | None, str | None]


@dataclass(frozen=True)
class LastFigure:
    """One figure of the period before, as its cell had it."""

    value: Decimal | None
    unit: str
    text: str | None


@dataclass(frozen=True)
class LastEntry:
    """One entry of the period before: texts by field."""

    texts: dict[str, str]
    section: str | None


@dataclass(frozen=True)
class LastPeriod:
    """The period before, as YYYY-MM; empty where the release has none.

    ``areas`` are in the order of the sheet's rows, or columns.
    """

    time_period: str = ""
    figures: dict[Key, LastFigure] = field(default_factory=dict)
    areas: tuple[str, ...] = ()
    entries: tuple[LastEntry, ...] = ()

    def figure(self, dims: Dims) -> LastFigure | None:
        """The figure of these dimensions."""
        return self.figures.get(
            (dims.indicator, dims.ref_area, dims.scope, dims.period_type, dims.measure)
        )


def last_period(settings: Settings, layout_id: str, period: str, *, is_table: bool) -> LastPeriod:
    """What the current release has of a layout before a period.

    Args:
        settings: where the releases lie; without a release nothing is known.
        layout_id: the form.
        period: YYYY-MM that is to be filled in.
        is_table: crossings of rows and columns, or entries.
    """
    if releases.current_id(settings) is None:
        return LastPeriod()
    table = "marts.fct_observation_vintage" if is_table else "marts.fct_entry_value"
    with reader.connect(settings) as connection:
        found = reader.rows(connection, _PERIOD.format(table=table), [layout_id, period])
        period_end: Any = found[0]["period_end"] if found else None
        if period_end is None:
            return LastPeriod()
        time_period = f"{period_end:%Y-%m}"
        read = _figures if is_table else _entries
        return read(connection, time_period, [layout_id, period_end])


def _figures(
    connection: duckdb.DuckDBPyConnection, time_period: str, where: list[object]
) -> LastPeriod:
    rows: Sequence[dict[str, Any]] = reader.rows(connection, _FIGURES, where)
    figures: dict[Key, LastFigure] = {}
    for row in rows:
        key = (
            row["indicator_code"],
            row["ref_area"],
            row["scope"],
            row["period_type"],
            row["measure"],
        )
        figures[key] = LastFigure(row["cell_value"], row["cell_unit"], row["value_text"])
    areas = tuple(dict.fromkeys(row["ref_area"] for row in rows))
    return LastPeriod(time_period, figures, areas)


def _entries(
    connection: duckdb.DuckDBPyConnection, time_period: str, where: list[object]
) -> LastPeriod:
    rows: Sequence[dict[str, Any]] = reader.rows(connection, _ENTRIES, where)
    texts: dict[int, dict[str, str]] = {}
    sections: dict[int, str | None] = {}
    for row in rows:
        if not row["is_total"]:
            number = row["entry_number"]
            sections[number] = row["section"]
            texts.setdefault(number, {})[row["field_id"]] = row["value_text"] or ""
    entries = tuple(LastEntry(texts[number], sections[number]) for number in sorted(texts))
    return LastPeriod(time_period, entries=entries)
