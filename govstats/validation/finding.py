"""What an audit leaves behind: findings that end at a cell, and one outcome per rule."""

from dataclasses import dataclass
from datetime import date

#: Outcomes of a rule; not_applicable when no row could be judged.
PASS, FAIL, NOT_APPLICABLE = "pass", "fail", "not_applicable"


@dataclass(frozen=True)
class Finding:
    """One row of ``raw.validation_finding``, a field per column."""

    finding_id: str
    rule_id: str
    rule_name_zh: str
    kind: str
    severity: str
    holds: str
    department_code: str | None
    submission_id: str | None
    file: str | None
    sheet: str | None
    cell: str | None
    indicator_code: str | None
    ref_area: str | None
    period_end: date | None
    value: str | None
    expected: str | None
    message_zh: str
    remedy_zh: str


@dataclass(frozen=True)
class RuleResult:
    """One row of ``raw.rule_result``, a field per column.

    ``evaluated`` counts the rows that could be judged, ``failed`` those that broke the rule.
    """

    rule_id: str
    name_zh: str
    name_en: str
    kind: str
    kind_zh: str
    severity: str
    holds: str
    basis: str
    evaluated: int
    failed: int
    outcome: str


@dataclass(frozen=True)
class ValidationResult:
    """A whole audit: rules in order of id, findings in order of weight and place."""

    rule_results: tuple[RuleResult, ...]
    findings: tuple[Finding, ...]
