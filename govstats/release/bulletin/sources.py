"""Where the figures of a bulletin stand in the sheets: department, file, sheet, cell."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from duckdb import DuckDBPyConnection

from govstats.numbers import plain
from govstats.release import reader
from govstats.release.reference import Reference

#: What the release says of its own marts; an older release has none.
_LINEAGE = "lineage.json"


@dataclass(frozen=True)
class Source:
    """Where a figure comes from, empty where the mart does not say; several cells by 、."""

    department: str = ""
    file: str = ""
    sheet: str = ""
    cell: str = ""


def read(
    connection: DuckDBPyConnection, warehouse: Path, references: Iterable[Reference]
) -> dict[Reference, Source]:
    """Look up the rows of addresses and say where each figure comes from.

    A figure that stands in a cell names this cell; one made from several names them all.

    Args:
        connection: a released warehouse.
        warehouse: its file; ``lineage.json`` beside it says which column is which cell.
        references: addresses of figures; those whose row is not there have no source.
    """
    own = _own_cells(warehouse.parent / _LINEAGE)
    departments = _departments(connection)
    rows: dict[tuple[str, tuple[tuple[str, str], ...]], dict[str, str]] = {}
    found = {}
    for reference in references:
        place = (reference.mart, reference.key)
        if place not in rows:
            rows[place] = _row(connection, reference)
        row = rows[place]
        cells = own.get(reference.mart, {})
        found[reference] = Source(
            departments.get(row.get("department_code", ""), row.get("department_code", "")),
            row.get("file", ""),
            row.get("sheet", ""),
            _cells(row, cells.get(reference.column, "")),
        )
    return found


def _own_cells(path: Path) -> Mapping[str, Mapping[str, str]]:
    if not path.is_file():
        return {}
    nodes = json.loads(path.read_text(encoding="utf-8"))["nodes"]
    return {
        name.removeprefix("marts."): node.get("trace", {}).get("cells", {})
        for name, node in nodes.items()
    }


def _departments(connection: DuckDBPyConnection) -> dict[str, str]:
    found = reader.rows(connection, "select department_code, name_zh from marts.dim_department")
    return {str(row["department_code"]): str(row["name_zh"]) for row in found}


def _row(connection: DuckDBPyConnection, reference: Reference) -> dict[str, str]:
    """Read the columns of a row that name its sources, as texts."""
    where = " and ".join(f"cast({_quoted(name)} as varchar) = ?" for name, _ in reference.key)
    statement = f"select * from marts.{_quoted(reference.mart)} where {where}"  # noqa: S608
    found = reader.rows(connection, statement, [value for _, value in reference.key])
    if len(found) != 1:
        return {}
    kept = ("department_code", "file", "sheet")
    return {
        name: plain(value)
        for name, value in found[0].items()
        if (name in kept or name == "cell" or name.endswith("_cell")) and value is not None
    }


def _cells(row: Mapping[str, str], own: str) -> str:
    if own:
        return row.get(own, "")
    named = [row[name] for name in row if name == "cell" or name.endswith("_cell")]
    return "、".join(dict.fromkeys(named))


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
