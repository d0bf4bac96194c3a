"""From a published figure back to the cells it rests on, step by step."""

from typing import Any

import duckdb

from govstats.errors import GovstatsError
from govstats.release import reader, releases
from govstats.settings import Settings
from govstats.tracing.ask import resolve
from govstats.tracing.catalog import Catalog
from govstats.tracing.evidence import Evidence
from govstats.tracing.follow import Follower
from govstats.tracing.model import CellEvidence, Corrected, Step, Trace
from govstats.tracing.originals import Originals

__all__ = ["CellEvidence", "Corrected", "Step", "Trace", "trace"]


def trace(
    settings: Settings,
    what: str,
    time_period: str | None = None,
    release_id: str | None = None,
) -> Trace:
    """Trace a published figure to the cells of submitted files.

    Args:
        settings: where releases, ledger and kept originals lie.
        what: a target's id or a part of it, the address of a figure
            (``mart/column?key=value&…``), or a cell of a workbook of the release
            (``bulletin/2020-12.xlsx 表1!C5``).
        time_period: the period of a target, YYYY-MM.
        release_id: a kept release; the current one when None.

    Raises:
        GovstatsError: there is no such figure, or nothing is released.
    """
    if release_id is None:
        release = releases.current_folder(settings)
    else:
        release = releases.folder(settings, release_id)
    catalog = Catalog.read(release)
    try:
        with reader.open_warehouse(release / "warehouse.duckdb") as connection:
            asked = resolve(connection, release, settings, what, time_period)
            follower = Follower(connection, catalog, Evidence(connection, Originals(settings)))
            figure = follower.follow(asked.reference)
    except (duckdb.CatalogException, duckdb.BinderException) as error:
        raise GovstatsError(
            f"release {release.name} was made by another version of the program: {error}",
            "make a new one: `govstats run`",
        ) from error
    return Trace(
        release_id=release.name,
        asked=what,
        address=asked.address,
        figure=figure,
        working=_working(figure),
        lineage=catalog.models(asked.reference.mart),
        judgement=asked.judgement,
    )


def _working(figure: Step) -> str:
    """How the figure was worked out, where its row says it in words."""
    row: dict[str, Any] = figure.row or {}
    return next((row[name] for name in ("working", "outlook_zh", "made_zh") if row.get(name)), "")
