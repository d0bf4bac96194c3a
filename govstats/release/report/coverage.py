"""Coverage: how many figures in use a rule compares, and which series none does."""

from dataclasses import dataclass

from govstats.release.report.audited import Coverage
from govstats.release.report.figures import Figure, number, ratio
from govstats.release.report.records import Marts
from govstats.release.report.words import Both, Text, both


@dataclass(frozen=True)
class CoverageLine:
    """The figures of one department, or of all."""

    name: Both
    figures: str
    touched: str
    untouched: str
    share: Figure
    is_total: bool = False


@dataclass(frozen=True)
class BareSeries:
    """Figures of one series that no rule compares, with the last of them as an example."""

    department_code: str
    department: Both
    sheet: Both
    series: Text
    untouched: int
    figures: int
    period: Text
    cell: str


def by_department(marts: Marts) -> list[CoverageLine]:
    """Return coverage by department and, where several, of all."""
    codes = list(dict.fromkeys(item.department_code for item in marts.coverage))
    lines = [
        _line(
            marts.names.department(code),
            [item for item in marts.coverage if item.department_code == code],
        )
        for code in codes
    ]
    if len(lines) < 2:
        return lines
    return [*lines, _line(Both("合计", "Total"), marts.coverage, is_total=True)]


def total(marts: Marts) -> Figure:
    """Return the share of all figures in use that a rule compares."""
    figures = sum(item.figures for item in marts.coverage)
    return ratio(sum(item.touched for item in marts.coverage), figures)


def of_department(marts: Marts) -> dict[str, Figure]:
    """Return the share by department code."""
    found: dict[str, tuple[int, int]] = {}
    for item in marts.coverage:
        touched, figures = found.get(item.department_code, (0, 0))
        found[item.department_code] = (touched + item.touched, figures + item.figures)
    return {code: ratio(*counts) for code, counts in found.items()}


def bare(marts: Marts) -> list[BareSeries]:
    """Return every series with figures that no rule compares, those with most first."""
    found = [_bare(item, marts) for item in marts.coverage if item.touched < item.figures]
    return sorted(found, key=lambda series: -series.untouched)


def _line(name: Both, items: list[Coverage], is_total: bool = False) -> CoverageLine:
    figures = sum(item.figures for item in items)
    touched = sum(item.touched for item in items)
    return CoverageLine(
        name=name,
        figures=number(figures),
        touched=number(touched),
        untouched=number(figures - touched),
        share=ratio(touched, figures),
        is_total=is_total,
    )


def _bare(item: Coverage, marts: Marts) -> BareSeries:
    names = marts.names
    series: Text = names.field(item.layout_id, item.field_id) if item.field_id else "—"
    if item.indicator_code:
        word = names.word("measure", item.measure or "")
        name = names.indicator(item.indicator_code)
        series = both("{name}，{word}", "{name}, {word}", name=name, word=word)
    place = [part for part in (item.sheet, item.cell) if part]
    return BareSeries(
        department_code=item.department_code,
        department=names.department(item.department_code),
        sheet=names.layout(item.layout_id),
        series=series,
        untouched=item.figures - item.touched,
        figures=item.figures,
        period=names.period(item.last_period) if item.last_period else "—",
        cell="!".join(place),
    )
