"""Findings laid to the edition that says it last.

A figure that a resubmission repeats is known from the first edition, and so are its sheet and cell.
A hard finding must set the newest edition aside, lest a bad revision cost the good one before it.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import replace

import duckdb

from govstats.validation.finding import Finding

#: Per accepted submission with a later one of all its tables: the newest such, and its file.
_NEWEST = """
with held as (
    select distinct s.submission_id, s.department_code, s.time_period, s.received_at,
        s.sequence_number, s.file, t.layout_id
    from raw.submission as s
    inner join raw.submission_table as t using (submission_id)
    where s.status = 'accepted'
),

later as (
    select a.submission_id, b.submission_id as newer_id, b.file, b.received_at, b.sequence_number
    from held as a
    inner join held as b
        on
            a.department_code = b.department_code and a.time_period = b.time_period
            and a.layout_id = b.layout_id
            and (b.received_at, b.sequence_number) > (a.received_at, a.sequence_number)
    group by a.submission_id, b.submission_id, b.file, b.received_at, b.sequence_number
    having count(*) = (
        select count(*) from held as own where own.submission_id = a.submission_id
    )
)

select submission_id, newer_id, file
from later
qualify row_number() over (
    partition by submission_id order by received_at desc, sequence_number desc
) = 1
"""

#: Where the figure of a cell stands in another edition: ``?`` are old id, sheet, cell, new id.
_MOVED = (
    """
select b.sheet, b.cell
from raw.observation as a
inner join raw.observation as b
    using (layout_id, indicator_code, ref_area, scope, period_end, period_type, measure)
where a.submission_id = ? and a.sheet = ? and a.cell = ? and b.submission_id = ?
order by all limit 1
""",
    """
select b.sheet, b.cell
from raw.entry_value as a
inner join raw.entry_value as b using (layout_id, entry_key, field_id, part_number)
where a.submission_id = ? and a.sheet = ? and a.cell = ? and b.submission_id = ?
order by all limit 1
""",
)


def edition(
    connection: duckdb.DuckDBPyConnection, findings: Iterable[Finding]
) -> tuple[Finding, ...]:
    """Name file, sheet and cell of the newest edition in findings that hold a submission.

    Args:
        connection: the warehouse that was judged.
        findings: in order; others than those that hold a submission are left as they are.

    Returns:
        The findings in their order; those that are laid to another edition have an id of their own.
    """
    listed = tuple(findings)
    if not any(finding.holds == "submission" for finding in listed):
        return listed
    newest = {old: (new, file) for old, new, file in connection.execute(_NEWEST).fetchall()}
    return tuple(
        _laid(connection, finding, *newest[finding.submission_id])
        if finding.holds == "submission" and finding.submission_id in newest
        else finding
        for finding in listed
    )


def _laid(
    connection: duckdb.DuckDBPyConnection, finding: Finding, newer_id: str, file: str
) -> Finding:
    place = (finding.sheet, finding.cell)
    for statement in _MOVED:
        found = connection.execute(statement, [finding.submission_id, *place, newer_id]).fetchone()
        if found is not None:
            place = (found[0], found[1])
            break
    # its own id: of the edition before, should that be judged next, the same may be found again
    own_id = hashlib.sha256(f"{finding.finding_id}|{newer_id}".encode()).hexdigest()[:12]
    return replace(
        finding,
        finding_id=own_id,
        submission_id=newer_id,
        file=file,
        sheet=place[0],
        cell=place[1],
    )
