"""Look-ups in the warehouse that findings are worded with: columns, files, names."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import duckdb

#: Per look-up: table, and its column of keys and of values. A missing table looks up nothing.
_LOOKUPS = {
    "file": ("raw.submission", "submission_id, file"),
    "department_code": ("raw.submission", "submission_id, department_code"),
    "department_zh": ("marts.dim_department", "department_code, short_name_zh"),
    "indicator_zh": ("marts.dim_indicator", "indicator_code, name_zh"),
    "area_zh": ("marts.dim_area", "ref_area, name_zh"),
    "period_zh": ("marts.dim_period", "period_end, label_zh"),
    "department_en": ("marts.dim_department", "department_code, name_en"),
    "indicator_en": ("marts.dim_indicator", "indicator_code, name_en"),
    "area_en": ("marts.dim_area", "ref_area, name_en"),
    "period_en": ("marts.dim_period", "period_end, label_en"),
}

#: Names that a text may use beside the table's columns, with the column each is looked up by.
DERIVED: Mapping[str, str] = {
    "file": "submission_id",
    "department_code": "submission_id",
    "department_zh": "department_code",
    "indicator_zh": "indicator_code",
    "area_zh": "ref_area",
    "period_zh": "period_end",
    "department_en": "department_code",
    "indicator_en": "indicator_code",
    "area_en": "ref_area",
    "period_en": "period_end",
}


@dataclass(frozen=True)
class Names:
    """``columns`` per table with its schema; ``lookups`` per name of ``DERIVED``."""

    columns: Mapping[str, tuple[str, ...]]
    lookups: Mapping[str, Mapping[Any, Any]]

    def completed(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """Return the row with the derived names added; what it has itself is kept.

        A key without a name stands for itself, so that a message never loses it; a row without
        the key has no name.
        """
        full = dict.fromkeys(DERIVED) | dict(row)
        for name, key in DERIVED.items():
            if full.get(name) is None and full.get(key) is not None:
                default = None if key == "submission_id" else full[key]
                full[name] = self.lookups[name].get(full[key], default)
        return full


def read(connection: duckdb.DuckDBPyConnection) -> Names:
    """Read the look-ups from an open warehouse."""
    columns = _columns(connection)
    lookups = {
        name: dict(connection.execute(f"select {pair} from {table}").fetchall())  # noqa: S608
        if table in columns
        else {}
        for name, (table, pair) in _LOOKUPS.items()
    }
    return Names(columns, lookups)


def _columns(connection: duckdb.DuckDBPyConnection) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    rows = connection.execute(
        "select table_schema || '.' || table_name, column_name from information_schema.columns "
        "order by table_schema, table_name, ordinal_position"
    ).fetchall()
    for table, column in rows:
        found.setdefault(table, []).append(column)
    return {table: tuple(names) for table, names in found.items()}
