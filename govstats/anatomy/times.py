"""Periods that labels state: 2003, 2020年3月, 2010-05, 2020Q1, a date, or half of one."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache

from govstats.layouts.labels import squeeze
from govstats.layouts.periods import Statement, find_periods

FIRST_YEAR, LAST_YEAR = 1900, 2100
#: A base year, as in (2010年=100), is no period.
_BASE = re.compile(r"\(?[^()]{0,12}=\s*1?00\)?")
_MARKS = re.compile(r"^[*＊▲△]+|[*＊]+$")
_YEAR = re.compile(r"^((?:19|20)\d{2})(?:\.0)?年?度?$")
_YEAR_MONTH = re.compile(r"^((?:19|20)\d{2})[-./年]?(0[1-9]|1[0-2]|[1-9](?=月|$))月?$")
_SPAN = re.compile(r"^((?:19|20)\d{2})[-/](\d{2})$")
_QUARTER = re.compile(r"^((?:19|20)\d{2})[-年]?[Qq]([1-4])$")
_MONTH_YEAR = re.compile(r"^(0[1-9]|1[0-2])/(\d{2}|\d{4})$")
_DAY = re.compile(
    r"^((?:19|20)\d{2})[-/.年](1[0-2]|0?[1-9])[-/.月](3[01]|[12]\d|0?[1-9])日?(?: .*)?$"
)
_MAYBE = re.compile(r"年|月|季|\d{4}|\d/\d")
#: A column of figures of the year before: 上年同期.
LAST_YEARS = re.compile(r"^(上年|去年)(同期|同月|同季)?(数|累计数?|完成数?|实绩)?$")
_YEAR_SPAN = re.compile(r"(?:19|20)\d{2}年?[-至到—–~]+(?:19|20)?\d{2}年?")


def is_year(value: object) -> bool:
    """Whether a number is a year as people write it: whole, 1900 to 2100."""
    return (
        isinstance(value, int | float)
        and not isinstance(value, bool)
        and value == int(value)
        and FIRST_YEAR <= value <= LAST_YEAR
    )


def is_time_number(value: float) -> bool:
    """Whether a number is a year, or a year and month such as 201806."""
    return is_year(value) or (is_year(value // 100) and 1 <= value % 100 <= 12)


def is_bare_year(text: str) -> bool:
    """Whether a text is a year and nothing else."""
    return bool(_YEAR.match(squeeze(text)))


def are_school_years(labels: Iterable[str]) -> bool:
    """Whether 2009-10 and 2010-11 among labels are years that run over two, and no months.

    One alone may be either; months of one year, or a 2010-02 among them, are months.
    """
    found = [_SPAN.match(squeeze(text)) for text in labels]
    spans = [(int(span[1]), int(span[2])) for span in found if span]
    is_next = all((first + 1) % 100 == last for first, last in spans)
    return is_next and len({first for first, _ in spans}) > 1


def of_date(day: date | datetime) -> Statement:
    """The month of a date."""
    return Statement(day.strftime("%Y-%m-%d"), day.year, day.month, day.month)


@lru_cache(maxsize=65536)
def of_label(text: str) -> Statement | None:
    """The period that a header or a row label is; years may stand bare."""
    plain = _MARKS.sub("", squeeze(text))
    if year := _YEAR.match(plain):
        return Statement(plain, int(year[1]))
    if quarter := _QUARTER.match(plain):
        last = 3 * int(quarter[2])
        return Statement(plain, int(quarter[1]), last - 2, last)
    if month := _YEAR_MONTH.match(plain):
        return Statement(plain, int(month[1]), int(month[2]), int(month[2]))
    if month := _MONTH_YEAR.match(plain):
        year_number = int(month[2]) if len(month[2]) > 2 else 2000 + int(month[2])
        return Statement(plain, year_number, int(month[1]), int(month[1]))
    if day := _DAY.match(plain):
        return Statement(plain, int(day[1]), int(day[2]), int(day[2]))
    return in_text(text)


@lru_cache(maxsize=65536)
def in_text(text: str) -> Statement | None:
    """The period that a title or a longer label speaks of; a base year is none."""
    if not _MAYBE.search(text):
        return None
    # Spaces stay: 表1 2020年 is not 表12020年.
    plain = _BASE.sub("", unicodedata.normalize("NFKC", text))
    if _YEAR_SPAN.search(plain):
        return None
    period: Statement | None = None
    for statement in find_periods(plain):
        period = joined(period, statement)
    return period


def year_before(period: Statement | None) -> Statement | None:
    """The same months of the year before."""
    if period is None or period.year is None:
        return None
    return replace(period, year=period.year - 1)


def joined(first: Statement | None, second: Statement | None) -> Statement | None:
    """Two halves of one period: the year of one, the months of the other."""
    if first is None or second is None:
        return first or second
    if first.last is not None and first.year is None and second.year is not None:
        return replace(first, year=second.year, text=f"{second.text} {first.text}")
    if first.last is None and second.last is not None and second.year in (None, first.year):
        return replace(second, year=first.year, text=f"{first.text} {second.text}")
    return first
