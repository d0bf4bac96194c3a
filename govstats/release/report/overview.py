"""The numbers at the head of the report, and two summaries: findings and cells."""

from dataclasses import dataclass

from govstats.release.report.records import CellFates, Marts
from govstats.release.report.timeliness import Timeliness
from govstats.release.report.view import (
    OUTCOMES,
    SEVERITIES,
    Figure,
    Sign,
    number,
    ratio,
    severity,
)


@dataclass(frozen=True)
class KeyNumber:
    """One of the numbers at the head of the report, and what it is made of."""

    label: str
    figure: Figure
    details: tuple[str, ...]


@dataclass(frozen=True)
class Matrix:
    """Rules and findings by kind (lines), findings by severity (columns), with totals of both."""

    severities: list[Sign]
    lines: list[tuple[str, int, list[int], int]]
    rules: int
    totals: list[int]
    total: int


@dataclass(frozen=True)
class FateLine:
    """The cells of one department by fate; ``coverage`` is the part that was recognised."""

    name: str
    files: str
    counts: list[str]
    total: str
    coverage: Figure
    is_total: bool = False


FATES = ("数据", "标签", "表头信息", "可忽略", "未识别")


def key_numbers(marts: Marts, turnout: Timeliness) -> list[KeyNumber]:
    """Return the numbers a reader wants first."""
    total = turnout.total
    files = len(marts.submissions)
    refused = sum(item.status == "refused" for item in marts.submissions)
    return [
        KeyNumber(
            "报送文件",
            Figure(number(files), "份"),
            (f"采用 {number(files - refused)}", f"退回 {number(refused)}"),
        ),
        KeyNumber(
            "按时报送率",
            ratio(total.on_time, total.due),
            (
                f"应报 {number(total.due)}",
                f"迟报 {number(total.late)}",
                f"未报 {number(total.missing)}",
            ),
        ),
        *_reading(marts),
        *_auditing(marts),
    ]


def _reading(marts: Marts) -> list[KeyNumber]:
    cells = sum(fate.total for fate in marts.cells)
    unmapped = sum(fate.unmapped for fate in marts.cells)
    observations = sum(fate.observations for fate in marts.cells)
    filled = sum(fate.observation for fate in marts.cells)
    revised = sum(marts.revision_counts.values())
    return [
        KeyNumber("非空单元格", Figure(number(cells), "个"), (f"未识别 {number(unmapped)}",)),
        KeyNumber(
            "观测值",
            Figure(number(observations), "个"),
            (f"非空 {number(filled)}", f"修订 {number(revised)}"),
        ),
    ]


def _auditing(marts: Marts) -> list[KeyNumber]:
    outcomes = [rule.outcome for rule in marts.rules]
    found = dict.fromkeys(SEVERITIES, 0)
    for count in marts.finding_counts:
        found[count.severity] = found.get(count.severity, 0) + count.found
    return [
        KeyNumber(
            "审核规则",
            Figure(number(len(outcomes)), "条"),
            tuple(f"{sign.word} {outcomes.count(code)}" for code, sign in OUTCOMES.items()),
        ),
        KeyNumber(
            "审核发现",
            Figure(number(sum(found.values())), "条"),
            tuple(f"{severity(code).word} {number(n)}" for code, n in found.items()),
        ),
    ]


def matrix(marts: Marts) -> Matrix:
    """Count rules and findings by kind; kinds in the order of the rule handbook."""
    kinds = {rule.kind: rule.kind_zh for rule in marts.rules}
    for count in marts.finding_counts:
        kinds.setdefault(count.kind, count.kind)
    codes = list(SEVERITIES)
    lines = []
    for kind, name in kinds.items():
        counts = [
            sum(c.found for c in marts.finding_counts if (c.kind, c.severity) == (kind, code))
            for code in codes
        ]
        n_rules = sum(rule.kind == kind for rule in marts.rules)
        lines.append((name, n_rules, counts, sum(counts)))
    totals = [sum(counts[i] for _, _, counts, _ in lines) for i in range(len(codes))]
    signs = [SEVERITIES[code] for code in codes]
    return Matrix(signs, lines, len(marts.rules), totals, sum(totals))


def fates(marts: Marts) -> list[FateLine]:
    """Return the cells by fate of every department and, where several, of all."""
    lines = [
        _fate_line(marts.names.departments.get(fate.department_code, fate.department_code), [fate])
        for fate in marts.cells
    ]
    return [*lines, _fate_line("合计", marts.cells, is_total=True)] if len(lines) > 1 else lines


def _fate_line(name: str, parts: list[CellFates], is_total: bool = False) -> FateLine:
    counts = [
        sum(part.observation for part in parts),
        sum(part.label for part in parts),
        sum(part.metadata for part in parts),
        sum(part.ignorable for part in parts),
        sum(part.unmapped for part in parts),
    ]
    total = sum(part.total for part in parts)
    return FateLine(
        name=name,
        files=number(sum(part.files for part in parts)),
        counts=[number(count) for count in counts],
        total=number(total),
        coverage=ratio(total - counts[-1], total),
        is_total=is_total,
    )
