"""The targets of the year at the latest period, as the warehouse judged them."""

from collections import Counter
from dataclasses import dataclass

from govstats.release.report.figures import Figure, figure, gap, share
from govstats.release.report.names import Names
from govstats.release.report.records import Marts, Progress
from govstats.release.report.signs import Sign, sign
from govstats.release.report.words import Both


@dataclass(frozen=True)
class TargetLine:
    """One target of the scorecard."""

    progress: Progress
    sign: Sign
    name: Both
    light: Both
    actual: Figure
    completion: Figure
    path: Figure
    linear: Figure
    gap: Figure


def scorecard(marts: Marts) -> list[TargetLine]:
    """Return the targets at the latest period."""
    return [_line(item, marts.names) for item in marts.progress]


def _line(item: Progress, names: Names) -> TargetLine:
    status = Both(item.status_zh, names.word("status", item.status).en if item.status else "")
    light = Both(item.light_zh, names.word("light", item.light).en)
    return TargetLine(
        progress=item,
        sign=sign("light", item.light, status),
        name=Both(item.name_zh, item.name_en or ""),
        light=light,
        actual=figure(item.actual_value, item.unit_measure),
        completion=share(item.completion_pct),
        path=share(item.expected_pct_path),
        linear=share(item.expected_pct_linear),
        gap=gap(item.gap, item.gap_unit),
    )


def by_section(lines: list[TargetLine]) -> list[tuple[str, list[TargetLine]]]:
    """Group targets by the part of the report that sets them, in its order."""
    sections: dict[str, list[TargetLine]] = {}
    for line in lines:
        sections.setdefault(line.progress.section, []).append(line)
    return list(sections.items())


def tally(lines: list[TargetLine]) -> list[tuple[Sign, int]]:
    """Count targets by status, in the order in which the statuses first appear."""
    return list(Counter(line.sign for line in lines).items())
