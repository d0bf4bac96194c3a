"""One correction, as it stands in the book."""

from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class Correction:
    """One line of the seed ``corrections``.

    ``old_value`` and ``new_value`` are in ``value_unit``, the cell's own unit, if it has one; a
    correction without ``new_value`` withdraws the figure. ``figure`` names what the cell reports,
    ``file`` the only file it is meant for (None: every submission of the table for the period).
    """

    correction_id: str
    department_code: str
    time_period: str
    layout_id: str
    file: str | None
    sheet: str
    cell: str
    figure: str
    old_value: Decimal
    new_value: Decimal | None
    value_unit: str | None
    reason_zh: str
    source: str | None
    author: str
    entered_on: date
    withdrawn_on: date | None = None

    @property
    def counts(self) -> bool:
        """Whether it has not been withdrawn."""
        return self.withdrawn_on is None

    def covers(self, other: "Correction") -> bool:
        """Whether both say something about one figure of one submission."""
        same = all(
            getattr(self, name) == getattr(other, name)
            for name in ("department_code", "time_period", "layout_id", "figure", "old_value")
        )
        return same and (self.file is None or other.file is None or self.file == other.file)


COLUMNS = tuple(field.name for field in fields(Correction))
