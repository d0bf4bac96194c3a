"""``govstats template``: which forms a department owes for a period, and their workbook."""

import calendar
import csv
import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from govstats.errors import GovstatsError
from govstats.files import write_atomic
from govstats.layouts.knowledge import load_knowledge
from govstats.layouts.model import Layout
from govstats.layouts.reading import Knowledge
from govstats.layouts.seeds import load_department_aliases
from govstats.layouts.timing import releases_in
from govstats.settings import Settings
from govstats.template.draw import draw
from govstats.template.form import Filler, Form
from govstats.template.last import last_period
from govstats.template.register import register_form

_PERIOD = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])")


@dataclass(frozen=True)
class Made:
    """One form of a workbook: cells to fill in, rows for new entries, the period shown in grey."""

    layout_id: str
    title: str
    inputs: int
    room: int
    last_period: str


def make_template(
    settings: Settings,
    department: str,
    period: str,
    out: Path | None = None,
    layout_ids: tuple[str, ...] = (),
    *,
    overwrite: bool = False,
) -> tuple[Path, tuple[Made, ...]]:
    """Write the workbook that a department fills in for a period.

    Args:
        settings: where layouts, tables and releases lie.
        department: code or any alias.
        period: YYYY-MM, the last month reported.
        out: the file to write; named after department and period in the working folder if None.
        layout_ids: only these forms; all that are due if empty.
        overwrite: replace a file that is there.

    Returns:
        The file and what stands in it.

    Raises:
        GovstatsError: unknown department, period or form, nothing due, or the file exists.
        KnowledgeError: a layout or a table is wrong.
    """
    if not _PERIOD.fullmatch(period):
        raise GovstatsError(f"the period is {period!r}", "write it as YYYY-MM, e.g. 2020-03")
    knowledge = load_knowledge(settings)
    code = _department(settings, knowledge, department)
    layouts = _due(knowledge, code, period, layout_ids)
    forms = tuple(_form(settings, knowledge, layout, period) for layout in layouts)
    name = knowledge.seeds.departments[code].zh
    path = out or Path(f"{name}_{period}_填报表.xlsx")
    if path.exists() and not overwrite:
        raise GovstatsError(f"{path} is there already", "name another --out, or add --overwrite")
    year, month = int(period[:4]), int(period[5:])
    created = date(year, month, calendar.monthrange(year, month)[1])
    write_atomic(path, draw([form for form, _ in forms], name, created))
    return path, tuple(Made(f.layout.id, f.title, f.inputs, f.room, last) for f, last in forms)


def _department(settings: Settings, knowledge: Knowledge, given: str) -> str:
    if given in knowledge.seeds.departments:
        return given
    aliases = load_department_aliases(settings.dbt_project / "seeds")
    if given not in aliases:
        known = ", ".join(sorted(knowledge.seeds.departments))
        raise GovstatsError(f"no department is called {given!r}", f"use one of: {known}")
    return aliases[given]


def _due(
    knowledge: Knowledge, department: str, period: str, wanted: tuple[str, ...]
) -> list[Layout]:
    own = [layout for layout in knowledge.layouts if layout.department == department]
    names = {layout.id for layout in own}
    for name in wanted:
        if name not in names:
            known = ", ".join(sorted(names)) or "none"
            raise GovstatsError(f"{department} has no layout {name!r}", f"its layouts are: {known}")
    due = [
        layout.at(period)
        for layout in own
        if layout.is_valid(period)
        and releases_in(layout.cycle, int(period[5:]))
        and (not wanted or layout.id in wanted)
    ]
    if not due:
        raise GovstatsError(
            f"{department} owes no form for {period}",
            "check the period (a cumulative sheet has no January) and the layouts' validity",
        )
    return due


def _form(
    settings: Settings, knowledge: Knowledge, layout: Layout, period: str
) -> tuple[Form, str]:
    is_table = layout.shape == "table"
    last = last_period(settings, layout.id, period, is_table=is_table)
    filler = Filler(layout, period, knowledge.seeds, _factors(settings), last)
    return (filler.form() if is_table else register_form(filler)), last.time_period


def _factors(settings: Settings) -> dict[str, Decimal]:
    with (settings.dbt_project / "seeds" / "units.csv").open(encoding="utf-8-sig") as stream:
        return {
            row["unit_measure"]: Decimal(row["factor_to_base"]) for row in csv.DictReader(stream)
        }
