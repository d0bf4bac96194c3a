"""## care: the daily look after the installation

日常维护：每日检查系统状况、清理过期内容、更新监控指标；发现需要处理的问题时任务变红并给出处理办法。

`examine` asks `govstats doctor` whether anything needs mending and turns red when something
does: the log names it with its remedy. `make_room` removes what is kept no longer: releases and
rebuilt pasts beyond `GOVSTATS_KEEP_RELEASES`, facts of layouts that are not in use, leftovers of
killed runs, old log files. `measure` writes `data/metrics/govstats.prom` for a monitoring system,
whatever became of the other two. Nothing here changes what is released.
"""

from airflow.sdk import dag, task

from govstats import doctor, metrics, retention
from govstats.settings import Settings
from govstats_airflow.assets import WAREHOUSE_POOL
from govstats_airflow.defaults import DAG_SETTINGS, errors_speak
from govstats_airflow.timetables import daily


@task
def examine() -> dict[str, int]:
    """检查系统状况。Count what the doctor finds by state; fail where something needs mending."""
    with errors_speak():
        return doctor.stop_if_ill(Settings.from_environment())


@task(pool=WAREHOUSE_POOL)
def make_room() -> int:
    """清理过期内容。Remove what is kept no longer; return how many things went."""
    with errors_speak():
        return len(retention.prune(Settings.from_environment()))


@task(trigger_rule="all_done")
def measure() -> str:
    """更新监控指标。Write the metrics; return where."""
    with errors_speak():
        return str(metrics.write(Settings.from_environment()))


@dag(schedule=daily("06:10"), doc_md=__doc__, tags=["govstats", "维护"], **DAG_SETTINGS)
def care() -> None:
    """Wire examine and make_room, one after the other or not, then measure."""
    [examine(), make_room()] >> measure()


care()
