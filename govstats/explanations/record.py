"""Writing judged explanations into the warehouse."""

from collections.abc import Sequence
from dataclasses import asdict

import duckdb
import pyarrow as pa

from govstats.explanations.judged import Judged


def record(connection: duckdb.DuckDBPyConnection, judged: Sequence[Judged]) -> None:
    """Replace ``raw.explanation`` by these rows; the caller opens and closes the warehouse."""
    connection.execute("delete from raw.explanation")
    if judged:
        connection.register("judged", pa.Table.from_pylist([asdict(each) for each in judged]))
        connection.execute("insert into raw.explanation by name select * from judged")
        connection.unregister("judged")
