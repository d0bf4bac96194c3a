"""Statements that only read, told by how the database itself understands them.

A read-only connection without external access stops what writes or reaches files. It does not stop
statements about the session (one of them ends the process, another logs to a file), so only what
the database's own parser takes for a query passes, and only functions that give rows.
"""

import json
from collections.abc import Iterator
from typing import Any

import duckdb

from govstats.errors import GovstatsError

#: Table functions that give rows and do nothing else; those that read files fail by themselves.
_HARMLESS = {
    *("generate_series", "histogram", "histogram_values", "json_each", "json_tree"),
    *("pragma_show", "pragma_table_info", "range", "repeat", "repeat_row", "summary", "unnest"),
    *("duckdb_columns", "duckdb_constraints", "duckdb_databases", "duckdb_functions"),
    *("duckdb_keywords", "duckdb_schemas", "duckdb_settings", "duckdb_tables", "duckdb_types"),
    *("duckdb_views", "pragma_version"),
}
_REMEDY = (
    "ask with one SELECT, WITH, FROM, VALUES, DESCRIBE, SHOW or SUMMARIZE; "
    "`describe marts.fct_observation` lists columns; "
    "PIVOT stands within a SELECT and names its values with IN"
)


def check(connection: duckdb.DuckDBPyConnection, statement: str) -> None:
    """Let a statement pass that is one query.

    Args:
        connection: any connection to the warehouse; nothing of the statement is run on it.
        statement: SQL as typed.

    Raises:
        GovstatsError: it is no SQL, more than one statement, no query, or it calls a function
            that does something.
    """
    found = connection.execute("select json_serialize_sql(?::varchar)", [statement]).fetchone()
    tree: dict[str, Any] = json.loads(found[0]) if found else {}
    if tree.get("error"):
        raise GovstatsError(_reason(tree), _REMEDY)
    if len(tree["statements"]) != 1:
        raise GovstatsError(f"{len(tree['statements'])} statements where one is run", _REMEDY)
    called = sorted({name for name in _table_functions(tree) if name not in _HARMLESS})
    if called:
        raise GovstatsError(f"{called[0]}() may not be called through this door", _REMEDY)


def _reason(tree: dict[str, Any]) -> str:
    if tree.get("error_type") == "not implemented":
        return "this statement is not a query: only reading is possible through this door"
    return str(tree.get("error_message") or "this is not SQL")


def _table_functions(node: Any) -> Iterator[str]:  # noqa: ANN401
    """Names of the functions that stand where a table stands, at any depth of the statement."""
    if isinstance(node, dict):
        if node.get("type") == "TABLE_FUNCTION":
            yield str(node["function"].get("function_name", "")).lower()
        for value in node.values():
            yield from _table_functions(value)
    elif isinstance(node, list):
        for value in node:
            yield from _table_functions(value)
