"""Rules judged over a small warehouse: outcomes, mistakes in rules, and nothing left open."""

import json
import os
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pytest

from govstats.errors import KnowledgeError
from govstats.rules import Rule
from govstats.settings import Settings
from govstats.validation import ValidationResult
from govstats.validation.runner import run_rules, validate

RULE = Rule(
    id="LOG-001",
    name_zh="逻辑",
    name_en="Logic",
    kind="logic",
    severity="soft",
    holds="none",
    basis="依据",
    table="checks.chk_t",
    where="",
    expectation="expect_column_values_to_be_between",
    args={"column": "value", "max_value": 10},
    value="",
    expected="不大于 10",
    message_zh="为 {value}",
    remedy_zh="核对",
    source="expectations/logic.yml",
)


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("runner") / "warehouse.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("create schema checks")
        connection.execute(
            "create table checks.chk_t as select * from (values "
            "('A1', 5, 5, 'x'), ('A2', 11, 10, 'y'), ('A3', null, 1, null)"
            ") as t (cell, value, other, code)"
        )
        connection.execute(
            "create table checks.chk_twice as select 1 as value, 2 as other from range(2)"
        )
        connection.execute("create table checks.chk_many as select * from range(500) as t (value)")
    return path


def judge(warehouse: Path, **change: Any) -> ValidationResult:
    return run_rules([replace(RULE, **change)], warehouse)


def cells(result: ValidationResult) -> list[str | None]:
    return [finding.cell for finding in result.findings]


def test_figures_that_are_missing_are_not_judged(warehouse: Path) -> None:
    result = judge(warehouse)
    (outcome,) = result.rule_results
    assert (outcome.evaluated, outcome.failed, outcome.outcome) == (2, 1, "fail")
    assert cells(result) == ["A2"]
    assert (result.findings[0].value, result.findings[0].expected) == ("11", "不大于 10")


def test_a_rule_that_holds_passes(warehouse: Path) -> None:
    (outcome,) = judge(warehouse, where="cell = 'A1'").rule_results
    assert (outcome.evaluated, outcome.failed, outcome.outcome) == (1, 0, "pass")


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("cell = 'B9'", "nothing was evaluated: no row lies within its scope"),
        (
            "value is null",
            "nothing was evaluated: none of the 1 rows within its scope has a figure to judge",
        ),
    ],
)
def test_nothing_to_judge_is_neither_pass_nor_fail(warehouse: Path, where: str, said: str) -> None:
    (outcome,) = judge(warehouse, where=where).rule_results
    assert (outcome.evaluated, outcome.outcome) == (0, "not_applicable")
    assert outcome.note_en == said
    assert (outcome.note_zh or "").startswith("未作判断：适用范围内")


def test_a_result_says_how_its_rule_judges(warehouse: Path) -> None:
    (outcome,) = judge(warehouse, where="cell = 'A1'", basis_en="b", remedy_en="r").rule_results
    assert (outcome.judged_table, outcome.scope) == ("checks.chk_t", "cell = 'A1'")
    assert outcome.expectation == "expect_column_values_to_be_between"
    assert json.loads(outcome.args) == {"column": "value", "max_value": 10}
    assert (outcome.basis_en, outcome.remedy_zh, outcome.remedy_en) == ("b", "核对", "r")
    assert (outcome.note_zh, outcome.note_en) == (None, None)


def test_a_query_of_violations_counts_its_scope(warehouse: Path) -> None:
    query = "select s.*, 'z' as extra from {scope} as s where s.value > s.other"
    result = judge(
        warehouse, expectation="sql", args={"query": query}, message_zh="{extra} {value}"
    )
    (outcome,) = result.rule_results
    assert (outcome.evaluated, outcome.failed) == (3, 1)
    assert [finding.message_zh for finding in result.findings] == ["z 11"]


def test_every_violation_becomes_a_finding(warehouse: Path) -> None:
    result = judge(warehouse, table="checks.chk_many", args={"column": "value", "max_value": -1})
    assert len(result.findings) == result.rule_results[0].failed == 500


#: Arguments under which exactly cell A2 of the table is wrong, for every expectation allowed.
A2_IS_WRONG = {
    "expect_column_values_to_be_between": {"column": "value", "max_value": 10},
    "expect_column_values_to_be_in_set": {"column": "code", "value_set": ["x"]},
    "expect_column_values_to_not_be_in_set": {"column": "code", "value_set": ["y"]},
    "expect_column_values_to_be_null": {"column": "code"},
    "expect_column_values_to_not_be_null": {"column": "code"},
    "expect_column_pair_values_to_be_equal": {"column_A": "value", "column_B": "other"},
    "expect_column_pair_values_a_to_be_greater_than_b": {
        "column_A": "other",
        "column_B": "value",
        "or_equal": True,
    },
    "sql": {"query": "select s.* from {scope} as s where s.cell = 'A2'"},
}


