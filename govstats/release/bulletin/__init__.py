"""The bulletin 通报 of a released period: sentences, tables and charts, and their documents."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from duckdb import DuckDBPyConnection

from govstats.errors import GovstatsError
from govstats.release import reader
from govstats.release.bulletin import documents, sources, template
from govstats.release.bulletin.contents import contents
from govstats.settings import Settings

_JUDGED = """
    select distinct d.time_period, d.report_year, d.is_quarter_end
    from marts.fct_target_progress as p
    join marts.dim_period as d using (period_end)
    where d.time_period <= ?
    order by d.time_period
"""


def write(
    warehouse: Path,
    folder: Path,
    release: Mapping[str, Any],
    settings: Settings,
    periods: Sequence[str] | None = None,
) -> list[Path]:
    """Write bulletins of a finished warehouse: ``<period>.docx``, ``.html``, ``.xlsx`` of each.

    Args:
        warehouse: DuckDB file that nobody writes to; ``lineage.json`` beside it names cells.
        folder: where they go; made when missing.
        release: the manifest: ``release_id``, ``latest_period`` (YYYY-MM), ``as_of``, ``gate``.
        settings: where the clerk's template is.
        periods: YYYY-MM each; by default every quarter end of the latest period's year, and the
            latest period itself, where targets were judged.

    Returns:
        The paths of what was written, by period.

    Raises:
        GovstatsError: nothing was judged for a period, or a mart is missing.
        KnowledgeError: the template has mistakes.
    """
    words = template.load(settings.bulletin)
    written: list[Path] = []
    with reader.open_warehouse(warehouse) as connection:
        for period in wanted(connection, str(release["latest_period"]), periods):
            made = contents(connection, period, release, words)
            references = [figure.reference for figure in made.figures()]
            cells = sources.read(connection, warehouse, references)
            written += documents.write(made, folder, cells)
    return written


def wanted(connection: DuckDBPyConnection, latest: str, periods: Sequence[str] | None) -> list[str]:
    """Return the periods that get a bulletin, YYYY-MM each, in their order.

    Args:
        connection: a finished warehouse.
        latest: the release's latest period; later ones have none.
        periods: periods asked for, or None for the usual ones.

    Raises:
        GovstatsError: nothing was judged for a period asked for.
    """
    judged = reader.rows(connection, _JUDGED, [latest])
    known = [str(row["time_period"]) for row in judged]
    if periods is None:
        year = max((row["report_year"] for row in judged), default=None, key=str)
        return [
            str(row["time_period"])
            for row in judged
            if row["report_year"] == year and (row["is_quarter_end"] or row is judged[-1])
        ]
    for period in periods:
        if period not in known:
            raise GovstatsError(
                f"no target was judged for {period}",
                f"periods with a bulletin: {', '.join(known) or 'none'}",
            )
    return list(periods)
