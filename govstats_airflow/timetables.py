"""When runs begin by themselves, in the district's time zone, and which partitions they are."""

import os

from airflow.sdk import AssetOrTimeSchedule, CronPartitionTimetable, CronTriggerTimetable

from govstats.settings import Settings
from govstats_airflow.assets import INBOX

#: When the folder is looked through even though its watcher said nothing.
INGEST_SCHEDULE = os.environ.get("GOVSTATS_INGEST_SCHEDULE") or "0 * * * *"


def _zone() -> str:
    return Settings.from_environment().timezone


def on_arrival() -> AssetOrTimeSchedule:
    """Return: when files came in, and at the times of ``GOVSTATS_INGEST_SCHEDULE``."""
    clock = CronTriggerTimetable(INGEST_SCHEDULE, timezone=_zone())
    return AssetOrTimeSchedule(assets=[INBOX], timetable=clock)


def by_period() -> CronPartitionTimetable:
    """Return: one partition per month, YYYY-MM, run when the month is over."""
    return CronPartitionTimetable("0 0 1 * *", timezone=_zone(), run_offset=-1, key_format="%Y-%m")


def by_last_day() -> CronPartitionTimetable:
    """Return: one partition per last day of a month, YYYY-MM-DD, run long after it is over."""
    return CronPartitionTimetable(
        "0 0 L * *", timezone=_zone(), run_offset=-1, key_format="%Y-%m-%d"
    )


def daily(clock: str) -> CronTriggerTimetable:
    """Return: every day at this time of the district, ``"HH:MM"``."""
    hour, minute = clock.split(":")
    return CronTriggerTimetable(f"{int(minute)} {int(hour)} * * *", timezone=_zone())
