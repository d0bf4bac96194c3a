"""The schema ``raw``: ledger, facts and intake problems, loaded as they are."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from govstats.errors import GovstatsError
from govstats.intake import IntakeProblem, LedgerEntry
from govstats.validation.finding import Finding
from govstats.validation.holds import HELD, REASON_CODE, Hold

_DDL = Path(__file__).with_name("raw.sql")

Summaries = Mapping[str, Mapping[str, Any]]
Rows = Iterable[Mapping[str, Any]]

#: What the reader counts of a submission, as columns of raw.submission.
COUNTS = (
    "cells_total",
    "cells_observation",
    "cells_label",
    "cells_metadata",
    "cells_ignorable",
    "cells_unmapped",
    "observations",
    "entry_values",
)
#: Column of raw.submission → what it is in a refusal.
_REASON = {
    "reason_code": "code",
    "reason_zh": "text_zh",
    "reason_en": "text_en",
    "reason_lines": "lines",
}
#: Tables of facts, their kind of file, and their order where they are small enough to be sorted.
_FACTS = {
    "raw.observation": ("observations", "submission_id, sheet, row_number, column_number"),
    "raw.sheet_cell": ("cells", ""),
    "raw.entry_value": ("entries", ""),
}
#: What was read, as against what an audit writes.
_CARRIED = """
select table_name from information_schema.tables
where
    table_catalog = current_database() and table_schema = 'raw' and table_type = 'BASE TABLE'
    and table_name not in ('rule_result', 'rule_coverage', 'validation_finding', 'explanation')
order by table_name
"""


def load(
    warehouse: Path,
    entries: Sequence[LedgerEntry],
    problems: Sequence[IntakeProblem],
    summaries: Summaries,
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
        read = [(entry, summaries[entry.submission_id]) for entry in entries]
        _insert(connection, "raw.submission", (_submission(*each) for each in read))
        _insert(connection, "raw.intake_problem", map(asdict, problems))
        _insert(connection, "raw.submission_table", _tables(read))
        _insert(connection, "raw.reading_note", _notes(read))
        for table, (kind, order) in _FACTS.items():
            _append(connection, table, order, _chosen(read, kind, facts))
        connection.execute("checkpoint")


def copy(
    source: Path,
    target: Path,
    holds: Iterable[Hold],
    findings: Iterable[Finding],
) -> None:
    """Create ``target`` with the schema ``raw`` of ``source``, in which submissions are held.

    Args:
        source: a warehouse, which is only read.
        target: path of a DuckDB file that does not exist yet.
        holds: submissions to mark as held, with their reasons; others stay as they are.
        findings: what was found in submissions that are held, kept for the next audit.
    """
    with duckdb.connect(str(target), config={"threads": 2}) as connection:
        connection.execute(_DDL.read_text(encoding="utf-8"))
        place = str(source).replace("'", "''")
        connection.execute(f"attach '{place}' as earlier (read_only)")
        for (table,) in connection.execute(_CARRIED).fetchall():
            connection.execute(f"insert into raw.{table} by name select * from earlier.raw.{table}")  # noqa: S608
        for hold in holds:
            connection.execute(
                "update raw.submission set status = ?, reason_code = ?, reason_zh = ?, "
                "reason_en = ? where submission_id = ?",
                [HELD, REASON_CODE, hold.reason_zh(), hold.reason_en(), hold.submission_id],
            )
        _insert(connection, "raw.validation_finding", map(asdict, findings))
        connection.execute("detach earlier")
        connection.execute("checkpoint")


def _submission(entry: LedgerEntry, summary: Mapping[str, Any]) -> Mapping[str, Any]:
    refusal = summary.get("refusal") or {}
    own = {name: summary.get(name) for name in ("layout_id", "status", "title", "format", *COUNTS)}
    reason = {column: refusal.get(name) or None for column, name in _REASON.items()}
    received = {"received_at": entry.received_at.replace(tzinfo=None)}
    own["is_form"] = bool(summary.get("is_form"))
    return asdict(entry) | received | own | reason


def _tables(read: Iterable[tuple[LedgerEntry, Mapping[str, Any]]]) -> Rows:
    for entry, summary in read:
        for number, table in enumerate(summary.get("tables", ()), start=1):
            yield {"submission_id": entry.submission_id, "table_number": number, **table}


def _notes(read: Iterable[tuple[LedgerEntry, Mapping[str, Any]]]) -> Rows:
    for entry, summary in read:
        who = {"submission_id": entry.submission_id, "department_code": entry.department_code}
        yield from (who | note for note in summary.get("notes", ()))


def _insert(connection: duckdb.DuckDBPyConnection, table: str, rows: Rows) -> None:
    listed = list(rows)
    if listed:
        connection.register("given", pa.Table.from_pylist(listed))
        connection.execute(f"insert into {table} by name select * from given")  # noqa: S608
        connection.unregister("given")


def _chosen(
    read: Iterable[tuple[LedgerEntry, Mapping[str, Any]]], kind: str, facts: Path
) -> Mapping[Path, list[str]]:
    """Files of a kind, with the submissions to take from each; none where it is all of them.

    A submission that was read twice, by runs side by side, is in two files and counts once.
    """
    wanted: defaultdict[str, list[str]] = defaultdict(list)
    sizes: dict[str, int] = {}
    for entry, summary in read:
        pack = summary.get("pack", entry.submission_id)
        wanted[pack].append(entry.submission_id)
        sizes[pack] = summary.get("pack_size", 1)
    files = {facts / f"{pack}.{kind}.parquet": pack for pack in wanted}
    return {
        file: [] if len(wanted[pack]) == sizes[pack] else wanted[pack]
        for file, pack in files.items()
        if file.exists()
    }


def _append(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    order: str,
    chosen: Mapping[Path, list[str]],
) -> None:
    whole = [str(file) for file, some in chosen.items() if not some]
    parts: list[tuple[list[str], list[str]]] = [(whole, [])] if whole else []
    parts += [([str(file)], some) for file, some in chosen.items() if some]
    for files, some in parts:
        only = "where list_contains(?, submission_id)" if some else ""
        sorting = f"order by {order}" if order else ""
        try:
            connection.execute(
                f"insert into {table} by name "  # noqa: S608
                f"select * from read_parquet(?) {only} {sorting}",
                [files, some] if some else [files],
            )
        except duckdb.IOException:
            raise  # no space: the facts are as they were written
        except duckdb.Error as error:
            raise GovstatsError(
                f"facts in {Path(files[0]).parent} cannot be loaded into {table}: {error}",
                "delete that folder and run again: the sheets are read anew",
            ) from error
