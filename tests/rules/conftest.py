"""Runs every case of ``cases/`` through the audit at once: one warehouse, one session.

A case gives rows for the tables its rule reads. Each case gets tables of its own name, and a
copy of the rule that reads them; what a case does not give comes from ``context.yml``.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from govstats.rules import Rule, load_rules
from govstats.validation.finding import Finding, RuleResult
from govstats.validation.runner import run_rules

HERE = Path(__file__).parent
Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Verdict:
    """What the audit said of one case."""

    result: RuleResult
    findings: tuple[Finding, ...]


@pytest.fixture(scope="session")
def rules(project: Path) -> dict[str, Rule]:
    return {rule.id: rule for rule in load_rules(project / "expectations")}


@pytest.fixture(scope="session")
def cases() -> dict[str, dict[str, Any]]:
    return {
        path.stem: yaml.safe_load(path.read_text(encoding="utf-8"))
        for path in sorted((HERE / "cases").glob("*.yml"))
    }


@pytest.fixture(scope="session")
def verdicts(
    project: Path,
    rules: dict[str, Rule],
    cases: dict[str, dict[str, Any]],
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[tuple[str, str], Verdict]:
    """Every verdict, by rule id and ``pass`` or ``fail``."""
    warehouse = tmp_path_factory.mktemp("rules") / "cases.duckdb"
    copies = []
    with duckdb.connect(str(warehouse)) as connection:
        shapes = _shapes(project, connection)
        _build_context(project, connection, shapes)
        for rule_id, case in cases.items():
            for side in ("pass", "fail"):
                tables = _build_case(connection, shapes, f"{rule_id}_{side}", case[side])
                copies.append(_reading(rules[rule_id], f"{rule_id} {side}", tables))
    result = run_rules(copies, warehouse)
    return {
        (each.rule_id.split()[0], each.rule_id.split()[1]): Verdict(
            each, tuple(f for f in result.findings if f.rule_id == each.rule_id)
        )
        for each in result.rule_results
    }


def _shapes(project: Path, connection: duckdb.DuckDBPyConnection) -> dict[str, dict[str, str]]:
    """Columns and types per table: raw from its DDL, models from their contracts."""
    connection.execute((project / "govstats/warehouse/raw.sql").read_text(encoding="utf-8"))
    shapes: dict[str, dict[str, str]] = {}
    for table, column, kind in connection.execute(
        "select table_name, column_name, data_type from information_schema.columns "
        "where table_schema = 'raw' order by table_name, ordinal_position"
    ).fetchall():
        shapes.setdefault(f"raw.{table}", {})[column] = kind
    for schema in ("marts", "checks"):
        for path in (project / "dbt_project/models" / schema).glob("*.yml"):
            for model in yaml.safe_load(path.read_text(encoding="utf-8")).get("models", []):
                columns = {c["name"]: c["data_type"] for c in model["columns"]}
                shapes[f"{schema}.{model['name']}"] = columns
    return shapes


def _build_context(
    project: Path, connection: duckdb.DuckDBPyConnection, shapes: dict[str, dict[str, str]]
) -> None:
    connection.execute("drop schema raw cascade")
    connection.execute("create schema raw")
    for schema in ("seeds", "marts", "checks"):
        connection.execute(f"create schema {schema}")
    seeds = project / "dbt_project/seeds"
    for path in sorted(seeds.glob("*.csv")):
        shape = yaml.safe_load(path.with_suffix(".yml").read_text(encoding="utf-8"))["seeds"][0]
        shapes[f"seeds.{path.stem}"] = shape["config"]["column_types"]
        with path.open(encoding="utf-8", newline="") as handle:
            rows = [{k: v or None for k, v in row.items()} for row in csv.DictReader(handle)]
        _create(connection, shapes, f"seeds.{path.stem}", f"seeds.{path.stem}", rows)
    for dim, seed in (
        ("dim_indicator", "indicators"),
        ("dim_area", "areas"),
        ("dim_department", "departments"),
        ("dim_period", "calendar"),
    ):
        connection.execute(f"create view marts.{dim} as select * from seeds.{seed}")
    context = yaml.safe_load((HERE / "context.yml").read_text(encoding="utf-8"))
    for table, rows in context.items():
        _create(connection, shapes, table, table, rows)


def _build_case(
    connection: duckdb.DuckDBPyConnection,
    shapes: dict[str, dict[str, str]],
    name: str,
    case: Mapping[str, Rows],
) -> dict[str, str]:
    """Create the case's tables and return their names by the names the rule uses."""
    suffix = name.lower().replace("-", "_")
    renamed = {table: f"{table}_{suffix}" for table in case}
    for table, rows in case.items():
        _create(connection, shapes, table, renamed[table], rows)
    return renamed


def _create(
    connection: duckdb.DuckDBPyConnection,
    shapes: dict[str, dict[str, str]],
    shape: str,
    table: str,
    rows: Rows,
) -> None:
    columns = shapes[shape]
    for row in rows:
        unknown = set(row) - set(columns)
        assert not unknown, f"{table}: {shape} has no column {sorted(unknown)}"
    declared = ", ".join(f"{name} {kind}" for name, kind in columns.items())
    connection.execute(f"create table {table} ({declared})")
    for row in rows:
        places = ", ".join("?" for _ in row)
        connection.execute(
            f"insert into {table} ({', '.join(row)}) values ({places})", list(row.values())
        )


def _reading(rule: Rule, name: str, tables: Mapping[str, str]) -> Rule:
    """Return the rule under another name, reading a case's tables instead of its own."""

    def renamed(text: str) -> str:
        for table, other in tables.items():
            text = text.replace(table, other)
        return text

    args = {k: renamed(v) if isinstance(v, str) else v for k, v in rule.args.items()}
    return replace(rule, id=name, table=renamed(rule.table), where=renamed(rule.where), args=args)
