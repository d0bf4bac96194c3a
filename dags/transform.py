"""## transform: facts become an audited candidate

`build` loads the facts and runs dbt into a new warehouse file, `validate` audits it with
Great Expectations and records the gate's decision. Submissions with a hard finding are set
aside: `validate` builds the candidate again without them. A candidate whose gate says no is
announced too: the `release` DAG turns red and says why.

数据加工：建成候选库并逐条审核；强制性审核未通过的报表暂缓采用，其余照常，由发布流程报告原因。
"""

from airflow.sdk import dag, task
from common import CANDIDATE, DAG_SETTINGS, FACTS, WAREHOUSE_POOL, errors_speak, stop_here

from govstats import pipeline
from govstats.settings import Settings


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
    """Audit the candidate; return the gate's decision."""
    with errors_speak():
        return pipeline.validate(Settings.from_environment(), release_id)


@dag(schedule=[FACTS], doc_md=__doc__, tags=["govstats", "加工"], **DAG_SETTINGS)
def transform() -> None:
    """Wire build → validate, one at a time over all runs."""
    validate(build())


transform()
