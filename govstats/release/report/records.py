"""What the report reads of what came in and what was made of it: one class per kind of row."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from govstats.release.report.audited import (
    Blocker,
    Coverage,
    Explanation,
    Finding,
    FindingCount,
    Rule,
)
from govstats.release.report.names import Names


@dataclass(frozen=True)
class Duty:
    """One sheet that a department owes for one period, and how the duty was met."""

    department_code: str
    layout_id: str
    layout_zh: str
    time_period: str
    report_year: int
    period_end: date
    due_date: date
    first_received_at: datetime | None
    first_file: str | None
    state: str
    n_days_late: int
    n_refused: int


@dataclass(frozen=True)
class System:
    """One system of the work report at the latest period, counted and in words."""

    system_code: str
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
    time_period: str
    received_at: datetime
    status: str
    reason_code: str | None
    reason_zh: str | None
    reason_en: str | None
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
    name_en: str
    demand_zh: str
    ref_area: str
    actual_value: Decimal | None
    unit_measure: str | None
    completion_pct: Decimal | None
    expected_pct_path: Decimal | None
    expected_pct_linear: Decimal | None
    gap: Decimal | None
    gap_unit: str | None
    status: str
    status_zh: str
    light: str
    light_zh: str
    working: str
    file: str | None
    sheet: str | None
    cell: str | None


@dataclass(frozen=True)
class Marts:
    """Everything the report shows: whole lists, in the order in which they are shown."""

    names: Names
    duties: list[Duty]
    systems: list[System]
    submissions: list[Submission]
    cells: list[CellFates]
    finding_counts: list[FindingCount]
    findings: list[Finding]
    blockers: list[Blocker]
    explanations: list[Explanation]
    rules: list[Rule]
    coverage: list[Coverage]
    revisions: list[Revision]
    corrections: list[Correction]
    progress: list[Progress]
