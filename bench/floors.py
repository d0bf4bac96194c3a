"""Floors: the least the same work can cost without this project."""

import json
import time
from pathlib import Path

import duckdb
from python_calamine import CalamineWorkbook


def read_with_calamine(files: list[Path]) -> float:
    """Seconds to read every sheet of every file with python-calamine alone."""
    start = time.perf_counter()
    for file in files:
        workbook = CalamineWorkbook.from_path(str(file))
        for name in workbook.sheet_names:
            workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
    return time.perf_counter() - start


def run_compiled_sql(manifest: Path, source: Path, target: Path) -> float:
    """Seconds to run the SQL that dbt compiled, in dbt's order, directly on DuckDB.

    Args:
        manifest: dbt's ``manifest.json`` of a finished build.
        source: the finished warehouse; its schemas ``raw`` and ``seeds`` are copied untimed.
        target: path of the warehouse to build.
    """
    nodes = json.loads(manifest.read_text(encoding="utf-8"))["nodes"]
    models = in_order({key: node for key, node in nodes.items() if is_built(node)})
    with duckdb.connect(str(target), config={"threads": 2}) as connection:
        _copy_inputs(connection, source)
        schemas = sorted({str(node["schema"]) for node in models})
        for schema in schemas:
            connection.execute(f'create schema if not exists "{schema}"')
        catalog = target.stem
        start = time.perf_counter()
        for node in models:
            kind = "view" if node["config"]["materialized"] == "view" else "table"
            body = str(node["compiled_code"]).replace(f'"{source.stem}".', f'"{catalog}".')
            name = f'"{node["schema"]}"."{node["alias"]}"'
            connection.execute(f"create {kind} {name} as {body}")
        return time.perf_counter() - start


def is_built(node: dict[str, object]) -> bool:
    """Whether a node of dbt's manifest is a model that stands in the warehouse."""
    config = node["config"]
    materialized = config.get("materialized") if isinstance(config, dict) else None
    return node["resource_type"] == "model" and materialized in ("table", "view")


def in_order(models: dict[str, dict]) -> list[dict]:  # type: ignore[type-arg]
    """Sort models so that each comes after those it selects from."""
    done: dict[str, dict] = {}  # type: ignore[type-arg]
    while len(done) < len(models):
        for key in sorted(set(models) - set(done)):
            wanted = set(models[key]["depends_on"]["nodes"]) & set(models)
            if wanted <= set(done):
                done[key] = models[key]
    return list(done.values())


def _copy_inputs(connection: duckdb.DuckDBPyConnection, source: Path) -> None:
    connection.execute(f"attach '{source}' as finished (read_only)")
    tables = connection.execute(
        "select schema_name, table_name from duckdb_tables() "
        "where database_name = 'finished' and schema_name in ('raw', 'seeds')"
    ).fetchall()
    for schema, name in tables:
        connection.execute(f'create schema if not exists "{schema}"')
        connection.execute(f'create table "{schema}"."{name}" as from finished."{schema}"."{name}"')
    connection.execute("detach finished")
