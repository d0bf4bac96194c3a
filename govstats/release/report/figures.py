"""Figures the way the bureau writes them: in full, with their unit, never a guess."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from govstats.release.report.words import Both, Text, both, zh

_PLAIN_NUMBER = re.compile(r"(?P<minus>-?)(?P<whole>\d+)(?:\.(?P<part>\d+))?")
_CENT = Decimal("0.01")
#: Units that are written against the figure, without a gap.
_ATTACHED_UNITS = ("%", "‰")
#: Chinese characters and marks, from here on, are twice as wide as a digit.
_FIRST_WIDE = 0x2E80
_RANK_UNIT = "位次"
#: A difference of percentages is in percentage points, one of ranks in places.
_DIFFERENCE_UNITS: dict[str, Text] = {"%": "百分点", _RANK_UNIT: Both("位", "places")}

NO_DATA = Both("无数据", "no data")
#: Nothing was to be said here.
DASH = "—"


@dataclass(frozen=True)
class Figure:
    """A number as printed and its unit; ``number`` is a word where there is no number.

    ``value`` is the same number for a cell of a workbook, None where there is none.
    """

    number: Text
    unit: Text = ""
    value: Decimal | int | None = field(default=None, compare=False)

    @property
    def unit_attached(self) -> bool:
        """Whether the unit stands against the number (8.1%) or after a gap (750 亿元)."""
        return zh(self.unit).startswith(_ATTACHED_UNITS)


def number(value: Decimal | int) -> str:
    """Return ``value`` in full: thousands marked, trailing zeros off, a true minus sign."""
    text = f"{value:,f}" if isinstance(value, Decimal) else f"{value:,d}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text.replace("-", "−")


def count(value: int, unit: Text = "") -> Figure:
    """Return a number of things."""
    return Figure(number(value), unit, value)


def figure(value: Decimal | int | None, unit: str | None, missing: Text = NO_DATA) -> Figure:
    """Return ``value`` with its unit, a rank as 第 n 位, or the word ``missing`` alone."""
    if value is None:
        return Figure(missing)
    if unit == _RANK_UNIT:
        return Figure(both("第 {n} 位", "rank {n}", n=number(value)), "", value)
    return Figure(number(value), unit or "", value)


def difference(value: Decimal | None, unit: str | None) -> Figure:
    """Return a difference of two figures in ``unit``, in full, with its sign."""
    if value is None:
        return Figure(DASH)
    return signed(Figure(number(value), _DIFFERENCE_UNITS.get(unit or "", unit or ""), value))


def share(value: Decimal | None, unit: Text = "%", missing: Text = DASH) -> Figure:
    """Return a percentage or a difference of percentages to two decimals.

    A value that two decimals would turn into nothing stays in full: a gap is never hidden.
    """
    if value is None:
        return Figure(missing)
    rounded = value.quantize(_CENT, rounding=ROUND_HALF_UP)
    shown = rounded if rounded or not value else value
    return Figure(number(shown), unit, shown)


def gap(value: Decimal | None, unit: str | None) -> Figure:
    """Return how far a target is ahead or behind, with its sign."""
    return signed(share(value, _DIFFERENCE_UNITS[_RANK_UNIT] if unit == _RANK_UNIT else unit or ""))


def signed(shown: Figure) -> Figure:
    """Return the figure of a difference with its plus sign."""
    text = zh(shown.number)
    positive = text[:1].isdigit() and text != "0"
    return Figure(f"+{text}", shown.unit, shown.value) if positive else shown


def ratio(part: int, whole: int) -> Figure:
    """Return ``part`` of ``whole`` in per cent; nothing of nothing is no figure."""
    return share(Decimal(part) * 100 / Decimal(whole)) if whole else Figure(DASH)


def evidence(text: str | None) -> str:
    """Return a finding's value as it was found; a bare number loses its trailing zeros."""
    if text is None or not text.strip():
        return DASH
    found = _PLAIN_NUMBER.fullmatch(text)
    if not found:
        return text
    part = (found["part"] or "").rstrip("0")
    return f"{'−' if found['minus'] else ''}{found['whole']}{'.' if part else ''}{part}"


def fits(text: str) -> bool:
    """Return whether a value is short enough for a column of figures: a date with time is."""
    return sum(2 if ord(letter) >= _FIRST_WIDE else 1 for letter in text) <= len("2020-01-31 12:00")


def day(value: date | None) -> str:
    """Return a date as YYYY-MM-DD."""
    return DASH if value is None else value.isoformat()[:10]


def minute(value: datetime | None) -> str:
    """Return a moment as YYYY-MM-DD HH:MM, in the local time it was recorded in."""
    return DASH if value is None else value.strftime("%Y-%m-%d %H:%M")
