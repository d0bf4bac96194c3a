"""Levels of the series of one area, each by its declared method."""

from collections.abc import Callable
from decimal import Decimal

from demo.book import FACTORS, Book
from demo.periods import Period
from demo.records import Series


def fill_level(book: Book, series: Series, period: Period) -> None:
    """Put the level of one series and period, where its method gives one."""
    value = METHODS[series.level](book, series, period)
    if value is not None:
        book.put(series.key, "level", period, value)


def _path(book: Book, series: Series, period: Period) -> Decimal | None:
    share = book.knowledge.shares.get((series.key, period))
    if share is None:
        return None
    level = book.year_end(series.key, period.year) * share / 100
    if period.is_year_end:
        return level
    return level * (1 + book.jitter("level", series.key, period))


def _stock(book: Book, series: Series, period: Period) -> Decimal | None:
    value = book.knowledge.stocks.get((series.key, period))
    return None if value is None else value * (1 + book.jitter("stock", series.key, period))


def _count(book: Book, series: Series, period: Period) -> Decimal | None:
    return book.knowledge.counts.get((series.key, period))


def _share(book: Book, series: Series, period: Period) -> Decimal | None:
    whole = book.get(series.whole, "level", period)
    if whole is None:
        return None
    share = series.shares[period.year] / 100
    return whole * share * (1 + book.jitter("share", series.key, period))


def _sum(book: Book, series: Series, period: Period) -> Decimal | None:
    values = [(term.sign, book.get(term.key, "level", period)) for term in series.terms]
    total = Decimal(0)
    for sign, value in values:
        if value is None:
            return None
        total += sign * value
    return total


def _ratio(book: Book, series: Series, period: Period) -> Decimal | None:
    above, below = series.terms
    value = book.get(above.key, "level", period)
    if value is None:
        return None
    return value / book.knowledge.annual[below.key, period.year].value * 100


def _quotient(book: Book, series: Series, period: Period) -> Decimal | None:
    amounts = []
    for term in series.terms:
        value = book.get(term.key, "level", period)
        if value is None:
            return None
        amounts.append(value * FACTORS[book.units[term.key][0]])
    return amounts[0] / amounts[1]


def _none(_book: Book, _series: Series, _period: Period) -> Decimal | None:
    return None


METHODS: dict[str, Callable[[Book, Series, Period], Decimal | None]] = {
    "path": _path,
    "stock": _stock,
    "count": _count,
    "share": _share,
    "sum": _sum,
    "ratio": _ratio,
    "quotient": _quotient,
    "none": _none,
}
