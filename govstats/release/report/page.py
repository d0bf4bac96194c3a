"""Putting the report together and writing it."""

import re
from collections.abc import Collection, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from govstats.files import write_atomic
from govstats.htmlpage import environment, printable
from govstats.release.report import findings, overview, queries, registers
from govstats.release.report.corrections import corrections
from govstats.release.report.records import Marts
from govstats.release.report.systems import systems
from govstats.release.report.timeliness import LAPSES_SQL, timeliness
from govstats.release.report.verdict import Release, verdict
from govstats.release.report.view import fits, typeset

_HERE = Path(__file__).parent
#: The sections of the page, in order, by the name of their template.
_SECTIONS = {
    "verdict": "审核结论",
    "overview": "审核概况",
    "systems": "报告所述工作机制运行情况",
    "findings": "审核发现",
    "refused": "退回文件",
    "submissions": "报送情况",
    "cells": "单元格去向",
    "revisions": "数据修订",
    "rules": "审核规则及结果",
    "scorecard": "年度目标进度",
    "corrections": "数据更正",
    "notes": "说明",
}
_NUMERALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")


def write(warehouse: Path, target: Path, release: Mapping[str, Any]) -> Path:
    """Write the validation report of a finished warehouse to ``target/index.html``.

    Reads schema ``marts`` of ``warehouse`` and nothing else. The page holds no time of its
    making: the same warehouse and manifest give the same bytes.

    Args:
        warehouse: DuckDB file that nobody writes to.
        target: folder of the page; made when missing.
        release: the manifest: ``release_id``, ``latest_period`` (YYYY-MM) and ``gate`` with
            ``released`` and ``text_zh``.

    Returns:
        The path of the page.

    Raises:
        GovstatsError: the manifest lacks a field, or a mart is missing.
    """
    told = Release.of(release)
    marts = queries.read(warehouse, told.latest_period)
    page = target / "index.html"
    write_atomic(page, render(told, marts).encode())
    return page


def render(release: Release, marts: Marts) -> str:
    """Return the page as HTML text."""
    return (
        _environment()
        .get_template("report.html.j2")
        .render(
            style=Markup((_HERE / "style.css").read_text(encoding="utf-8")),  # noqa: S704 - our own
            release=release,
            district=_district(marts),
            period=_period(release, marts),
            verdict=verdict(release, marts),
            matrix=overview.matrix(marts),
            groups=findings.groups(marts),
            rules=findings.rules(marts),
            fates=overview.fates(marts),
            fate_names=overview.FATES,
            revisions=registers.revisions(marts),
            anchor=findings.anchor,
            **_files(marts),
            **_work(marts),
        )
    )


def _files(marts: Marts) -> dict[str, Any]:
    turnout = timeliness(marts)
    refused = registers.refused(marts)
    corrected = corrections(marts)
    return {
        "headings": _headings(() if corrected else ("corrections",)),
        "key_numbers": overview.key_numbers(marts, turnout),
        "turnout": turnout,
        "lapses_sql": LAPSES_SQL,
        "refused": refused[: registers.REFUSED_SHOWN],
        "refused_total": len(refused),
        "refused_sql": registers.REFUSED_SQL,
        "corrections": corrected,
    }


def _work(marts: Marts) -> dict[str, Any]:
    scorecard = registers.scorecard(marts)
    return {
        "systems": systems(marts),
        "scorecard": scorecard,
        "sections": registers.by_section(scorecard),
        "tally": registers.tally,
    }


def _headings(left_out: Collection[str]) -> dict[str, str]:
    # Numbered as shown: a section that is left out leaves no gap.
    shown = [name for name in _SECTIONS if name not in left_out]
    return {
        name: f"{numeral}、{_SECTIONS[name]}"
        for numeral, name in zip(_NUMERALS, shown, strict=False)
    }


@cache
def _environment() -> Environment:
    made = environment(_HERE / "templates")
    made.filters["breakable"] = _breakable
    made.filters["fits"] = fits
    made.filters["typeset"] = typeset
    return made


def _breakable(path: str) -> Markup:
    # A long path breaks after a folder or an underscore; each part stays whole if it can.
    parts = re.split(r"(?<=[/_])", str(printable(path)))
    return Markup("").join(Markup("<span>{}</span>").format(part) for part in parts)


def _district(marts: Marts) -> str:
    areas = {item.ref_area for item in marts.progress}
    names = sorted(marts.names.areas.get(area, area) for area in areas)
    return "、".join(names)


def _period(release: Release, marts: Marts) -> str:
    labels = {end.isoformat()[:7]: label for end, label in marts.names.periods.items()}
    return labels.get(release.latest_period, release.latest_period)
