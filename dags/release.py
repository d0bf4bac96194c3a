"""## release: an audited candidate becomes the current release

发布：审核通过的候选库经签发（启用签发时）后正式发布；被退回或有强制性审核问题的不发布，上一版继续有效。

`publish` writes exports and reports into the release folder and switches `current` to it.
When a hard audit finding holds the candidate, the task fails at once with the findings in
its log and the last good release stays current.

Where sign-off is switched on (`GOVSTATS_SIGN_OFF=on`), `waiting` puts into words what is to be
decided, `sign_off` waits for a person's answer under *Required Actions*, `record` writes it into
`data/signoffs.csv`. Rejected, the rest is skipped and the last release stands. A request ends by
itself when a newer release was published or the command line has decided.
"""

from airflow.sdk import dag, task

from govstats import notices, pipeline
from govstats.settings import Settings
from govstats_airflow import signoff
from govstats_airflow.assets import CANDIDATE, RELEASE, WAREHOUSE_POOL
from govstats_airflow.defaults import DAG_SETTINGS, errors_speak, stop_here
from govstats_airflow.notify import tell_of

IS_ASKED = signoff.is_asked()
SETTINGS = signoff.SIGNED_DAG_SETTINGS if IS_ASKED else DAG_SETTINGS


@task
def waiting() -> dict[str, str]:
    """Return the newest audited candidate and what is to be decided about it."""
    with errors_speak():
        asked = pipeline.sign_off_request(Settings.from_environment())
        if asked is None:
            stop_here("no audited candidate waits for publication")
        tell_of(notices.sign_off_wanted, asked)
    return asked


@task
def record(asked: dict[str, str], answer: dict[str, object] | None) -> str:
    """Write the answer into the book of decisions; stop here where it was rejected."""
    return signoff.record(asked["release_id"], answer)


@task(pool=WAREHOUSE_POOL, outlets=[RELEASE])
def publish(signed: str | None = None) -> dict[str, object]:
    """Publish the audited candidate, or the one that was signed; return what was published."""
    settings = Settings.from_environment()
    with errors_speak():
        release_id = signed or pipeline.pending_release(settings)
        if release_id is None:
            stop_here("no audited candidate waits for publication")
        manifest = pipeline.publish(settings, release_id)
        tell_of(notices.published, manifest)
    return manifest


@dag(schedule=[CANDIDATE], doc_md=__doc__, tags=["govstats", "发布"], **SETTINGS)
def release() -> None:
    """Wire publish; before it waiting → sign_off → record where people are asked."""
    if IS_ASKED:
        asked = waiting()
        words = "Ask a person to sign the release, and wait for the answer."
        answer = signoff.SignOff(task_id="sign_off", asked=asked, doc_md=words)
        publish(record(asked, answer.output))
    else:
        publish()


release()
