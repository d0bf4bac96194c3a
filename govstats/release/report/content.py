"""Everything the report says, in order: what the page and the workbook both show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from govstats.release.history import Point
from govstats.release.report import (
    coverage,
    explanations,
    files,
    findings,
    handbook,
    overview,
    scorecard,
    timeliness,
    trend,
    verdict,
)
from govstats.release.report.corrections import CorrectionLine, corrections
from govstats.release.report.coverage import BareSeries, CoverageLine
from govstats.release.report.figures import Figure, minute
from govstats.release.report.news import News
from govstats.release.report.records import Marts
from govstats.release.report.revisions import RevisionGroup, revisions
from govstats.release.report.signs import Sign
from govstats.release.report.systems import SystemTable, systems
from govstats.release.report.words import Both, joined

#: The sections of the report, in order, by the name of their template.
SECTIONS = {
    "verdict": Both("审核结论", "Verdict"),
    "overview": Both("审核概况", "Overview"),
    "findings": Both("审核发现", "Findings"),
    "explanations": Both("变化原因说明及处理", "Explanations and their outcome"),
    "coverage": Both("审核覆盖", "Coverage"),
    "changes": Both("发布说明", "Release notes"),
    "trend": Both("历次发布走势", "Trend over releases"),
    "submissions": Both("报送情况", "Submissions"),
    "refused": Both("退回文件", "Refused files"),
    "cells": Both("单元格去向", "What became of the cells"),
    "revisions": Both("数据修订", "Revisions"),
    "corrections": Both("数据更正", "Corrections"),
    "scorecard": Both("年度目标进度", "Targets of the year"),
    "systems": Both("报告所述工作机制运行情况", "Systems that the work report describes"),
    "rules": Both("审核规则手册及结果", "Rule handbook and results"),
    "notes": Both("说明", "Notes"),
}
_DIGITS = "〇一二三四五六七八九"


@dataclass(frozen=True)
class Content:
    """The whole report, section by section."""

    release: verdict.Release
    marts: Marts
    district: Both
    period: Both
    cut_off: str
    headings: dict[str, Both]
    verdict: verdict.Verdict
    held: list[files.FileLine]
    key_numbers: list[overview.KeyNumber]
    severities: list[Sign]
    departments: list[overview.DepartmentLine]
    kinds: list[overview.KindLine]
    groups: list[findings.FindingGroup]
    choices: dict[str, list[findings.Choice]]
    explanations: list[explanations.ExplanationLine]
    explained: list[tuple[Sign, int]]
    coverage: list[CoverageLine]
    covered: Figure
    bare: list[BareSeries]
    news: News | None
    trend: trend.Trend
    turnout: timeliness.Timeliness
    refused: list[files.FileLine]
    fate_names: list[Both]
    fates: list[files.FateLine]
    revisions: list[RevisionGroup]
    corrections: list[CorrectionLine]
    scorecard: list[scorecard.TargetLine]
    systems: list[SystemTable]
    rules: list[handbook.RuleLine]


def content(
    release: verdict.Release, marts: Marts, points: Sequence[Point], news: News | None = None
) -> Content:
    """Put a warehouse into words.

    Args:
        release: what the report belongs to.
        marts: what was read of the warehouse.
        points: earlier releases and, last, this one.
        news: what changed since the release before; without it the section is left out.
    """
    turnout = timeliness.timeliness(marts)
    corrected = corrections(marts)
    found = findings.groups(marts)
    named = [findings.Choice(group.code, group.name) for group in found]
    return Content(
        release=release,
        marts=marts,
        district=_district(marts),
        period=_period(release, marts),
        cut_off=_cut_off(marts),
        headings=_headings({"corrections": corrected, "changes": news}),
        verdict=verdict.verdict(release, marts),
        held=files.held(marts),
        key_numbers=overview.key_numbers(marts, turnout),
        severities=overview.severities(marts),
        departments=overview.by_department(marts),
        kinds=overview.by_kind(marts),
        groups=found,
        choices={"d": named, **findings.choices(marts)},
        explanations=explanations.explanations(marts),
        explained=explanations.tally(marts),
        coverage=coverage.by_department(marts),
        covered=coverage.total(marts),
        bare=coverage.bare(marts),
        news=news,
        trend=trend.trend(points),
        turnout=turnout,
        refused=files.refused(marts),
        fate_names=files.fate_names(marts),
        fates=files.fates(marts),
        revisions=revisions(marts),
        corrections=corrected,
        scorecard=scorecard.scorecard(marts),
        systems=systems(marts),
        rules=handbook.rules(marts),
    )


def numeral(place: int) -> str:
    """Return a number from 1 to 99 in Chinese."""
    tens, ones = divmod(place, 10)
    if not tens:
        return _DIGITS[ones]
    return f"{_DIGITS[tens] if tens > 1 else ''}十{_DIGITS[ones] if ones else ''}"


def _headings(optional: Mapping[str, object]) -> dict[str, Both]:
    """Number the sections as shown: one that has nothing to show leaves no gap."""
    shown = [name for name in SECTIONS if optional.get(name, True)]
    return {
        name: Both(f"{numeral(n)}、{SECTIONS[name].zh}", f"{n}. {SECTIONS[name].en}")
        for n, name in enumerate(shown, start=1)
    }


def _district(marts: Marts) -> Both:
    codes = sorted({item.ref_area for item in marts.progress})
    if not codes:
        return Both("")
    return joined([marts.names.area(code) for code in codes], "、")


def _period(release: verdict.Release, marts: Marts) -> Both:
    labels = {end.isoformat()[:7]: label for end, label in marts.names.periods.items()}
    return labels.get(release.latest_period, Both(release.latest_period))


def _cut_off(marts: Marts) -> str:
    """When the last file came in that the report takes account of."""
    received: list[datetime] = [item.received_at for item in marts.submissions]
    return minute(max(received, default=None))
