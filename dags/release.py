"""## release: an audited candidate becomes the current release

`publish` writes exports and reports into the release folder and switches `current` to it.
When a hard audit finding holds the candidate, the task fails at once with the findings in
its log and the last good release stays current.

发布:审核通过的候选库正式发布;有强制性审核问题的不发布,上一版继续有效。
"""

from airflow.sdk import dag, task
from common import CANDIDATE, DAG_SETTINGS, RELEASE, WAREHOUSE_POOL, errors_speak, stop_here

from govstats import pipeline
from govstats.settings import Settings


@task(pool=WAREHOUSE_POOL, outlets=[RELEASE])
def publish() -> dict[str, object]:
    """Publish the audited candidate; return what was published."""
    settings = Settings.from_environment()
    with errors_speak():
        release_id = pipeline.pending_release(settings)
        if release_id is None:
            stop_here("no audited candidate waits for publication")
        return pipeline.publish(settings, release_id)


@dag(schedule=[CANDIDATE], doc_md=__doc__, tags=["govstats", "发布"], **DAG_SETTINGS)
def release() -> None:
    """Wire the one task publish."""
    publish()


release()
