"""Every model, column, seed and use of the warehouse is described in both languages."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

Rows = Callable[..., list[dict[str, Any]]]
Manifest = dict[str, Any]

#: English, a full stop, Chinese, a full stop; a code or the name of a column may come first.
DESCRIBED = re.compile(r"[A-Za-z0-9].*[.] [^.]*[一-鿿].*。$", re.DOTALL)


@pytest.fixture(scope="module")
def manifest(warehouse: Path, work: Path) -> Manifest:
    found: Manifest = json.loads((work / "target/manifest.json").read_text(encoding="utf-8"))
    return found


def models(manifest: Manifest) -> Iterator[dict[str, Any]]:
    return (node for node in manifest["nodes"].values() if node["resource_type"] == "model")


def test_yaml_lies_beside_the_model_under_its_name(manifest: Manifest) -> None:
    for node in models(manifest):
        beside = node["original_file_path"].removesuffix(".sql") + ".yml"
        assert node["patch_path"] == f"govstats://{beside}", node["name"]


def test_descriptions_state_the_grain_first_in_both_languages(manifest: Manifest) -> None:
    for node in models(manifest):
        assert re.match(r"One row per .*[.] [^.]*[一-鿿].*。$", node["description"]), node["name"]


def test_every_column_of_every_layer_is_described_in_both_languages(
    manifest: Manifest, rows: Rows
) -> None:
    found = rows(
        "select table_name, column_name from information_schema.columns "
        "where table_schema in ('staging', 'intermediate', 'marts') order by all"
    )
    assert found
    columns = {(row["table_name"], row["column_name"]) for row in found}
    for node in models(manifest):
        # the hand-made warehouse has no checks: their contracts name their columns
        assert node["fqn"][1] != "checks" or node["config"]["contract"]["enforced"], node["name"]
        columns |= {(node["name"], name) for name in node["columns"]}
    undescribed = [
        f"{model}.{name}"
        for model, name in sorted(columns)
        if not DESCRIBED.match(
            manifest["nodes"][f"model.govstats.{model}"]["columns"]
            .get(name, {})
            .get("description", "")
        )
    ]
    assert undescribed == []


def test_no_column_is_described_that_is_not_there(manifest: Manifest, rows: Rows) -> None:
    found = rows("select table_name, column_name from information_schema.columns")
    columns = {(row["table_name"], row["column_name"]) for row in found}
    for node in models(manifest):
        if node["fqn"][1] != "checks":
            named = {(node["name"], name) for name in node["columns"]}
            assert named <= columns, named - columns


def test_seeds_are_described_too(manifest: Manifest) -> None:
    for node in manifest["nodes"].values():
        if node["resource_type"] == "seed":
            assert DESCRIBED.match(node["description"]), node["name"]
            assert node["columns"], node["name"]
            for column in node["columns"].values():
                name = f"{node['name']}.{column['name']}"
                assert DESCRIBED.match(column["description"]), name


def test_exposures_name_what_is_made_of_the_marts(manifest: Manifest) -> None:
    exposures = manifest["exposures"].values()
    assert {each["type"] for each in exposures} == {"dashboard", "application", "analysis"}
    for each in exposures:
        assert DESCRIBED.match(each["description"]), each["name"]
        assert each["owner"]["name"], each["name"]
        assert each["depends_on"]["nodes"], each["name"]
    shown = {node for each in exposures for node in each["depends_on"]["nodes"]}
    marts = {node["unique_id"] for node in models(manifest) if node["fqn"][1] == "marts"}
    assert shown == marts


def test_the_descriptions_are_in_the_warehouse_too(rows: Rows) -> None:
    found = rows(
        "select count(*) as n from duckdb_columns() "
        "where schema_name = 'marts' and (comment is null or comment not like '%。')"
    )
    assert found == [{"n": 0}]


@pytest.mark.parametrize(
    ("exposure", "sources"),
    [
        ("validation_report", "govstats/release/report/*.py"),
        ("command_line", "govstats/cli/*.py govstats/status.py govstats/tracing/*.py"),
    ],
)
def test_exposures_name_what_the_code_reads(
    manifest: Manifest, project: Path, exposure: str, sources: str
) -> None:
    known = {node["name"] for node in models(manifest) if node["fqn"][1] == "marts"}
    texts = [
        path.read_text(encoding="utf-8")
        for pattern in sources.split()
        for path in project.glob(pattern)
    ]
    read = {name for text in texts for name in re.findall(r"\bmarts\.(\w+)", text)} & known
    (found,) = [each for each in manifest["exposures"].values() if each["name"] == exposure]
    named = {node.removeprefix("model.govstats.") for node in found["depends_on"]["nodes"]}
    assert named == read
