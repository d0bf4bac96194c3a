"""What reading a sheet yields: typed observations, and a fate for every cell with content."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, get_args

Fate = Literal["observation", "label", "metadata", "ignorable", "unmapped"]
FATES: tuple[Fate, ...] = get_args(Fate)


@dataclass(frozen=True, slots=True)
class Observation:
    """One crossing of a declared row and column; columns of raw.observation."""

    submission_id: str
    department_code: str
    layout_id: str
    source_precedence: int
    sheet: str
    cell: str
    row_number: int
    column_number: int
    row_label: str
    column_label: str
    indicator_code: str
    ref_area: str
    scope: str
    period_end: date
    period_type: str
    measure: str
    growth_basis: str | None
    value_text: str | None
    cell_value: Decimal | None
    cell_unit: str
    obs_status: str
    missing_kind: str | None


@dataclass(frozen=True, slots=True)
class CellFate:
    """What became of one cell with content; columns of raw.cell."""

    submission_id: str
    sheet: str
    cell: str
    row_number: int
    column_number: int
    value_text: str
    fate: Fate
    fate_detail: str | None


@dataclass(frozen=True)
class Reading:
    """A sheet read: which layout it follows and what it says."""

    layout_id: str
    title: str
    observations: tuple[Observation, ...]
    cells: tuple[CellFate, ...]


def count_fates(cells: Iterable[CellFate]) -> dict[Fate, int]:
    """Cells by fate, every fate named."""
    counts = Counter(cell.fate for cell in cells)
    return {fate: counts[fate] for fate in FATES}
