"""## reload: one period's spreadsheets, read again as far as needed

按报告期补读：每个报告期一个分区，只读取该期尚未按现行版式读取的报表；全部读完后启动加工流程，重复运行不改变结果。

One partition per period, named by it (`2020-12`). A run reads the sheets of its period that the
present layouts have not read yet, in two batches of neighbouring departments, and leaves all others
alone: after an edited layout, or where facts were deleted. What is read already is not read again,
so a second run of a partition changes nothing. When all that was received is read and would give
another release, `announce` starts `transform`, once for many partitions.

A partition runs by itself when its month is over. A year by hand:

    airflow backfill create --dag-id reload --from-date 2020-01-01 --to-date 2020-12-31

or one period: trigger it with the partition key or the parameter `period`.
"""

from airflow.sdk import dag, task

from govstats import pipeline
from govstats.batches import Batch
from govstats.settings import Settings
from govstats_airflow import params
from govstats_airflow.defaults import DAG_SETTINGS, errors_speak
from govstats_airflow.steps import announce, collect, parse
from govstats_airflow.timetables import by_period

#: Twelve partitions wait in a backfill, and a task costs more than a sheet: one batch a reader.
BATCHES = 2


@task
def scan() -> list[Batch]:
    """Return the batches of this period that are not read yet; register what is new."""
    with errors_speak():
        return pipeline.scan(Settings.from_environment(), params.one_period(), BATCHES)


@dag(
    schedule=by_period(),
    params={"department": params.department(), "period": params.period()},
    doc_md=__doc__,
    tags=["govstats", "补读"],
    **DAG_SETTINGS,
)
def reload() -> None:
    """Wire scan → parse (one per batch) → collect → announce."""
    parse.expand(batch=scan()) >> collect() >> announce()


reload()
