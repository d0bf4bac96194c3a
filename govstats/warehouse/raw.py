"""The schema ``raw``: ledger, facts and intake problems, loaded as they are."""

from collections.abc import Mapping, Sequence
from dataclasses import astuple
from pathlib import Path
from typing import Any

import duckdb

from govstats.errors import GovstatsError
from govstats.intake import IntakeProblem, LedgerEntry

_DDL = Path(__file__).with_name("raw.sql")

#: What the reader counts of a submission, as columns of raw.submission.
COUNTS = (
    "cells_total",
    "cells_observation",
    "cells_label",
    "cells_metadata",
    "cells_ignorable",
    "cells_unmapped",
    "observations",
)
_REASON = ("code", "text_zh", "text_en")


def load(
    warehouse: Path,
    entries: Sequence[LedgerEntry],
    problems: Sequence[IntakeProblem],
    summaries: Mapping[str, Mapping[str, Any]],
    facts: Path,
) -> None:
    """Create ``warehouse`` and fill its schema ``raw``.

    Args:
        warehouse: path of a DuckDB file that does not exist yet.
        entries: the ledger, in order.
        problems: what the intake found wrong with files.
        summaries: per submission id, what the reader wrote beside its facts.
        facts: folder of the submissions' Parquet files.
    """
    with duckdb.connect(str(warehouse), config={"threads": 2}) as connection:
        connection.execute(_DDL.read_text(encoding="utf-8"))
        rows = [_submission(entry, summaries[entry.submission_id]) for entry in entries]
        _insert(connection, "raw.submission", rows)
        _insert(connection, "raw.intake_problem", [astuple(problem) for problem in problems])
        for table, kind in (("raw.observation", "observations"), ("raw.cell", "cells")):
            files = [facts / f"{entry.submission_id}.{kind}.parquet" for entry in entries]
            _append(connection, table, [file for file in files if file.exists()])
        connection.execute("checkpoint")


def _submission(entry: LedgerEntry, summary: Mapping[str, Any]) -> tuple[Any, ...]:
    refusal = summary.get("refusal") or {}
    return (
        entry.submission_id,
        entry.sequence_number,
        entry.department_code,
        entry.time_period,
        entry.file,
        entry.sha256,
        entry.size_bytes,
        entry.received_at.replace(tzinfo=None),
        summary.get("layout_id"),
        summary["status"],
        *(refusal.get(name) for name in _REASON),
        summary.get("title"),
        *(summary[name] for name in COUNTS),
    )


def _insert(
    connection: duckdb.DuckDBPyConnection, table: str, rows: Sequence[tuple[Any, ...]]
) -> None:
    if rows:
        places = ", ".join("?" * len(rows[0]))
        connection.executemany(f"insert into {table} values ({places})", rows)  # noqa: S608


def _append(connection: duckdb.DuckDBPyConnection, table: str, files: Sequence[Path]) -> None:
    if not files:
        return
    try:
        connection.execute(
            f"insert into {table} by name select * from read_parquet(?) "  # noqa: S608
            "order by submission_id, sheet, row_number, column_number",
            [[str(file) for file in files]],
        )
    except duckdb.Error as error:
        raise GovstatsError(
            f"facts in {files[0].parent} cannot be loaded into {table}: {error}",
            "delete that folder and run again: the sheets are read anew",
        ) from error
