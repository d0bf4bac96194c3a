"""The grammar of docs/naming.md and the portability of the SQL, checked on every model."""

import csv
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

Rows = Callable[..., list[dict[str, Any]]]
Manifest = dict[str, Any]

PREFIXES = {
    "staging": ("stg_",),
    "intermediate": ("int_",),
    "marts": ("dim_", "fct_"),
    "checks": ("chk_",),
}
#: Layers that each layer may read; steps towards a mart that sums up other marts read those.
READS = {
    "staging": {"source", "seed", "staging"},
    "intermediate": {"seed", "staging", "intermediate", "marts"},
    "marts": {"seed", "staging", "intermediate", "marts"},
    "checks": {"seed", "staging", "intermediate", "marts", "checks"},
}
#: These show a raw table as it is: millions of cells are not copied, results come after the build.
READS_RAW = {
    *("int_correction_cell", "int_entry_value", "fct_submission_table"),
    *("fct_rule_result", "fct_validation_finding", "fct_figure_coverage"),
    *("fct_explanation", "fct_audit_override"),
}
FIGURE, SHARE, CELL = "DECIMAL(24,6)", "DECIMAL(12,4)", "DECIMAL(28,8)"
TYPES = [
    (r"(^|_)is_", "BOOLEAN"),
    (r"_(pct|pp)$", SHARE),
    (r"^n_", "INTEGER"),
    (r"_(zh|en|code|id|unit)$", "VARCHAR"),
    (r"_(at)$|^known_(from|to)$", "TIMESTAMP"),
    (r"^valid_(from|to)$|_(date|on)$|^period_end$", "DATE"),
    (r"(^|_)cell_value$", CELL),
    (r"_value$|^(gap|difference|tolerance)$", FIGURE),
    (r"^(cells|observations|evaluated|failed)(_|$)", "BIGINT"),
]
#: Booleans of the contract that are not called is_….
BOOLEANS = {"explanation_accepted"}
UNIT_WORDS = {"yuan", "wan", "yi", "wanyuan", "yiyuan", "rmb", "cny", "percent", "persons"}

NOT_PORTABLE = {
    r"\bqualify\b": "qualify: number the rows in one query, filter in the next",
    r"::": "::, write cast(x as type)",
    r"\bexclude\s*\(|\bexcept\s*\(\s*\w+\s*\)|\breplace\s*\(\s*\w+\s+as\b": "name the columns",
    r"\blist_\w+\(|\barray_\w+\(|\bunnest\(|\[\s*\d+\s*\]": "list functions",
    r"\bcreate\s+or\s+replace\b": "create or replace: dbt materialises",
    r"\bgroup by all\b|\border by all\b": "name the columns",
    r"(?<!\{\{ )\bstring_agg\(|\blistagg\(|\btry_cast\(|\bilike\b|\bregexp_\w+\(": "macros/engine",
    r"\bcurrent_(date|timestamp)\b|\bnow\(\)|\brandom\(": "builds must be repeatable",
}
#: A check may take a logarithm; a figure or a judgement is decimal throughout.
NOT_EXACT = {
    r"(?<![/*'-])/(?![/*])": "/: use safe_divide",
    r"\bdouble\b|\bfloat\b|\breal\b(?!')": "figures are decimals",
}


@pytest.fixture(scope="module")
def manifest(warehouse: Path, work: Path) -> Manifest:
    found: Manifest = json.loads((work / "target/manifest.json").read_text(encoding="utf-8"))
    return found


def models(manifest: Manifest) -> Iterator[dict[str, Any]]:
    return (node for node in manifest["nodes"].values() if node["resource_type"] == "model")


def sql_files(project: Path) -> list[Path]:
    return sorted((project / "dbt_project/models").rglob("*.sql"))


def test_names_tell_the_layer(manifest: Manifest) -> None:
    for node in models(manifest):
        folder = node["fqn"][1]
        assert node["name"].startswith(PREFIXES[folder]), f"{node['name']} in {folder}"
        assert node["schema"] == folder


