"""Everything there is to see in one file: for the data engineer who writes a layout."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from govstats.errors import Refusal
from govstats.layouts.choose import LIKE, choose, every_match
from govstats.layouts.extract import Origin
from govstats.layouts.facts import CellFate, Fate, Observation, count_fates
from govstats.layouts.fates import Fates
from govstats.layouts.match import Match
from govstats.layouts.periods import find_period
from govstats.layouts.reading import Knowledge, open_workbook, read_match
from govstats.layouts.timing import stated_periods
from govstats.workbooks.cells import Sheet, Workbook, address, column_letters
from govstats.workbooks.limits import Limits
from govstats.workbooks.refusals import Refused, Words, words

#: A period in which every layout still in use is valid, where a file states none.
_OPEN_END = "9999-12"
_FIRST = 12


@dataclass(frozen=True)
class Likeness:
    """How far the best sheet satisfies one layout."""

    layout_id: str
    department: str
    name_zh: str
    sheet: str
    score: float
    is_full: bool
    missing: tuple[str, ...]
    extra: tuple[str, ...]


@dataclass(frozen=True)
class Inspection:
    """What was found in a file.

    ``header`` has one entry per column of the header block (column letters, label, unit, id in
    the layout); ``likeness`` the layouts, best first; ``refusal`` why the file would be refused.
    """

    file: str
    department: str
    period: str
    sheets: tuple[dict[str, Any], ...] = ()
    title: str = ""
    unit_line: str = ""
    periods: tuple[tuple[str, str], ...] = ()
    header_block: str = ""
    header: tuple[dict[str, str], ...] = ()
    layout_id: str | None = None
    likeness: tuple[Likeness, ...] = ()
    refusal: Refusal | None = None
    fates: tuple[tuple[Fate, int], ...] = ()
    unmapped: tuple[CellFate, ...] = ()
    observations: tuple[Observation, ...] = ()
    observations_total: int = 0

    def as_dict(self) -> dict[str, Any]:
        """The same as plain values that JSON can hold; figures and dates as text."""
        plain = {name: _plain(value) for name, value in asdict(self).items()}
        return plain | {"periods": dict(self.periods), "fates": dict(self.fates)}


@dataclass(frozen=True)
class Looker:
    """The job of a reader process that inspects; picklable.

    ``department`` and ``period`` are empty where neither the caller nor the folder says them.
    """

    knowledge: Knowledge
    limits: Limits
    department: str
    period: str
    file: str

    def look(self, path: Path) -> Inspection:
        """Look at a file; a reason to refuse it is part of what is found."""
        found = Inspection(self.file, self.department, self.period)
        try:
            workbook = open_workbook(path, self.limits)
            return self._workbook(workbook, found)
        except Refused as reason:
            return self.refused(found, reason)

    def refused(self, found: Inspection, reason: Refused) -> Inspection:
        """What was found, with the reason for which the file would be refused."""
        names = self.knowledge.seeds.departments
        code = found.department
        if reason.facts.get("expected") == _OPEN_END:
            reason.facts["expected"] = words("any_period")
        return replace(
            found,
            refusal=reason.refusal(self.file, names.get(code, Words(code or "?", code or "?"))),
        )

    def _workbook(self, workbook: Workbook, found: Inspection) -> Inspection:
        seeds = self.knowledge.seeds
        period = self.period or _stated(workbook, self.file) or _OPEN_END
        matches = every_match(workbook, self.knowledge.layouts, period, seeds)
        department = self.department or _owner(matches)
        found = replace(
            found,
            department=department,
            period="" if period == _OPEN_END else period,
            sheets=tuple(_sheet(sheet) for sheet in workbook.sheets),
            likeness=_likenesses(matches),
            **(_described(matches[0], self.file) if matches else {}),
        )
        origin = Origin("", department, period)
        try:
            match = choose(matches, department, period, seeds)
            found = replace(found, layout_id=match.layout.id, **_described(match, self.file))
            reading = read_match(workbook, match, self.knowledge, origin, self.file)
        except Refused as reason:
            return self.refused(found, reason)
        return replace(
            found,
            fates=tuple(count_fates(reading.cells).items()),
            unmapped=tuple(cell for cell in reading.cells if cell.fate == "unmapped"),
            observations=reading.observations[:_FIRST],
            observations_total=len(reading.observations),
        )


def _owner(matches: Sequence[Match]) -> str:
    """The department whose sheet it looks like, '' where it looks like none."""
    best = next((match for match in matches if match.score >= LIKE), None)
    return best.layout.department if best else ""


def _stated(workbook: Workbook, file: str) -> str:
    """The first full period among file name, sheet names and the sheets' first rows."""
    texts = [Path(file).stem, *(sheet.name for sheet in workbook.sheets)]
    texts += [c.text for s in workbook.sheets for c in s.in_order() if c.row <= 3]
    for text in texts:
        period = find_period(text)
        if period and period.year and period.last:
            return f"{period.year}-{period.last:02d}"
    return ""


def _sheet(sheet: Sheet) -> dict[str, Any]:
    return {
        "name": sheet.name,
        "visible": sheet.is_visible,
        "cells": len(sheet.cells),
        "last_cell": address(sheet.last_row, sheet.last_column) if sheet.cells else "",
        "merged": len(sheet.merges),
    }


def _likenesses(matches: Sequence[Match]) -> tuple[Likeness, ...]:
    return tuple(
        Likeness(
            match.layout.id,
            match.layout.department,
            match.layout.name_zh,
            match.sheet.name,
            round(match.score, 3),
            match.is_full,
            match.missing,
            match.extra,
        )
        for match in matches
    )


def _described(match: Match, file: str) -> dict[str, Any]:
    """Title, unit line, periods and header block as a match sees them."""
    stated = stated_periods(match.title_text, match.sheet.name, file)
    described: dict[str, Any] = {
        "title": match.title_text,
        "periods": tuple((place, statement.text) for place, statement in stated.items()),
    }
    header = match.header
    if header is None or match.rows is None:
        return described
    ids = {heading.column: name for name, heading in header.found.items()}
    headings = sorted([*header.found.values(), *header.extra], key=lambda h: h.column)
    line = Fates(match).unit_line
    first, last = headings[0].column, headings[-1].column
    return described | {
        "unit_line": line[0].text.strip() if line else "",
        "header_block": f"{address(header.top, first)}:{address(header.bottom, last)}",
        "header": tuple(
            {
                "column": column_letters(heading.column),
                "label": heading.shown,
                "unit": heading.unit or "",
                "id": ids.get(heading.column, ""),
            }
            for heading in headings
        ),
    }


def _plain(value: Any) -> Any:  # noqa: ANN401 - whatever JSON can hold
    if isinstance(value, dict):
        return {key: _plain(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(entry) for entry in value]
    return str(value) if isinstance(value, Decimal | date) else value
