"""A figure written as text: sign, digits, power of ten, unit and footnote mark."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

from govstats.workbooks.values_wording import wording

#: Full-width forms one by one: NFKC would also turn the footnote mark in 12² into a digit.
_FULL_WIDTH = {0xFF01 + i: 0x21 + i for i in range(94)} | {0xFE6A: "%"}
#: Signs that leave no trace on screen; those that turn the order of digits round are not here.
_INVISIBLE = dict.fromkeys((0x200B, 0x200C, 0x200D, 0x200E, 0x2060, 0xFEFF))
_SPACES = dict.fromkeys((0xA0, 0x2002, 0x2003, 0x2007, 0x2009, 0x202F, 0x3000), " ")
#: One plain sign for each full-width one and each kind of space.
LEVEL = _FULL_WIDTH | _SPACES
_SIGNS = LEVEL | _INVISIBLE

#: Minus signs, hyphens and dashes that people type for a minus before a digit.
MINUS = frozenset("-\u2212\ufe63\u2010\u2011\u2012\u2013\u2014")
#: A dash apart from the digits may stand for itself.
_TIGHT = frozenset("\u2012\u2013\u2014")
#: Plain digits, or groups of three with one kind of separator.
DIGITS = (
    r"(?:(?:0|[1-9][0-9]*|[1-9][0-9]{0,2}(?:(?:,[0-9]{3})+|(?: [0-9]{3})+))(?:\.[0-9]+)?|\.[0-9]+)"
)
_MARK = r"(?P<mark>[\u2460-\u2473\u2776-\u277f]|\[[0-9]{1,2}\]|\u3014[0-9]{1,2}\u3015)"
_UNIT = (
    r"[^0-9\s().,+\[\]\u3014\u3015\u2460-\u2473\u2776-\u277f"
    + re.escape("".join(sorted(MINUS)))
    + "]*"
)
_NUMBER = re.compile(
    rf"(?P<open>\(\s*)?(?P<sign>[^0-9\s().,]{{0,2}})(?P<gap> ?)(?P<digits>{DIGITS})"
    rf"\s*(?P<unit>{_UNIT})(?(open)\s*\)\s*(?P<behind>{_UNIT}))(?:\s*{_MARK})?"
)


@dataclass(frozen=True, slots=True)
class Written:
    """A figure as it is written; ``unit`` None without one, "万" where only a power is."""

    value: Decimal
    unit: str | None


def plain_signs(text: str) -> str:
    """The text with full-width forms and spaces turned into plain ones, without invisible signs."""
    return text.translate(_SIGNS).strip()


def read_number(
    text: str, units: Collection[str], signs: Mapping[str, int] | None = None
) -> Written | None:
    """The figure that a text is, None where it is none or leaves a doubt.

    Args:
        text: as ``plain_signs`` leaves it.
        units: unit symbols that may follow.
        signs: what marks before the figure mean, e.g. ``{"▲": -1}``; without, a mark is a doubt.
    """
    match = _NUMBER.fullmatch(text)
    if match is None:
        return None
    inner, behind = match["unit"], match["behind"] or ""
    sign = None if match["sign"] in _TIGHT and match["gap"] else _sign(match["sign"], signs or {})
    if sign is None or (match["open"] and match["sign"]) or (inner and behind):
        return None
    scaled = scaled_unit(inner or behind, units)
    if scaled is None:
        return None
    power, unit = scaled
    digits = match["digits"].replace(",", "").replace(" ", "")
    minus = "-" if match["open"] or sign < 0 else ""
    return Written(Decimal(f"{minus}{digits}E{power}"), unit or None)


def scaled_unit(text: str, units: Collection[str]) -> tuple[int, str] | None:
    """(power of ten, unit) of what stands behind a figure, None where it is no known unit.

    万人 stays where ``units`` has it and is 10000 人 where it has 人 alone. A power of ten without
    a unit is given back as the unit: whether 3.5万 in a column of 万元 is 3.5 or 35,000 of them,
    the column's reader must say.
    """
    known = wording().numbers
    text = known.spellings.get(text, text)
    if not text or text in units or text in known.scales:
        return 0, text
    for scale, power in known.scales.items():  # the shorter it is, the longer the unit it leaves
        unit = text.removeprefix(scale)
        unit = known.spellings.get(unit, unit)
        if unit != text and unit in units:
            return power, unit
    return None


def _sign(text: str, signs: Mapping[str, int]) -> int | None:
    if text in ("", "+"):
        return 1
    if text in signs:
        return signs[text]
    return -1 if text in MINUS or text in wording().numbers.minus else None
