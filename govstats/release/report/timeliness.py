"""Who handed in what and when: the duties of each department by period, and every lapse."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from govstats.release.report.figures import day, minute
from govstats.release.report.names import Names
from govstats.release.report.records import Duty, Marts
from govstats.release.report.signs import Sign, sign
from govstats.release.report.words import Both, Text, both

#: Duties that were not met, the worst first.
LAPSES = ("missing", "held", "late")


@dataclass(frozen=True)
class Turnout:
    """Sheets of one department in one period or year, by how the duty was met."""

    counts: Counter[str]
    names: Names

    @property
    def on_time(self) -> int:
        """Sheets that came in time."""
        return self.counts["on_time"]

    @property
    def not_due(self) -> int:
        """Sheets whose term is not over."""
        return self.counts["not_due"]

    @property
    def due(self) -> int:
        """Sheets whose term is over or that came."""
        return self.counts.total() - self.not_due

    @property
    def signs(self) -> list[Sign]:
        """What is to be said, the worst first; nothing where nothing is owed."""
        found = [self._sign(state, self.counts[state]) for state in LAPSES if self.counts[state]]
        if not found and self.due:
            return [self._sign("on_time")]
        return found or [self._sign("not_due")] * bool(self.not_due)

    @property
    def is_lapse(self) -> bool:
        """Whether anything is missing, held or late."""
        return any(self.counts[state] for state in LAPSES)

    def _sign(self, state: str, count: int = 0) -> Sign:
        word: Text = self.names.word("duty_state", state)
        if count:
            word = both("{word} {n}", "{word}: {n}", word=word, n=count)
        return sign("duty_state", state, word)


@dataclass(frozen=True)
class Table:
    """Turnout by department (lines) and period or year (columns); the last line sums up."""

    title: Both
    columns: list[Both]
    lines: list[tuple[Both, list[Turnout]]]
    is_by_year: bool = False


@dataclass(frozen=True)
class Lapse:
    """One late, held or missing sheet."""

    sign: Sign
    state: str
    department_code: str
    department: Both
    period: Both
    sheet: Both
    file: str
    due: str
    received: Text


@dataclass(frozen=True)
class Timeliness:
    """The whole section: the latest year in full, earlier ones in short, lapses, totals."""

    tables: list[Table]
    lapses: list[Lapse]
    total: Turnout


def timeliness(marts: Marts) -> Timeliness:
    """Arrange the duties of all departments up to the latest period."""
    latest = max((duty.report_year for duty in marts.duties), default=0)
    year = [duty for duty in marts.duties if duty.report_year == latest]
    before = [duty for duty in marts.duties if duty.report_year < latest]

    def month(duty: Duty) -> Both:
        label = marts.names.period(duty.period_end)
        english = label.english.replace(f" {latest}", "")
        return Both(label.zh.removeprefix(f"{latest}年"), _short(english))

    def in_year(duty: Duty) -> Both:
        return Both(f"{duty.report_year}年", str(duty.report_year))

    this = both("{y}年各部门报送情况", "Sheets by department, {y}", y=latest)
    earlier = Both("以前年度报送情况", "Earlier years")
    tables = [
        _table(this, year, marts, month),
        _table(earlier, before, marts, in_year, is_by_year=True),
    ]
    lapses = [duty for duty in marts.duties if duty.state in LAPSES]
    lapses.sort(key=lambda duty: duty.time_period, reverse=True)
    lapses.sort(key=lambda duty: LAPSES.index(duty.state))
    return Timeliness(
        tables=[table for table in tables if table.columns],
        lapses=[_lapse(duty, marts) for duty in lapses],
        total=_turnout(marts.duties, marts),
    )


def of_departments(marts: Marts) -> dict[str, Turnout]:
    """Return the turnout of all periods by department code."""
    codes = dict.fromkeys(duty.department_code for duty in marts.duties)
    return {
        code: _turnout([duty for duty in marts.duties if duty.department_code == code], marts)
        for code in codes
    }


def _short(label: str) -> str:
    """The English label with its months in three letters, for a narrow column."""
    return "-".join(part.strip()[:3] for part in label.split("-"))


def _table(
    title: Both,
    duties: list[Duty],
    marts: Marts,
    column: Callable[[Duty], Both],
    is_by_year: bool = False,
) -> Table:
    columns = list(dict.fromkeys(map(column, sorted(duties, key=lambda d: d.time_period))))
    lines = []
    for code in dict.fromkeys(duty.department_code for duty in duties):
        owed = [duty for duty in duties if duty.department_code == code]
        lines.append((marts.names.department(code), _line(owed, columns, column, marts)))
    if len(lines) > 1:
        everyone = Both("全部部门", "All departments")
        lines.append((everyone, _line(duties, columns, column, marts)))
    return Table(title, columns, lines, is_by_year)


def _line(
    duties: list[Duty], columns: list[Both], column: Callable[[Duty], Both], marts: Marts
) -> list[Turnout]:
    by_column: dict[Both, list[Duty]] = {name: [] for name in columns}
    for duty in duties:
        by_column[column(duty)].append(duty)
    return [_turnout(by_column[name], marts) for name in columns]


def _turnout(duties: list[Duty], marts: Marts) -> Turnout:
    return Turnout(Counter(duty.state for duty in duties), marts.names)


def _lapse(duty: Duty, marts: Marts) -> Lapse:
    came = duty.first_received_at
    word: Text = marts.names.word("duty_state", duty.state)
    if duty.state == "late":
        word = both("迟 {n} 天", "{n} days late", n=duty.n_days_late)
    received: Text = minute(came)
    if not came:
        received = Both("未收到", "not received")
        if duty.n_refused:
            received = both("未收到，退回 {n} 份", "not received; refused: {n}", n=duty.n_refused)
    named = marts.names.layouts.get(duty.layout_id, Both(duty.layout_zh))
    return Lapse(
        sign=sign("duty_state", duty.state, word),
        state=duty.state,
        department_code=duty.department_code,
        department=marts.names.department(duty.department_code),
        period=marts.names.period(duty.period_end),
        sheet=Both(duty.layout_zh, named.en),
        file=duty.first_file or "",
        due=day(duty.due_date),
        received=received,
    )
