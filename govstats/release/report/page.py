"""Putting the report together and writing it."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from govstats.files import write_atomic
from govstats.release.report import findings, overview, queries, registers
from govstats.release.report.corrections import corrections
from govstats.release.report.records import Marts
from govstats.release.report.timeliness import timeliness
from govstats.release.report.verdict import Release, verdict
from govstats.release.report.view import fits, typeset

_HERE = Path(__file__).parent
#: Controls and direction marks: in a label they could hide or turn round what is printed.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


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
    turnout = timeliness(marts)
    refused = registers.refused(marts)
    scorecard = registers.scorecard(marts)
    template = _environment().get_template("report.html.j2")
    return template.render(
        style=Markup((_HERE / "style.css").read_text(encoding="utf-8")),  # noqa: S704 - our own
        release=release,
        district=_district(marts),
        period=_period(release, marts),
        verdict=verdict(release, marts),
        key_numbers=overview.key_numbers(marts, turnout),
        matrix=overview.matrix(marts),
        groups=findings.groups(marts),
        rules=findings.rules(marts),
        refused=refused[: registers.REFUSED_SHOWN],
        refused_total=len(refused),
        refused_sql=registers.REFUSED_SQL,
        turnout=turnout,
        fates=overview.fates(marts),
        fate_names=overview.FATES,
        revisions=registers.revisions(marts),
        corrections=corrections(marts),
        scorecard=scorecard,
        tally=registers.tally(scorecard),
        anchor=findings.anchor,
    )


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_printable,
    )
    environment.filters["breakable"] = _breakable
    environment.filters["fits"] = fits
    environment.filters["typeset"] = typeset
    return environment


def _printable(value: object) -> object:
    if isinstance(value, str) and not isinstance(value, Markup):
        return _UNPRINTABLE.sub("\ufffd", value)
    return value


def _breakable(path: str) -> Markup:
    # A long path breaks after a folder or an underscore; each part stays whole if it can.
    parts = re.split(r"(?<=[/_])", str(_printable(path)))
    return Markup("").join(Markup("<span>{}</span>").format(part) for part in parts)


def _district(marts: Marts) -> str:
    areas = {item.ref_area for item in marts.progress}
    names = sorted(marts.names.areas.get(area, area) for area in areas)
    return "、".join(names)


def _period(release: Release, marts: Marts) -> str:
    labels = {end.isoformat()[:7]: label for end, label in marts.names.periods.items()}
    return labels.get(release.latest_period, release.latest_period)
