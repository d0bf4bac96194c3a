"""## ingest: new spreadsheets become facts

`scan` registers new files on the ledger, `parse` reads one batch of them per mapped task,
`collect` announces the facts. A file that cannot be read is refused with a reason and never
fails the run. When the current release already covers everything, or the audit holds these very
inputs and nothing has come in since, `collect` is skipped and nothing downstream starts.

新报表入库:登记新文件、按批读取、汇总;没有新数据时到此为止,不触发后续流程。
"""

from airflow.sdk import dag, get_current_context, task
from common import DAG_SETTINGS, FACTS, INGEST_SCHEDULE, errors_speak, stop_if_nothing_new

from govstats import pipeline
from govstats.settings import Settings


@task
def scan() -> list[list[str]]:
    """Register new files; return batches of submission ids to read."""
    with errors_speak():
        return pipeline.scan(Settings.from_environment())


@task(
    map_index_template="{{ batch }}",
    max_active_tis_per_dagrun=2,
    doc_md="Read one batch of submissions into facts.",  # a mapped task has no docstring
)
def parse(submission_ids: list[str]) -> dict[str, int]:
    """Read one batch into facts; return how many were accepted and refused."""
    with errors_speak():
        counts = pipeline.parse(Settings.from_environment(), submission_ids)
    get_current_context()["batch"] = "{} 份报表:接收 {accepted},退回 {refused}".format(
        len(submission_ids), **counts
    )
    return counts


@task(outlets=[FACTS], trigger_rule="none_failed")
def collect() -> dict[str, object]:
    """Announce the facts, or stop here when the current release covers them."""
    settings = Settings.from_environment()
    with errors_speak():
        summary = pipeline.facts_ready(settings)
    stop_if_nothing_new(summary, settings.raw)
    return summary


@dag(schedule=INGEST_SCHEDULE, doc_md=__doc__, tags=["govstats", "入库"], **DAG_SETTINGS)
def ingest() -> None:
    """Wire scan → parse (one per batch) → collect."""
    parse.expand(submission_ids=scan()) >> collect()


ingest()
