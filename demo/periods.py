"""Legal reporting periods: January and February are surveyed together, so no January."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

FIRST_MONTH = 2
LAST_MONTH = 12
#: How departments name the months from January to the end of a quarter.
QUARTER_WORDS = {3: "一季度", 6: "上半年", 9: "前三季度", 12: "全年"}


@dataclass(frozen=True, order=True)
class Period:
    """The months from January to ``month`` of ``year``."""

    year: int
    month: int

    @classmethod
    def parse(cls, text: str) -> "Period":
        """``YYYY-MM`` to a period."""
        year, month = text.split("-")
        return cls(int(year), int(month))

    def __str__(self) -> str:
        """``YYYY-MM``, the last month of the period."""
        return f"{self.year}-{self.month:02}"

    @property
    def label(self) -> str:
        """As printed in titles: 2020年1-2月."""
        return f"{self.year}年1-{self.month}月"

    def named(self, naming: str) -> str:
        """As one sheet prints it: ``words`` (上半年), ``month`` (2020年6月), else 2020年1-6月."""
        if naming == "words":
            return f"{self.year}年{QUARTER_WORDS[self.month]}"
        if naming == "month":
            return f"{self.year}年{self.month}月"
        return self.label

    @property
    def is_quarter_end(self) -> bool:
        """Whether quarterly series are released for the period."""
        return self.month % 3 == 0

    @property
    def is_first(self) -> bool:
        """Whether the period is 1-2月, which has no single-month figure."""
        return self.month == FIRST_MONTH

    @property
    def is_year_end(self) -> bool:
        """Whether the period is the whole year."""
        return self.month == LAST_MONTH

    @property
    def previous(self) -> "Period":
        """The period one month shorter, of the same year (not defined for 1-2月)."""
        return Period(self.year, self.month - 1)

    @property
    def year_before(self) -> "Period":
        """The same months of last year."""
        return Period(self.year - 1, self.month)

    @property
    def last_day(self) -> date:
        """The end of the period."""
        return _first_of_next_month(self.year, self.month) - timedelta(days=1)

    def day_after(self, day: int) -> date:
        """The given day of the month that follows the period."""
        return _first_of_next_month(self.year, self.month).replace(day=day)


def legal_periods(years: Iterable[int]) -> list[Period]:
    """1-2月 to 1-12月 of every year, oldest first."""
    return [Period(year, month) for year in years for month in range(FIRST_MONTH, LAST_MONTH + 1)]


def _first_of_next_month(year: int, month: int) -> date:
    return date(year + month // LAST_MONTH, month % LAST_MONTH + 1, 1)
