"""Refused files, revised figures and the scorecard, in words."""

from collections import Counter
from dataclasses import dataclass

from govstats.release.report.queries import REVISION_ORDER, REVISIONS_SHOWN
from govstats.release.report.records import Marts, Progress, Revision
from govstats.release.report.view import (
    Figure,
    Sign,
    difference,
    figure,
    light,
    measure,
    minute,
    period_type,
    scope,
    share,
    signed,
)

#: Refused files shown; the rest is counted.
REFUSED_SHOWN = 60

REFUSED_SQL = (
    "select department_code, file, received_at, reason_code, reason_zh, reason_lines\n"
    "from marts.fct_submission where status = 'refused'\n"
    f"order by department_code, time_period, received_at, submission_id\noffset {REFUSED_SHOWN}"
)


@dataclass(frozen=True)
class RefusedLine:
    """One file that was not read, with the reason given to its sender.

    ``lines`` could be added to a layout so that such a file is read; '' where that is no help.
    """

    department: str
    file: str
    received: str
    code: str
    reason: str
    lines: str


@dataclass(frozen=True)
class RevisionLine:
    """One revised figure: what, from which cell to which."""

    revision: Revision
    indicator: str
    context: str
    basis: str
    scope: str
    old: Figure
    new: Figure
    difference: Figure
    revised: str


@dataclass(frozen=True)
class RevisionGroup:
    """The revisions of one department: those shown, all counted, and the way to the rest."""

    name: str
    lines: list[RevisionLine]
    total: int
    sql: str

    @property
    def hidden(self) -> int:
        """Revisions that are counted and not shown."""
        return self.total - len(self.lines)


@dataclass(frozen=True)
class TargetLine:
    """One target of the scorecard."""

    progress: Progress
    sign: Sign
    actual: Figure
    completion: Figure
    path: Figure
    linear: Figure
    gap: Figure


def refused(marts: Marts) -> list[RefusedLine]:
    """Return every refused file."""
    return [
        RefusedLine(
            department=marts.names.departments.get(item.department_code, item.department_code),
            file=item.file,
            received=minute(item.received_at),
            code=item.reason_code or "",
            reason=item.reason_zh or "未记录原因，请查阅运行日志。",
            lines=item.reason_lines or "",
        )
        for item in marts.submissions
        if item.status == "refused"
    ]


def revisions(marts: Marts) -> list[RevisionGroup]:
    """Return one group of revisions per department, newest first."""
    return [
        RevisionGroup(
            name=marts.names.departments.get(code, code),
            lines=[_revision(r, marts) for r in marts.revisions if r.department_code == code],
            total=total,
            sql="select * from marts.fct_revision\n"  # noqa: S608 - shown, never run
            "where department_code = '{}'\n".format(code.replace("'", "''"))
            + f"order by {REVISION_ORDER}\noffset {REVISIONS_SHOWN}",
        )
        for code, total in marts.revision_counts.items()
    ]


def _revision(revision: Revision, marts: Marts) -> RevisionLine:
    names = marts.names
    area = names.areas.get(revision.ref_area, revision.ref_area)
    period = names.periods.get(revision.period_end, revision.period_end.isoformat())
    unit = revision.unit_measure
    return RevisionLine(
        revision=revision,
        indicator=names.indicators.get(revision.indicator_code, revision.indicator_code),
        context=f"{area}，{period}",
        basis=f"{period_type(revision.period_type)}{measure(revision.measure)}",
        scope=scope(revision.scope),
        old=figure(revision.old_value, unit, missing="空"),
        new=figure(revision.new_value, unit, missing="空"),
        difference=difference(revision.difference, unit),
        revised=minute(revision.revised_at),
    )


def scorecard(marts: Marts) -> list[TargetLine]:
    """Return the targets at the latest period, as the warehouse judged them."""
    return [
        TargetLine(
            progress=item,
            sign=light(item.light, item.status_zh),
            actual=figure(item.actual_value, item.unit_measure),
            completion=share(item.completion_pct),
            path=share(item.expected_pct_path),
            linear=share(item.expected_pct_linear),
            gap=signed(share(item.gap, "位" if item.gap_unit == "位次" else item.gap_unit or "")),
        )
        for item in marts.progress
    ]


def by_section(lines: list[TargetLine]) -> list[tuple[str, list[TargetLine]]]:
    """Group targets by the part of the report that sets them, in its order."""
    sections: dict[str, list[TargetLine]] = {}
    for line in lines:
        sections.setdefault(line.progress.section, []).append(line)
    return list(sections.items())


def tally(lines: list[TargetLine]) -> list[tuple[Sign, int]]:
    """Count targets by status, in the order in which the statuses first appear."""
    return list(Counter(line.sign for line in lines).items())
