"""What the report reads of the audit itself: findings, explanations, rules, coverage."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class FindingCount:
    """Findings of one department, kind, severity, effect and state."""

    department_code: str | None
    kind: str
    severity: str
    holds: str
    state: str
    found: int


@dataclass(frozen=True)
class Finding:
    """One audit finding, as the rule reported it, and what became of it."""

    finding_id: str
    rule_id: str
    rule_name_zh: str
    rule_name_en: str
    kind: str
    severity: str
    holds: str
    state: str
    department_code: str | None
    file: str | None
    sheet: str | None
    cell: str | None
    indicator_code: str | None
    ref_area: str | None
    period_end: date | None
    value: str | None
    expected: str | None
    message_zh: str
    message_en: str
    remedy_zh: str
    remedy_en: str
    explanation: str | None
    explanation_reply_zh: str | None
    explained_by: str | None
    explained_at: datetime | None
    override_by: str | None
    override_reason_zh: str | None
    overridden_on: date | None


@dataclass(frozen=True)
class Blocker:
    """Findings of one department and rule that have to be mended, and how."""

    department_code: str | None
    rule_id: str
    rule_name_zh: str
    rule_name_en: str
    holds: str
    found: int
    remedy_zh: str
    remedy_en: str


@dataclass(frozen=True)
class Explanation:
    """One explanation that a department gave, and whether it counts."""

    department_code: str
    file: str
    sheet: str
    cell: str
    received_at: datetime
    finding_key: str
    rule_id: str | None
    explanation: str
    explained_by: str | None
    outcome: str
    reply_zh: str | None
    reply_en: str | None


@dataclass(frozen=True)
class Rule:
    """One audit rule as it is written down, and its outcome over all figures."""

    rule_id: str
    name_zh: str
    name_en: str
    kind: str
    kind_zh: str
    severity: str
    holds: str
    basis: str
    basis_en: str
    judged_table: str
    scope: str
    expectation: str
    args: str
    remedy_zh: str
    remedy_en: str
    evaluated: int
    failed: int
    outcome: str
    note_zh: str | None
    note_en: str | None


@dataclass(frozen=True)
class Coverage:
    """Figures in use of one series of sheets, and how many of them a rule compares.

    ``cell`` is an example that no rule compares, with the last of its periods; both None where
    there is none.
    """

    department_code: str
    layout_id: str
    indicator_code: str | None
    measure: str | None
    field_id: str | None
    figures: int
    touched: int
    last_period: date | None
    sheet: str | None
    cell: str | None
