"""What people see of a release besides its warehouse: the board and the bulletins."""

import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from govstats.release import board, bulletin, reader
from govstats.release.bulletin import template
from govstats.release.bulletin.contents import contents
from govstats.settings import Settings

log = logging.getLogger("govstats")

WAREHOUSE = "warehouse.duckdb"
BOARD, BULLETIN = "board", "bulletin"


def write(settings: Settings, folder: Path, release: Mapping[str, Any]) -> None:
    """Write board and bulletins into a candidate that the gate lets pass.

    Where no commitment is judged by the latest period there is nothing to show, and neither.

    Args:
        settings: where the bulletin's template is.
        folder: the candidate; its warehouse is read, by nobody written.
        release: ``release_id``, ``latest_period`` (YYYY-MM), ``as_of``, ``gate``.

    Raises:
        KnowledgeError: the bulletin's template has mistakes.
    """
    warehouse = folder / WAREHOUSE
    written = bulletin.write(warehouse, folder / BULLETIN, release, settings)
    periods = sorted({path.stem for path in written})
    if not periods:
        # A release may come before the first commitment's first period.
        log.info("publish: no commitment is judged yet, so there is no board and no bulletin")
        return
    # After the bulletins, which it links.
    notice = _notice(settings, warehouse, release, periods[-1])
    board.write(warehouse, folder / BOARD, release, notice)
    log.info("publish: board; bulletins of %s", ", ".join(periods))


def _notice(settings: Settings, warehouse: Path, release: Mapping[str, Any], period: str) -> str:
    """Return what the bulletin of a period says of data that are not real, or nothing."""
    words = template.load(settings.bulletin)
    with reader.open_warehouse(warehouse) as connection:
        return contents(connection, period, release, words).notice
