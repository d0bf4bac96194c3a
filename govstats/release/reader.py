"""The analyst's connection: reads one finished release and can do nothing else."""

from pathlib import Path

import duckdb

from govstats.release import releases
from govstats.settings import Settings


def connect(settings: Settings, release_id: str | None = None) -> duckdb.DuckDBPyConnection:
    """Open a release read-only (default: the current one).

    The connection cannot write the warehouse, reach other files or the network, or lift these
    limits. It stays on the release it opened when a newer one is published.

    Raises:
        GovstatsError: there is no such release.
    """
    if release_id is None:
        folder = releases.current_folder(settings)
    else:
        folder = releases.folder(settings, release_id)
    return open_warehouse(folder / "warehouse.duckdb")


def open_warehouse(warehouse: Path) -> duckdb.DuckDBPyConnection:
    """Open a warehouse file read-only, without access to anything outside it."""
    connection = duckdb.connect(str(warehouse), read_only=True)
    connection.execute("set enable_external_access = false")
    connection.execute("set lock_configuration = true")
    return connection


def rows(
    connection: duckdb.DuckDBPyConnection, sql: str, parameters: list[object] | None = None
) -> list[dict[str, object]]:
    """Run one statement; return its rows as dicts by column name."""
    cursor = connection.execute(sql, parameters or [])
    names = [column[0] for column in cursor.description or []]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
