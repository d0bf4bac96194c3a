"""Rows of the marts as the bulletin reads them: each figure knows its address."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import duckdb

from govstats.htmlpage import printable
from govstats.release.bulletin.wording import typeset
from govstats.release.reference import Figure, Reference


@dataclass(frozen=True)
class Row:
    """A row of a mart: its values by column, and the columns of its key.

    ``values`` may hold words of other marts beside its own columns; figures are its own alone.
    """

    mart: str
    key: tuple[str, ...]
    values: Mapping[str, Any]

    def __getitem__(self, column: str) -> Any:  # noqa: ANN401 - what the mart's column holds
        return self.values[column]

    def has(self, column: str) -> bool:
        """Whether the column holds a value."""
        return self.values[column] is not None

    def words(self, column: str) -> str:
        """Return a column of words as Chinese is set; empty where there is none."""
        value = self.values[column]
        return "" if value is None else typeset(str(value))

    def verbatim(self, column: str) -> str:
        """Return a name or a message letter by letter, without characters that hide others."""
        value = self.values[column]
        return "" if value is None else str(printable(str(value)))

    def figure(
        self, column: str, write: Callable[[Decimal], str], missing: str | None = None
    ) -> Figure:
        """Return a figure of this row.

        Args:
            column: its column in the mart.
            write: makes the words of its value.
            missing: the words where there is no value.

        Raises:
            ValueError: there is neither a value nor words for its absence.
        """
        value = self.values[column]
        key = {name: self.values[name] for name in self.key}
        if value is None and missing is None:
            raise ValueError(f"{self.mart}.{column} has no value at {key}")
        text = str(missing) if value is None else write(Decimal(value))
        return Figure(text, Reference.of(self.mart, column, key), value)


@dataclass(frozen=True)
class Marts:
    """The schema ``marts`` of a finished warehouse, at one period."""

    connection: duckdb.DuckDBPyConnection
    period_end: date
    keys: Mapping[str, tuple[str, ...]]

    @classmethod
    def at(cls, connection: duckdb.DuckDBPyConnection, period_end: date) -> "Marts":
        """Read the keys of all marts once."""
        found = connection.execute(
            "select table_name, constraint_column_names from duckdb_constraints() "
            "where schema_name = 'marts' and constraint_type = 'PRIMARY KEY'"
        ).fetchall()
        return cls(connection, period_end, {name: tuple(columns) for name, columns in found})

    def rows(self, mart: str, sql: str, *values: object) -> list[Row]:
        """Return the rows of a mart that ``sql`` finds; it must give the mart's key columns."""
        cursor = self.connection.execute(sql, list(values))
        columns = [column[0] for column in cursor.description or ()]
        key = self.keys.get(mart, ())
        return [
            Row(mart, key, dict(zip(columns, found, strict=True))) for found in cursor.fetchall()
        ]

    def now(self, mart: str, sql: str) -> list[Row]:
        """Return the rows of this period; ``sql`` has one place for it."""
        return self.rows(mart, sql, self.period_end)
