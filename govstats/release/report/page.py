"""The report as one page, and writing page and workbook."""

import base64
import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import fields
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from govstats.files import write_atomic
from govstats.htmlpage import environment, printable
from govstats.release import history
from govstats.release.history import Point
from govstats.release.report import findings, handbook, queries, scorecard, trend, workbook
from govstats.release.report.content import Content, content
from govstats.release.report.figures import Figure, fits, number
from govstats.release.report.news import News
from govstats.release.report.verdict import Release
from govstats.release.report.words import Both, both, en, typeset, zh

_HERE = Path(__file__).parent
PAGE, WORKBOOK = "index.html", "validation.xlsx"


def write(
    warehouse: Path,
    target: Path,
    release: Mapping[str, Any],
    published: Sequence[Point] = (),
    news: News | None = None,
) -> Path:
    """Write the validation report of a finished warehouse to ``target``.

    Reads the schemas ``marts`` and ``seeds`` of ``warehouse`` and nothing else. The report holds
    no time of its making: the same warehouse, manifest and points give the same bytes.

    Args:
        warehouse: DuckDB file that nobody writes to.
        target: folder of page and workbook; made when missing.
        release: the manifest: ``release_id``, ``latest_period`` (YYYY-MM) and ``gate`` with
            ``released``, ``text_zh`` and ``text_en``.
        published: the points of all releases published so far, in their order; those after this
            one, and after its ``as_of``, are left out.
        news: what changed since the release before, where that was looked for.

    Returns:
        The path of the page.

    Raises:
        GovstatsError: the manifest lacks a field, or a mart is missing.
    """
    told = Release.of(release)
    marts = queries.read(warehouse, told.latest_period)
    points = [*_earlier(published, told), history.measure(warehouse, release)]
    made = content(told, marts, points, news)
    page = target / PAGE
    write_atomic(page, render(made).encode())
    write_atomic(target / WORKBOOK, workbook.made(made))
    return page


def _earlier(published: Sequence[Point], release: Release) -> list[Point]:
    found: list[Point] = []
    for point in published:
        if point.release_id == release.release_id:
            break
        if not release.as_of or point.published_at[:10] <= release.as_of:
            found.append(point)
    return found


def render(made: Content) -> str:
    """Return the page as HTML text."""
    script = (_HERE / "report.js").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(f"\n{script}".encode()).digest()).decode()
    return (
        _environment()
        .get_template("report.html.j2")
        .render(
            {field.name: getattr(made, field.name) for field in fields(made)},
            style=Markup((_HERE / "style.css").read_text(encoding="utf-8")),  # noqa: S704 - our own
            script=Markup(script),  # noqa: S704 - our own
            script_digest=digest,
            margins=_margins(made),
            unit=made.marts.names.unit,
            ids=count(1).__next__,
        )
    )


def _margins(made: Content) -> dict[str, Markup]:
    """What stands at the head of every printed page, per language, as a text of CSS."""
    title = both("{d}统计数据质量审核报告", "Audit report on statistics, {d}", d=made.district)
    right = both(
        "{p}　版本 {r}　数据截至 {c}",
        "{p} · version {r} · data as of {c}",
        p=made.period,
        r=made.release.release_id,
        c=made.cut_off,
    )
    return {
        "zh_left": _css_text(title.zh),
        "zh_right": _css_text(right.zh),
        "en_left": _css_text(title.english),
        "en_right": _css_text(right.english),
    }


def _css_text(text: str) -> Markup:
    """Quote a text for CSS: all but letters, digits and blanks as code points."""
    safe = re.sub(r"[^A-Za-z0-9 ]", lambda found: f"\\{ord(found[0]):x} ", str(printable(text)))
    return Markup(f'"{safe}"')  # noqa: S704 - nothing is left that could end the text


@cache
def _environment() -> Environment:
    made = environment(_HERE / "templates")
    made.filters.update(
        breakable=_breakable, fits=fits, typeset=typeset, zh=zh, en=en, number=number
    )
    made.globals.update(
        t=both,
        Figure=Figure,
        anchor=findings.anchor,
        by_section=scorecard.by_section,
        tally=scorecard.tally,
        rules_tally=handbook.tally,
        measures=trend.MEASURES,
        Both=Both,
    )
    return made


def _breakable(path: str) -> Markup:
    # A long path breaks after a folder or an underscore; each part stays whole if it can.
    parts = re.split(r"(?<=[/_])", str(printable(path)))
    return Markup("<wbr>").join(parts)
