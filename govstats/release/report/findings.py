"""Audit findings by department and the rule handbook, in words."""

from collections import defaultdict
from dataclasses import dataclass

from govstats.release.report.queries import FINDING_ORDER, FINDINGS_SHOWN
from govstats.release.report.records import Finding, FindingCount, Marts, Rule
from govstats.release.report.view import (
    HOLDS,
    SEVERITIES,
    Sign,
    evidence,
    number,
    outcome,
    severity,
)


@dataclass(frozen=True)
class FindingLine:
    """One finding as shown."""

    finding: Finding
    sign: Sign
    subject: str
    value: str
    expected: str
    state: str


@dataclass(frozen=True)
class FindingGroup:
    """The findings of one department: those shown, all counted, and the way to the rest."""

    anchor: str
    name: str
    summary: str
    lines: list[FindingLine]
    total: int
    sql: str

    @property
    def hidden(self) -> int:
        """Findings that are counted and not shown."""
        return self.total - len(self.lines)


@dataclass(frozen=True)
class RuleLine:
    """One rule of the handbook with its outcome."""

    rule: Rule
    severity: Sign
    holds: str
    outcome: Sign
    evaluated: str
    failed: str


def anchor(department_code: str | None) -> str:
    """Return the id of a department's group on the page; made of its code's letters alone."""
    code = department_code or "none"
    return "findings-" + "".join(c if c.isascii() and c.isalnum() else "-" for c in code)


def groups(marts: Marts) -> list[FindingGroup]:
    """Return one group per department with findings: those with hard findings first."""
    counts: dict[str | None, list[FindingCount]] = defaultdict(list)
    for count in marts.finding_counts:
        counts[count.department_code].append(count)
    lines: dict[str | None, list[FindingLine]] = defaultdict(list)
    for finding in marts.findings:
        lines[finding.department_code].append(_line(finding, marts))
    codes = sorted(counts, key=lambda code: (not _found(counts[code], "hard"), code or "~"))
    return [_group(code, counts[code], lines[code], marts) for code in codes]


def _group(
    code: str | None, counts: list[FindingCount], lines: list[FindingLine], marts: Marts
) -> FindingGroup:
    parts = [(sign, _found(counts, level)) for level, sign in SEVERITIES.items()]
    where = "department_code is null"
    if code is not None:
        where = "department_code = '{}'".format(code.replace("'", "''"))
    return FindingGroup(
        anchor=anchor(code),
        name=marts.names.departments.get(code, code) if code else "未归属部门",
        summary="，".join(f"{sign.word} {number(found)} 条" for sign, found in parts if found),
        lines=lines,
        total=sum(count.found for count in counts),
        sql=f"select * from marts.fct_validation_finding\nwhere {where}\n"  # noqa: S608 - shown
        f"order by {FINDING_ORDER}\noffset {FINDINGS_SHOWN}",
    )


def _found(counts: list[FindingCount], level: str) -> int:
    return sum(count.found for count in counts if count.severity == level)


def _line(finding: Finding, marts: Marts) -> FindingLine:
    names = marts.names
    subject = [
        names.indicators.get(finding.indicator_code or "", finding.indicator_code),
        names.areas.get(finding.ref_area or "", finding.ref_area),
        names.periods.get(finding.period_end) if finding.period_end else None,
    ]
    return FindingLine(
        finding=finding,
        sign=severity(finding.severity),
        subject="，".join(part for part in subject if part),
        value=evidence(finding.value),
        expected=evidence(finding.expected),
        state=_state(finding),
    )


def _state(finding: Finding) -> str:
    if finding.severity == "hard":
        return HOLDS.get(finding.holds, finding.holds)
    if finding.explanation_accepted:
        return "说明已采纳"
    if finding.explanation:
        return "说明未采纳，须重新说明"
    return "待说明" if finding.severity == "soft" else "供参考"


def rules(marts: Marts) -> list[RuleLine]:
    """Return the rule handbook in the order of rule ids."""
    return [
        RuleLine(
            rule=rule,
            severity=severity(rule.severity),
            holds=HOLDS.get(rule.holds, rule.holds),
            outcome=outcome(rule.outcome, rule.severity),
            evaluated=number(rule.evaluated),
            failed=number(rule.failed),
        )
        for rule in marts.rules
    ]
