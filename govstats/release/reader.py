"""The analyst's connection: reads one finished release and can do nothing else."""

import secrets
import tempfile
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
    return open_warehouse(release_folder(settings, release_id) / "warehouse.duckdb")


def release_folder(settings: Settings, release_id: str | None = None) -> Path:
    """Return the folder of a kept release, of the current one where none is named.

    Raises:
        GovstatsError: there is no such release.
    """
    if release_id is None:
        return releases.current_folder(settings)
    return releases.folder(settings, release_id)


def open_warehouse(warehouse: Path) -> duckdb.DuckDBPyConnection:
    """Open a warehouse file read-only, without access to anything outside it.

    What a large sort puts aside goes to the system's temporary folder: a release stays as it is.
    """
    connection = duckdb.connect(str(warehouse), read_only=True)
    locked = connection.execute("select current_setting('lock_configuration')").fetchone()
    if locked and locked[0]:
        return connection  # this process has it open already, with these very limits
    aside = Path(tempfile.gettempdir()) / f"govstats-{secrets.token_hex(8)}"
    connection.execute("set temp_directory = ?", [str(aside)])
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
