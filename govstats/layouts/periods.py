"""What a title, a sheet name or a file name says about the period.

Cumulative periods (累计) run from January; a quarter is named by its number or in words (上半年,
前三季度, 全年). Only what is written is returned: a year alone or months alone are half a
statement, which the other places must complete.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from govstats.layouts.labels import squeeze

_NUMERALS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_NUMERALS |= {"十": 10, "十一": 11, "十二": 12}
_NUMBER = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_QUARTER = r"[1-4一二三四]"
_TO = r"[-至到、]"
#: The months of a period in words; each alternative names the groups it fills.
_SPAN = (
    r"(?P<words>上半年|下半年|全年)"
    rf"|(?:前|1{_TO}|一{_TO})(?P<quarters>{_QUARTER})个?季度"
    rf"|第?(?P<quarter>{_QUARTER})季度"
    rf"|(?P<first>{_NUMBER})月?份?{_TO}(?P<last>{_NUMBER})月"
    # A date counts as its month only on the days that can end one.
    rf"|(?P<month>{_NUMBER})月(?:(?:2[89]|3[01])日)?(?!\d{{1,2}}日)"
)
#: Year, months, or both; it also matches nothing, which is passed over.
_STATEMENT = re.compile(rf"(?<!\d)(?:(?P<year>(?:19|20)\d{{2}})年度?)?(?:{_SPAN})?")
#: 2020-02, 2020.02, 202002, not followed by a day.
_COMPACT = re.compile(r"(?<!\d)(?P<year>20\d{2})[-./]?(?P<last>0[1-9]|1[0-2])(?![-./]?\d)")
_GAP = re.compile(r"(?<=\d)\s+(?=\d)")
_CHINESE_YEAR = re.compile(r"[〇零○OＯ一二三四五六七八九]{4}(?=年)")
_YEAR_DIGITS = {"〇": "0", "零": "0", "○": "0", "O": "0"} | {
    sign: str(number) for sign, number in _NUMERALS.items() if number < 10
}
_DAY = re.compile(r"(?P<year>(?:19|20)\d{2})-(?P<month>\d{2})-\d{2}")
#: 2020.1 may be October that lost its nought, so a stop wants two digits.
_MONTH = re.compile(r"(?P<year>(?:19|20)\d{2})(?:[./]?(?=\d{2}$)|[-/])(?P<month>0?[1-9]|1[0-2])")
_YEAR = re.compile(r"(?:19|20)\d{2}")
_QUARTERS = re.compile(r"(?P<year>(?:19|20)\d{2})(?:年|-)?Q(?P<quarter>[1-4])", re.I)
_WORDS = {"上半年": (1, 6), "下半年": (7, 12), "全年": (1, 12)}


@dataclass(frozen=True, slots=True)
class Statement:
    """A period as written: any part may be missing.

    ``first`` and ``last`` are months; ``is_range`` where the text names a first and a last
    month, as in 1-2月.
    """

    text: str
    year: int | None = None
    first: int | None = None
    last: int | None = None
    is_range: bool = False

    def agrees(self, year: int, month: int) -> bool:
        """Whether nothing that is written contradicts a period that ends in this month."""
        if self.year not in (None, year) or self.last not in (None, month):
            return False
        return not (self.is_range and self.first != 1)


def find_periods(text: str) -> tuple[Statement, ...]:
    """Every statement of a period in a text, the fullest first, then in order."""
    # "表2 2020年" must not become 表22020年.
    plain = _CHINESE_YEAR.sub(_digits, squeeze(_GAP.sub("|", text)))
    found = [_statement(match) for match in _STATEMENT.finditer(plain) if match.group()]
    found += [
        Statement(match.group(), int(match["year"]), None, int(match["last"]))
        for match in _COMPACT.finditer(plain)
    ]
    return tuple(sorted(found, key=_halves_missing))


def find_period(text: str) -> Statement | None:
    """The first and fullest statement of a period, None where there is none."""
    return next(iter(find_periods(text)), None)


@lru_cache(maxsize=10_000)
def as_period(text: str, year: int | None = None) -> date | None:
    """The last day of the period that a label is, None where it is anything else.

    Args:
        text: a squeezed label: 2019年, 2020年1-3月, 2020Q1, 2021-03, 1949, 前三季度 …; the whole of
            it must be the period.
        year: that of a label which names months alone; without one these are no period.
    """
    if day := _DAY.fullmatch(text):
        return last_day(int(day["year"]), int(day["month"]))
    if _YEAR.fullmatch(text):
        return last_day(int(text), 12)
    if match := _MONTH.fullmatch(text):
        return last_day(int(match["year"]), int(match["month"]))
    if "Q" in text.upper() and (quarter := _QUARTERS.fullmatch(text)):
        return last_day(int(quarter["year"]), 3 * int(quarter["quarter"]))
    plain = _CHINESE_YEAR.sub(_digits, text)
    whole = _STATEMENT.fullmatch(plain)
    if not whole or not plain:
        return None
    said = _statement(whole)
    if said.year is None and (said.last is None or year is None):
        return None
    return last_day(said.year or year or 0, said.last or 12)


def last_day(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def _statement(match: re.Match[str]) -> Statement:
    year = int(match["year"]) if match["year"] else None
    first, last = _months(match)
    return Statement(match.group(), year, first, last, is_range=bool(match["first"]))


def _halves_missing(statement: Statement) -> int:
    return (2 if statement.last is None else 0) + (1 if statement.year is None else 0)


def _months(match: re.Match[str]) -> tuple[int | None, int | None]:
    if word := match["words"]:
        return _WORDS[word]
    if quarters := match["quarters"]:
        return 1, 3 * _number(quarters)
    if quarter := match["quarter"]:
        return 3 * _number(quarter) - 2, 3 * _number(quarter)
    if last := match["last"]:
        return _number(match["first"]), _number(last)
    if month := match["month"]:
        return _number(month), _number(month)
    return None, None


def _number(text: str) -> int:
    return int(text) if text.isdigit() else _NUMERALS[text]


def _digits(match: re.Match[str]) -> str:
    return "".join(_YEAR_DIGITS.get(sign, sign) for sign in match.group())
