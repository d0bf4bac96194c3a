"""## rebuild: a past release, as it was known at the end of a day

历史重建：按某日终了时已收到的报表，用现行口径重建当日应有的发布结果，另行存放，不影响现行发布；重复运行不改变结果。

One partition per day, named by it (`2020-12-31`). A run builds, audits and keeps the release that
the spreadsheets received by the end of that day give with today's layouts and rules; the current
release stays as it is. A day on which nothing had been received yet is skipped, and one that is
kept already is not built again. It is one task, for the runs of a backfill overlap and a past
being built takes the place of another that is not kept yet.

The last day of every month is rebuilt by itself, a month later. A year by hand:

    airflow backfill create --dag-id rebuild --from-date 2020-01-01 --to-date 2020-12-31

or any day: trigger it with the parameter `as_of`. `GOVSTATS_KEEP_RELEASES` of them are kept.
"""

from airflow.sdk import dag, task

from govstats import pipeline
from govstats.settings import Settings
from govstats_airflow import params
from govstats_airflow.assets import WAREHOUSE_POOL
from govstats_airflow.defaults import DAG_SETTINGS, errors_speak
from govstats_airflow.timetables import by_last_day


@task(pool=WAREHOUSE_POOL)
def keep() -> dict[str, object]:
    """Build, audit and keep what was known at the end of the day; return its release id."""
    settings = Settings.from_environment()
    with errors_speak():
        return pipeline.run(settings, params.last_day(settings))


@dag(
    schedule=by_last_day(),
    params={"as_of": params.as_of()},
    doc_md=__doc__,
    tags=["govstats", "历史重建"],
    **DAG_SETTINGS,
)
def rebuild() -> None:
    """Wire the one task keep."""
    keep()


rebuild()
