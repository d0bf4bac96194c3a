"""What goes into reading and what comes out of it, one per submitted file."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from govstats.errors import Refusal
from govstats.layouts.facts import (
    CellFate,
    EntryTable,
    Fate,
    Note,
    Observation,
    TableRead,
    count_fates,
)
from govstats.layouts.lazy import Rows
from govstats.observations.fields import filled

Status = Literal["accepted", "refused"]


@dataclass(frozen=True, slots=True)
class SubmissionRef:
    """One registered file.

    ``file`` is its path below data/raw as people know it, ``path`` where its bytes are kept
    (named by their hash), ``time_period`` the folder's YYYY-MM.
    """

    submission_id: str
    department_code: str
    time_period: str
    file: str
    path: Path


@dataclass(frozen=True)
class Job:
    """Submissions whose facts go into one pack of files in ``folder``."""

    folder: Path
    refs: tuple[SubmissionRef, ...]

    @property
    def name(self) -> str:
        """What the files' names begin with: the submission's id, a digest for several."""
        ids = [ref.submission_id for ref in self.refs]
        if len(ids) == 1:
            return ids[0]
        return "pack-" + hashlib.sha256("\0".join(ids).encode()).hexdigest()[:20]

    def remove_unfinished(self) -> None:
        """Remove what a process left that died while it wrote."""
        for path in self.folder.glob(".*.tmp"):
            if path.name.startswith(f".{self.name}."):
                path.unlink(missing_ok=True)


@dataclass(frozen=True)
class ReadOutcome:
    """A file read, or refused with a reason.

    A refused file has no tables, observations, entries, cells and notes; ``layout_id`` and
    ``title`` are known where the layout was recognised before the reason was found, ``format``
    where the file could be opened. ``is_form``: a form of the bureau's own. Field cells of
    ``entries`` are not among ``cells``.
    """

    ref: SubmissionRef
    status: Status
    layout_id: str | None = None
    title: str | None = None
    refusal: Refusal | None = None
    observations: Rows[Observation] = ()
    cells: Rows[CellFate] = ()
    tables: tuple[TableRead, ...] = ()
    entries: tuple[EntryTable, ...] = ()
    notes: tuple[Note, ...] = ()
    format: str | None = None
    epoch_1904: bool = False
    is_form: bool = False

    @property
    def counts(self) -> dict[Fate, int]:
        """Cells by fate, field cells of entries among the observations."""
        counts = count_fates(self.cells)
        counts["observation"] += sum(filled(table) for table in self.entries)
        return counts


@dataclass(frozen=True, slots=True)
class ReadSummary:
    """What the reading process says of a submission once its facts are written.

    ``content`` is what ``read_summaries`` gives for it.
    """

    ref: SubmissionRef
    content: Mapping[str, Any]

    @property
    def status(self) -> Status:
        """Whether its figures count."""
        status: Status = self.content["status"]
        return status

    @property
    def figures(self) -> int:
        """Observations and values of entries."""
        return int(self.content["observations"]) + int(self.content["entry_values"])

    @property
    def reason(self) -> str | None:
        """Why it was refused, in English; None where it was read."""
        refusal = self.content["refusal"]
        return str(refusal["text_en"]) if refusal else None
