"""Does a table say the period of the folder it lies in?

The folder is what the department said. A title that says otherwise is last year's title left in
place: the file is refused. A lesser place may be wrong where the title, or another place in full,
confirms the folder.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath

from govstats.layouts.model import Layout
from govstats.layouts.periods import Statement, find_period
from govstats.workbooks.refusals import Refused, words

#: Months a cycle releases in, with the text for any other.
_RELEASES = {
    "cumulative_month": (range(2, 13), "january"),
    "month": (range(1, 13), "january"),
    "quarter": (range(3, 13, 3), "quarter"),
    "year": (range(12, 13), "year"),
    "any": (range(1, 13), "january"),
}


@dataclass(frozen=True, slots=True)
class Places:
    """Where a table's period may be stated.

    ``titles`` are all lines taken for its title, ``newest`` the last period that its columns or
    rows stand for.
    """

    titles: tuple[str, ...]
    sheet_name: str
    file: str
    newest: date | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """A statement and the place it was made in."""

    place: str
    statement: Statement


def releases_in(cycle: str, month: int) -> bool:
    """Whether a cycle has a release for a month."""
    return month in _RELEASES[cycle][0]


def check_period(layout: Layout, period: str, places: Places) -> tuple[Said, ...]:
    """Hold every statement of the period against the folder's.

    Args:
        layout: says where to look and in which months the sheet is released.
        period: the folder's, YYYY-MM.
        places: texts in which it may be stated.

    Returns:
        Statements of lesser places that disagree while the period is sure.

    Raises:
        Refused: ``period_conflict`` or ``period_missing``.
    """
    year, month = int(period[:4]), int(period[5:])
    months, variant = _RELEASES[layout.cycle]
    sheet = places.sheet_name
    if month not in months:
        raise Refused("period_conflict", variant=variant, sheet=sheet, expected=period)
    said = [entry for entry in _said(places) if entry.place in layout.period_sources]
    wrong = [entry for entry in said if not entry.statement.agrees(year, month)]
    right = [entry for entry in said if entry not in wrong]
    for entry in wrong:
        if entry.place == "title" or not _is_sure(layout, right):
            raise _conflict(entry, sheet, period)
    if not any(_states_month(layout, entry.statement) for entry in right):
        example = _example(layout, period)
        raise Refused("period_missing", sheet=sheet, expected=period, example=example)
    return tuple(wrong)


def _is_sure(layout: Layout, right: Sequence[Said]) -> bool:
    """Whether the title, or without one another place, confirms year and month by itself.

    Two places that each say a half confirm nothing where a third contradicts.
    """
    titles = [entry for entry in right if entry.place == "title"]
    return any(_is_whole(layout, entry.statement) for entry in titles or right)


def _said(places: Places) -> list[Said]:
    texts = [("title", title) for title in places.titles]
    texts += [("sheet_name", places.sheet_name), ("file_name", PurePath(places.file).stem)]
    read = [(place, find_period(text)) for place, text in texts]
    found = [Said(place, statement) for place, statement in read if statement]
    if places.newest:
        newest = places.newest
        shown = f"{newest.year}-{newest.month:02d}"
        found.append(Said("header", Statement(shown, newest.year, None, newest.month)))
    return found


def _states_month(layout: Layout, statement: Statement) -> bool:
    return statement.last is not None or (layout.cycle == "year" and statement.year is not None)


def _is_whole(layout: Layout, statement: Statement) -> bool:
    return statement.year is not None and _states_month(layout, statement)


def _conflict(entry: Said, sheet_name: str, period: str) -> Refused:
    return Refused(
        "period_conflict",
        variant="folder",
        sheet=sheet_name,
        place=words(entry.place),
        stated=entry.statement.text,
        expected=period,
    )


def _example(layout: Layout, period: str) -> str:
    year, month = int(period[:4]), int(period[5:])
    months = f"1-{month}月" if layout.cycle == "cumulative_month" else f"{month}月"
    return f"{year}年{months}{layout.name_zh}"
