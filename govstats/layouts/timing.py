"""Does a sheet say the period of the folder it lies in?"""

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
}


def stated_periods(title: str, sheet_name: str, file: str) -> dict[str, Statement]:
    """What each place says, by its name; places that say nothing are left out."""
    places = {"title": title, "sheet_name": sheet_name, "file_name": PurePath(file).stem}
    found = {place: find_period(text) for place, text in places.items()}
    return {place: statement for place, statement in found.items() if statement}


def check_period(layout: Layout, period: str, title: str, sheet_name: str, file: str) -> None:
    """Hold every statement of the period against the folder's.

    Args:
        layout: says where to look and in which months the sheet is released.
        period: the folder's, YYYY-MM.
        title: text of the title cell.
        sheet_name: name of the sheet.
        file: name of the file as people know it.

    Raises:
        Refused: ``period_conflict`` or ``period_missing``.
    """
    year, month = int(period[:4]), int(period[5:])
    months, variant = _RELEASES[layout.cycle]
    if month not in months:
        raise Refused("period_conflict", variant=variant, sheet=sheet_name, expected=period)
    stated = {
        place: statement
        for place, statement in stated_periods(title, sheet_name, file).items()
        if place in layout.period_sources
    }
    for place, statement in stated.items():
        if not statement.agrees(year, month):
            raise _conflict(place, statement, sheet_name, period)
    if not any(statement.last for statement in stated.values()):
        example = _example(layout, period)
        raise Refused("period_missing", sheet=sheet_name, expected=period, example=example)


def _conflict(place: str, statement: Statement, sheet_name: str, period: str) -> Refused:
    return Refused(
        "period_conflict",
        variant="folder",
        sheet=sheet_name,
        place=words(place),
        stated=statement.text,
        expected=period,
    )


def _example(layout: Layout, period: str) -> str:
    year, month = int(period[:4]), int(period[5:])
    months = f"1-{month}月" if layout.cycle == "cumulative_month" else f"{month}月"
    return f"{year}年{months}{layout.name_zh}"
