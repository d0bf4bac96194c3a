"""Writing an audit into the warehouse it judged."""

from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from govstats.validation.finding import Finding, ValidationResult


def record(
    warehouse: Path, result: ValidationResult, intake_findings: Iterable[Finding] = ()
) -> None:
    """Write results and findings into ``raw.rule_result`` and ``raw.validation_finding``.

    What an earlier audit left there is replaced in the same transaction, so that recording twice
    is the same as once. The file is checkpointed and closed: no ``.wal`` stays beside it.

    Args:
        warehouse: the audited file, which nobody else may have open.
        result: the audit.
        intake_findings: findings from elsewhere, recorded after the audit's own.
    """
    findings = [asdict(finding) for finding in (*result.findings, *intake_findings)]
    with duckdb.connect(str(warehouse)) as connection:
        connection.begin()
        _replace(connection, "raw.rule_result", [asdict(each) for each in result.rule_results])
        _replace(connection, "raw.validation_finding", findings)
        connection.commit()
        connection.execute("checkpoint")


def _replace(connection: duckdb.DuckDBPyConnection, table: str, rows: list[dict[str, Any]]) -> None:
    connection.execute(f"delete from {table}")  # noqa: S608
    if rows:
        connection.register("audited", pa.Table.from_pylist(rows))
        connection.execute(f"insert into {table} by name select * from audited")  # noqa: S608
        connection.unregister("audited")
