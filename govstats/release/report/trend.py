"""The trend over releases: a table, and one small line chart per measure."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup

from govstats.release.history import Point
from govstats.release.report.figures import Figure, number, share
from govstats.release.report.words import Both

_WIDTH, _HEIGHT, _MARGIN = 200, 64, 8
#: Points drawn in a chart; the table has them all.
_DRAWN = 24

#: What is shown of a point.
MEASURES: dict[str, Both] = {
    "hard": Both("强制性", "Hard"),
    "soft": Both("核实性", "Soft"),
    "open": Both("其中待说明", "of these open"),
    "explained": Both("已说明", "Explained"),
    "overridden": Both("特批", "Overridden"),
    "held_submissions": Both("暂缓报表", "Sheets held"),
    "rules": Both("规则数", "Rules"),
    "figures": Both("采用数", "Figures in use"),
    "touched_pct": Both("覆盖率", "Coverage"),
}
_CHARTED = ("hard", "open", "explained", "touched_pct")


@dataclass(frozen=True)
class TrendLine:
    """One release and its numbers, in the order of ``MEASURES``; the last line is this one."""

    release_id: str
    published: str
    period: str
    numbers: list[Figure]
    is_this: bool


@dataclass(frozen=True)
class Chart:
    """One measure over releases: first, last and a drawing between them."""

    name: Both
    drawing: Markup
    first: Figure
    last: Figure


@dataclass(frozen=True)
class Trend:
    """The whole section."""

    lines: list[TrendLine]
    charts: list[Chart]


def trend(points: Sequence[Point]) -> Trend:
    """Arrange the points of earlier releases and, last, of this one.

    A single point is a table of one line: nothing can be drawn through it.
    """
    lines = [
        TrendLine(
            release_id=point.release_id,
            published=point.published_at[:16].replace("T", " "),
            period=point.latest_period,
            numbers=[_figure(point, name) for name in MEASURES],
            is_this=point is points[-1],
        )
        for point in points
    ]
    drawn = points[-_DRAWN:]
    charts = [_chart(name, drawn) for name in _CHARTED] if len(points) > 1 else []
    return Trend(lines, charts)


def _figure(point: Point, name: str) -> Figure:
    value = getattr(point, name)
    if value is None or isinstance(value, Decimal):
        return share(value)
    return Figure(number(value), "", value)


def _chart(name: str, points: Sequence[Point]) -> Chart:
    values = [getattr(point, name) for point in points]
    known = [value for value in values if value is not None]
    return Chart(
        name=MEASURES[name],
        drawing=_drawing(values) if known else Markup(""),
        first=_figure(points[0], name),
        last=_figure(points[-1], name),
    )


def _drawing(values: Sequence[Decimal | int | None]) -> Markup:
    """A line through the values, broken where one is missing, with a mark at each.

    The scale goes from zero to the largest value.
    """
    top = max(Decimal(value) for value in values if value is not None) or Decimal(1)
    step = Decimal(_WIDTH - 2 * _MARGIN) / max(len(values) - 1, 1)
    places = [
        None
        if value is None
        else (
            (_MARGIN + step * place).quantize(Decimal("0.1")),
            (_HEIGHT - _MARGIN - Decimal(value) / top * (_HEIGHT - 2 * _MARGIN)).quantize(
                Decimal("0.1")
            ),
        )
        for place, value in enumerate(values)
    ]
    path, is_broken = [], True
    for at in places:
        if at is not None:
            path.append(f"{'M' if is_broken else 'L'}{at[0]} {at[1]}")
        is_broken = at is None
    marks = "".join(f'<circle cx="{at[0]}" cy="{at[1]}" r="2.5"/>' for at in places if at)
    base = _HEIGHT - _MARGIN
    return Markup(  # noqa: S704 - numbers alone
        f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" aria-hidden="true">'
        f'<path class="base" d="M{_MARGIN} {base}H{_WIDTH - _MARGIN}"/>'
        f'<path class="line" d="{"".join(path)}"/>{marks}</svg>'
    )
