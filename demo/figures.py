"""Build the book of figures, and its editions where a sheet was handed in twice."""

from collections import defaultdict
from decimal import Decimal

from demo.book import Book, converted
from demo.counties import fill_counties, fill_rest
from demo.growth import fill_growth
from demo.levels import fill_level
from demo.periods import Period, legal_periods
from demo.records import CountyRule, Knowledge, Revision, Series, SeriesKey


def build(knowledge: Knowledge, seed: int) -> Book:
    """Every figure of every legal period; the latest editions, the city's first vintages."""
    book = Book(knowledge, seed)
    book.published = {
        (figure.key, figure.measure, figure.period): figure
        for figure in knowledge.published
        if figure.vintage == 1
    }
    _declare_units(book)
    _fill(book, knowledge.series)
    for indicator, rules in county_rules(knowledge).items():
        for period in legal_periods(knowledge.years):
            fill_counties(book, indicator, rules, period)
    _fill(book, knowledge.after_counties)
    _fill_plans(book)
    return book


def county_rules(knowledge: Knowledge) -> dict[str, list[CountyRule]]:
    """The rules of the counties by indicator."""
    grouped: dict[str, list[CountyRule]] = defaultdict(list)
    for rule in knowledge.counties:
        grouped[rule.indicator].append(rule)
    return dict(grouped)


def edition_of(book: Book, sheet: str, period: str, edition: str) -> Book:
    """The book as one edition of one sheet prints it (the book itself where nothing differs)."""
    revisions = [
        revision
        for revision in book.knowledge.revisions
        if (revision.sheet, str(revision.period), revision.edition) == (sheet, period, edition)
    ]
    if not revisions:
        return book
    changed = Book(book.knowledge, book.seed, dict(book.figures), book.units, dict(book.published))
    for revision in revisions:
        _revise(changed, revision)
    return changed


def _declare_units(book: Book) -> None:
    for series in (*book.knowledge.series, *book.knowledge.after_counties):
        book.units[series.key] = (series.unit, series.places)
    for rule in book.knowledge.counties:
        city = SeriesKey(rule.indicator, book.knowledge.city)
        book.units[SeriesKey(rule.indicator, rule.ref_area)] = book.units[city]


def _fill(book: Book, rules: tuple[Series, ...]) -> None:
    for series in rules:
        for period in legal_periods(book.knowledge.years):
            if period.year >= series.since and (period.is_quarter_end or not series.quarterly):
                fill_level(book, series, period)
    for series in rules:
        for period in legal_periods(book.knowledge.years):
            if period.year >= series.since and (period.is_quarter_end or not series.quarterly):
                fill_growth(book, series, period)


def _fill_plans(book: Book) -> None:
    for (key, year), plan in book.knowledge.plans.items():
        for period in legal_periods([year]):
            book.figures[key, "plan", period] = plan.value
            _complete(book, key, period)


def _complete(book: Book, key: SeriesKey, period: Period) -> None:
    """Completion of the plan, where there is a plan that can be divided by."""
    level, plan = book.get(key, "level", period), book.get(key, "plan", period)
    if level is not None and plan:
        book.put(key, "completion", period, level / plan * 100)


def _revise(book: Book, revision: Revision) -> None:
    place = (revision.key, revision.measure, revision.period)
    if revision.how in ("add", "set"):
        before = book.figures[place] if revision.how == "add" else 0
        book.figures[place] = before + revision.value
        book.published.pop(place, None)
        _complete(book, revision.key, revision.period)
        _refill(book, revision)
        return
    later = next(
        figure
        for figure in book.knowledge.published
        if (figure.key, figure.measure, figure.period) == place
        and figure.vintage == int(revision.value)
    )
    total: Decimal = converted(later.value, later.unit, book.units[revision.key][0])
    book.figures[place] = total
    book.published[place] = later
    _refill(book, revision)


def _refill(book: Book, revision: Revision) -> None:
    """Let the counties take up what the district's or the city's new level leaves them."""
    rules = county_rules(book.knowledge).get(revision.key.indicator)
    city = SeriesKey(revision.key.indicator, book.knowledge.city)
    total = book.get(city, "level", revision.period)
    if rules and total is not None and revision.measure == "level":
        fill_rest(book, revision.key.indicator, rules, revision.period, total)
