"""## remind: every morning, who still owes which sheet

催报提醒：每日上午检查报送期限前后仍未收到的报表，提醒报送部门，逾期的同时汇总告知牵头单位；可发送测试消息检查地址。

`ask` looks which sheets are asked for today: their deadline (period end and `due_days` of
`reporting_duties.csv`) lies as many days off as a line of `reminders.csv` says, before or after,
and no accepted file holds them. Each department is told of its own sheets, the bureau of all that
are overdue, by the connection `govstats_notify`; without it the messages stand in the task's log.
Nobody is told the same thing twice, so a second run of a day sends nothing.

Parameters: `on` asks as of another day; `trial` sends a test message to every address instead, and
turns red where one does not take it. `govstats remind --on DAY` lists the same without sending.
"""

from airflow.sdk import dag, task

from govstats.settings import Settings
from govstats_airflow import reminding
from govstats_airflow.defaults import DAG_SETTINGS, errors_speak
from govstats_airflow.timetables import daily


@task
def ask() -> dict[str, int]:
    """发送催报提醒。Tell who owes which sheet; return how many messages were sent."""
    with errors_speak():
        return reminding.remind(Settings.from_environment())


@dag(
    schedule=daily("08:30"),
    params=reminding.PARAMS,
    doc_md=__doc__,
    tags=["govstats", "催报"],
    **DAG_SETTINGS,
)
def remind() -> None:
    """Wire the one task ask."""
    ask()


remind()
