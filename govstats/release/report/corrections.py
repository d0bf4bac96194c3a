"""Corrections of reported figures, in words."""

from dataclasses import dataclass
from datetime import date

from govstats.release.report.records import Correction, Marts
from govstats.release.report.view import Figure, Sign, correction, figure, measure, period_type


@dataclass(frozen=True)
class CorrectionLine:
    """One correction as it stands at the latest submission of its table."""

    correction: Correction
    sign: Sign
    department: str
    indicator: str
    context: str
    old: Figure
    new: Figure
    entered: str


def corrections(marts: Marts) -> list[CorrectionLine]:
    """Return every correction, those that need somebody first."""
    return [_line(item, marts) for item in marts.corrections]


def _line(item: Correction, marts: Marts) -> CorrectionLine:
    indicator, context = _figure(item.figure, marts)
    return CorrectionLine(
        correction=item,
        sign=correction(item.state, item.state_zh),
        department=marts.names.departments.get(item.department_code, item.department_code),
        indicator=indicator,
        context=context,
        old=figure(item.old_cell_value, item.cell_unit),
        new=figure(item.new_cell_value, item.cell_unit, missing="撤回"),
        entered=f"{item.author}，{item.entered_on.isoformat()}",
    )


def _figure(key: str, marts: Marts) -> tuple[str, str]:
    """Put a figure's key into words: indicator, and the rest; another text stays as it is."""
    names = marts.names
    match key.split("/"):
        case [indicator, area, _, period, kind, what]:
            try:
                label = names.periods.get(date.fromisoformat(period), period)
            except ValueError:
                label = period
            context = f"{names.areas.get(area, area)}，{label}，{period_type(kind)}{measure(what)}"
            return names.indicators.get(indicator, indicator), context
    return key, ""
