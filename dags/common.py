"""What the three DAGs share: the assets that chain them, their settings, how errors speak."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from logging import getLogger
from pathlib import Path
from typing import Any, NoReturn

from airflow.sdk import Asset
from airflow.sdk.exceptions import AirflowFailException, AirflowSkipException

from govstats.errors import Busy, GovstatsError

#: When the live scheduler looks for new spreadsheets (cron, in the district's time zone).
INGEST_SCHEDULE = os.environ.get("GOVSTATS_INGEST_SCHEDULE") or "*/15 * * * *"

#: One writer at a time: everything that touches a warehouse file runs in this 1-slot pool.
WAREHOUSE_POOL = "warehouse"

FACTS = Asset(name="govstats_facts", uri="x-govstats://data/facts", group="govstats")
CANDIDATE = Asset(name="govstats_candidate", uri="x-govstats://data/candidates", group="govstats")
RELEASE = Asset(name="govstats_release", uri="x-govstats://data/releases", group="govstats")

DAG_SETTINGS: dict[str, Any] = {
    "catchup": False,
    "max_active_runs": 1,
    "is_paused_upon_creation": False,
    "default_args": {
        "owner": "govstats",
        "retries": 2,
        "retry_delay": timedelta(minutes=1),
        "execution_timeout": timedelta(hours=1),
    },
}


@contextmanager
def errors_speak() -> Iterator[None]:
    """Let a failure that a person must mend end the task at once, in its own words.

    A retry helps against a busy warehouse and against accidents of the machine, so those
    pass unchanged; it cannot help against a wrong seed or a held release.

    Raises:
        AirflowFailException: any other ``GovstatsError``, with the same text.
    """
    try:
        yield
    except Busy:
        raise
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
    if not summary["new"]:
        stop_here(f"nothing new: release {summary['release_id']} covers everything received")
