"""The verdict: the gate's decision, and what has to be done."""

import pytest

from govstats.errors import GovstatsError
from govstats.release.report.verdict import Release

HARD = {"severity": "hard", "holds": "release", "rule_id": "BAL-009", "rule_name_zh": "收入合计"}


def test_released_without_findings(page):
    made = page()

    assert "准予发布" in made.texts["verdict"]
    assert "暂缓发布" not in made.text
    assert "全部适用的审核规则均已通过，未产生审核发现。" in made.texts["verdict"]


def test_released_with_soft_findings_asks_for_explanations(page, rows):
    findings = [
        rows.finding(1),
        rows.finding(2, explanation="核实无误", explanation_accepted=False),
        rows.finding(3, explanation="企业停产检修，产值下降。", explanation_accepted=True),
    ]
    made = page({"fct_validation_finding": findings})

    assert "准予发布" in made.texts["verdict"]
    assert "未发现强制性问题；核实性问题 3 条，其中 2 条须由报送部门核实并补充说明。" in made.text
    states = [row[0] for row in made.tables["财政局审核发现"] if row[0].startswith("▲")]
    assert states == ["▲核实性待说明", "▲核实性说明未采纳，须重新说明", "▲核实性说明已采纳"]


def test_all_soft_findings_waiting(page, rows):
    made = page({"fct_validation_finding": [rows.finding(1), rows.finding(2)]})

    assert "核实性问题 2 条，均须由报送部门核实并补充说明。" in made.texts["verdict"]


def test_held_names_what_must_happen_blocking_first(page, rows):
    findings = [
        rows.finding(1, **HARD, remedy_zh="更正三个数。"),
        rows.finding(2, **HARD, remedy_zh="更正三个数。"),
        rows.finding(3, severity="hard", holds="submission", rule_id="LOG-001"),
        rows.finding(4),
    ]
    made = page({"fct_validation_finding": findings}, released=False)
    text = made.texts["verdict"]

    assert "暂缓发布" in text
    assert "准予发布" not in made.text
    assert "强制性问题 3 条，其中须暂停发布的 2 条。" in text
    assert "上一版继续有效" in text
    first, second = (
        text.index("收入合计（BAL-009），2 条，暂停发布"),
        text.index("（LOG-001），1 条"),
    )
    assert first < second
    assert "更正三个数。" in text
    assert text.index("恢复发布须完成的事项") < text.index("不影响发布、但须更正的事项") < second
    assert "退回报表" in text[second:]


def test_held_without_a_blocking_finding_gives_the_gates_words(page, rows):
    other = rows.finding(1, severity="hard", holds="submission")
    made = page({"fct_validation_finding": [other]}, released=False, text_zh="核对表未能生成。")

    assert "暂缓发布" in made.texts["verdict"]
    assert "核对表未能生成。" in made.texts["verdict"]
    assert "恢复发布须完成的事项" not in made.text


def test_released_is_the_gates_word_even_with_hard_findings(page, rows):
    made = page({"fct_validation_finding": [rows.finding(1, severity="hard", holds="submission")]})

    assert "准予发布" in made.texts["verdict"]
    assert "强制性问题 1 条，均不影响发布；无核实性问题。" in made.texts["verdict"]
    assert "不影响发布、但须更正的事项" in made.texts["verdict"]


def test_many_tasks_are_capped_and_counted(page, rows):
    findings = [rows.finding(n, **(HARD | {"rule_id": f"B-{n:02d}"})) for n in range(1, 16)]
    made = page({"fct_validation_finding": findings}, released=False)

    assert "（B-12）" in made.texts["verdict"]
    assert "（B-13）" not in made.texts["verdict"]
    assert "共 15 项，以上列示前 12 项" in made.texts["verdict"]


@pytest.mark.parametrize(
    "release",
    [
        {},
        {"release_id": "a", "latest_period": "2020-04"},
        {"release_id": "a", "latest_period": "2020-04", "gate": {}},
        {"release_id": "a", "latest_period": "2020-04", "gate": None},
        {"latest_period": "2020-04", "gate": {"released": True}},
    ],
)
def test_a_verdict_is_never_guessed(release):
    with pytest.raises(GovstatsError, match="manifest cannot be used"):
        Release.of(release)


def test_manifest_may_call_the_release_id_id():
    told = Release.of({"id": "a", "latest_period": "2020-04", "gate": {"released": False}})

    assert (told.release_id, told.released) == ("a", False)
