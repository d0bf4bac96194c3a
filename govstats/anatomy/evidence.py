"""A column's cells, and what they are evidence of: units, codes, years, running numbers."""

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from govstats.anatomy import times
from govstats.anatomy.measures import is_unit
from govstats.anatomy.view import DATE, MISSING, NUMBER, TEXT, View
from govstats.anatomy.words import is_code
from govstats.layouts.labels import squeeze

#: Rows of a long table that are looked at to tell what its columns are.
SAMPLE = 400
#: Share of cells that must be of one kind.
MOST = 0.8


def sample(rows: Sequence[int]) -> list[int]:
    """Some rows of a long table, all of a short one; evenly spread, the first ones all."""
    if len(rows) <= SAMPLE:
        return list(rows)
    half = SAMPLE // 2
    step = max(1, (len(rows) - half) // half)
    return [*rows[:half], *rows[half::step]]


@dataclass(frozen=True)
class Column:
    """A column's cells in a sample of data rows.

    ``is_joined`` where the header of the column to its left is merged over it too.
    """

    view: View
    number: int
    rows: Sequence[int]
    head: str
    is_joined: bool = False

    @cached_property
    def kinds(self) -> str:
        """Kinds of its cells, row by row."""
        return "".join(self.view.kind(row, self.number) for row in self.rows)

    def count(self, wanted: str) -> int:
        """Cells of some kinds."""
        return sum(self.kinds.count(kind) for kind in wanted)

    @cached_property
    def texts(self) -> list[str]:
        """Words in it."""
        return [
            self.view.raw(row, self.number)
            for row, kind in zip(self.rows, self.kinds, strict=True)
            if kind == TEXT
        ]

    @cached_property
    def values(self) -> list[float]:
        """Numbers in it, those stored as text too."""
        found = (
            self.view.value(row, self.number)
            for row, kind in zip(self.rows, self.kinds, strict=True)
            if kind == NUMBER
        )
        return [value for value in found if value is not None]

    @property
    def is_numeric(self) -> bool:
        """Whether it holds numbers rather than words."""
        words = self.count(TEXT + DATE)
        return self.count(NUMBER) > 0 and self.count(NUMBER + MISSING) >= words

    def share(self, test: Callable[[str], object], of: Sequence[str]) -> float:
        """The share of texts for which a test holds."""
        return sum(bool(test(text)) for text in of) / len(of) if of else 0.0


def are_units(column: Column) -> bool:
    """Whether a column holds units."""
    units = column.view.units
    return column.share(lambda text: is_unit(squeeze(text), units), column.texts) >= MOST


def are_codes(column: Column) -> bool:
    """Whether a column holds codes such as NM1210, and no periods."""
    return column.share(is_code, column.texts) >= MOST and not are_times(column)


def are_times(column: Column) -> bool:
    """Whether the words of a column are periods."""
    return column.share(times.of_label, column.texts) >= MOST


def are_years(column: Column, named: str | None) -> bool:
    """Whether a column of numbers holds years, each once or under a header that says so."""
    years = [value for value in column.values if times.is_year(value)]
    if not years or len(years) < MOST * len(column.values) or column.count(MISSING):
        return False
    is_spread = len(set(years)) == len(years) or named == "time"
    return is_spread and (named == "time" or _is_ordered(years))


def are_all_years(column: Column) -> bool:
    """Whether a column holds nothing but years, as figures or as words."""
    years = [value for value in column.values if times.is_year(value)]
    words = column.share(times.of_label, column.texts) >= MOST
    return len(years) == len(column.values) and (words if column.texts else bool(years))


def are_months(column: Column) -> bool:
    """Whether a column of numbers holds months, 1 to 12."""
    months = column.values
    return len(months) > 1 and all(value in range(1, 13) for value in months)


def _is_ordered(values: Sequence[float]) -> bool:
    pairs = list(itertools.pairwise(values))
    return all(a < b for a, b in pairs) or all(a > b for a, b in pairs)


def counts_up(values: Sequence[float]) -> bool:
    """1, 2, 3 …, where a few may be left out."""
    pairs = list(itertools.pairwise(values))
    steps = sum(b - a == 1 for a, b in pairs)
    return bool(pairs) and steps >= MOST * len(pairs) and values[0] == int(values[0])


def goes_up(values: Sequence[float]) -> bool:
    """Whether numbers only go up, but for a few."""
    pairs = list(itertools.pairwise(values))
    return sum(a < b for a, b in pairs) >= MOST * len(pairs)
