"""What the report reads from schema ``marts``: one class per kind of row, values as stored."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal


@dataclass(frozen=True)
class Duty:
    """One sheet that a department owes for one period, and how the duty was met."""

    department_code: str
    layout_zh: str
    time_period: str
    report_year: int
    label_zh: str
    due_date: date
    first_received_at: datetime | None
    first_file: str | None
    state: str
    n_days_late: int
    n_refused: int


@dataclass(frozen=True)
class System:
    """One system of the work report at the latest period, counted and in words."""

    ref_area: str
    system_zh: str
    section_zh: str
    mart: str
    is_due: bool
    n_items: int
    n_attention: int
    n_no_data: int
    words_zh: str


@dataclass(frozen=True)
class Submission:
    """One submitted file and how it fared."""

    department_code: str
    file: str
    received_at: datetime
    status: str
    reason_code: str | None
    reason_zh: str | None
    reason_lines: str | None


@dataclass(frozen=True)
class CellFates:
    """What became of the non-empty cells of one department's files."""

    department_code: str
    files: int
    total: int
    observation: int
    label: int
    metadata: int
    ignorable: int
    unmapped: int
    observations: int


@dataclass(frozen=True)
class FindingCount:
    """Findings of one department, kind and severity, with the state of their explanations."""

    department_code: str | None
    kind: str
    severity: str
    holds: str
    found: int
    explained: int
    accepted: int


@dataclass(frozen=True)
class Finding:
    """One audit finding, as the rule reported it."""

    finding_id: str
    rule_id: str
    rule_name_zh: str
    severity: str
    holds: str
    department_code: str | None
    file: str | None
    sheet: str | None
    cell: str | None
    indicator_code: str | None
    ref_area: str | None
    period_end: date | None
    value: str | None
    expected: str | None
    explanation: str | None
    explanation_accepted: bool | None
    message_zh: str
    remedy_zh: str


@dataclass(frozen=True)
class Blocker:
    """Findings of one department and rule that have to be mended, and how."""

    department_code: str | None
    rule_id: str
    rule_name_zh: str
    holds: str
    found: int
    remedy_zh: str


@dataclass(frozen=True)
class Rule:
    """One audit rule and its outcome over all figures."""

    rule_id: str
    name_zh: str
    kind: str
    kind_zh: str
    severity: str
    holds: str
    basis: str
    evaluated: int
    failed: int
    outcome: str


@dataclass(frozen=True)
class Revision:
    """One change of a figure that had been submitted before."""

    department_code: str
    indicator_code: str
    ref_area: str
    scope: str
    period_end: date
    period_type: str
    measure: str
    old_value: Decimal | None
    new_value: Decimal | None
    difference: Decimal | None
    unit_measure: str
    revised_at: datetime
    old_file: str
    old_sheet: str
    old_cell: str
    new_file: str
    new_sheet: str
    new_cell: str


@dataclass(frozen=True)
class Correction:
    """One correction of a reported figure, and what became of it in the latest submission."""

    correction_id: str
    department_code: str
    figure: str
    state: str
    state_zh: str
    old_cell_value: Decimal
    new_cell_value: Decimal | None
    cell_unit: str
    found_text: str | None
    file: str | None
    sheet: str
    cell: str
    reason_zh: str
    source: str | None
    author: str
    entered_on: date


@dataclass(frozen=True)
class Progress:
    """One target at the latest period, with the cell its actual value came from."""

    target_id: str
    section: str
    item: str | None
    name_zh: str
    demand_zh: str
    ref_area: str
    actual_value: Decimal | None
    unit_measure: str | None
    completion_pct: Decimal | None
    expected_pct_path: Decimal | None
    expected_pct_linear: Decimal | None
    gap: Decimal | None
    gap_unit: str | None
    status_zh: str
    light: str
    light_zh: str
    working: str
    file: str | None
    sheet: str | None
    cell: str | None


@dataclass(frozen=True)
class Names:
    """Chinese names by code."""

    departments: dict[str, str]
    areas: dict[str, str]
    indicators: dict[str, str]
    periods: dict[date, str]


@dataclass(frozen=True)
class Marts:
    """Everything the report shows; long lists hold only the rows shown, counts are full."""

    names: Names
    duties: list[Duty]
    systems: list[System]
    submissions: list[Submission]
    cells: list[CellFates]
    finding_counts: list[FindingCount]
    findings: list[Finding]
    blockers: list[Blocker]
    rules: list[Rule]
    revision_counts: dict[str, int]
    revisions: list[Revision]
    corrections: list[Correction]
    progress: list[Progress]
