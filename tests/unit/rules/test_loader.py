"""Rule files are read whole or refused with file, rule, place and a cure."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from govstats.errors import KnowledgeError
from govstats.rules import HOLDS, KINDS, SEVERITIES, load_rules

RULE: dict[str, Any] = {
    "id": "BAL-001",
    "name_zh": "平衡",
    "name_en": "Balance",
    "kind": "balance",
    "severity": "hard",
    "basis": "各部分之和等于总计",
    "table": "checks.chk_sum_of_parts",
    "expectation": "expect_column_values_to_be_between",
    "args": {"column": "difference", "min_value": -1, "max_value": 1},
    "message_zh": "相差 {difference}",
    "remedy_zh": "核对",
    "basis_en": "Parts add up to their total",
    "message_en": "Off by {difference}",
    "remedy_en": "Check.",
}


@pytest.fixture
def folder(project: Path, tmp_path: Path) -> Path:
    schema = (project / "expectations/schema.json").read_text(encoding="utf-8")
    (tmp_path / "schema.json").write_text(schema, encoding="utf-8")
    return tmp_path


def write(folder: Path, *rules: dict[str, Any], file: str = "balance.yml") -> None:
    document = {"group_zh": "平衡", "group_en": "Balance", "rules": list(rules)}
    text = yaml.safe_dump(document, allow_unicode=True)
    (folder / file).write_text(text, encoding="utf-8")


def complaint(folder: Path) -> str:
    with pytest.raises(KnowledgeError) as caught:
        load_rules(folder)
    return str(caught.value)


def test_a_rule_is_read_with_its_defaults(folder: Path) -> None:
    write(folder, RULE)
    (rule,) = load_rules(folder)
    assert rule.id == "BAL-001"
    assert (rule.kind_zh, rule.holds, rule.where) == ("平衡", "submission", "")
    assert rule.args == {"column": "difference", "min_value": -1, "max_value": 1}
    assert rule.place == "expectations/balance.yml BAL-001"


@pytest.mark.parametrize("severity", ["soft", "info"])
@pytest.mark.parametrize("holds", ["submission", "release"])
def test_only_hard_rules_hold_something(folder: Path, severity: str, holds: str) -> None:
    write(folder, RULE | {"severity": severity})
    (rule,) = load_rules(folder)
    assert rule.holds == "none"
    write(folder, RULE | {"severity": severity, "holds": holds})
    assert "only a hard rule may hold" in complaint(folder)


def test_rules_come_in_order_of_their_ids(folder: Path) -> None:
    write(folder, RULE | {"id": "LOG-002"}, RULE | {"id": "LOG-001"}, file="b.yml")
    write(folder, RULE, file="z.yml")
    assert [rule.id for rule in load_rules(folder)] == ["BAL-001", "LOG-001", "LOG-002"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"severty": "hard"}, "balance.yml BAL-001: unknown key severty; nearest: severity"),
        ({"kind": "balence"}, "kind: 'balence' is not a known value; nearest: balance"),
        ({"severity": "fatal"}, "known: hard, info, soft"),
        ({"holds": "relase"}, "nearest: release"),
        ({"id": "bal-1"}, "three capitals, a hyphen, three digits"),
        ({"table": "chk_figure"}, "schema.table in the warehouse"),
        ({"message_zh": ""}, "BAL-001: message_zh: "),
        ({"message_zh": "相差 {difference"}, "message_zh: "),
        ({"message_zh": "相差 {difference:.2f}"}, "{difference} is not a plain column name"),
        ({"message_en": "off by {difference"}, "message_en: "),
        ({"message_en": ""}, "BAL-001: message_en: "),
        ({"covers": "delete from raw.cell"}, "covers: 'delete from raw.cell' is not of the form"),
        ({"expected": "{a.b}"}, "expected: {a.b} is not a plain column name"),
        (
            {"expectation": "expect_column_values_to_be_betwen"},
            "nearest: expect_column_values_to_be_between",
        ),
        ({"args": {"column": "d", "min": 1}}, "args: unknown key min; nearest: min_value"),
        ({"args": {"min_value": 1, "max_value": 2}}, "args: missing column"),
        ({"args": {"column": "d", "max_value": "1"}}, "args: max_value: '1' is not of type"),
        ({"expectation": "sql", "args": {"query": "select 1"}}, "a select over {scope}"),
    ],
)
def test_mistakes_are_named_with_their_place(
    folder: Path, change: dict[str, Any], said: str
) -> None:
    write(folder, RULE | change)
    assert said in complaint(folder)


def test_missing_keys_are_listed(folder: Path) -> None:
    write(folder, {key: RULE[key] for key in RULE if key not in ("basis", "remedy_zh")})
    assert "BAL-001: missing basis, remedy_zh" in complaint(folder)


def test_english_is_no_choice(folder: Path) -> None:
    write(folder, {key: RULE[key] for key in RULE if not key.endswith("_en") or key == "name_en"})
    assert "BAL-001: missing basis_en, message_en, remedy_en" in complaint(folder)


@pytest.mark.parametrize("covers", ["none", "select 1", "with a as (select 1) select * from a"])
def test_what_a_rule_covers_is_a_query_or_none(folder: Path, covers: str) -> None:
    write(folder, RULE | {"covers": f"{covers}\n"})
    (rule,) = load_rules(folder)
    assert rule.covers == covers


def test_all_mistakes_are_named_at_once(folder: Path) -> None:
    write(folder, RULE | {"kind": "x"}, file="a.yml")
    write(folder, RULE | {"id": "BAL-002", "severity": "x"}, file="b.yml")
    text = complaint(folder)
    assert "a.yml BAL-001: kind" in text
    assert "b.yml BAL-002: severity" in text


def test_an_id_is_used_once(folder: Path) -> None:
    write(folder, RULE, file="a.yml")
    write(folder, RULE, file="b.yml")
    text = complaint(folder)
    assert "BAL-001 is used 2 times: expectations/a.yml, expectations/b.yml" in text


def test_a_key_given_twice_is_refused(folder: Path) -> None:
    write(folder, RULE)
    path = folder / "balance.yml"
    path.write_text(path.read_text(encoding="utf-8") + "group_zh: 逻辑\n", encoding="utf-8")
    assert "balance.yml, line 21, column 1: the key “group_zh” is given twice" in complaint(folder)


def test_what_is_no_yaml_is_refused(folder: Path) -> None:
    (folder / "broken.yml").write_text("rules: [", encoding="utf-8")
    assert "broken.yml, line 1, column 9" in complaint(folder)


def test_a_file_of_another_shape_is_refused(folder: Path) -> None:
    (folder / "list.yml").write_text("- 1\n", encoding="utf-8")
    assert "list.yml" in complaint(folder)


def test_no_rules_is_no_audit(folder: Path) -> None:
    assert "no audit rules" in complaint(folder)


def test_code_lists_are_those_of_the_schema(project: Path) -> None:
    schema = json.loads((project / "expectations/schema.json").read_text(encoding="utf-8"))
    rule = schema["$defs"]["rule"]["properties"]
    assert set(rule["kind"]["enum"]) == set(KINDS)
    assert rule["severity"]["enum"] == list(SEVERITIES)
    assert rule["holds"]["enum"] == list(HOLDS)
    for code, name_zh in KINDS.items():
        assert f"{name_zh} {code}" in rule["kind"]["description"]


def test_every_expectation_of_the_schema_has_its_arguments_checked(project: Path) -> None:
    schema = json.loads((project / "expectations/schema.json").read_text(encoding="utf-8"))
    rule = schema["$defs"]["rule"]
    checked = {each["if"]["properties"]["expectation"]["const"] for each in rule["allOf"]}
    assert checked == set(rule["properties"]["expectation"]["enum"])
