"""What the demonstration knows, as typed records; ``demo.knowledge`` reads them."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from demo.periods import Period
from govstats.errors import KnowledgeError

JURISDICTION = "jurisdiction"


@dataclass(frozen=True, order=True)
class SeriesKey:
    """One statistical series: what, where, in which geographic scope."""

    indicator: str
    ref_area: str
    scope: str = JURISDICTION


@dataclass(frozen=True)
class Term:
    """One signed term of a sum (or numerator and denominator of a ratio)."""

    sign: int
    key: SeriesKey


@dataclass(frozen=True)
class Series:
    """How one series is simulated; the methods are explained in ``series.yml``."""

    key: SeriesKey
    unit: str
    places: int
    quarterly: bool
    level: str
    growth: str
    parent: SeriesKey | None
    #: The series whose growth this one is said to pull, if any.
    pulled: SeriesKey | None
    terms: tuple[Term, ...]
    shares: dict[int, Decimal]
    first_year_offset: Decimal
    since: int

    @property
    def whole(self) -> SeriesKey:
        """The series this one is a part of.

        Raises:
            KnowledgeError: none is declared, though the method needs one.
        """
        if self.parent is None:
            raise KnowledgeError(f"{self.key.indicator} has no `of`", "add it in demo/series.yml")
        return self.parent


@dataclass(frozen=True)
class Published:
    """A figure that was really published (or follows from one: basis ``implied``)."""

    key: SeriesKey
    measure: str
    period: Period
    vintage: int
    value: Decimal
    unit: str
    basis: str
    source: str


@dataclass(frozen=True)
class Anchor:
    """A figure of a whole year: a year-end level or a plan."""

    value: Decimal
    unit: str
    basis: str
    note: str


@dataclass(frozen=True)
class Area:
    """One row of the county comparison. ``group``: city, district, peer or zone."""

    ref_area: str
    label: str
    printed: str
    group: str


@dataclass(frozen=True)
class CountyRule:
    """How one county's or zone's figures follow from the city's; see docs."""

    indicator: str
    ref_area: str
    method: str
    by_year: dict[int, Decimal]
    first_year_offset: Decimal


@dataclass(frozen=True)
class Revision:
    """A figure that differs in one edition of one sheet."""

    sheet: str
    period: Period
    edition: str
    key: SeriesKey
    measure: str
    how: str
    value: Decimal


@dataclass(frozen=True)
class Mess:
    """One untidy cell, or a pattern of them (``*`` matches anything); ``text``: a wrong figure."""

    sheet: str
    period: str
    row: str
    column: str
    form: str
    text: str | None = None


Monthly = dict[tuple[SeriesKey, Period], Decimal]


@dataclass(frozen=True)
class Knowledge:
    """All tables of the folder."""

    district: str
    city: str
    series: tuple[Series, ...]
    after_counties: tuple[Series, ...]
    jitter: dict[str, float]
    published: tuple[Published, ...]
    annual: dict[tuple[SeriesKey, int], Anchor]
    plans: dict[tuple[SeriesKey, int], Anchor]
    shares: Monthly
    growth: Monthly
    stocks: Monthly
    counts: Monthly
    areas: tuple[Area, ...]
    counties: tuple[CountyRule, ...]
    revisions: tuple[Revision, ...]
    messes: tuple[Mess, ...]
    years: list[int]
    sheets: dict[str, dict[str, Any]]
