"""Tasks that more than one DAG is made of."""

from airflow.providers.standard.operators.trigger_dagrun import TriggerDagRunOperator
from airflow.sdk import get_current_context, task

from govstats import notices, pipeline
from govstats.batches import Batch
from govstats.settings import Settings
from govstats_airflow.assets import FACTS
from govstats_airflow.defaults import errors_speak, stop_if_nothing_new
from govstats_airflow.notify import tell_of


@task(
    map_index_template="{{ label }}",
    max_active_tis_per_dagrun=2,
    doc_md="读取一批报表，按部门和报告期命名。Read one batch of submissions into facts.",
)
def parse(batch: Batch) -> dict[str, int]:
    """Read one batch into facts; return how many were accepted and refused."""
    with errors_speak():
        counts = pipeline.parse(Settings.from_environment(), batch["submission_ids"])
    outcome = "{label}：接收 {accepted}，退回 {refused}".format(**batch, **counts)
    get_current_context()["label"] = outcome
    return counts


@task(outlets=[FACTS], trigger_rule="none_failed")
def collect() -> dict[str, object]:
    """Tell of refused files; announce the facts, or stop where the current release covers them."""
    settings = Settings.from_environment()
    with errors_speak():
        summary = pipeline.facts_ready(settings)
        tell_of(notices.refused, settings)
    stop_if_nothing_new(summary, settings.raw)
    return summary


def announce() -> TriggerDagRunOperator:
    """Return the task that starts ``transform`` after ``collect``, for DAGs with partitions.

    An asset told by a partition starts no DAG without partitions, so it is started by name. The
    run is named by its inputs: whichever partition comes last, it is the same one.
    """
    return TriggerDagRunOperator(
        task_id="announce",
        trigger_dag_id="transform",
        trigger_run_id="reload__{{ ti.xcom_pull(task_ids='collect')['release_id'] }}",
        skip_when_already_exists=True,
        doc_md="启动加工流程。Start `transform` with the facts of all periods.",
    )
