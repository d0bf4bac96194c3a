"""Figures as officials write them: sensible decimals, the unit behind, direction in words.

A figure that has at most two decimals is shown as it is; one with more is rounded half-up, rates
and differences of rates to one decimal, others to two. A rounding never says what the figure does
not: one that is not nothing is not shown as 0, one that misses a bound is not shown as the bound.
"""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from govstats.numbers import plain

#: Units of rates and of their differences.
RATES = ("%", "百分点")
#: What a place in a ranking is counted in.
PLACE = "位次"
_MOST = 6
_ZERO = Decimal(0)
_WHOLE = Decimal(100)


def decimals(value: Decimal) -> int:
    """Return how many decimals a figure has, trailing zeros left out."""
    return len(plain(value).partition(".")[2])


def rounded(value: Decimal, places: int, bounds: Iterable[Decimal] = (_ZERO,)) -> str:
    """Round half-up to ``places`` decimals; to more where it would read as one of ``bounds``.

    Returns:
        The number as text with exactly the decimals that were kept.
    """
    crossed = [bound for bound in bounds if bound != value]
    for kept in range(places, _MOST + 1):
        near = value.quantize(Decimal(1).scaleb(-kept), ROUND_HALF_UP)
        if near not in crossed:
            break
    return format(near if near else abs(near), "f")


def number(value: Decimal | int, unit: str = "", bounds: Iterable[Decimal] = (_ZERO,)) -> str:
    """Return the number alone, with its sign; rates keep one decimal at least."""
    exact = Decimal(value)
    had = decimals(exact)
    if unit in RATES:
        places = max(1, had) if had <= 2 else 1
        return rounded(exact, places, bounds)
    text = rounded(exact, min(had, 2), bounds)
    return text.rstrip("0").rstrip(".") if "." in text else text


def amount(value: Decimal | int, unit: str, bounds: Iterable[Decimal] = (_ZERO,)) -> str:
    """Return number and unit: 520.45亿元, 69.4%, 2.1个百分点, 第1位."""
    text = number(value, unit, bounds)
    if unit == PLACE:
        return f"第{text}位"
    return f"{text}个{unit}" if unit == "百分点" else f"{text}{unit}"


def size(value: Decimal | int, unit: str) -> str:
    """Return the amount without its sign; the words beside it say the direction."""
    return amount(abs(Decimal(value)), "位" if unit == PLACE else unit)


def percent(value: Decimal | int) -> str:
    """Return a computed rate with one decimal; one that is just short of 100 is not 100."""
    return f"{rounded(Decimal(value), 1, (_ZERO, _WHOLE))}%"


def points(value: Decimal | int) -> str:
    """Return a computed difference of rates in points, with one decimal and its sign."""
    return f"{rounded(Decimal(value), 1)}个百分点"


def reported(value: Decimal | int) -> str:
    """Return a published rate as it was published, one decimal at least."""
    return amount(value, "%")


def estimate(value: Decimal | int, unit: str, like: Decimal) -> str:
    """Return an estimate with no more decimals than the figure it was made from, two at most."""
    text = rounded(Decimal(value), min(decimals(like), 2))
    return f"{text}{unit}"


def rate(value: Decimal | int) -> str:
    """Return a rate as ``percent`` without the sign %, for columns whose heading has it."""
    return percent(value).removesuffix("%")
