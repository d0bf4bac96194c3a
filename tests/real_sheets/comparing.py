"""What counts as equal when an analysis is held against an answer: labels, units, periods."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date, time, timedelta

from govstats.layouts.labels import label, squeeze
from govstats.workbooks.cells import address

Stored = int | float | str | bool | date | time | timedelta
Grid = Sequence[Sequence[Stored]]
Place = tuple[str, str]
#: (year, first month, last month); None in a month where only the year is stated.
Period = tuple[int, int | None, int | None]
#: The first month of a period that began in an earlier year: only its end is compared.
ANY_START = 0

_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?%?|[+-]?\.\d+%?")
_CLOSING = re.compile(r"[:.,;、]+$")
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4}
_PERIOD = re.compile(
    r"(?P<year>(?:19|20)\d\d)"
    r"(?:年?(?:第?(?P<quarter>[一二三四])季度|Q(?P<number>[1-4]))"
    r"|[-年](?P<month>\d{1,2})月?|(?P<compact>\d\d)(?!\d))?"
)


def numeric_cells(grid: Grid) -> Iterator[str]:
    """Addresses of the cells that hold a number, or text that reads as nothing but one."""
    for row, values in enumerate(grid, start=1):
        for column, value in enumerate(values, start=1):
            if is_number(value):
                yield address(row, column)


def is_number(value: Stored) -> bool:
    """Whether a stored value is a number or text that reads as one."""
    if isinstance(value, bool):
        return False
    if isinstance(value, str):
        return bool(_NUMBER.fullmatch(unicodedata.normalize("NFKC", value).strip()))
    return isinstance(value, int | float)


def path(text: str) -> tuple[str, ...]:
    """The segments of a label path in their comparable form.

    White space, widths, marks before the words (▲ # 其中) and closing punctuation do not count.
    """
    segments = (_CLOSING.sub("", label(part).text) for part in squeeze(text).split("/"))
    return tuple(segment for segment in segments if segment)


def unit(text: str | None) -> str | None:
    """A unit in its comparable form; None where there is none."""
    return (squeeze(text) or None) if text else None


def period(text: str) -> Period | None:
    """2011, 2010-05, 2020年3月, 201806, 2020Q1, 2020年第一季度 → a period.

    ``..2022-10`` is one that began in an earlier year.
    """
    match = _PERIOD.search(squeeze(text))
    if match is None:
        return None
    if text.startswith(".."):
        return int(match["year"]), ANY_START, int(match["month"])
    year = int(match["year"])
    if match["quarter"] or match["number"]:
        quarter = _QUARTERS.get(match["quarter"] or "", 0) or int(match["number"] or 0)
        return year, 3 * quarter - 2, 3 * quarter
    month = match["month"] or match["compact"]
    return (year, int(month), int(month)) if month else (year, None, None)


def same_period(said: Period | None, right: Period | None) -> bool:
    """Whether a period is the right one.

    A single month may leave its first month open, a whole year its months.
    """
    if said is None or right is None:
        return said is right
    if said[1:] == (1, 12) and right[1:] == (None, None):
        return said[0] == right[0]
    if said[0] != right[0] or said[2] != right[2]:
        return False
    if said[1] is None and right[1] == right[2]:
        return True
    return right[1] in (said[1], ANY_START)
