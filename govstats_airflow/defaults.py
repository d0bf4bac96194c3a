"""What all DAGs share: how often they try, how long, in whose name, and how errors speak."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from logging import getLogger
from pathlib import Path
from typing import Any, NoReturn

from airflow.sdk.exceptions import AirflowFailException, AirflowSkipException

from govstats.errors import Busy, GovstatsError, NothingReceived
from govstats_airflow.notify import failure_callback
from govstats_airflow.tasklogs import logged

DAG_SETTINGS: dict[str, Any] = {
    "catchup": False,
    "max_active_runs": 1,
    "is_paused_upon_creation": False,
    "default_args": {
        "owner": "govstats",
        "retries": 3,
        # an accident of the machine is waited out: 1, 2, 4 minutes, with some jitter
        "retry_delay": timedelta(minutes=1),
        "retry_exponential_backoff": 2.0,
        "max_retry_delay": timedelta(minutes=10),
        "execution_timeout": timedelta(hours=1),
        "on_failure_callback": failure_callback,
    },
}


@contextmanager
def errors_speak() -> Iterator[None]:
    """Let a failure that a person must mend end the task at once, in its own words.

    A retry helps against a busy warehouse and against accidents of the machine, so those
    pass unchanged; it cannot help against a wrong seed or a held release. Meanwhile what
    ``govstats`` logs goes to its own log file too.

    Raises:
        AirflowSkipException: nothing had been received by the day that is asked for.
        AirflowFailException: any other ``GovstatsError``, with the same text.
    """
    try:
        with logged():
            yield
    except Busy:
        raise
    except NothingReceived as error:
        stop_here(str(error))
    except GovstatsError as error:
        raise AirflowFailException(str(error)) from error


def stop_here(why: str) -> NoReturn:
    """Skip the task and say why; its assets are not announced, so nothing downstream starts."""
    getLogger("govstats").info(why)
    raise AirflowSkipException(why)


def stop_if_nothing_new(summary: dict[str, Any], raw: Path) -> None:
    """Stop before the warehouse is touched where these inputs are released or held already."""
    if not summary["submissions"]:
        stop_here(f"no spreadsheet is registered yet: put some into {raw}")
    if summary["held"]:
        stop_here(f"nothing new since release {summary['release_id']} was held by the audit")
    if summary["unsigned"]:
        stop_here(f"nothing new since release {summary['release_id']}, which is not signed")
    if not summary["new"]:
        stop_here(f"nothing new: release {summary['release_id']} covers everything received")
    if summary["unread"]:
        stop_here(f"{summary['unread']} other sheets are not read yet: run ingest for all of them")
