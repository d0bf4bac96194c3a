"""What ``govstats inspect`` finds in a file, as data."""

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from govstats.errors import Refusal
from govstats.layouts.facts import CellFate, Fate, Note, Observation
from govstats.picture.model import SheetPicture

#: A layout of which a sheet has less is not near it, only the least far.
LEAST_ALIKE = 0.1


@dataclass(frozen=True)
class SheetSeen:
    """One worksheet; hidden rows and columns as people write them ("3, 5-7"; "C, E-G")."""

    name: str
    visible: bool
    cells: int
    last_cell: str
    merged: int
    hidden_rows: str
    hidden_columns: str


@dataclass(frozen=True)
class Heading:
    """One column of a header block; ``id`` is '' where the layout does not declare it."""

    column: str
    label: str
    unit: str
    id: str


@dataclass(frozen=True)
class RowSeen:
    """One row label; ``id`` is '' where the layout does not declare it."""

    row: int
    label: str
    id: str


@dataclass(frozen=True)
class TableSeen:
    """One table as a layout sees it; ``is_read`` is False for the nearest one of a refused file.

    ``periods`` has (place, text) of every statement of the period.
    """

    layout_id: str
    shape: str
    sheet: str
    is_read: bool
    title: str = ""
    title_cell: str = ""
    unit_line: str = ""
    cells: str = ""
    parts: int = 1
    rows_found: int = 0
    columns_found: int = 0
    periods: tuple[tuple[str, str], ...] = ()
    header_block: str = ""
    header: tuple[Heading, ...] = ()
    rows: tuple[RowSeen, ...] = ()


@dataclass(frozen=True)
class EntriesSeen:
    """A register or ledger; ``fields`` are its columns, ``id`` the layout's."""

    layout_id: str
    sheet: str
    entries: int
    totals: int
    sections: tuple[str, ...]
    fields: tuple[Heading, ...]


@dataclass(frozen=True)
class BlockSeen:
    """One table of a sheet that no layout knows, found by its shape.

    ``columns`` and ``rows`` are the first of them; ``columns_found`` and ``rows_found`` count all.
    """

    sheet: str
    title: str
    unit: str
    period: str
    header_block: str
    body: str
    stub: str
    is_continued: bool
    columns: tuple[Heading, ...]
    rows: tuple[RowSeen, ...]
    columns_found: int
    rows_found: int


@dataclass(frozen=True)
class RemarkSeen:
    """A cell that belongs to no table: note, source, producer, signature, date of report."""

    sheet: str
    cell: str
    kind: str
    text: str


@dataclass(frozen=True)
class Likeness:
    """How far the best sheet satisfies one layout."""

    layout_id: str
    department: str
    name_zh: str
    sheet: str
    score: float
    is_full: bool
    missing: tuple[str, ...]
    extra: tuple[str, ...]


@dataclass(frozen=True)
class Inspection:
    """What was found in a file.

    ``tables`` are the tables read, or the nearest one of a file that is refused; ``likeness`` the
    layouts, best first; ``refusal`` why the file would be refused; ``blocks`` what the shape of
    sheets without a layout tells. ``unmapped``, ``remarks`` and ``observations`` are the first of
    them; ``fates`` counts all cells, ``observations_total`` all observations.
    """

    file: str
    department: str
    period: str
    format: str = ""
    sheets: tuple[SheetSeen, ...] = ()
    tables: tuple[TableSeen, ...] = ()
    entries: tuple[EntriesSeen, ...] = ()
    blocks: tuple[BlockSeen, ...] = ()
    likeness: tuple[Likeness, ...] = ()
    refusal: Refusal | None = None
    notes: tuple[Note, ...] = ()
    fates: tuple[tuple[Fate, int], ...] = ()
    unmapped: tuple[CellFate, ...] = ()
    remarks: tuple[RemarkSeen, ...] = ()
    observations: tuple[Observation, ...] = ()
    observations_total: int = 0
    pictures: tuple[SheetPicture, ...] = ()
    draft: str = ""

    @property
    def layout_id(self) -> str | None:
        """Of the first table read, None where none is."""
        return next((table.layout_id for table in self.tables if table.is_read), None)

    def as_dict(self) -> dict[str, Any]:
        """The same as plain values that JSON can hold, without pictures.

        Figures and dates are text.
        """
        names = (name for name in self.__dataclass_fields__ if name != "pictures")
        plain = {name: _plain(getattr(self, name)) for name in names}
        return plain | {"layout_id": self.layout_id, "fates": dict(self.fates)}


def _plain(value: Any) -> Any:  # noqa: ANN401 - whatever JSON can hold
    if hasattr(value, "__dataclass_fields__"):
        return _plain(asdict(value))
    if isinstance(value, dict):
        return {key: _plain(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(entry) for entry in value]
    return str(value) if isinstance(value, Decimal | date) else value
