"""Every audit rule lets a good table pass and finds the fault in a bad one."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from govstats.rules import Rule

CASES: dict[str, dict[str, Any]] = {
    path.stem: yaml.safe_load(path.read_text(encoding="utf-8"))
    for path in sorted((Path(__file__).parent / "cases").glob("*.yml"))
}
Verdicts = dict[tuple[str, str], Any]


def test_every_rule_has_a_passing_and_a_failing_case(rules: dict[str, Rule]) -> None:
    incomplete = [
        rule_id
        for rule_id in rules
        if not {"pass", "fail", "finds"} <= set(CASES.get(rule_id) or {})
    ]
    assert not incomplete, f"write tests/rules/cases/<id>.yml with pass, fail, finds: {incomplete}"


def test_no_case_is_left_of_a_rule_that_is_gone(rules: dict[str, Rule]) -> None:
    assert set(CASES) <= set(rules)


@pytest.mark.parametrize("rule_id", sorted(CASES))
def test_good_rows_pass(verdicts: Verdicts, rule_id: str) -> None:
    verdict = verdicts[rule_id, "pass"]
    assert [finding.message_zh for finding in verdict.findings] == []
    assert verdict.result.outcome == "pass", "no row was judged: the case proves nothing"


@pytest.mark.parametrize("rule_id", sorted(CASES))
def test_bad_rows_are_found(verdicts: Verdicts, rule_id: str) -> None:
    verdict = verdicts[rule_id, "fail"]
    wanted: list[dict[str, Any]] = CASES[rule_id]["finds"]
    assert verdict.result.outcome == "fail"
    assert verdict.result.failed == len(verdict.findings) == len(wanted)
    for finding, expected in zip(verdict.findings, wanted, strict=True):
        says = expected.get("says", "")
        assert says in finding.message_zh
        found = {name: getattr(finding, name) for name in expected if name != "says"}
        assert found == {name: text for name, text in expected.items() if name != "says"}


@pytest.mark.parametrize("rule_id", sorted(CASES))
def test_findings_name_their_place(
    verdicts: Verdicts, rules: dict[str, Rule], rule_id: str
) -> None:
    for finding in verdicts[rule_id, "fail"].findings:
        assert (finding.severity, finding.holds) == (rules[rule_id].severity, rules[rule_id].holds)
        assert finding.remedy_zh
        assert finding.expected, "a finding says what was expected"
        if rules[rule_id].table.startswith(("raw.observation", "raw.cell")):
            assert finding.department_code == "finance"
            assert finding.file == "财政局/2020-06/收入.xlsx"
            assert finding.cell
