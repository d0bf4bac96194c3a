"""Every column of every mart says what it rests on, in terms that exist."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from govstats.tracing.catalog import Catalog, Mart
from govstats.warehouse import lineage


@pytest.fixture(scope="module")
def nodes(warehouse: Path, work: Path) -> dict[str, dict[str, Any]]:
    assert warehouse
    manifest = json.loads((work / "target/manifest.json").read_text(encoding="utf-8"))
    return lineage.nodes(manifest)


@pytest.fixture(scope="module")
def marts(nodes: dict[str, dict[str, Any]]) -> dict[str, Mart]:
    return dict(Catalog(nodes).marts)


def test_every_column_has_a_role(marts: dict[str, Mart]) -> None:
    assert len(marts) > 30
    undeclared = {
        f"{mart.name}.{column}: add it to cells, rests_on, counts, knowledge or codes"
        for mart in marts.values()
        for column in mart.types
        if mart.role(column) is None
    }
    assert undeclared == set()


def test_every_mart_has_a_key(marts: dict[str, Mart]) -> None:
    assert {mart.name for mart in marts.values() if not mart.key} == set()


def test_declarations_name_columns_that_exist(marts: dict[str, Mart]) -> None:
    for mart in marts.values():
        declared = {*mart.cells, *mart.cells.values(), *mart.knowledge, *mart.counts, *mart.codes}
        declared |= set(mart.rests_on) - {"*"}
        assert declared <= set(mart.types), mart.name
        assert set(mart.key) <= set(mart.types), mart.name
        for sources in mart.rests_on.values():
            for source in sources:
                other = marts[source.mart or mart.name]
                assert source.column in other.types, f"{mart.name} → {other.name}.{source.column}"
                assert bool(source.mart) == bool(source.condition), mart.name
                for side, name in re.findall(r"\b(this|that)\.(\w+)", source.condition):
                    assert name in (mart if side == "this" else other).types, (mart.name, name)


def test_knowledge_is_a_table_people_keep(marts: dict[str, Mart], project: Path) -> None:
    seeds = {path.stem for path in (project / "dbt_project/seeds").glob("*.csv")}
    named = {seed for mart in marts.values() for seed in mart.knowledge.values()}
    assert named <= seeds


def test_a_cell_stands_beside_its_sheet_and_submission(marts: dict[str, Mart]) -> None:
    for mart in marts.values():
        for cell in mart.cells.values():
            prefix = cell.removesuffix("cell")
            for part in ("sheet", "submission_id"):
                assert f"{prefix}{part}" in mart.types or part in mart.types, (mart.name, cell)


def test_no_cell_of_a_mart_is_left_without_a_column(marts: dict[str, Mart]) -> None:
    """An address that nothing is declared to stand at would lead nowhere."""
    leaves = {"fct_observation", "fct_observation_vintage", "fct_entry_value"}
    for mart in marts.values():
        addresses = {name for name in mart.types if re.search(r"(^|_)cell$", name)}
        read = {source.mart for sources in mart.rests_on.values() for source in sources}
        # cells of a table's corners hold no figure; figures found by their own key name their own
        left = addresses - {"first_cell", "last_cell"} - set(mart.cells.values())
        assert not left or read & leaves or (not mart.cells and left == {"cell"}), mart.name


def test_lineage_leads_from_the_raw_tables_to_the_mart(nodes: dict[str, dict[str, Any]]) -> None:
    models = Catalog(nodes).models("fct_target_progress")
    names = [model.name for model in models]
    assert names[-1] == "marts.fct_target_progress"
    assert len(names) == len(set(names))
    for position, model in enumerate(models):
        assert set(model.parents) <= set(names[:position])
    assert {"raw.observation", "seeds.targets", "staging.stg_observation"} <= set(names)
    assert all(model.sql for model in models if model.kind == "model")
    assert all(re.search(r"[\u4e00-\u9fff]", model.description) for model in models)


def test_the_same_project_gives_the_same_lineage(work: Path, tmp_path: Path) -> None:
    manifest = work / "target/manifest.json"
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    first = lineage.write(manifest, tmp_path / "a").read_bytes()
    assert first == lineage.write(manifest, tmp_path / "b").read_bytes()
    assert str(work).encode() not in first
