"""Reminders ask for what the mart of reporting duties says was not there, on the whole year."""

from datetime import timedelta

import pytest

from govstats import reminders
from govstats.release import reader
from govstats.settings import Settings

pytestmark = pytest.mark.slow

_DUTIES = """
select department_code, layout_id, strftime(period_end, '%Y-%m') as time_period, due_date,
    cast(first_received_at as date) as first_received_on
from marts.fct_reporting_duty
"""


def test_the_day_after_each_deadline_asks_for_what_was_late_or_missing(
    first_release: Settings,
) -> None:
    with reader.connect(first_release) as connection:
        duties = reader.rows(connection, _DUTIES)
    newest = max(row["time_period"] for row in duties)
    asked = 0
    for deadline in sorted({row["due_date"] for row in duties}):
        on = deadline + timedelta(days=1)
        found = {
            (each.owed.department_code, each.owed.layout_id, each.owed.time_period)
            for each in reminders.due(first_release, on)
            if each.stage.days_after == 1 and each.owed.time_period <= newest
        }
        wanted = {
            (row["department_code"], row["layout_id"], row["time_period"])
            for row in duties
            if row["due_date"] == deadline
            and (row["first_received_on"] is None or row["first_received_on"] > on)
        }
        assert found == wanted, on
        asked += len(found)
    assert asked > 20
