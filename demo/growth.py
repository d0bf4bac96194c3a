"""Growth rates: series of their own, near what the levels give and not identical with it."""

from collections.abc import Callable
from decimal import Decimal

from demo.book import Book
from demo.periods import Period
from demo.records import Series


def fill_growth(book: Book, series: Series, period: Period) -> None:
    """Put the growth of one series and period, where its method gives one."""
    value = METHODS[series.growth](book, series, period)
    if value is not None:
        book.put(series.key, "growth", period, value)
        _fill_pull(book, series, period, book.figures[series.key, "growth", period])


def _fill_pull(book: Book, series: Series, period: Period, growth: Decimal) -> None:
    """Put what a part adds to the growth of the whole: its share a year ago times its growth."""
    if series.pulled is None:
        return
    part = book.get(series.key, "level", period.year_before)
    whole = book.get(series.pulled, "level", period.year_before)
    if part is not None and whole is not None:
        book.put(series.key, "pull", period, part / whole * growth)


def _path(book: Book, series: Series, period: Period) -> Decimal | None:
    growth = book.knowledge.growth.get((series.key, period))
    if growth is None or period.is_year_end:
        return growth
    return growth + book.jitter("growth", series.key, period)


def _derived(book: Book, series: Series, period: Period) -> Decimal | None:
    derived = book.derived_growth(series.key, period)
    return _path(book, series, period) if derived is None else derived


def _carried(book: Book, series: Series, period: Period) -> Decimal | None:
    # The parent's published growth differs from its derived one (prices, units in scope,
    # census base): its parts are moved by the same difference, so that their pulls still
    # sum to the parent's growth.
    whole = book.get(series.whole, "growth", period)
    if whole is None:
        return None
    own = book.derived_growth(series.key, period)
    derived = book.derived_growth(series.whole, period)
    if own is None or derived is None:
        return whole + series.first_year_offset + book.jitter("growth", series.key, period)
    return own + whole - derived


def _weighted(book: Book, series: Series, period: Period) -> Decimal | None:
    weights, total = Decimal(0), Decimal(0)
    for term in series.terms:
        base = book.get(term.key, "level", period.year_before)
        growth = book.get(term.key, "growth", period)
        if base is None or growth is None:
            return None
        weights += base
        total += base * growth
    return total / weights


def _none(_book: Book, _series: Series, _period: Period) -> Decimal | None:
    return None


METHODS: dict[str, Callable[[Book, Series, Period], Decimal | None]] = {
    "path": _path,
    "derived": _derived,
    "carried": _carried,
    "weighted": _weighted,
    "none": _none,
}
