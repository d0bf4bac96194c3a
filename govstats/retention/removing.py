"""Removing what is kept no longer."""

import logging
from collections.abc import Sequence

from govstats.files import exclusive, remove_tree
from govstats.intake import ledger_lock
from govstats.release import releases
from govstats.retention.model import Item
from govstats.retention.planning import plan
from govstats.settings import Settings
from govstats.steps import step

log = logging.getLogger("govstats")


@step("prune")
def prune(settings: Settings) -> Sequence[Item]:
    """Remove what ``plan`` names; a kill in between leaves the rest for the next time.

    Nothing can be registered, built or published meanwhile.

    Returns:
        What was removed.

    Raises:
        Busy: a run is at work.
    """
    if not settings.data.is_dir():
        return []
    with (
        exclusive(settings.data / ".warehouse.lock", "building or publishing"),
        ledger_lock(settings),
    ):
        removed = [item for item in plan(settings) if _remove(settings, item)]
    for item in removed:
        name = item.path.relative_to(settings.data)
        log.info("prune: %s %s removed: %s", item.kind, name, item.why)
    total = sum(item.size for item in removed)
    log.info("prune: %d things removed, %.1f MB", len(removed), total / 1e6)
    return removed


def _remove(settings: Settings, item: Item) -> bool:
    """Remove one thing; not a release that somebody switched to since it was named."""
    if item.path.name == releases.current_id(settings):
        return False
    if item.path.is_dir() and not item.path.is_symlink():
        remove_tree(item.path)
    else:
        item.path.unlink(missing_ok=True)
    return True
