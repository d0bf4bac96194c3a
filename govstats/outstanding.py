"""What a release's audit leaves to do: sheets to mend, findings to explain, decisions to know."""

from collections.abc import Iterable, Mapping
from typing import Any

import duckdb

from govstats.release import reader

Rows = list[dict[str, Any]]

_HELD = """
select department_code, file, time_period, reason_zh, reason_en
from marts.fct_submission where status = 'held' order by file
"""

_UNEXPLAINED = """
select
    finding.department_code,
    coalesce(department.short_name_zh, finding.department_code, '本库') as department_zh,
    count(*) as n_findings
from marts.fct_validation_finding as finding
left join marts.dim_department as department
    on finding.department_code = department.department_code
where finding.severity = 'soft' and finding.state in ('open', 'rejected', 'lapsed')
group by finding.department_code, department.short_name_zh
order by n_findings desc, finding.department_code
"""

_OVERRIDDEN = """
select
    finding_id, rule_id, file, sheet, cell, message_zh, override_by, override_reason_zh,
    overridden_on
from marts.fct_validation_finding where state = 'overridden'
order by rule_id, file, cell, finding_id
"""


def read(connection: duckdb.DuckDBPyConnection) -> dict[str, Rows]:
    """Return what is to be done about an audited warehouse.

    Returns:
        ``set_aside``: submissions that the audit holds; ``unexplained``: soft findings that want
        an explanation, counted by department; ``overridden``: hard findings that a named person
        lets pass. All empty for a release of a version that knew none of them.
    """
    statements = {"set_aside": _HELD, "unexplained": _UNEXPLAINED, "overridden": _OVERRIDDEN}
    try:
        return {name: reader.rows(connection, sql) for name, sql in statements.items()}
    except duckdb.BinderException:  # a release kept from before findings had a state
        return {name: [] for name in statements}


def lines(found: Mapping[str, Rows]) -> Iterable[str]:
    """Say it in lines that begin with a word of their own, as the scorecard's last ones do."""
    for row in found["set_aside"]:
        yield f"暂缓采用  {row['file']}：{row['reason_zh']}"
    for row in found["overridden"]:
        place = " ".join(str(row[name]) for name in ("file", "sheet", "cell") if row[name])
        yield (
            f"特批放行  {row['rule_id']} {place}：{row['override_reason_zh']}"
            f"（{row['override_by']}，{row['overridden_on']}）"
        )
    if waiting := found["unexplained"]:
        total = sum(row["n_findings"] for row in waiting)
        named = "、".join(f"{row['department_zh']} {row['n_findings']}" for row in waiting)
        yield f"待说明    核实性意见 {total} 条：{named}"