def test_every_expectation_allowed_is_tried_here(project: Path) -> None:
    schema = json.loads((project / "expectations/schema.json").read_text(encoding="utf-8"))
    allowed = schema["$defs"]["rule"]["properties"]["expectation"]["enum"]
    assert set(allowed) == set(A2_IS_WRONG)


@pytest.mark.parametrize("expectation", A2_IS_WRONG)
def test_every_expectation_allowed_names_its_rows(warehouse: Path, expectation: str) -> None:
    where = {
        "expect_column_values_to_be_null": "cell = 'A2'",
        "expect_column_values_to_not_be_null": "cell = 'A3'",
        "expect_column_pair_values_to_be_equal": "value is not null",
        "expect_column_pair_values_a_to_be_greater_than_b": "value is not null",
    }.get(expectation, "")
    result = judge(warehouse, expectation=expectation, args=A2_IS_WRONG[expectation], where=where)
    wrong = "A3" if expectation == "expect_column_values_to_not_be_null" else "A2"
    assert cells(result) == [wrong]


def test_an_expectation_that_hides_its_rows_is_refused(warehouse: Path) -> None:
    # Great Expectations counts these repeated rows and cannot say which they are
    with pytest.raises(KnowledgeError, match="write the rule as sql"):
        judge(
            warehouse,
            table="checks.chk_twice",
            expectation="expect_compound_columns_to_be_unique",
            args={"column_list": ["value", "other"]},
        )


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            {"table": "checks.chk_tt"},
            "checks.chk_tt is not in the warehouse; nearest: checks.chk_t",
        ),
        ({"args": {"column": "valeu", "max_value": 1}}, "column valeu is not in checks.chk_t"),
        ({"args": {"column": "valeu", "max_value": 1}}, "nearest: value"),
        ({"message_zh": "{valeu}"}, "the text asks for {valeu}"),
        ({"expected": "{period_zh}"}, "the text asks for {period_zh}"),
        ({"where": "valeu > 1"}, "its SQL cannot be run"),
        ({"expectation": "sql", "args": {"query": "selct * from {scope}"}}, "SQL cannot be run"),
        ({"args": {"column": "code", "max_value": 1}}, "Great Expectations cannot evaluate"),
    ],
)
def test_mistakes_in_rules_name_rule_and_file(
    warehouse: Path, change: dict[str, Any], said: str
) -> None:
    with pytest.raises(KnowledgeError) as caught:
        judge(warehouse, **change)
    assert said in str(caught.value)
    assert "expectations/logic.yml LOG-001" in str(caught.value)
    duckdb.connect(str(warehouse)).close()  # whatever failed, the file is closed


def test_the_file_can_be_written_afterwards(warehouse: Path) -> None:
    judge(warehouse)
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute("create or replace table checks.written as select 1 as one")


def test_nothing_is_written_by_the_audit(
    warehouse: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    before = warehouse.read_bytes()
    judge(warehouse)
    assert warehouse.read_bytes() == before
    assert list(tmp_path.iterdir()) == []
    assert os.environ["GX_ANALYTICS_ENABLED"] == "false"


def test_validate_tells_what_failed_and_how_long_it_took(
    project: Path, tmp_path: Path, warehouse: Path
) -> None:
    folder = tmp_path / "expectations"
    folder.mkdir()
    schema = project / "expectations/schema.json"
    (folder / "schema.json").write_bytes(schema.read_bytes())
    (folder / "logic.yml").write_text(
        "group_zh: 逻辑\ngroup_en: Logic\nrules:\n"
        "  - {id: LOG-001, name_zh: 上限, name_en: Limit, kind: logic, severity: soft,\n"
        "     basis: 依据, table: checks.chk_t, expectation: expect_column_values_to_be_between,\n"
        "     args: {column: value, max_value: 10}, message_zh: '为 {value}', remedy_zh: 核对,\n"
        "     basis_en: Basis, message_en: 'It is {value}', remedy_en: Check.}\n",
        encoding="utf-8",
    )
    lines: list[str] = []
    result = validate(Settings(root=tmp_path, data=tmp_path), warehouse, lines.append)
    (finding,) = result.findings
    assert (finding.message_zh, finding.message_en) == ("为 11", "It is 11")
    assert lines[0] == "audit: LOG-001 Limit: fail, 1 of 2 (soft)"
    assert lines[-1].startswith("audit: 1 rules, 0 pass, 1 fail, 0 not applicable, 1 findings")
