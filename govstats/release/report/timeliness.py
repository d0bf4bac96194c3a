"""Who handed in what and when: the duties of each department by period, and every lapse."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from govstats.release.report.records import Duty, Marts
from govstats.release.report.view import DUTIES, Sign, day, minute

#: Lapses (late, missing) shown; the rest is counted.
LAPSES_SHOWN = 40

LAPSES_SQL = (
    "select department_code, layout_zh, period_end, due_date, first_received_at, state, "
    "n_days_late, first_file\n"
    "from marts.fct_reporting_duty where state in ('missing', 'late')\n"
    f"order by state desc, period_end desc, department_code, layout_id\noffset {LAPSES_SHOWN}"
)


@dataclass(frozen=True)
class Turnout:
    """Sheets of one department in one period or year, by how the duty was met."""

    on_time: int
    late: int
    missing: int
    not_due: int

    @property
    def due(self) -> int:
        """Sheets whose term is over or that came."""
        return self.on_time + self.late + self.missing

    @property
    def signs(self) -> list[Sign]:
        """What is to be said, the worst first; nothing where nothing is owed."""
        lapses = [(DUTIES["missing"], self.missing), (DUTIES["late"], self.late)]
        found = [Sign(s.shape, f"{s.word} {count}", s.tone) for s, count in lapses if count]
        if not found and self.due:
            return [DUTIES["on_time"]]
        return found or [DUTIES["not_due"]] * bool(self.not_due)

    @property
    def is_lapse(self) -> bool:
        """Something is missing or came late."""
        return bool(self.late or self.missing)


@dataclass(frozen=True)
class Table:
    """Departments by period of a year, or by year; the last line is of all departments."""

    title: str
    columns: list[str]
    lines: list[tuple[str, list[Turnout]]]
    is_by_year: bool = False


@dataclass(frozen=True)
class Lapse:
    """One late or missing sheet."""

    sign: Sign
    department: str
    period: str
    sheet: str
    file: str
    due: str
    received: str


@dataclass(frozen=True)
class Timeliness:
    """The whole section: the latest year in full, earlier ones in short, lapses, totals."""

    tables: list[Table]
    lapses: list[Lapse]
    lapses_total: int
    total: Turnout


def timeliness(marts: Marts) -> Timeliness:
    """Arrange the duties of all departments up to the latest period."""
    latest = max((duty.report_year for duty in marts.duties), default=0)
    year = [duty for duty in marts.duties if duty.report_year == latest]
    before = [duty for duty in marts.duties if duty.report_year < latest]
    prefix = f"{latest}年"
    tables = [
        _table(f"{prefix}各部门报送情况", year, marts, lambda d: d.label_zh.removeprefix(prefix)),
        _table("以前年度报送情况", before, marts, lambda d: f"{d.report_year}年", is_by_year=True),
    ]
    lapses = [duty for duty in marts.duties if duty.state in ("late", "missing")]
    lapses.sort(key=lambda duty: duty.time_period, reverse=True)
    lapses.sort(key=lambda duty: duty.state, reverse=True)
    return Timeliness(
        tables=[table for table in tables if table.columns],
        lapses=[_lapse(duty, marts) for duty in lapses[:LAPSES_SHOWN]],
        lapses_total=len(lapses),
        total=_turnout(marts.duties),
    )


def _table(
    title: str,
    duties: list[Duty],
    marts: Marts,
    column: Callable[[Duty], str],
    is_by_year: bool = False,
) -> Table:
    columns = list(dict.fromkeys(map(column, sorted(duties, key=lambda d: d.time_period))))
    lines = []
    for code in dict.fromkeys(duty.department_code for duty in duties):
        owed = [duty for duty in duties if duty.department_code == code]
        lines.append((_name(code, marts), _line(owed, columns, column)))
    if len(lines) > 1:
        lines.append(("全部部门", _line(duties, columns, column)))
    return Table(title, columns, lines, is_by_year)


def _line(duties: list[Duty], columns: list[str], column: Callable[[Duty], str]) -> list[Turnout]:
    return [_turnout([duty for duty in duties if column(duty) == name]) for name in columns]


def _turnout(duties: list[Duty]) -> Turnout:
    states = Counter(duty.state for duty in duties)
    return Turnout(states["on_time"], states["late"], states["missing"], states["not_due"])


def _lapse(duty: Duty, marts: Marts) -> Lapse:
    found = DUTIES[duty.state]
    refused = f"，退回 {duty.n_refused} 份" if duty.n_refused else ""
    came = duty.first_received_at
    word = f"迟 {duty.n_days_late} 天" if came else found.word
    return Lapse(
        sign=Sign(found.shape, word, found.tone),
        department=_name(duty.department_code, marts),
        period=duty.label_zh,
        sheet=duty.layout_zh,
        file=duty.first_file or "",
        due=day(duty.due_date),
        received=minute(came) if came else f"未收到{refused}",
    )


def _name(code: str, marts: Marts) -> str:
    return marts.names.departments.get(code, code)
