"""The numbers at the head of the report, and the findings by department and by kind."""

from dataclasses import dataclass

from govstats.release.report import coverage
from govstats.release.report.audited import FindingCount
from govstats.release.report.figures import DASH, Figure, count, number, ratio
from govstats.release.report.findings import anchor, kinds, severity
from govstats.release.report.records import Marts
from govstats.release.report.signs import SHAPES, Sign
from govstats.release.report.timeliness import Timeliness, of_departments
from govstats.release.report.verdict import WAITING
from govstats.release.report.words import Both, Text, both


@dataclass(frozen=True)
class KeyNumber:
    """One of the numbers at the head of the report, and what it is made of."""

    label: Both
    figure: Figure
    details: list[Both]


@dataclass(frozen=True)
class KindLine:
    """Rules of one kind by outcome, its findings by severity; the last line sums up."""

    name: Both
    rules: int
    outcomes: list[int]
    found: list[int]
    waiting: int
    total: int


@dataclass(frozen=True)
class DepartmentLine:
    """One department: how it reported and what the audit found; the last line sums up."""

    name: Both
    anchor: str
    files: int
    kept_back: int
    on_time: Figure
    found: list[int]
    waiting: int
    coverage: Figure


def key_numbers(marts: Marts, turnout: Timeliness) -> list[KeyNumber]:
    """Return the numbers a reader wants first."""
    total = turnout.total
    status = [item.status for item in marts.submissions]
    accepted, refused, held = (status.count(code) for code in ("accepted", "refused", "held"))
    files = [_part("采用", "used", accepted), _part("退回", "refused", refused)]
    if held:
        files.append(_part("暂缓", "held", held))
    duties = [
        _part("应报", "due", total.due),
        _part("迟报", "late", total.counts["late"]),
        _part("未报", "missing", total.counts["missing"]),
    ]
    if total.counts["held"]:
        duties.append(_part("暂缓", "held", total.counts["held"]))
    return [
        KeyNumber(Both("报送文件", "Files"), count(len(status), Both("份", " ")), files),
        KeyNumber(Both("按时报送率", "On time"), ratio(total.on_time, total.due), duties),
        *_reading(marts),
        *_auditing(marts),
    ]


def _reading(marts: Marts) -> list[KeyNumber]:
    cells = sum(fate.total for fate in marts.cells)
    unmapped = sum(fate.unmapped for fate in marts.cells)
    filled = sum(fate.observation for fate in marts.cells)
    return [
        KeyNumber(
            Both("非空单元格", "Cells read"),
            count(cells, Both("个", " ")),
            [_part("数据", "data", filled), _part("未识别", "unrecognised", unmapped)],
        ),
        KeyNumber(
            Both("审核覆盖率", "Coverage"),
            coverage.total(marts),
            [
                _part("采用数", "figures", sum(item.figures for item in marts.coverage)),
                _part("修订", "revised", len(marts.revisions)),
            ],
        ),
    ]


def _auditing(marts: Marts) -> list[KeyNumber]:
    outcomes = [rule.outcome for rule in marts.rules]
    words = marts.names.word
    return [
        KeyNumber(
            Both("审核规则", "Rules"),
            count(len(outcomes), Both("条", " ")),
            [_detail(words("outcome", code), outcomes.count(code)) for code in SHAPES["outcome"]],
        ),
        KeyNumber(
            Both("审核发现", "Findings"),
            count(sum(found.found for found in marts.finding_counts), Both("条", " ")),
            [
                _detail(words("severity", code), found)
                for code, found in zip(
                    SHAPES["severity"], by_severity(marts.finding_counts), strict=True
                )
            ],
        ),
    ]


def _part(chinese: str, english: str, value: int) -> Both:
    return _detail(Both(chinese, english), value)


def _detail(word: Text, value: int) -> Both:
    return both("{word} {n}", "{word} {n}", word=word, n=number(value))


def by_severity(counts: list[FindingCount]) -> list[int]:
    """Count findings by severity, in the order of ``severities``."""
    return [sum(c.found for c in counts if c.severity == code) for code in SHAPES["severity"]]


def severities(marts: Marts) -> list[Sign]:
    """Return the signs of the severities, the gravest first."""
    return [severity(code, marts.names) for code in SHAPES["severity"]]


def _waiting(counts: list[FindingCount]) -> int:
    return sum(c.found for c in counts if c.severity == "soft" and c.state in WAITING)


def by_kind(marts: Marts) -> list[KindLine]:
    """Return rules and findings by kind in the order of the rule handbook, then all."""
    names = kinds(marts)
    lines = [_kind(name, {code}, marts) for code, name in names.items()]
    if not lines:
        return []
    return [*lines, _kind(Both("合计", "Total"), set(names), marts)]


def _kind(name: Both, codes: set[str], marts: Marts) -> KindLine:
    counts = [found for found in marts.finding_counts if found.kind in codes]
    rules = [rule.outcome for rule in marts.rules if rule.kind in codes]
    return KindLine(
        name=name,
        rules=len(rules),
        outcomes=[rules.count(code) for code in SHAPES["outcome"]],
        found=by_severity(counts),
        waiting=_waiting(counts),
        total=sum(found.found for found in counts),
    )


def by_department(marts: Marts) -> list[DepartmentLine]:
    """Return every department that reports or has findings, then all."""
    codes: list[str | None] = [item.department_code for item in marts.cells]
    codes += [duty.department_code for duty in marts.duties]
    codes += [found.department_code for found in marts.finding_counts]
    turnouts, shares = of_departments(marts), coverage.of_department(marts)
    lines = []
    for code in dict.fromkeys(codes):
        counts = [found for found in marts.finding_counts if found.department_code == code]
        turnout = turnouts.get(code or "")
        lines.append(
            DepartmentLine(
                name=marts.names.department(code),
                anchor=anchor(code) if counts else "",
                files=sum(item.department_code == code for item in marts.submissions),
                kept_back=sum(
                    item.department_code == code and item.status != "accepted"
                    for item in marts.submissions
                ),
                on_time=ratio(turnout.on_time, turnout.due) if turnout else Figure(DASH),
                found=by_severity(counts),
                waiting=_waiting(counts),
                coverage=shares.get(code or "", Figure(DASH)),
            )
        )
    return [*lines, _everyone(lines, marts)] if len(lines) > 1 else lines


def _everyone(lines: list[DepartmentLine], marts: Marts) -> DepartmentLine:
    due = [duty.state for duty in marts.duties if duty.state != "not_due"]
    return DepartmentLine(
        name=Both("合计", "Total"),
        anchor="",
        files=sum(line.files for line in lines),
        kept_back=sum(line.kept_back for line in lines),
        on_time=ratio(due.count("on_time"), len(due)),
        found=by_severity(marts.finding_counts),
        waiting=_waiting(marts.finding_counts),
        coverage=coverage.total(marts),
    )
