"""Rows of an answer, handed on in portions, so that a province's table needs no memory."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

_PORTION = 10_000
_NUMBERS = (
    *("DECIMAL", "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT"),
    *("UINTEGER", "UBIGINT", "UHUGEINT", "FLOAT", "DOUBLE"),
)


@dataclass(frozen=True)
class Column:
    """A column of an answer: its name, its type as the database writes it, what it means."""

    name: str
    type: str
    comment: str = ""

    @property
    def is_number(self) -> bool:
        """Whether its values are figures."""
        return self.type.startswith(_NUMBERS) and not self.type.endswith("]")


class Answer:
    """Columns and, once, their rows; a second column of one name is called ``name_2``.

    Args:
        cursor: a connection that has just run a query, and runs no other until the rows are read.
        comments: what columns mean, by name.
    """

    def __init__(
        self, cursor: duckdb.DuckDBPyConnection, comments: dict[str, str] | None = None
    ) -> None:
        described = cursor.description or []
        names = _distinct([str(item[0]) for item in described])
        self.columns = tuple(
            Column(name, str(item[1]), (comments or {}).get(name, ""))
            for name, item in zip(names, described, strict=True)
        )
        self._cursor = cursor

    @property
    def names(self) -> list[str]:
        """Names of the columns, all different."""
        return [column.name for column in self.columns]

    def rows(self) -> Iterator[tuple[Any, ...]]:
        """Give the rows."""
        while portion := self._cursor.fetchmany(_PORTION):
            yield from portion

    def batches(self) -> Any:  # noqa: ANN401
        """Give the rows as an Arrow reader; its columns bear the database's names."""
        return self._cursor.to_arrow_reader(_PORTION)


def _distinct(names: Sequence[str]) -> list[str]:
    found: list[str] = []
    for wished in names:
        name, number = wished, 2
        while name in found:
            name, number = f"{wished}_{number}", number + 1
        found.append(name)
    return found
