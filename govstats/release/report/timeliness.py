"""Who handed in what and when: a table of department by period, and every lapse."""

from collections import defaultdict
from dataclasses import dataclass
from pathlib import PurePosixPath

from govstats.release.report.records import Marts, Period, Submission
from govstats.release.report.view import Sign, day, minute

#: Lapses (late, missing) shown; the rest is counted.
LAPSES_SHOWN = 40

#: The first accepted file of each department, layout and period: what timeliness is judged
#: by. A later file for the same slot is a revision, never a late submission.
Slots = dict[tuple[str, str, str], Submission]


@dataclass(frozen=True)
class Turnout:
    """One department in one period: how many of its sheets came, and how late."""

    due: int
    received: int
    late: int
    worst_days: int
    refused: int
    undated: bool

    @property
    def missing(self) -> int:
        """Sheets that were due and not received in a readable form."""
        return self.due - self.received

    @property
    def sign(self) -> Sign:
        """The worst that can be said of the period, in shape and word."""
        if self.missing:
            return Sign("■", "退回" if self.refused else "未报", "red")
        if self.late:
            return Sign("▲", f"迟{self.worst_days}天", "amber")
        return Sign("●", "已报" if self.undated else "按时", "green")

    @property
    def part(self) -> str:
        """How many sheets the word is about, where it is not all of them."""
        about = self.missing or self.late
        return f"{about}/{self.due}" if about and self.due > 1 else ""


@dataclass(frozen=True)
class YearTable:
    """One year: its periods and one line of turnouts per department."""

    year: int
    periods: list[Period]
    lines: list[tuple[str, list[Turnout]]]


@dataclass(frozen=True)
class Lapse:
    """One late or missing sheet."""

    department: str
    period: str
    file: str
    due: str
    received: str
    sign: Sign


@dataclass(frozen=True)
class Timeliness:
    """The whole section: tables by year, lapses, totals in sheets."""

    years: list[YearTable]
    lapses: list[Lapse]
    lapses_total: int
    due: int
    on_time: int
    late: int
    missing: int


def timeliness(marts: Marts) -> Timeliness:
    """Judge every department, layout and period up to the latest one.

    Due is what a department has ever handed in, in every period of the report: which sheets
    a department owes is not a mart of its own.
    """
    slots = _first_accepted(marts)
    layouts = _layouts(marts)
    lapses = _missing(marts, slots, layouts) + _late(marts, slots)
    years = _years(marts, slots, layouts)
    turnouts = [t for table in years for _, line in table.lines for t in line]
    late = sum(t.late for t in turnouts)
    return Timeliness(
        years=years,
        lapses=lapses[:LAPSES_SHOWN],
        lapses_total=len(lapses),
        due=sum(t.due for t in turnouts),
        on_time=sum(t.received for t in turnouts) - late,
        late=late,
        missing=sum(t.missing for t in turnouts),
    )


def _first_accepted(marts: Marts) -> Slots:
    shown = {period.time_period for period in marts.periods}
    slots: Slots = {}
    for item in marts.submissions:
        if item.status == "accepted" and item.layout_id and item.time_period in shown:
            slots.setdefault((item.department_code, item.layout_id, item.time_period), item)
    return slots


def _layouts(marts: Marts) -> dict[str, dict[str, Submission]]:
    # department → layout → newest accepted file; None of a department's files may be readable.
    layouts: dict[str, dict[str, Submission]] = defaultdict(dict)
    for item in marts.submissions:
        known = layouts[item.department_code]
        if item.status == "accepted" and item.layout_id:
            known[item.layout_id] = item
    return dict(sorted(layouts.items()))


def _years(
    marts: Marts, slots: Slots, layouts: dict[str, dict[str, Submission]]
) -> list[YearTable]:
    refused: dict[tuple[str, str], int] = defaultdict(int)
    for item in marts.submissions:
        refused[item.department_code, item.time_period] += item.status == "refused"
    tables = []
    for year in sorted({period.report_year for period in marts.periods}):
        periods = [period for period in marts.periods if period.report_year == year]
        lines = [
            (
                marts.names.departments.get(department, department),
                [
                    _turnout(department, list(known), period.time_period, slots, refused)
                    for period in periods
                ],
            )
            for department, known in layouts.items()
        ]
        tables.append(YearTable(year, periods, lines))
    return tables


def _turnout(
    department: str,
    layouts: list[str],
    time_period: str,
    slots: Slots,
    refused: dict[tuple[str, str], int],
) -> Turnout:
    found = [slots.get((department, layout, time_period)) for layout in layouts]
    received = [item for item in found if item is not None]
    late = [item for item in received if item.is_on_time is False]
    return Turnout(
        due=max(len(layouts), 1),
        received=len(received),
        late=len(late),
        worst_days=max((item.days_late or 0 for item in late), default=0),
        refused=refused[department, time_period],
        undated=any(item.is_on_time is None for item in received),
    )


def _late(marts: Marts, slots: Slots) -> list[Lapse]:
    labels = {period.time_period: period.label_zh for period in marts.periods}
    late = [item for item in slots.values() if item.is_on_time is False]
    late.sort(key=lambda item: (item.department_code, item.time_period, item.file))
    return [
        Lapse(
            department=marts.names.departments.get(item.department_code, item.department_code),
            period=labels[item.time_period],
            file=item.file,
            due=day(item.due_date),
            received=minute(item.received_at),
            sign=Sign("▲", f"迟 {item.days_late or 0} 天", "amber"),
        )
        for item in late
    ]


def _missing(marts: Marts, slots: Slots, layouts: dict[str, dict[str, Submission]]) -> list[Lapse]:
    return [
        Lapse(
            department=marts.names.departments.get(department, department),
            period=period.label_zh,
            file=f"与《{PurePosixPath(newest.file).stem}》同类的报表",
            due="—",
            received="未收到",
            sign=Sign("■", "未报", "red"),
        )
        for department, known in layouts.items()
        for layout, newest in sorted(known.items())
        for period in marts.periods
        if (department, layout, period.time_period) not in slots
    ]
