"""Corrections of reported figures, in words."""

from dataclasses import dataclass
from datetime import date

from govstats.release.report.figures import Figure, figure
from govstats.release.report.names import Names
from govstats.release.report.records import Correction, Marts
from govstats.release.report.revisions import basis
from govstats.release.report.signs import Sign, sign
from govstats.release.report.words import Both, Text, joined

_WITHDRAWN = Both("撤回", "withdrawn")


@dataclass(frozen=True)
class CorrectionLine:
    """One correction as it stands at the latest submission of its table."""

    correction: Correction
    sign: Sign
    department: Both
    indicator: Text
    context: Text
    old: Figure
    new: Figure
    entered: Text


def corrections(marts: Marts) -> list[CorrectionLine]:
    """Return every correction, those that need somebody first."""
    return [_line(item, marts.names) for item in marts.corrections]


def _line(item: Correction, names: Names) -> CorrectionLine:
    indicator, context = _figure(item.figure, names)
    word = Both(item.state_zh, names.word("correction_state", item.state).en)
    return CorrectionLine(
        correction=item,
        sign=sign("correction_state", item.state, word),
        department=names.department(item.department_code),
        indicator=indicator,
        context=context,
        old=figure(item.old_cell_value, item.cell_unit),
        new=figure(item.new_cell_value, item.cell_unit, missing=_WITHDRAWN),
        entered=joined([item.author, item.entered_on.isoformat()]),
    )


def _figure(key: str, names: Names) -> tuple[Text, Text]:
    """Put a figure's key into words: indicator, and the rest; another text stays as it is."""
    match key.split("/"):
        case [indicator, area, _, period, kind, what]:
            try:
                label = names.period(date.fromisoformat(period))
            except ValueError:
                label = Both(period)
            rest: list[Text] = [names.area(area), label, basis(kind, what, names)]
            return names.indicator(indicator), joined(rest)
    return key, ""
