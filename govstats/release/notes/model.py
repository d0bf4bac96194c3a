"""What changed between two releases, as read; words and layout come later."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from govstats.release.report.names import Names

Row = dict[str, Any]


@dataclass(frozen=True)
class Part:
    """One kind of change.

    ``rows`` are the changes in a stated order; ``missing`` names the columns (``mart.column``)
    that the release before does not have, and then nothing was compared. ``figures`` is the
    number of changes where a row stands for many.
    """

    rows: tuple[Row, ...] = ()
    missing: tuple[str, ...] = ()
    figures: int | None = None

    @property
    def count(self) -> int | None:
        """How many changes there are; None where they could not be looked for."""
        if self.missing:
            return None
        return len(self.rows) if self.figures is None else self.figures


@dataclass(frozen=True)
class Edition:
    """One of the two releases: its id, latest period, last receipt, and what it was made of."""

    release_id: str
    latest_period: str
    cut_off: datetime | None
    inputs: Mapping[str, str]
    versions: Mapping[str, str]
    counts: Mapping[str, int]


@dataclass(frozen=True)
class Notes:
    """Release notes: what a release brings against the one before.

    ``state`` is ``first`` (there is none before), ``unreadable`` (there is, but it is damaged),
    ``past`` (a rebuilt day is compared with nothing) or ``compared``. ``changed`` names which
    inputs differ: ``ledger``, ``knowledge``, ``code``, ``engines``; None where the release before
    does not say what it was made of.
    """

    release: Edition
    previous: Edition | None
    state: str
    names: Names
    changed: tuple[str, ...] | None = ()
    parts: Mapping[str, Part] = field(default_factory=dict)

    @property
    def counts(self) -> dict[str, int | None]:
        """Number of changes by part, for the manifest; None where a part was not compared."""
        return {name: part.count for name, part in self.parts.items()}

    def rows(self, part: str) -> tuple[Row, ...]:
        """Return the changes of a part, none where it was not compared."""
        return self.parts[part].rows if part in self.parts else ()
