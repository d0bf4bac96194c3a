"""What a return sheet lists: findings to act on, those with one number on one line."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Any

import duckdb

from govstats.validation.finding import EXPLAINED, LAPSED, MUST_MEND, OPEN, OVERRIDDEN, REJECTED

#: What must be done comes first; what is settled is listed below it.
_ORDER = {
    state: place
    for place, state in enumerate((MUST_MEND, REJECTED, LAPSED, OPEN, OVERRIDDEN, EXPLAINED))
}
#: States in which an explanation may be filled in; a hard finding is mended, not explained.
EXPLAINABLE = (OPEN, REJECTED, LAPSED, EXPLAINED)
#: States in which one is asked for.
ASKED = (OPEN, REJECTED, LAPSED)

_FINDINGS = """
select
    finding.finding_id,
    finding.finding_key,
    finding.place_key,
    finding.rule_id,
    finding.rule_name_zh,
    finding.severity,
    finding.state,
    finding.state_zh,
    finding.department_code,
    finding.submission_id,
    finding.file,
    finding.sheet,
    finding.cell,
    finding.period_end,
    indicator.name_zh as indicator_zh,
    area.name_zh as area_zh,
    period.label_zh as period_zh,
    finding.value,
    finding.expected,
    finding.message_zh,
    finding.remedy_zh,
    finding.explanation,
    finding.explanation_reply_zh,
    finding.override_reason_zh
from marts.fct_validation_finding as finding
left join marts.dim_indicator as indicator
    on finding.indicator_code = indicator.indicator_code
left join marts.dim_area as area
    on finding.ref_area = area.ref_area
left join marts.dim_period as period
    on finding.period_end = period.period_end
where finding.severity in ('hard', 'soft') and finding.department_code is not null
"""


@dataclass(frozen=True)
class Line:
    """One line: findings of one department with one number; several where a rule has compared
    the same figure with more than one other. ``messages`` and ``expected`` are one each then.
    """

    finding_key: str
    place_key: str
    rule_id: str
    rule_name_zh: str
    severity: str
    state: str
    state_zh: str
    submission_id: str | None
    file: str | None
    sheet: str | None
    cell: str | None
    period_end: date | None
    indicator_zh: str | None
    area_zh: str | None
    period_zh: str | None
    value: str | None
    expected: tuple[str, ...]
    messages: tuple[str, ...]
    remedy_zh: str
    explanation: str | None
    explanation_reply_zh: str | None
    override_reason_zh: str | None

    @property
    def series_zh(self) -> str:
        """Indicator, area and period, as far as the finding has them."""
        return "\n".join(filter(None, (self.indicator_zh, self.area_zh, self.period_zh)))


def read(connection: duckdb.DuckDBPyConnection) -> dict[str, tuple[Line, ...]]:
    """Read the lines of every department that has any, in the order in which they are listed."""
    cursor = connection.execute(_FINDINGS)
    names = [column[0] for column in cursor.description or ()]
    rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    rows.sort(key=lambda row: (row["department_code"], row["finding_key"], row["finding_id"]))
    lines: dict[str, list[Line]] = {}
    for (department, _), same in groupby(
        rows, key=lambda row: (row["department_code"], row["finding_key"])
    ):
        lines.setdefault(department, []).append(_line(list(same)))
    return {department: tuple(sorted(found, key=_place)) for department, found in lines.items()}


def _line(rows: list[Mapping[str, Any]]) -> Line:
    """The first one stands for all; where its state differs the one that asks most."""
    first = min(rows, key=lambda row: _ORDER.get(row["state"], 0))
    single = {
        name: first[name]
        for name in Line.__dataclass_fields__
        if name not in ("expected", "messages")
    }
    return Line(
        **single,
        expected=_each(row["expected"] for row in rows),
        messages=_each(row["message_zh"] for row in rows),
    )


def _each(texts: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))


_SORTED_BY = attrgetter("rule_id", "finding_key")


def _place(line: Line) -> tuple[object, ...]:
    newest_first = -(line.period_end.toordinal() if line.period_end else 0)
    place = (line.file or "", line.sheet or "", len(line.cell or ""), line.cell or "")
    return (_ORDER.get(line.state, 0), newest_first, *place, *_SORTED_BY(line))