def test_layers_are_read_in_one_direction(manifest: Manifest) -> None:
    for node in models(manifest):
        folder, name = node["fqn"][1], node["name"]
        for source in node["depends_on"]["nodes"]:
            kind = source.split(".")[0]
            layer = manifest["nodes"][source]["fqn"][1] if kind == "model" else kind
            assert layer in READS[folder] or (name in READS_RAW and layer == "source"), (
                f"{name} in {folder} reads {source}"
            )


def test_column_names_tell_the_type(rows: Rows) -> None:
    found = rows(
        "select table_name, column_name, data_type from information_schema.columns "
        "where table_schema = 'marts' order by all"
    )
    for row in found:
        column, name = row["column_name"], f"{row['table_name']}.{row['column_name']}"
        assert re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", column), name
        for pattern, data_type in TYPES:
            if re.search(pattern, column):
                assert row["data_type"] == data_type, name
                break
        if row["data_type"] == "BOOLEAN":
            assert column.startswith("is_") or column in BOOLEANS, name
        assert row["data_type"] not in {"DOUBLE", "FLOAT"}, name


def test_units_are_never_in_names_of_value_columns(rows: Rows) -> None:
    found = rows("select distinct column_name from information_schema.columns")
    named = {row["column_name"] for row in found if UNIT_WORDS & set(row["column_name"].split("_"))}
    assert named == set()


def test_marts_have_enforced_contracts_and_keys(manifest: Manifest) -> None:
    for node in models(manifest):
        if node["fqn"][1] == "marts":
            assert node["config"]["contract"]["enforced"], node["name"]
            keys = [rule for rule in node["constraints"] if rule["type"] == "primary_key"]
            assert keys or node["config"]["materialized"] == "view", node["name"]


def test_sql_is_portable(project: Path) -> None:
    for path in sql_files(project):
        text = without_comments(path.read_text(encoding="utf-8"))
        exact = {} if path.parent.name == "checks" else NOT_EXACT
        for pattern, instead in (NOT_PORTABLE | exact).items():
            assert not re.search(pattern, text), f"{path.name}: {instead}"


@pytest.mark.parametrize(
    "sql",
    ["select a::int", "select a / b", "qualify row_number() = 1", "select * exclude (a)", "now()"],
)
def test_the_search_for_unportable_sql_finds_it(sql: str) -> None:
    assert any(re.search(pattern, sql) for pattern in NOT_PORTABLE | NOT_EXACT)


def test_models_are_short_and_lower_case(project: Path) -> None:
    for path in sql_files(project):
        text = path.read_text(encoding="utf-8")
        assert len(text.splitlines()) < 80, path.name
        words = re.sub(r"'[^']*'", "", without_comments(text))
        assert not re.search(r"\b(SELECT|FROM|JOIN|WHERE|CASE|CAST)\b", words), path.name


def test_no_knowledge_in_sql(project: Path) -> None:
    """No indicator, area, department, target or layout is named outside the seeds."""
    known = set()
    for seed, column in (
        ("indicators", "indicator_code"),
        ("areas", "ref_area"),
        ("departments", "department_code"),
        ("targets", "target_id"),
        ("reporting_duties", "layout_id"),
        ("light_rules", "light_rule"),
    ):
        with (project / f"dbt_project/seeds/{seed}.csv").open(encoding="utf-8") as handle:
            known |= {row[column] for row in csv.DictReader(handle)}
    files = [*sql_files(project), *sorted((project / "dbt_project/macros").rglob("*.sql"))]
    for path in files:
        quoted = set(re.findall(r"['\"]([^'\"\n]+)['\"]", path.read_text(encoding="utf-8")))
        assert not quoted & known, f"{path.name} names {quoted & known}"


def without_comments(sql: str) -> str:
    return re.sub(r"--[^\n]*|\{#.*?#\}", "", sql, flags=re.DOTALL).lower()
