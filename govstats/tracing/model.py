"""What a trace consists of: a tree of figures whose leaves are cells of submitted workbooks."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from govstats.picture.model import SheetPicture

#: How a column came about: read from a cell; computed from others; counted; typed in by people
#: as knowledge (a seed); part of the row's name; a word about the row.
Role = Literal["cell", "derived", "count", "knowledge", "key", "word"]


@dataclass(frozen=True)
class Corrected:
    """A correction that counts: what it makes of the cell, why, and who answers for it.

    ``uncorrected_value`` is the figure as reported in the unit of the evidence, the other two
    are in the cell's; ``new_cell_value`` is None where the figure was withdrawn.
    """

    correction_id: str
    uncorrected_value: Decimal | None
    old_cell_value: Decimal
    new_cell_value: Decimal | None
    reason_zh: str
    source: str | None
    author: str
    entered_on: date


@dataclass(frozen=True)
class Submission:
    """A file received: where it stands on the ledger, and the hash of the bytes kept of it."""

    submission_id: str
    sequence_number: int
    department_zh: str
    file: str
    time_period: str
    received_at: datetime
    due_date: date | None
    status: str
    sha256: str
    size_bytes: int


@dataclass(frozen=True)
class Vintage:
    """One vintage of a figure, with the time during which it was the one known."""

    vintage_number: int
    obs_value: Decimal | None
    unit_measure: str | None
    known_from: datetime
    known_to: datetime | None
    file: str
    sheet: str
    cell: str


@dataclass(frozen=True)
class CellEvidence:
    """One cell a figure rests on, read again from the bytes kept at registration.

    ``cell_now`` is what that cell holds; ``agrees`` says whether that is what was read from it,
    None where nothing had been; ``cell_value`` in ``cell_unit`` became ``obs_value`` in
    ``unit_measure``, by way of the ``correction`` where there is one. ``vintages`` are those of
    the same figure from the same source, the oldest first; entries of registers have none.
    """

    evidence_role: str
    subject_zh: str
    indicator_code: str | None
    ref_area: str | None
    area_zh: str | None
    measure: str | None
    obs_value: Decimal | None
    unit_measure: str | None
    obs_status: str | None
    missing_kind: str | None
    department_zh: str
    submission_id: str
    file: str
    sheet: str
    cell: str
    value_text: str | None
    cell_value: Decimal | None
    cell_unit: str | None
    known_from: datetime
    cell_now: str
    agrees: bool | None
    submission: Submission
    vintages: tuple[Vintage, ...] = ()
    correction: Corrected | None = None
    picture: SheetPicture | None = field(default=None, repr=False, compare=False)

    @property
    def reported_value(self) -> Decimal | None:
        """The figure as the department reported it, in ``unit_measure``."""
        return self.correction.uncorrected_value if self.correction else self.obs_value

    @property
    def place(self) -> tuple[str, str, str]:
        """What names the cell: submission, sheet, address."""
        return self.submission_id, self.sheet, self.cell


@dataclass(frozen=True)
class Step:
    """One column of one row of a mart, and what it was made from.

    ``subject`` and ``subject_en`` say in words what the row is about; ``reason`` why there is no
    figure; ``row`` all columns of the row, only where it is another one than that of the step
    above; ``knowledge`` the table of people's knowledge it was typed into. A step that
    ``is_listed`` is one of many compared or counted, one that ``is_repeated`` is followed
    elsewhere in the tree.
    """

    reference: str
    mart: str
    column: str
    description: str
    role: Role
    subject: str
    subject_en: str
    value: Any
    unit: str | None
    reason: str = ""
    knowledge: str = ""
    row: dict[str, Any] | None = None
    parts: tuple["Step", ...] = ()
    cells: tuple[CellEvidence, ...] = ()
    is_listed: bool = False
    is_repeated: bool = False

    def walk(self) -> Iterator["Step"]:
        """Return this step and all below it, each before its parts."""
        yield self
        for part in self.parts:
            yield from part.walk()


@dataclass(frozen=True)
class Model:
    """One table or model on the way from the raw tables to a mart, the raw ones first."""

    name: str
    kind: str
    description: str
    parents: tuple[str, ...]
    sql: str


@dataclass(frozen=True)
class Address:
    """Where a figure stands in a product of the release: file, sheet and cell, as shown there."""

    file: str
    sheet: str
    cell: str
    shown: str


@dataclass(frozen=True)
class Trace:
    """A published figure with all it rests on.

    ``judgement`` is the row of ``fct_target_progress`` with the target's names where a target
    was asked for; ``working`` how the figure was worked out, in words, where the mart says so.
    """

    release_id: str
    asked: str
    address: Address | None
    figure: Step
    working: str
    lineage: tuple[Model, ...]
    judgement: dict[str, Any] | None = None

    @property
    def cells(self) -> tuple[CellEvidence, ...]:
        """Every cell once, in the order of the tree."""
        found: dict[tuple[str, str, str], CellEvidence] = {}
        for step in self.figure.walk():
            for cell in step.cells:
                found.setdefault(cell.place, cell)
        return tuple(found.values())

    @property
    def evidence(self) -> tuple[CellEvidence, ...]:
        """The cells of the figures judged where a target was asked for, else every cell."""
        if self.judgement is None:
            return self.cells
        return tuple(cell for cell in self.cells if cell.evidence_role)

    def as_dict(self) -> dict[str, Any]:
        """Return everything but the pictures as plain data."""
        evidence = [_plain(asdict(cell)) for cell in self.evidence]
        content: dict[str, Any] = _plain(asdict(self))
        return content | {"evidence": evidence}


def _plain(content: Any) -> Any:  # noqa: ANN401
    if isinstance(content, dict):
        return {key: _plain(value) for key, value in content.items() if key != "picture"}
    return [_plain(item) for item in content] if isinstance(content, list | tuple) else content
