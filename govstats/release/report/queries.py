"""Reading a finished warehouse: schema ``marts``, and the words of schema ``seeds``."""

from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import TypeVar

import duckdb

from govstats.errors import GovstatsError
from govstats.release.report import names, statements
from govstats.release.report.audited import (
    Blocker,
    Coverage,
    Explanation,
    Finding,
    FindingCount,
    Rule,
)
from govstats.release.report.records import (
    CellFates,
    Correction,
    Duty,
    Marts,
    Progress,
    Revision,
    Submission,
    System,
)

Row = TypeVar("Row")


def read(warehouse: Path, latest_period: str) -> Marts:
    """Return what the report shows of ``warehouse``, as of ``latest_period`` (YYYY-MM).

    The file is opened for reading only and closed again.

    Raises:
        GovstatsError: the file is missing, or its schemas are not complete.
    """
    if not warehouse.is_file():
        raise GovstatsError(f"there is no warehouse at {warehouse}", "build it: `govstats run`")
    try:
        with duckdb.connect(str(warehouse), read_only=True) as connection:
            return _read_marts(connection, latest_period)
    except duckdb.Error as error:
        raise GovstatsError(
            f"{warehouse} cannot be read for the validation report: {error}",
            "the report needs every table of schema marts: build the warehouse again",
        ) from error


def _read_marts(connection: duckdb.DuckDBPyConnection, latest_period: str) -> Marts:
    return Marts(
        names=names.read(connection),
        duties=_rows(connection, Duty, statements.DUTIES, latest_period),
        systems=_rows(connection, System, statements.SYSTEMS, latest_period),
        submissions=_rows(connection, Submission, statements.SUBMISSIONS),
        cells=_rows(connection, CellFates, statements.CELLS),
        finding_counts=_rows(connection, FindingCount, statements.FINDING_COUNTS),
        findings=_rows(connection, Finding, statements.FINDINGS),
        blockers=_rows(connection, Blocker, statements.BLOCKERS),
        explanations=_rows(connection, Explanation, statements.EXPLANATIONS),
        rules=_rows(connection, Rule, statements.RULES),
        coverage=_rows(connection, Coverage, statements.COVERAGE),
        revisions=_rows(connection, Revision, statements.REVISIONS),
        corrections=_rows(connection, Correction, statements.CORRECTIONS),
        progress=_rows(connection, Progress, statements.PROGRESS, latest_period),
    )


def _rows(
    connection: duckdb.DuckDBPyConnection,
    row: Callable[..., Row],
    sql: str,
    *values: object,
) -> list[Row]:
    columns = ", ".join(field.name for field in fields(row))  # type: ignore[arg-type]
    found = connection.execute(sql.replace("{columns}", columns), list(values)).fetchall()
    return [row(*values) for values in found]
