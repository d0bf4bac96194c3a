"""What reading a sheet yields: typed observations, and a fate for every cell with content."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, get_args

from govstats.layouts.lazy import Rows
from govstats.workbooks.cells import Sheet

Fate = Literal["observation", "label", "metadata", "ignorable", "unmapped"]
FATES: tuple[Fate, ...] = get_args(Fate)
#: Crossings of rows and columns; works or tasks with their state; one entry a row.
Shape = Literal["table", "register", "ledger"]
FieldType = Literal["text", "number", "date", "target", "area", "department"]


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


@dataclass(frozen=True, slots=True)
class Note:
    """What must be said about a table that is read all the same; it becomes a finding.

    ``kind`` and the texts come from ``notes.toml``; ``cell`` is None where no single cell is
    meant.
    """

    kind: str
    layout_id: str
    sheet: str
    cell: str | None
    found_zh: str
    expected_zh: str
    remedy_zh: str
    found_en: str
    expected_en: str
    remedy_en: str


@dataclass(frozen=True, slots=True)
class TableRead:
    """One table of a file as it was found: columns of raw.submission_table.

    ``parts`` counts its pieces (continued or side by side); cells are A1 addresses on ``sheet``,
    the sheet of the first part.
    """

    layout_id: str
    shape: Shape
    sheet: str
    title: str
    title_cell: str | None
    unit_line: str | None
    first_cell: str
    last_cell: str
    parts: int
    rows_found: int
    columns_found: int


@dataclass(frozen=True, slots=True)
class EntryField:
    """One column of a register or ledger; ``unit`` where its figures have one."""

    id: str
    label: str
    type: FieldType
    column: int
    unit: str | None = None
    is_key: bool = False


@dataclass(frozen=True)
class EntryTable:
    """A register or ledger, located and not yet interpreted: its sheet may have 100,000 rows.

    ``rows`` are the sheet's row numbers, one per entry, ``sections`` the heading above each
    (None without), ``totals`` those of them that are 合计 or 小计.
    """

    layout_id: str
    source_precedence: int
    sheet: Sheet
    period_end: date
    fields: tuple[EntryField, ...]
    rows: tuple[int, ...]
    sections: tuple[str | None, ...]
    totals: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Reading:
    """A file read.

    ``is_form`` where it is a form of the bureau's own that came back filled in.
    ``cells`` has every cell with content but the field cells of ``entries``, which follow from
    those. It and ``observations`` are kept as columns: objects are made of them when asked for.
    """

    tables: tuple[TableRead, ...]
    observations: Rows[Observation]
    cells: Rows[CellFate]
    entries: tuple[EntryTable, ...] = ()
    notes: tuple[Note, ...] = ()
    is_form: bool = False

    @property
    def layout_id(self) -> str:
        """Of the first table."""
        return self.tables[0].layout_id

    @property
    def title(self) -> str:
        """Of the first table, '' without one."""
        return self.tables[0].title


def count_fates(cells: Iterable[CellFate]) -> dict[Fate, int]:
    """Cells by fate, every fate named."""
    # Cells that are kept as columns know it.
    counts = getattr(cells, "counts", None) or Counter(cell.fate for cell in cells)
    return {fate: counts.get(fate, 0) for fate in FATES}
