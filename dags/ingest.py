"""## ingest: new spreadsheets become facts

新报表入库：收到文件后自动登记、按部门和报告期分批读取、汇总；没有新数据时到此为止，不触发后续流程。

Runs when spreadsheets came into `data/raw` and nothing has changed there for a while (asset
`govstats_inbox`, told by a watcher that opens no file), and by the clock in case the watcher is
not there. `scan` registers new files on the ledger, `parse` reads one batch of them per mapped
task, named by department and period, `collect` announces the facts. A file that cannot be read
is refused with a reason and never fails the run. When the current release already covers
everything, or the audit holds these very inputs and nothing has come in since, `collect` is
skipped and nothing downstream starts.

Parameters, both may be empty: `department` and `period` read only that part now. Every new file
is registered all the same, and a release is made once all of them are read.
"""

from airflow.sdk import dag, task

from govstats import pipeline
from govstats.batches import Batch
from govstats.settings import Settings
from govstats_airflow import params
from govstats_airflow.defaults import DAG_SETTINGS, errors_speak
from govstats_airflow.steps import collect, parse
from govstats_airflow.timetables import on_arrival


@task
def scan() -> list[Batch]:
    """Register new files; return batches of submissions to read."""
    with errors_speak():
        return pipeline.scan(Settings.from_environment(), params.wanted())


@dag(
    schedule=on_arrival(),
    params={"department": params.department(), "period": params.period()},
    doc_md=__doc__,
    tags=["govstats", "入库"],
    **DAG_SETTINGS,
)
def ingest() -> None:
    """Wire scan → parse (one per batch) → collect."""
    parse.expand(batch=scan()) >> collect()


ingest()
