"""Marts as Parquet, one file each, the same bytes for the same rows."""

from pathlib import Path
from typing import Any

import duckdb

from govstats.files import sha256_file


def parquet(warehouse: Path, folder: Path) -> dict[str, dict[str, Any]]:
    """Write every relation of schema ``marts`` to ``<folder>/<mart>.parquet``, rows in full order.

    Returns:
        Per mart: ``rows`` and ``sha256`` of its file.
    """
    folder.mkdir(exist_ok=True)
    # one thread: row groups then come out in order and the file is the same every time
    with duckdb.connect(str(warehouse), read_only=True, config={"threads": 1}) as connection:
        names = [
            row[0]
            for row in connection.execute(
                "select table_name from information_schema.tables "
                "where table_schema = 'marts' order by table_name"
            ).fetchall()
        ]
        return {name: _one(connection, name, folder / f"{name}.parquet") for name in names}


def _one(connection: duckdb.DuckDBPyConnection, mart: str, path: Path) -> dict[str, Any]:
    source = f'(select * from marts."{mart}" order by all)'  # noqa: S608
    target = str(path).replace("'", "''")
    connection.execute(f"copy {source} to '{target}' (format parquet, compression zstd)")
    rows = connection.execute(f'select count(*) from marts."{mart}"').fetchone()  # noqa: S608
    return {"rows": rows[0] if rows else 0, "sha256": sha256_file(path)}


def counts(warehouse: Path) -> dict[str, int]:
    """Return the numbers a person asks for first: submissions by status, figures, findings.

    ``held`` are submissions that the audit sets aside, ``unexplained`` soft findings that want an
    explanation, ``overridden`` hard ones that a named person lets pass.
    """
    statements = {
        "submissions": "select count(*) from marts.fct_submission",
        "refused": "select count(*) from marts.fct_submission where status = 'refused'",
        "held": "select count(*) from marts.fct_submission where status = 'held'",
        "observations": "select count(*) from marts.fct_observation",
        "revisions": "select count(*) from marts.fct_revision",
        "findings": "select count(*) from marts.fct_validation_finding",
        "unexplained": "select count(*) from marts.fct_validation_finding "
        "where severity = 'soft' and state in ('open', 'rejected', 'lapsed')",
        "overridden": "select count(*) from marts.fct_validation_finding "
        "where state = 'overridden'",
    }
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        found = {name: connection.execute(sql).fetchone() for name, sql in statements.items()}
    return {name: row[0] if row else 0 for name, row in found.items()}
