"""Reading a finished warehouse: SQL on schema ``marts`` alone, in a stated order."""

from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any, TypeVar

import duckdb

from govstats.errors import GovstatsError
from govstats.release.report.records import (
    Blocker,
    CellFates,
    Correction,
    Duty,
    Finding,
    FindingCount,
    Marts,
    Names,
    Progress,
    Revision,
    Rule,
    Submission,
    System,
)

#: Findings shown per department; the rest is counted and left in the warehouse.
FINDINGS_SHOWN = 60
#: Revisions shown per department.
REVISIONS_SHOWN = 40

#: The order of findings on the page and of the query offered for the rest. finding_id makes
#: it total; the length comes before the address so that B2 stands before B10.
FINDING_ORDER = (
    "case severity when 'hard' then 1 when 'soft' then 2 else 3 end, rule_id, "
    "file, sheet, length(cell), cell, finding_id"
)
REVISION_ORDER = (
    "revised_at desc, period_end, indicator_code, ref_area, scope, period_type, measure, "
    "new_submission_id, new_sheet, length(new_cell), new_cell"
)

Row = TypeVar("Row")


def read(warehouse: Path, latest_period: str) -> Marts:
    """Return what the report shows of ``warehouse``, as of ``latest_period`` (YYYY-MM).

    The file is opened for reading only and closed again.

    Raises:
        GovstatsError: the file is missing, or its schema ``marts`` is not complete.
    """
    if not warehouse.is_file():
        raise GovstatsError(f"there is no warehouse at {warehouse}", "build it: `govstats run`")
    try:
        with duckdb.connect(str(warehouse), read_only=True) as connection:
            return _read_marts(connection, latest_period)
    except duckdb.Error as error:
        raise GovstatsError(
            f"{warehouse} cannot be read for the validation report: {error}",
            "the report needs every table of schema marts: build the warehouse again",
        ) from error


def _read_marts(connection: duckdb.DuckDBPyConnection, latest_period: str) -> Marts:
    return Marts(
        names=_names(connection),
        duties=_rows(connection, Duty, _DUTIES, latest_period),
        systems=_rows(connection, System, _SYSTEMS, latest_period),
        submissions=_rows(connection, Submission, _SUBMISSIONS),
        cells=_rows(connection, CellFates, _CELLS),
        finding_counts=_rows(connection, FindingCount, _FINDING_COUNTS),
        findings=_rows(connection, Finding, _FINDINGS, FINDINGS_SHOWN),
        blockers=_rows(connection, Blocker, _BLOCKERS),
        rules=_rows(connection, Rule, _RULES),
        revision_counts=_pairs(connection, _REVISION_COUNTS),
        revisions=_rows(connection, Revision, _REVISIONS, REVISIONS_SHOWN),
        corrections=_rows(connection, Correction, _CORRECTIONS),
        progress=_rows(connection, Progress, _PROGRESS, latest_period),
    )


def _names(connection: duckdb.DuckDBPyConnection) -> Names:
    # Dated dimensions may name a code more than once: the last row, the newest name, wins.
    def pairs(columns: str, table: str) -> dict[Any, str]:
        return _pairs(connection, f"select {columns} from marts.{table}")  # noqa: S608

    return Names(
        departments=pairs(
            "department_code, short_name_zh",
            "dim_department order by department_code, valid_from nulls first",
        ),
        areas=pairs("ref_area, name_zh", "dim_area order by ref_area, valid_from nulls first"),
        indicators=pairs(
            "indicator_code, name_zh",
            "dim_indicator order by indicator_code, valid_from nulls first",
        ),
        periods=pairs("period_end, label_zh", "dim_period order by period_end"),
    )


def _rows(
    connection: duckdb.DuckDBPyConnection,
    row: Callable[..., Row],
    sql: str,
    *values: object,
) -> list[Row]:
    columns = ", ".join(field.name for field in fields(row))  # type: ignore[arg-type]
    found = connection.execute(sql.replace("{columns}", columns), list(values)).fetchall()
    return [row(*values) for values in found]


def _pairs(connection: duckdb.DuckDBPyConnection, sql: str) -> dict[Any, Any]:
    return dict(connection.execute(sql).fetchall())


_DUTIES = """
select {columns} from marts.fct_reporting_duty as duty
inner join marts.dim_period as period on duty.period_end = period.period_end
where time_period <= $1
order by department_code, layout_id, time_period
"""

_SYSTEMS = """
select {columns} from marts.fct_system_overview as overview
inner join marts.dim_period as period on overview.period_end = period.period_end
where time_period = $1
order by ref_area, sort_order
"""

_SUBMISSIONS = """
select {columns} from marts.fct_submission
order by department_code, time_period, received_at, submission_id
"""

_CELLS = """
select department_code, count(*), sum(cells_total), sum(cells_observation), sum(cells_label),
    sum(cells_metadata), sum(cells_ignorable), sum(cells_unmapped), sum(observations)
from marts.fct_submission
group by department_code
order by department_code
"""

_FINDING_COUNTS = """
select department_code, kind, severity, holds, count(*), count(explanation),
    count(case when explanation_accepted then 1 end)
from marts.fct_validation_finding
group by department_code, kind, severity, holds
order by department_code, kind, severity, holds
"""

_FINDINGS = f"""
select {{columns}} from (
    select *, row_number() over (partition by department_code order by {FINDING_ORDER}) as place
    from marts.fct_validation_finding
) as numbered
where place <= $1
order by department_code, place
"""  # noqa: S608 - only the constant order is put in

_BLOCKERS = """
select department_code, rule_id, rule_name_zh, holds, count(*), min(remedy_zh)
from marts.fct_validation_finding
where severity = 'hard' or holds = 'release'
group by department_code, rule_id, rule_name_zh, holds
order by department_code, rule_id, rule_name_zh, holds
"""

_RULES = "select {columns} from marts.fct_rule_result order by rule_id"

_REVISION_COUNTS = """
select department_code, count(*) from marts.fct_revision
group by department_code order by department_code
"""

_REVISIONS = f"""
select {{columns}} from (
    select *, row_number() over (partition by department_code order by {REVISION_ORDER}) as place
    from marts.fct_revision
) as numbered
where place <= $1
order by department_code, place
"""  # noqa: S608 - only the constant order is put in

_CORRECTIONS = """
select {columns} from (
    select *, max(submission_number) over (partition by correction_id) as last_number
    from marts.fct_correction
) as numbered
where submission_number = last_number
order by case state when 'source_changed' then 1 when 'unmatched' then 2 when 'applied' then 3
    when 'source_agrees' then 4 else 5 end, correction_id
"""

_PROGRESS = """
select {columns} from (
    select target.section, target.item, target.name_zh, target.demand_zh, period.time_period,
        progress.target_id, progress.ref_area, progress.actual_value,
        progress.unit_measure, progress.completion_pct,
        coalesce(progress.expected_pct_planned, progress.expected_pct_seasonal)
            as expected_pct_path,
        progress.expected_pct_linear, progress.gap, progress.gap_unit, progress.status_zh,
        progress.light, progress.light_zh, progress.working, progress.file, progress.sheet,
        progress.cell
    from marts.fct_target_progress as progress
    inner join marts.dim_period as period on progress.period_end = period.period_end
    inner join marts.dim_target as target on progress.target_id = target.target_id
) as joined
where time_period = $1
order by target_id
"""
