"""What an audit leaves behind: findings that end at a cell, and one outcome per rule."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

#: Outcomes of a rule; not_applicable when no row could be judged.
PASS, FAIL, NOT_APPLICABLE = "pass", "fail", "not_applicable"


#: What has become of a finding; see list ``finding_state`` of the seed ``codes``. A hard one must
#: be mended or is overridden by a named person; a soft one is open until an explanation of the
#: very figure is accepted; one of kind info only tells.
MUST_MEND, OVERRIDDEN = "must_mend", "overridden"
OPEN, EXPLAINED, REJECTED, LAPSED, TOLD = "open", "explained", "rejected", "lapsed", "told"

#: Severity → state of a finding of which nobody has said anything yet.
FIRST_STATE: Mapping[str, str] = {"hard": MUST_MEND, "soft": OPEN, "info": TOLD}


@dataclass(frozen=True)
class Finding:
    """One row of ``raw.validation_finding``, a field per column.

    ``finding_id`` names this finding in this submission. ``place_key`` names what it is about
    (rule, department, series, period) whichever submission says it, ``finding_key`` that and the
    value found: an explanation holds as long as the key does.
    """

    finding_id: str
    place_key: str
    finding_key: str
    rule_id: str
    rule_name_zh: str
    rule_name_en: str
    kind: str
    severity: str
    holds: str
    state: str
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
    message_en: str = ""
    remedy_en: str = ""
    explanation: str | None = None
    explanation_accepted: bool | None = None
    explanation_reply_zh: str | None = None
    explained_by: str | None = None
    explained_at: datetime | None = None
    explanation_submission_id: str | None = None
    override_by: str | None = None
    override_reason_zh: str | None = None
    overridden_on: date | None = None


@dataclass(frozen=True)
class RuleResult:
    """One row of ``raw.rule_result``, a field per column.

    ``evaluated`` counts the rows that could be judged, ``failed`` those that broke the rule. The
    notes say why nothing could be judged, which is not the same as a pass.
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
    basis_en: str = ""
    judged_table: str = ""
    scope: str = ""
    expectation: str = ""
    args: str = "{}"
    remedy_zh: str = ""
    remedy_en: str = ""
    note_zh: str | None = None
    note_en: str | None = None


@dataclass(frozen=True)
class ValidationResult:
    """A whole audit: rules in order of id, findings in order of weight and place."""

    rule_results: tuple[RuleResult, ...]
    findings: tuple[Finding, ...]
