"""Audit findings by department and rule, in words."""

from dataclasses import dataclass
from itertools import groupby

from govstats.release.report.audited import Finding
from govstats.release.report.figures import evidence, minute, number
from govstats.release.report.names import Names
from govstats.release.report.records import Marts
from govstats.release.report.signs import SHAPES, Sign, sign
from govstats.release.report.words import Both, Text, both, joined
from govstats.rules.rule import KINDS


@dataclass(frozen=True)
class FindingLine:
    """One finding as shown."""

    finding: Finding
    state: Sign
    subject: Text
    message: Both
    value: str
    expected: str
    explained: Text


@dataclass(frozen=True)
class RuleGroup:
    """The findings of one rule in one department; the remedy is the same for all of them."""

    rule_id: str
    name: Both
    severity_code: str
    severity: Sign
    kind: str
    kind_name: Both
    holds: Both
    remedy: Both
    lines: list[FindingLine]


@dataclass(frozen=True)
class FindingGroup:
    """The findings of one department."""

    anchor: str
    code: str
    name: Both
    summary: Both
    rules: list[RuleGroup]


@dataclass(frozen=True)
class Choice:
    """One entry of a filter: the code that rows carry, and its word."""

    code: str
    word: Both


def anchor(department_code: str | None) -> str:
    """Return the id of a department's group on the page; made of its code's letters alone."""
    code = department_code or "none"
    return "findings-" + "".join(c if c.isascii() and c.isalnum() else "-" for c in code)


def kinds(marts: Marts) -> dict[str, Both]:
    """Return the kinds of rules in the order of the handbook; a code's English is its own words."""
    found = {rule.kind: Both(rule.kind_zh, _english(rule.kind)) for rule in marts.rules}
    for count in marts.finding_counts:
        found.setdefault(count.kind, Both(KINDS.get(count.kind, count.kind), _english(count.kind)))
    return found


def _english(kind: str) -> str:
    return kind.replace("_", " ").capitalize()


def groups(marts: Marts) -> list[FindingGroup]:
    """Return one group per department with findings: those with hard findings first."""
    by_code: dict[str | None, list[Finding]] = {}
    for finding in marts.findings:
        by_code.setdefault(finding.department_code, []).append(finding)
    codes = sorted(by_code, key=lambda code: (by_code[code][0].severity != "hard", code or "~"))
    names = kinds(marts)
    return [_group(code, by_code[code], names, marts.names) for code in codes]


def _group(
    code: str | None, found: list[Finding], kind_names: dict[str, Both], names: Names
) -> FindingGroup:
    parts: list[Text] = []
    for severity in SHAPES["severity"]:
        counted = sum(finding.severity == severity for finding in found)
        if counted:
            word = names.word("severity", severity)
            parts.append(both("{word} {n} 条", "{word}: {n}", word=word, n=number(counted)))
    rules = groupby(found, key=lambda finding: (finding.severity, finding.rule_id))
    return FindingGroup(
        anchor=anchor(code),
        code=code or "",
        name=names.department(code),
        summary=joined(parts),
        rules=[_rule(list(lines), kind_names, names) for _, lines in rules],
    )


def _rule(found: list[Finding], kind_names: dict[str, Both], names: Names) -> RuleGroup:
    first = found[0]
    return RuleGroup(
        rule_id=first.rule_id,
        name=Both(first.rule_name_zh, first.rule_name_en),
        severity_code=first.severity,
        severity=severity(first.severity, names),
        kind=first.kind,
        kind_name=kind_names[first.kind],
        holds=names.word("holds", first.holds),
        remedy=Both(first.remedy_zh, first.remedy_en),
        lines=[_line(finding, names) for finding in found],
    )


def severity(code: str, names: Names) -> Sign:
    """Return the sign of an audit severity."""
    return sign("severity", code, names.word("severity", code))


def _line(finding: Finding, names: Names) -> FindingLine:
    subject: list[Text] = []
    if finding.indicator_code:
        subject.append(names.indicator(finding.indicator_code))
    if finding.ref_area:
        subject.append(names.area(finding.ref_area))
    if finding.period_end:
        subject.append(names.period(finding.period_end))
    return FindingLine(
        finding=finding,
        state=sign("finding_state", finding.state, names.word("finding_state", finding.state)),
        subject=joined(subject),
        message=Both(finding.message_zh, finding.message_en),
        value=evidence(finding.value),
        expected=evidence(finding.expected),
        explained=_explained(finding),
    )


def _explained(finding: Finding) -> Text:
    """Who gave the explanation and when."""
    if not finding.explained_at:
        return finding.explained_by or ""
    when = minute(finding.explained_at)
    return joined([finding.explained_by, when]) if finding.explained_by else when


def departments(marts: Marts) -> list[Choice]:
    """Return the departments that have findings, in the order of the groups."""
    return [Choice(group.code, group.name) for group in groups(marts)]


def choices(marts: Marts) -> dict[str, list[Choice]]:
    """Return what the findings can be narrowed to: severities, kinds and states that occur."""
    counts = marts.finding_counts
    words = marts.names.word
    seen = {
        "s": {count.severity for count in counts},
        "k": {count.kind for count in counts},
        "t": {count.state for count in counts},
    }
    named = {
        "s": {code: words("severity", code) for code in SHAPES["severity"]},
        "k": kinds(marts),
        "t": {code: words("finding_state", code) for code in SHAPES["finding_state"]},
    }
    return {
        key: [Choice(code, word) for code, word in named[key].items() if code in seen[key]]
        for key in named
    }
