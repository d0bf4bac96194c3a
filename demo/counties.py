"""Figures of the counties and functional zones, which sum to the city's."""

from collections.abc import Sequence
from decimal import ROUND_FLOOR, Decimal

from demo.book import Book, converted, rounded
from demo.periods import Period
from demo.records import CountyRule, SeriesKey

PLACES = 2
QUANTUM = Decimal(1).scaleb(-PLACES)


def fill_counties(book: Book, indicator: str, rules: Sequence[CountyRule], period: Period) -> None:
    """Put levels and growth of every county and zone for one indicator and period.

    Methods: ``share`` of the city's level, ``weight`` in what the district and the zones
    leave of it, ``ratio`` to the city's level (per head), ``offset`` to the city's growth.
    """
    city = SeriesKey(indicator, book.knowledge.city)
    total = book.get(city, "level", period)
    if total is not None:
        for rule in rules:
            if rule.method in ("share", "ratio"):
                _put_part(book, rule, period, total)
        fill_rest(book, indicator, rules, period, total)
    if book.get(city, "growth", period) is not None:
        for rule in rules:
            value = _growth(book, rule, rules, period)
            if value is not None:
                book.put(_key(rule), "growth", period, value)


def fill_rest(
    book: Book, indicator: str, rules: Sequence[CountyRule], period: Period, total: Decimal
) -> None:
    """Share out what the district and the zones leave of the city's level."""
    rest = [rule for rule in rules if rule.method == "weight"]
    if not rest:
        return
    taken = district_level(book, indicator, period)
    for rule in rules:
        if rule.method == "share":
            taken += book.figures[_key(rule), "level", period]
    weights = [
        rule.by_year[period.year] * (1 + book.jitter("county", _key(rule), period)) for rule in rest
    ]
    for rule, value in zip(rest, allocated(total - taken, weights), strict=True):
        book.put(_key(rule), "level", period, value)


def allocated(total: Decimal, weights: Sequence[Decimal]) -> list[Decimal]:
    """Split an amount by weights into hundredths that sum to it (largest remainder)."""
    exact = [total * weight / sum(weights) for weight in weights]
    floors = [value.quantize(QUANTUM, rounding=ROUND_FLOOR) for value in exact]
    missing = int((total - sum(floors)) / QUANTUM)
    by_remainder = sorted(range(len(exact)), key=lambda i: floors[i] - exact[i])
    for index in by_remainder[:missing]:
        floors[index] += QUANTUM
    return floors


def district_level(book: Book, indicator: str, period: Period) -> Decimal:
    """The district's level in the city's unit, rounded as the comparison prints it."""
    key = SeriesKey(indicator, book.knowledge.district)
    unit = book.units[key][0]
    target = book.units[SeriesKey(indicator, book.knowledge.city)][0]
    return rounded(converted(book.figures[key, "level", period], unit, target), PLACES)


def _key(rule: CountyRule) -> SeriesKey:
    return SeriesKey(rule.indicator, rule.ref_area)


def _put_part(book: Book, rule: CountyRule, period: Period, total: Decimal) -> None:
    factor = rule.by_year[period.year] / (100 if rule.method == "share" else 1)
    noise = 1 + book.jitter("county", _key(rule), period)
    book.put(_key(rule), "level", period, total * factor * noise)


def _growth(
    book: Book, rule: CountyRule, rules: Sequence[CountyRule], period: Period
) -> Decimal | None:
    city = SeriesKey(rule.indicator, book.knowledge.city)
    whole = book.figures[city, "growth", period]
    noise = book.jitter("growth", _key(rule), period)
    if rule.method == "offset":
        return whole + rule.by_year[period.year] + noise
    own = book.derived_growth(_key(rule), period)
    if rule.method == "ratio":
        derived = book.derived_growth(city, period)
    else:
        whole, derived = _rest_growth(book, rule.indicator, period)
    if own is None or derived is None:
        return whole + rule.first_year_offset + noise
    return own + whole - derived


def _rest_growth(book: Book, indicator: str, period: Period) -> tuple[Decimal, Decimal | None]:
    """Growth of the city without the district: published (by base weights) and derived."""
    city = SeriesKey(indicator, book.knowledge.city)
    district = SeriesKey(indicator, book.knowledge.district)
    has_base = book.get(city, "level", period.year_before) is not None
    base = period.year_before if has_base else period
    whole, part = book.figures[city, "level", base], district_level(book, indicator, base)
    published = (
        book.figures[city, "growth", period] * whole
        - book.figures[district, "growth", period] * part
    ) / (whole - part)
    if not has_base:
        return published, None
    now = book.figures[city, "level", period] - district_level(book, indicator, period)
    return published, (now / (whole - part) - 1) * 100
