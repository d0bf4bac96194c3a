"""## transform: facts become an audited candidate

数据加工：建成候选库并逐条审核；强制性审核未通过的报表暂缓采用，其余照常，由发布流程报告原因。

`build` loads the facts and runs dbt into a new warehouse file, `validate` audits it with
Great Expectations and records the gate's decision. Submissions with a hard finding are set
aside: `validate` builds the candidate again without them. A candidate whose gate says no is
announced too: the `release` DAG turns red and says why.
"""

from airflow.sdk import dag, task

from govstats import notices, pipeline
from govstats.settings import Settings
from govstats_airflow.assets import CANDIDATE, FACTS, WAREHOUSE_POOL
from govstats_airflow.defaults import DAG_SETTINGS, errors_speak, stop_here
from govstats_airflow.notify import tell_of


@task(pool=WAREHOUSE_POOL)
def build() -> str:
    """Build the candidate warehouse of the present inputs; return its release id."""
    with errors_speak():
        release_id = pipeline.build(Settings.from_environment())
    if release_id is None:
        stop_here("nothing to build: the current release has these inputs")
    return release_id


@task(pool=WAREHOUSE_POOL, outlets=[CANDIDATE])
def validate(release_id: str) -> dict[str, object]:
    """Audit the candidate, tell whose sheets are held; return the gate's decision."""
    settings = Settings.from_environment()
    with errors_speak():
        decision = pipeline.validate(settings, release_id)
        tell_of(notices.audited, settings, release_id, decision)
    return decision


@dag(schedule=[FACTS], doc_md=__doc__, tags=["govstats", "加工"], **DAG_SETTINGS)
def transform() -> None:
    """Wire build → validate, one at a time over all runs."""
    validate(build())


transform()
