"""The day that a cell names: a date, a serial number of a spreadsheet, or a text."""

import re
from datetime import date, timedelta

from govstats.workbooks.cells import Cell
from govstats.workbooks.values_numbers import plain_signs

_CHINESE = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_TIME = r"(?:[ T]?(?:[01]?[0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\.[0-9]+)?)?)?"
_YEAR, _MONTH, _DAY = "(?P<year>[12][0-9]{3})", "(?P<month>[0-9]{1,2})", "(?P<day>[0-9]{1,2})"
_SEPARATED = re.compile(rf"{_YEAR} ?(?P<sign>[-/.]) ?{_MONTH} ?(?P=sign) ?{_DAY}{_TIME}")
_WORDED = re.compile(rf"{_YEAR} ?年 ?{_MONTH} ?月 ?{_DAY} ?[日号]{_TIME}")
_COMPACT = re.compile(r"(?P<year>(?:19|20)[0-9]{2})(?P<month>[0-9]{2})(?P<day>[0-9]{2})")
_CHINESE_DAY = re.compile(
    r"(?P<year>[一二][〇○零一二三四五六七八九]{3}) ?年 ?(?P<month>[一二三四五六七八九十]{1,2}) ?月"
    r" ?(?P<day>[一二三四五六七八九十]{1,3}) ?[日号]"
)
_LAST_SERIAL = 2_958_465  # 9999-12-31
#: Day 60 of the calendar from 1900 is 29 February 1900, which never was.
_LEAP_SLIP = 60


def parse_date(value: Cell | str | None, epoch_1904: bool = False) -> date | None:
    """The day a cell or a text names, None where it names none or leaves a doubt.

    Args:
        value: a date cell, a number as serial, or a text with year, month and day; a month alone
            ("2020年3月"), two-digit years and 3/4/2020 are no day.
        epoch_1904: whether the workbook counts days from 1904.
    """
    if isinstance(value, Cell):
        if value.kind == "date":
            return value.date
        if value.kind == "number":
            return None if value.is_percent else _from_number(value.content, epoch_1904)
        return _from_text(value.text) if value.kind == "text" else None
    return _from_text(value) if value else None


def _from_number(number: str | float, epoch_1904: bool) -> date | None:
    """A serial; 20200315 is a written day, 2020 and 202003 are more likely a year and a month."""
    if isinstance(number, str) or not 0 <= number < 1e8:
        return None
    whole = int(number)
    if whole > _LAST_SERIAL:
        return _from_text(str(whole)) if whole == number else None
    if whole == number and (1900 <= whole <= 2100 or _is_month(whole)):
        return None
    if epoch_1904:
        return _after(date(1904, 1, 1), whole)
    if whole in (0, _LEAP_SLIP):
        return None
    return _after(date(1899, 12, 31 if whole < _LEAP_SLIP else 30), whole)


def _is_month(number: int) -> bool:
    year, month = divmod(number, 100)
    return 1900 <= year <= 2100 and 1 <= month <= 12


def _after(first: date, days: int) -> date | None:
    try:
        return first + timedelta(days=days)
    except OverflowError:
        return None


def _from_text(text: str) -> date | None:
    plain = " ".join(plain_signs(text).split())
    for form in (_SEPARATED, _WORDED, _COMPACT):
        if match := form.fullmatch(plain):
            return _day(match["year"], match["month"], match["day"])
    if match := _CHINESE_DAY.fullmatch(plain):
        year = match["year"].translate(_CHINESE)
        return _day(year, _chinese(match["month"]), _chinese(match["day"]))
    return None


def _chinese(text: str) -> str:
    """十 → 10, 十二 → 12, 二十 → 20, 三十一 → 31; nonsense gives an impossible number."""
    tens, ten, ones = text.partition("十")
    if not ten:
        return text.translate(_CHINESE)
    digits = (tens or "一").translate(_CHINESE), (ones or "零").translate(_CHINESE)
    return "".join(digits) if all(len(part) == 1 and part.isdigit() for part in digits) else "99"


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
