"""dbt's unit tests, which lie beside the models they test."""

import json
from pathlib import Path

import pytest

from govstats.errors import GovstatsError
from govstats.settings import Settings
from govstats.warehouse import dbt_runner

pytestmark = pytest.mark.slow

FOLDERS = ("staging", "intermediate", "marts")
#: Models that decide something: each must have a unit test.
JUDGES = {
    "stg_submission",
    "stg_correction",
    "fct_target_path_year",
    "fct_target_path",
    "int_path_share",
    "int_outlook_pace",
    "int_outlook_judged",
    "int_outlook_hindcast",
    "int_outlook",
    "stg_observation",
    "int_observation_vintage",
    "int_observation_ranked",
    "int_observation_compared",
    "int_target_period",
    "int_target_actual_measured",
    "int_target_component",
    "int_target_actual_relative",
    "int_target_actual_change",
    "int_target_actual_items",
    "int_target_item_entry",
    "int_target_item_stage",
    "int_target_item",
    "int_work_stage",
    "int_register_value",
    "int_register_entry",
    "int_seasonal_share",
    "int_target_path",
    "int_target_distance",
    "int_target_rest",
    "int_target_judged",
    "fct_revision",
    "fct_peer_comparison",
    "fct_submission",
}


def test_unit_tests_pass(project: Path, tmp_path: Path, warehouse: Path, work: Path) -> None:
    settings = Settings(root=project, data=tmp_path)
    select = " ".join(f"path:models/{folder},test_type:unit" for folder in FOLDERS)
    results = dbt_runner.unit_tests(settings, warehouse, work, select=select)
    assert {result.status for result in results} == {"pass"}
    assert len(results) >= len(JUDGES)


def test_every_judgement_has_a_unit_test_with_its_arithmetic(warehouse: Path, work: Path) -> None:
    manifest = json.loads((work / "target/manifest.json").read_text(encoding="utf-8"))
    tests = manifest["unit_tests"].values()
    tested = {test["model"] for test in tests}
    assert tested >= JUDGES
    for test in tests:
        if test["model"] in JUDGES:
            assert len(test["description"]) > 60, f"{test['name']}: say why the rows are expected"


def test_a_wrong_operator_is_noticed(broken: tuple[Settings, Path], warehouse: Path) -> None:
    settings, work = broken
    with pytest.raises(GovstatsError, match="operators_at_their_bounds"):
        dbt_runner.unit_tests(settings, warehouse, work, select="operators_at_their_bounds")
