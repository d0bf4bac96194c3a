"""The book of figures: every level, growth rate, plan and completion of the demonstration."""

import random
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

from demo.periods import Period
from demo.records import Knowledge, Published, SeriesKey

#: Units of one kind, as a factor to the smallest of them.
FACTORS = {
    "亿元": Decimal(100_000_000),
    "万元": Decimal(10_000),
    "元": Decimal(1),
    "万人": Decimal(10_000),
}

#: Decimals of a simulated figure that is no level; one where nothing is said.
PLACES = {"pull": 2}

Place = tuple[SeriesKey, str, Period]


def rounded(value: Decimal, places: int) -> Decimal:
    """Half away from zero, as the bureaux round; never a negative zero."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP) + 0


def converted(value: Decimal, unit: str, target: str) -> Decimal:
    """An amount in another unit of the same kind; unrounded."""
    if unit == target:
        return value
    return value * FACTORS[unit] / FACTORS[target]


@dataclass
class Book:
    """Figures by series, measure and period, with the published ones among them."""

    knowledge: Knowledge
    seed: int
    figures: dict[Place, Decimal] = field(default_factory=dict)
    units: dict[SeriesKey, tuple[str, int]] = field(default_factory=dict)
    published: dict[Place, Published] = field(default_factory=dict)

    def get(self, key: SeriesKey, measure: str, period: Period) -> Decimal | None:
        """The figure, or nothing where none is released."""
        return self.figures.get((key, measure, period))

    def put(self, key: SeriesKey, measure: str, period: Period, value: Decimal) -> None:
        """Keep a simulated figure; a published one is kept instead where there is one."""
        unit, places = self.units[key]
        figure = self.published.get((key, measure, period))
        if figure is None:
            places = places if measure == "level" else PLACES.get(measure, 1)
            self.figures[key, measure, period] = rounded(value, places)
        elif measure == "level":
            self.figures[key, measure, period] = rounded(
                converted(figure.value, figure.unit, unit), places
            )
        else:
            self.figures[key, measure, period] = figure.value

    def jitter(self, kind: str, key: SeriesKey, period: Period) -> Decimal:
        """A small random number of the given kind, the same for the same seed and cell."""
        size = self.knowledge.jitter[kind]
        name = f"{self.seed}/{kind}/{key.indicator}/{key.ref_area}/{key.scope}/{period}"
        draw = random.Random(name).uniform(-size, size)  # noqa: S311 - simulation, no secret
        return Decimal(repr(round(draw, 6)))

    def year_end(self, key: SeriesKey, year: int) -> Decimal:
        """The published level of a whole year, else the table's anchor, in the series' unit."""
        figure = self.published.get((key, "level", Period(year, 12)))
        if figure is not None:
            return converted(figure.value, figure.unit, self.units[key][0])
        return self.knowledge.annual[key, year].value

    def derived_growth(self, key: SeriesKey, period: Period) -> Decimal | None:
        """Growth by division of the levels, in percent; nothing for the first year."""
        now = self.get(key, "level", period)
        before = self.get(key, "level", period.year_before)
        if now is None or before is None:
            return None
        return (now / before - 1) * 100
