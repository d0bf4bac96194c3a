"""Which sheets are owed for which periods, and by when, from the tables people maintain."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from govstats import seedbook
from govstats.errors import KnowledgeError
from govstats.settings import Settings

_MONTHLY = "M"


@dataclass(frozen=True)
class Owed:
    """One sheet owed for one period, due by the end of ``due_date``."""

    department_code: str
    layout_id: str
    sheet_zh: str
    time_period: str
    period_zh: str
    due_date: date


@dataclass(frozen=True)
class _Period:
    end: date
    time_period: str
    label_zh: str
    is_quarter_end: bool


def owed(settings: Settings) -> tuple[Owed, ...]:
    """Return every sheet of every period in the calendar for which its duty is in force.

    The deadline is counted as in ``fct_reporting_duty``: end of the period plus the duty's days.
    Where two lines of a duty overlap, the one that began later counts.

    Raises:
        KnowledgeError: a table is missing or a line is wrong.
    """
    seeds = settings.dbt_project / "seeds"
    periods = _periods(seeds / "calendar.csv")
    found: dict[tuple[str, str, str], tuple[date, Owed]] = {}
    for since, item in _each(seeds / "reporting_duties.csv", periods):
        key = (item.department_code, item.layout_id, item.time_period)
        if key not in found or found[key][0] < since:
            found[key] = (since, item)
    return tuple(found[key][1] for key in sorted(found))


def _each(path: Path, periods: tuple[_Period, ...]) -> Iterator[tuple[date, Owed]]:
    """Yield each sheet owed beside the first day of its duty."""
    columns = ("layout_id", "name_zh", "department_code", "freq", "due_days")
    for number, row in enumerate(seedbook.rows(path, *columns, "valid_from", "valid_to"), start=2):
        where = f"seeds/{path.name}:{number}"
        since = _day(row["valid_from"], f"{where} valid_from")
        until = _day(row["valid_to"], f"{where} valid_to") if row["valid_to"] else date.max
        days = _term(row["due_days"], f"{where} due_days")
        for period in periods:
            if not since <= period.end <= until:
                continue
            if row["freq"] == _MONTHLY or period.is_quarter_end:
                yield (
                    since,
                    Owed(
                        row["department_code"],
                        row["layout_id"],
                        row["name_zh"],
                        period.time_period,
                        period.label_zh,
                        period.end + days,
                    ),
                )


def _periods(path: Path) -> tuple[_Period, ...]:
    columns = ("period_end", "time_period", "label_zh", "is_quarter_end")
    return tuple(
        _Period(
            _day(row["period_end"], f"seeds/{path.name}:{number} period_end"),
            row["time_period"],
            row["label_zh"],
            row["is_quarter_end"].lower() == "true",
        )
        for number, row in enumerate(seedbook.rows(path, *columns), start=2)
    )


def _day(text: str, where: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise KnowledgeError(f"{where}: “{text}” is no date", "write it like 2020-07-20") from None


def _term(text: str, where: str) -> timedelta:
    try:
        return timedelta(days=int(text))
    except (ValueError, OverflowError):
        raise KnowledgeError(f"{where}: “{text}” is no number of days", "write it as 15") from None
