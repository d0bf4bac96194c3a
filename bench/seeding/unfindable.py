"""Errors that nothing in the sheets can give away, from ``unfindable.csv``."""

import csv
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fnmatch import fnmatchcase
from pathlib import Path

from bench.seeding.errors import Error
from bench.seeding.workbook import Typed

TABLE = Path(__file__).with_name("unfindable.csv")


@dataclass(frozen=True)
class Unfindable:
    """One line of the table: errors of a kind at cells of a layout and a measure (patterns), where
    they stand only ``until`` a day and those that change the figure by less than ``below_pct`` per
    cent or less than ``below`` of its unit. ``reason`` says why no comparison can tell: the cell
    carries no redundancy.
    """

    kind: str
    layout_id: str
    measure: str
    until: date | None
    below_pct: Decimal | None
    below: Decimal | None
    reason: str

    @property
    def what(self) -> str:
        """Kind and cells in words."""
        words = [self.kind, self.layout_id, self.measure]
        words += [f"until {self.until}"] if self.until else []
        words += [f"below {self.below_pct}%"] if self.below_pct is not None else []
        words += [f"below {self.below}"] if self.below is not None else []
        return " ".join(words)

    def covers(self, error: Error) -> bool:
        """Whether an error is one of those."""
        anchor = error.anchor
        pairs = ((error.kind, self.kind), (anchor.layout_id, self.layout_id))
        if not all(fnmatchcase(*pair) for pair in (*pairs, (anchor.measure, self.measure))):
            return False
        if self.until and error.period_end > self.until:
            return False
        change = _change(error)
        if self.below is not None and change >= self.below:
            return False
        if self.below_pct is None:
            return True
        value = anchor.value
        return isinstance(value, Decimal) and change * 100 < self.below_pct * abs(value)


def _change(error: Error) -> Decimal:
    """By how much the only cell typed wrong differs from what it should be."""
    typed = [edit.value for edit in error.edits if isinstance(edit, Typed)]
    if len(typed) != 1 or not isinstance(typed[0], Decimal) or error.anchor.value is None:
        return Decimal("Infinity")
    return abs(typed[0] - error.anchor.value)


def load(path: Path = TABLE) -> list[Unfindable]:
    """Read the table; a heading or number that is not as expected raises."""
    with path.open(encoding="utf-8", newline="") as handle:
        return [
            Unfindable(
                row["kind"],
                row["layout_id"],
                row["measure"],
                date.fromisoformat(row["until"]) if row["until"] else None,
                Decimal(row["below_pct"]) if row["below_pct"] else None,
                Decimal(row["below"]) if row["below"] else None,
                row["reason"],
            )
            for row in csv.DictReader(handle, strict=True)
        ]


def reason(lines: list[Unfindable], error: Error) -> Unfindable | None:
    """The first line that an error is listed by."""
    return next((line for line in lines if line.covers(error)), None)
