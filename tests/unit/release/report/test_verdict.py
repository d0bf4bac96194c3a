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
        rows.finding(2, explanation="核实无误", state="rejected"),
        rows.finding(3, explanation="企业停产检修，产值下降。", state="explained"),
    ]
    made = page({"fct_validation_finding": findings})

    assert "准予发布" in made.texts["verdict"]
    assert "未发现强制性问题；核实性问题 3 条，其中 2 条须由报送部门核实并补充说明。" in made.text
    states = [row[0] for row in made.tables["财政局审核发现"][2::2]]
    assert states == ["▲待说明", "▲说明未采信", "●已说明"]


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
        text.index("收入合计 BAL-009，2 条，暂停发布"),
        text.index("LOG-001，1 条"),
    )
    assert first < second
    assert "更正三个数。" in text
    assert (
        text.index("恢复发布须完成的事项")
        < text.index("不影响其他数据发布、但须更正的事项")
        < second
    )
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
    assert "强制性问题 1 条，均不影响其他数据发布；无核实性问题。" in made.texts["verdict"]
    assert "不影响其他数据发布、但须更正的事项" in made.texts["verdict"]


def test_every_task_is_there(page, rows):
    findings = [rows.finding(n, **(HARD | {"rule_id": f"B-{n:02d}"})) for n in range(1, 31)]
    made = page({"fct_validation_finding": findings}, released=False)

    assert all(f"收入合计 B-{n:02d}，1 条" in made.texts["verdict"] for n in range(1, 31))


def test_an_override_is_printed_with_its_reason_and_is_no_task(page, rows):
    overridden = rows.finding(
        1,
        **HARD,
        state="overridden",
        override_by="张建国",
        override_reason_zh="年报已定案",
        overridden_on="2020-05-02",
    )
    made = page({"fct_validation_finding": [overridden]})

    assert "特批发布" in made.texts["verdict"]
    assert "特批放行 1 条" in made.texts["verdict"]
    assert made.tables["特批放行"][1] == [
        "收入合计BAL-009",
        "财政局财政局/2020-03/收入.xlsx 收入!D7",
        "第1号问题。",
        "年报已定案",
        "张建国2020-05-02",
    ]
    assert "须更正的事项" not in made.text


def test_a_held_submission_is_named_with_its_reason(page, rows):
    reason = {"reason_code": "audit_hold", "reason_zh": "合计不等,差10", "reason_en": "off by 10"}
    held = rows.submission("finance", "2020-04", status="held", **reason)
    tables = {"fct_submission": [held, rows.submission("statistics", "2020-04")]}
    made = page(tables)

    assert "因审核暂缓采用的报表 1 份，其数据未进入本版，缺口已标注。" in made.texts["verdict"]
    (_, row) = made.tables["因审核暂缓采用的报表"]
    assert row[1:] == [
        "财政局",
        "finance/2020-04/报表_2020-04.xlsx",
        "2020-04-28 09:30",
        "合计不等，差10",
    ]
    assert "无退回文件。" in made.texts["refused"]
    assert "off by 10" in page(tables, lang="en").texts["verdict"]


def test_the_verdict_is_signed(page):
    made = page()

    for line in ("编制人", "审核人", "单位负责人", "审核单位（盖章处）", "日期"):
        assert line in made.texts["verdict"]


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
