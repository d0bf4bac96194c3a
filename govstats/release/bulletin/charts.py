"""Charts of the bulletin as Vega-Lite specifications; they show what marts hold, nothing else.

Readable without colour: lines differ in dashes, bars carry their figure as text, the path is a
mark of its own shape, and the legend names each.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from duckdb import DuckDBPyConnection

from govstats.numbers import plain
from govstats.release import reader
from govstats.release.bulletin import chart_specs
from govstats.release.bulletin.chart_specs import ACTUAL_ZH, LINEAR_ZH, PATH_ZH, Row
from govstats.release.bulletin.model import Chart

_PROGRESS = """
    select
        p.target_id, t.name_zh, d.month_number, p.completion_pct, p.expected_pct_linear,
        coalesce(p.expected_pct_planned, p.expected_pct_seasonal) as expected_pct,
        p.status_zh
    from marts.fct_target_progress as p
    join marts.dim_target as t using (target_id)
    join marts.dim_period as d on d.period_end = p.period_end
    where p.target_id in (select unnest($2)) and p.period_end <= $1
        and p.report_year = year($1)
    order by p.target_id, d.month_number
"""
_HEADLINE = """
    select p.target_id
    from marts.fct_target_progress as p
    join marts.dim_indicator as i on i.indicator_code = p.indicator_code
    where i.is_main and p.period_end = $1 and p.completion_pct is not null
        and p.expected_pct_linear is not null
    order by p.target_id
"""
_AREAS = """
    select
        indicator_code, indicator_zh, area_zh, rank_basis, rank_computed, obs_value,
        unit_measure, completion_pct
    from marts.fct_area_scorecard
    where period_end = $1 and rank_computed is not null
    order by indicator_code, rank_computed, ref_area
