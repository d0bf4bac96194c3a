"""The assets that chain the DAGs, and the pool in which one at a time opens a warehouse."""

import os

from airflow.sdk import Asset, AssetWatcher

from govstats.errors import GovstatsError
from govstats.settings import Settings
from govstats_airflow.folder import FolderTrigger

#: One writer at a time: everything that touches a warehouse file runs in this 1-slot pool.
WAREHOUSE_POOL = "warehouse"


def _quiet_seconds() -> float:
    text = os.environ.get("GOVSTATS_WATCH_SECONDS") or "20"
    if not text.isdigit() or int(text) < 1:
        raise GovstatsError(
            f"GOVSTATS_WATCH_SECONDS is {text!r}", "set it to a whole number of 1 or more"
        )
    return int(text)


#: Comes from outside: told by the watcher of the folder, brought by no DAG.
INBOX = Asset(
    name="govstats_inbox",
    uri="x-govstats://data/raw",
    group="govstats",
    watchers=[
        AssetWatcher(
            name="govstats_folder",
            trigger=FolderTrigger(str(Settings.from_environment().raw), _quiet_seconds()),
        )
    ],
)
FACTS = Asset(name="govstats_facts", uri="x-govstats://data/facts", group="govstats")
CANDIDATE = Asset(name="govstats_candidate", uri="x-govstats://data/candidates", group="govstats")
RELEASE = Asset(name="govstats_release", uri="x-govstats://data/releases", group="govstats")
