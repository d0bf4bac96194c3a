"""``govstats inspect FILE``: what a sheet looks like, and what the reader makes of it."""

import re
from pathlib import Path

from govstats.errors import GovstatsError
from govstats.layouts.knowledge import load_knowledge
from govstats.layouts.look import Inspection, Looker
from govstats.layouts.seeds import load_department_aliases
from govstats.layouts.show import render
from govstats.settings import Settings
from govstats.workbooks.jail import Died, run_jailed
from govstats.workbooks.limits import Limits
from govstats.workbooks.refusals import Refused

__all__ = ["Inspection", "inspect_file", "render"]

_PERIOD = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])")


def inspect_file(
    path: Path, settings: Settings, department: str | None = None, period: str | None = None
) -> Inspection:
    """Look at a file in a reader process; nothing is written.

    Args:
        path: anywhere; below data/raw its folders say department and period.
        settings: where layouts and seeds lie.
        department: code or alias, instead of the folder's.
        period: YYYY-MM, instead of the folder's.

    Raises:
        GovstatsError: no such file, department or period.
        KnowledgeError: a layout or a seed is wrong.
    """
    if not path.is_file():
        raise GovstatsError(f"there is no file {path}", "check the path")
    knowledge = load_knowledge(settings)
    aliases = load_department_aliases(settings.dbt_project / "seeds")
    folders = path.resolve().parent
    code = _department(department, aliases) or aliases.get(folders.parent.name, "")
    limits = Limits()
    looker = Looker(knowledge, limits, code, _period(period, folders.name), path.name)
    (result,) = run_jailed(looker.look, [path.resolve()], limits, workers=1)
    if isinstance(result, Died):
        found = Inspection(path.name, looker.department, looker.period)
        return looker.refused(found, Refused("reader_crashed", detail=result.detail))
    return result


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
