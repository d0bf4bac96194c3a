"""Reading finished warehouses side by side, each opened by itself and never written to."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from govstats.errors import GovstatsError
from govstats.release.notes.model import Row

#: Types of the columns of one schema, by table and column: what may be asked of a warehouse.
Shape = dict[str, dict[str, str]]
#: Rows handed over at a time.
_BATCH = 100_000
_NUMBERS = ("DECIMAL", "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "DOUBLE", "FLOAT")


@contextmanager
def opened(warehouse: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a warehouse for reading.

    Raises:
        GovstatsError: it is not there, or is no warehouse.
    """
    try:
        connection = duckdb.connect(str(warehouse), read_only=True)
    except duckdb.Error as error:
        raise GovstatsError(
            f"{warehouse} cannot be read for the release notes: {error}",
            "name a release that is whole: `govstats releases --verify` tells",
        ) from error
    try:
        yield connection
    finally:
        connection.close()


def shape(connection: duckdb.DuckDBPyConnection, schema: str) -> Shape:
    """Return the kinds of the columns of every table of a schema, in their order.

    Numbers are one kind, however long: they can be set beside each other.
    """
    found: Shape = {}
    for table, column, kind in connection.execute(
        "select table_name, column_name, data_type from information_schema.columns "
        "where table_schema = ? order by table_name, ordinal_position",
        [schema],
    ).fetchall():
        found.setdefault(table, {})[column] = "number" if kind.startswith(_NUMBERS) else kind
    return found


def hand_over(
    bench: duckdb.DuckDBPyConnection,
    connection: duckdb.DuckDBPyConnection,
    name: str,
    table: str,
    columns: Iterable[str],
) -> None:
    """Copy columns of a table of one warehouse to the bench, under a name.

    All warehouses call their catalog alike and have views in it, so that two of them cannot be
    attached under other names.
    """
    listed = ", ".join(f'"{column}"' for column in columns)
    if listed:
        cursor = connection.execute(f"select {listed} from {table}")  # noqa: S608 - their own names
        bench.register("handed", cursor.to_arrow_reader(_BATCH))
        bench.execute(f"create or replace table {name} as from handed")
        bench.unregister("handed")


def rows(cursor: duckdb.DuckDBPyConnection) -> tuple[Row, ...]:
    """Return what a statement found, by column name."""
    names = [column[0] for column in cursor.description or []]
    return tuple(dict(zip(names, row, strict=True)) for row in cursor.fetchall())
