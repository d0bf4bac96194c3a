"""Fields that follow from others: differences, shares, ranks."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from demo.book import rounded
from demo.registers.entries import standing
from demo.registers.now import TOTAL, Entry, Now, Value, decimal

Read = Callable[[Now, Entry, str], Value]

DASH = "—"


def calculated(now: Now, entry: Entry, column: dict[str, Any], read: Read) -> Value:
    """What the formula of a column gives for an entry; ``read`` gives its other fields."""
    formula = column["formula"]
    if formula == "serial":
        return None if entry.get(TOTAL) else _serial(now, entry)
    (name,) = formula.keys() & FORMULAS.keys()
    value = FORMULAS[name](now, entry, formula, read)
    if isinstance(value, Decimal):
        places = column.get("places", PLACES.get(name))
        return value if places is None else rounded(value, int(places))
    return value


def _figure(now: Now, entry: Entry, field: str, read: Read) -> Decimal | None:
    value = read(now, entry, field)
    return value if isinstance(value, Decimal) else None


def _serial(now: Now, entry: Entry) -> Decimal:
    return Decimal(1 + next(n for n, line in enumerate(standing(now)) if line is entry))


def _month(now: Now, entry: Entry, formula: dict[str, Any], read: Read) -> Value:
    if now.period.is_first:
        return DASH
    value = _figure(now, entry, formula["month"], read)
    before = _figure(now.at(now.period.previous), entry, formula["month"], read)
    return None if value is None or before is None else value - before


def _ratio(now: Now, entry: Entry, formula: dict[str, Any], read: Read) -> Value:
    above, below = (_figure(now, entry, field, read) for field in formula["ratio"])
    return None if above is None or not below else above / below * 100


def _growth(now: Now, entry: Entry, formula: dict[str, Any], read: Read) -> Value:
    value = _figure(now, entry, formula["growth"], read)
    before = _figure(now.at(now.period.year_before), entry, formula["growth"], read)
    if value is None:
        return None
    return DASH if not before else (value / before - 1) * 100


def _last_year(now: Now, entry: Entry, formula: dict[str, Any], read: Read) -> Value:
    return _figure(now.at(now.period.year_before), entry, formula["last_year"], read) or DASH


def _change(now: Now, entry: Entry, formula: dict[str, Any], read: Read) -> Value:
    value = _figure(now, entry, formula["change"], read)
    before = _figure(now.at(now.period.year_before), entry, formula["change"], read)
    if value is None:
        return None
    return value - before if before else DASH


def _difference(now: Now, entry: Entry, formula: dict[str, Any], read: Read) -> Value:
    value, other = (_figure(now, entry, field, read) for field in formula["difference"])
    return None if value is None or other is None else value - other


def _share(now: Now, entry: Entry, formula: dict[str, Any], read: Read) -> Value:
    value = _figure(now, entry, formula["share"], read)
    figures = [_figure(now, line, formula["share"], read) for line in standing(now)]
    total = sum((figure for figure in figures if figure is not None), Decimal(0))
    return None if value is None or not total else value / total * 100


def _rank(now: Now, entry: Entry, formula: dict[str, Any], read: Read) -> Value:
    value = _figure(now, entry, formula["rank"], read)
    if value is None or entry.get(TOTAL):
        return DASH
    among = formula.get("among")
    others = [line for line in standing(now) if not among or line[among] == entry[among]]
    figures = [_figure(now, line, formula["rank"], read) for line in others]
    return Decimal(1 + sum(figure is not None and figure > value for figure in figures))


def _grade(now: Now, entry: Entry, formula: dict[str, Any], read: Read) -> Value:
    value = _figure(now, entry, formula["grade"], read)
    if value is None:
        return None
    return next(str(word) for least, word in formula["steps"] if value >= decimal(least, now.where))


FORMULAS: dict[str, Callable[[Now, Entry, dict[str, Any], Read], Value]] = {
    "month": _month,
    "ratio": _ratio,
    "growth": _growth,
    "last_year": _last_year,
    "change": _change,
    "difference": _difference,
    "share": _share,
    "rank": _rank,
    "grade": _grade,
}
#: Decimals where the column does not say; none: as the figure is.
PLACES = {"ratio": 1, "growth": 1, "share": 1}
