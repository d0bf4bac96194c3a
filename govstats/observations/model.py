"""What goes into reading and what comes out of it, one per submitted file."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from govstats.errors import Refusal
from govstats.layouts.facts import CellFate, Fate, Observation, count_fates


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
class ReadOutcome:
    """A file read, or refused with a reason.

    A refused file has no observations and no cells; ``layout_id`` and ``title`` are known where
    the layout was recognised before the reason was found.
    """

    ref: SubmissionRef
    status: Literal["accepted", "refused"]
    layout_id: str | None = None
    title: str | None = None
    refusal: Refusal | None = None
    observations: tuple[Observation, ...] = ()
    cells: tuple[CellFate, ...] = ()

    @property
    def counts(self) -> dict[Fate, int]:
        """Cells by fate."""
        return count_fates(self.cells)
