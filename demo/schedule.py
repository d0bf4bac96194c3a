"""When each file arrives; knows no clock but the tables ``sheets/*.yml``."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from demo.periods import Period, legal_periods
from demo.records import Knowledge

SATURDAY = 5
FIRST = "first"


@dataclass(frozen=True)
class Arrival:
    """One edition of one file: which sheets stand in it, and when it is received."""

    sheets: tuple[dict[str, Any], ...]
    period: Period
    edition: str
    at: datetime


def arrivals(knowledge: Knowledge) -> list[Arrival]:
    """Every file that was handed in, with its local time of receipt."""
    found = []
    for sheet_id, sheet in knowledge.sheets.items():
        if "schedule" in sheet:
            found += _of_file(knowledge, sheet_id, sheet["schedule"])
    return found


def sheets_of(knowledge: Knowledge, file: str, period: Period) -> tuple[dict[str, Any], ...]:
    """The sheets of one file in one period, the one that it is named after first."""
    others = [s for s in knowledge.sheets.values() if s.get("workbook") == file]
    return tuple(sheet for sheet in (knowledge.sheets[file], *others) if _is_due(sheet, period))


def _is_due(sheet: dict[str, Any], period: Period) -> bool:
    return sheet.get("frequency", "M") == "M" or period.is_quarter_end


def _of_file(knowledge: Knowledge, file: str, habit: dict[str, Any]) -> list[Arrival]:
    years = habit.get("years", knowledge.years)
    times: dict[tuple[Period, str], datetime] = {}
    due = [p for p in legal_periods(years) if _is_due(knowledge.sheets[file], p)]
    for number, period in enumerate(due):
        if str(period) not in habit.get("missing", {}):
            times[period, FIRST] = _usual(habit, number, period)
    for entry in habit.get("received", []):
        times[Period.parse(entry["period"]), entry["edition"]] = entry["at"]
    return [
        Arrival(sheets_of(knowledge, file, period), period, edition, at)
        for (period, edition), at in times.items()
    ]


def _usual(habit: dict[str, Any], number: int, period: Period) -> datetime:
    day = period.day_after(habit["days"][number % len(habit["days"])])
    day -= timedelta(days=max(0, day.weekday() - SATURDAY + 1))
    clock = time.fromisoformat(habit["times"][number % len(habit["times"])])
    return datetime.combine(day, clock)
