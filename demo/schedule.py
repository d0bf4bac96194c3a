"""When each sheet arrives; knows no clock but the table ``schedule.yml``."""

from datetime import datetime, time, timedelta
from typing import Any

from demo.periods import Period, legal_periods

SATURDAY = 5


def arrivals(schedule: dict[str, Any]) -> dict[tuple[str, str, str], datetime]:
    """Local time of receipt by (sheet, YYYY-MM, edition); every first edition is among them."""
    times: dict[tuple[str, str, str], datetime] = {}
    periods = legal_periods(int(year) for year in schedule["years"])
    for sheet, habit in schedule["sheets"].items():
        for number, period in enumerate(periods):
            times[sheet, str(period), "first"] = _usual(habit, number, period)
    for entry in schedule["received"]:
        times[entry["sheet"], str(entry["period"]), entry["edition"]] = entry["at"]
    return times


def _usual(habit: dict[str, Any], number: int, period: Period) -> datetime:
    day = period.day_after(habit["days"][number % len(habit["days"])])
    day -= timedelta(days=max(0, day.weekday() - SATURDAY + 1))
    clock = time.fromisoformat(habit["times"][number % len(habit["times"])])
    return datetime.combine(day, clock)