"""


def headline_ids(connection: DuckDBPyConnection, period: date) -> list[str]:
    """Return the targets of main indicators that have a completion and a path, in their order."""
    found = reader.rows(connection, _HEADLINE, [period])
    return [str(row["target_id"]) for row in found]


def paths(
    connection: DuckDBPyConnection, period: date, target_ids: Sequence[str], title: str
) -> Chart | None:
    """Draw completion of each target over the year against the path and month over twelve.

    Args:
        connection: a released warehouse.
        period: last day of the bulletin's period; later months are not drawn.
        target_ids: targets, in the order of the panels; those without completion are left out.
        title: caption.

    Returns:
        The chart, or None where no target has a completion.
    """
    rows = _progress(connection, period, target_ids)
    names = _names(rows, target_ids)
    if not names:
        return None
    values = [value for row in rows if row["name_zh"] in names for value in _points(row)]
    return Chart("paths", title, chart_specs.panels_of_lines(values, names), _said(rows, names))


def completion(
    connection: DuckDBPyConnection, period: date, target_ids: Sequence[str], title: str
) -> Chart | None:
    """Draw completion of targets at the period's end as bars, with marks for path and linear.

    Args and result as of ``paths``; bars stand in the order of ``target_ids``.
    """
    rows = [
        row
        for row in _progress(connection, period, target_ids)
        if row["month_number"] == period.month and row["completion_pct"] is not None
    ]
    names = _names(rows, target_ids)
    if not names:
        return None
    values = [_bar(row) for row in rows]
    said = "；".join(f"{row['target']}{str(row['label']).replace('　', '，')}" for row in values)
    alt = f"条形图。完成年度目标的百分比：{said}。"
    return Chart("completion", title, chart_specs.bars(values, names), alt)


def areas(connection: DuckDBPyConnection, period: date, title: str) -> Chart | None:
    """Draw the ranks of subdistricts: a panel of bars for each indicator that ranks them.

    A bar is what the rank was made of (completion, or the figure itself); missing figures have
    no rank and no bar. Args and result as of ``paths``.
    """
    rows = reader.rows(connection, _AREAS, [period])
    codes = list(dict.fromkeys(row["indicator_code"] for row in rows))
    if not codes:
        return None
    groups = [[row for row in rows if row["indicator_code"] == code] for code in codes]
    panels = [(_area_heading(group), [_area(row) for row in group]) for group in groups]
    said = "；".join(f"{_area_heading(group)}{_first_and_last(group)}" for group in groups)
    alt = f"条形图，各街道（乡）按位次排列。{said}。"
    return Chart("areas", title, chart_specs.ranked_panels(panels), alt)


def plain_pct(value: object) -> str:
    """Write a percentage with one decimal, half up, as bulletins do; a missing one is empty."""
    if not isinstance(value, Decimal):
        return ""
    return f"{value.quantize(Decimal('0.1'), 'ROUND_HALF_UP')}%"


def _progress(connection: DuckDBPyConnection, period: date, target_ids: Sequence[str]) -> list[Row]:
    return reader.rows(connection, _PROGRESS, [period, list(target_ids)])


def _names(rows: Sequence[Row], target_ids: Sequence[str]) -> list[str]:
    drawn = [row for row in rows if row["completion_pct"] is not None]
    known = {row["target_id"]: str(row["name_zh"]) for row in drawn}
    return [known[name] for name in target_ids if name in known]


def _points(row: Row) -> list[Row]:
    drawn = {
        ACTUAL_ZH: row["completion_pct"],
        PATH_ZH: row["expected_pct"],
        LINEAR_ZH: row["expected_pct_linear"],
    }
    place = {"target": row["name_zh"], "month": row["month_number"]}
    return [
        {**place, "line": name, "value": _number(value)}
        for name, value in drawn.items()
        if value is not None
    ]


def _bar(row: Row) -> Row:
    drawn = {
        "actual": _number(row["completion_pct"]),
        "path": _number(row["expected_pct"]),
        "linear": _number(row["expected_pct_linear"]),
    }
    return {
        **drawn,
        "target": row["name_zh"],
        "label": f"{plain_pct(row['completion_pct'])}　{row['status_zh']}",
        # The text begins right of the bar and of every mark on its line.
        "reach": max(value for value in drawn.values() if value is not None),
    }


def _area(row: Row) -> Row:
    by_completion = row["rank_basis"] == "completion"
    value = row["completion_pct" if by_completion else "obs_value"]
    # A space as wide as a digit keeps the ranks below each other.
    rank = str(row["rank_computed"]).rjust(2, "\u2007")
    return {
        "area": f"{row['area_zh']}　{rank}",
        "value": _number(value),
        "label": plain_pct(value) if by_completion else plain(value),
    }


def _area_heading(rows: Sequence[Row]) -> str:
    if rows[0]["rank_basis"] == "completion":
        return f"{rows[0]['indicator_zh']}完成率（%）"
    return f"{rows[0]['indicator_zh']}（{rows[0]['unit_measure'] or ''}）"


def _first_and_last(rows: Sequence[Row]) -> str:
    said = []
    for rank in dict.fromkeys((rows[0]["rank_computed"], rows[-1]["rank_computed"])):
        names = "、".join(str(row["area_zh"]) for row in rows if row["rank_computed"] == rank)
        said.append(f"第{rank}位{names}")
    return "，".join(said)


def _said(rows: Sequence[Row], names: Sequence[str]) -> str:
    last: dict[str, Row] = {}
    for row in rows:
        if row["completion_pct"] is not None:
            last[str(row["name_zh"])] = row
    parts = [
        f"{name}{plain_pct(last[name]['completion_pct'])}"
        f"（{PATH_ZH}{plain_pct(last[name]['expected_pct']) or '无'}）"
        for name in names
    ]
    return f"折线图，各目标{ACTUAL_ZH}与{PATH_ZH}、{LINEAR_ZH}。最近一期{'；'.join(parts)}。"


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, Decimal | int) else None
