"""``govstats inspect FILE``: what a sheet looks like, and what the reader makes of it."""

import csv
import re
from pathlib import Path

from govstats.errors import GovstatsError
from govstats.files import write_atomic
from govstats.layouts.inspection import Inspection
from govstats.layouts.knowledge import load_knowledge
from govstats.layouts.look import Looker
from govstats.layouts.seeds import load_department_aliases
from govstats.layouts.show import render
from govstats.settings import Settings
from govstats.workbooks.jail import Died, run_jailed
from govstats.workbooks.refusals import Refused

__all__ = ["Inspection", "inspect_file", "next_steps", "render", "write_picture"]

_PERIOD = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])")


def inspect_file(
    path: Path,
    settings: Settings,
    department: str | None = None,
    period: str | None = None,
    *,
    with_pictures: bool = False,
    with_draft: bool = False,
) -> Inspection:
    """Look at a file in a reader process; nothing is written.

    Args:
        path: anywhere; below data/raw its folders say department and period.
        settings: where layouts and seeds lie.
        department: code or alias, instead of the folder's.
        period: YYYY-MM, instead of the folder's.
        with_pictures: whether the sheets are drawn too.
        with_draft: whether a layout is drafted from the sheets' shape.

    Raises:
        GovstatsError: no such file, department or period.
        KnowledgeError: a layout or a seed is wrong.
    """
    if not path.is_file():
        raise GovstatsError(f"there is no file {path}", "check the path")
    knowledge = load_knowledge(settings)
    aliases = load_department_aliases(settings.dbt_project / "seeds")
    folders = path.resolve().parent
    looker = Looker(
        knowledge,
        settings.limits,
        _department(department, aliases) or aliases.get(folders.parent.name, ""),
        _period(period, folders.name),
        path.name,
        with_pictures,
        _growth_bases(settings) if with_draft else None,
    )
    return _jailed(looker, path.resolve())


def _jailed(looker: Looker, path: Path) -> Inspection:
    (result,) = run_jailed(looker.look, [path], looker.limits, workers=1)
    if isinstance(result, Died):
        found = Inspection(looker.file, looker.department, looker.period)
        return looker.refused(found, Refused("reader_crashed", detail=result.detail))
    return result


def write_picture(found: Inspection, settings: Settings, target: Path) -> None:
    """Write an inspection with pictures as one page of HTML.

    Raises:
        GovstatsError: the target is no place for a page, or is the file that was looked at.
    """
    # Imported here: only a page needs templates.
    from govstats.picture.names import load_names
    from govstats.picture.page import render as page

    if target.suffix.lower() not in (".html", ".htm"):
        raise GovstatsError(
            f"the page would be written to {target}", "give it a name that ends in .html"
        )
    if not target.parent.is_dir():
        raise GovstatsError(f"there is no folder {target.parent}", "make it, or choose another")
    names = load_names(settings.dbt_project / "seeds")
    write_atomic(target, page(found, names).encode("utf-8", errors="replace"))


def next_steps(found: Inspection, path: Path) -> tuple[str, ...]:
    """What a person does with the draft of a layout for the file at ``path``."""
    home = f"layouts/{found.department or 'DEPARTMENT'}.yml"
    return (
        "save       the draft: the same command with > draft.yml",
        "correct    every TODO (indicator, area, unit), look at every CHECK (what was assumed)",
        f"move       it to {home} (or add its table to the layouts already there)",
        f"check      govstats inspect {path} --html picture.html",
        "guide      docs/add-a-department.md, docs/inspect.md",
    )


def _growth_bases(settings: Settings) -> dict[str, str]:
    """Indicator → the basis its growth is published on."""
    path = settings.dbt_project / "seeds" / "indicators.csv"
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return {row["indicator_code"]: row["growth_basis"] for row in rows if row.get("growth_basis")}


def _period(given: str | None, folder: str) -> str:
    if given is None:
        return folder if _PERIOD.fullmatch(folder) else ""
    if not _PERIOD.fullmatch(given):
        raise GovstatsError(f"the period is {given!r}", "write it as YYYY-MM, e.g. 2020-03")
    return given


def _department(given: str | None, aliases: dict[str, str]) -> str:
    if given is None:
        return ""
    if given in aliases.values():
        return given
    if given not in aliases:
        known = ", ".join(sorted(set(aliases.values())))
        raise GovstatsError(f"no department is called {given!r}", f"use one of: {known}")
    return aliases[given]
