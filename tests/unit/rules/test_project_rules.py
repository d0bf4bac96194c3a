"""The project's own rules: complete, covering every kind, and told to the statistician."""

import re
from pathlib import Path

import pytest

from govstats.rules import KINDS, Rule, load_rules
from govstats.rules.rule import places


@pytest.fixture(scope="module")
def rules(project: Path) -> tuple[Rule, ...]:
    return load_rules(project / "expectations")


def test_every_kind_of_audit_is_there(rules: tuple[Rule, ...]) -> None:
    assert {rule.kind for rule in rules} == set(KINDS)
    assert len(rules) >= 34


def test_raw_figures_checks_and_marts_are_audited(rules: tuple[Rule, ...]) -> None:
    assert {rule.table.split(".")[0] for rule in rules} == {"raw", "checks", "marts"}


def test_no_check_is_built_for_nothing(project: Path, rules: tuple[Rule, ...]) -> None:
    used = " ".join([f"{rule.table} {rule.where} {rule.args}" for rule in rules])
    models = {
        path.stem: path.read_text(encoding="utf-8")
        for path in (project / "dbt_project/models/checks").glob("*.sql")
    }
    # a check is judged by a rule, or is a step on the way to one that is
    reached: set[str] = set()
    waiting = {name for name in models if f"checks.{name}" in used}
    while waiting:
        reached |= waiting
        read = " ".join(models[name] for name in waiting)
        waiting = {name for name in models if f"'{name}'" in read} - reached
    assert sorted(set(models) - reached) == []


def test_texts_are_chinese_and_say_what_to_do(rules: tuple[Rule, ...]) -> None:
    for rule in rules:
        for text in (rule.name_zh, rule.basis, rule.message_zh, rule.remedy_zh):
            assert re.search("[一-鿿]", text), rule.id
        assert re.fullmatch(r"[\x20-\x7e]+", rule.name_en), rule.id


def test_every_text_is_there_in_english(rules: tuple[Rule, ...]) -> None:
    for rule in rules:
        for text in (rule.basis_en, rule.message_en, rule.remedy_en):
            assert re.search("[A-Za-z]", text), (
                f"{rule.place}: write basis_en, message_en, remedy_en"
            )
            assert not re.search("[一-鿿]", re.sub("亿元|万元", "", text)), rule.place


def test_both_languages_say_the_same_of_a_finding(rules: tuple[Rule, ...]) -> None:
    for rule in rules:
        chinese, english = (
            {re.sub("_(zh|en)$", "", name) for name in places(text)}
            for text in (rule.message_zh, rule.message_en)
        )
        # why a rule holds is the rule's own text; some lists have no English names
        missing = chinese - english - {"basis", "source"}
        assert missing <= {"layout"}, f"{rule.place}: message_en leaves out {missing}"
        assert not {name for name in places(rule.message_en) if name.endswith("_zh")} - {
            "reason_zh"  # as a person wrote it
        }, rule.place


def test_names_are_not_used_twice(rules: tuple[Rule, ...]) -> None:
    assert len({rule.name_zh for rule in rules}) == len(rules)
    assert len({rule.name_en for rule in rules}) == len(rules)


def test_the_readme_explains_every_key_and_kind(project: Path, rules: tuple[Rule, ...]) -> None:
    text = (project / "expectations/README.md").read_text(encoding="utf-8")
    keys = ("id", "name_zh", "name_en", "kind", "severity", "holds", "basis", "table", "where",
            "expectation", "args", "value", "expected", "message_zh", "remedy_zh",
            "basis_en", "message_en", "remedy_en", "covers")  # fmt: skip
    for word in (*keys, *KINDS, *KINDS.values()):
        assert f"`{word}`" in text or word in KINDS.values(), word
        assert word in text
    for prefix in {rule.id[:3] for rule in rules}:
        assert f"`{prefix}`" in text, prefix
