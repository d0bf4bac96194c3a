"""What changed since the release before, as the report shows it: sentences, then tables.

The comparing is done elsewhere; here is only the shape in which it is handed over.
"""

from dataclasses import dataclass

from govstats.release.report.figures import Figure
from govstats.release.report.sheets import Column, Value
from govstats.release.report.words import Both, Text


@dataclass(frozen=True)
class Table:
    """One table of changes.

    ``columns`` are headed in both languages and hold one value per line each; ``more`` lines are
    left out here and stand in ``notes.json`` alone.
    """

    title: Both
    columns: tuple[Column, ...]
    lines: tuple[tuple[Value, ...], ...]
    more: int = 0

    def is_number(self, place: int) -> bool:
        """Whether a column holds figures, which stand against the right edge."""
        return bool(self.lines) and all(isinstance(line[place], Figure) for line in self.lines)


@dataclass(frozen=True)
class News:
    """The whole section: what it is compared with, what changed, in words and in tables."""

    said: tuple[Text, ...]
    tables: tuple[Table, ...] = ()
