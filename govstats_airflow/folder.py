"""The trigger that starts ``ingest`` when spreadsheets came into the folder."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from airflow.triggers.base import BaseEventTrigger, TriggerEvent

from govstats.intake import watching


class FolderTrigger(BaseEventTrigger):
    """Fires when files below a folder came, changed or went and then nothing did for a while.

    Args:
        folder: the folder, absolute. Its files are never opened, moved or deleted.
        quiet_seconds: nothing may change for so long before it fires.

    What counts as a change, what a restart and an unreadable folder do: ``watching.watch``.
    """

    def __init__(self, folder: str, quiet_seconds: float) -> None:
        super().__init__()
        self.folder = folder
        self.quiet_seconds = quiet_seconds

    def serialize(self) -> tuple[str, dict[str, Any]]:
        """Return what another process needs to make this trigger again."""
        return (
            "govstats_airflow.folder.FolderTrigger",
            {"folder": self.folder, "quiet_seconds": self.quiet_seconds},
        )

    async def run(self) -> AsyncIterator[TriggerEvent]:
        """Watch for ever; every event says how many files are new, changed and gone."""
        async for news in watching.watch(Path(self.folder), self.quiet_seconds):
            yield TriggerEvent(news)
