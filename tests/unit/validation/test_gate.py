"""The gate: what holds a release, and what is said about it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from govstats.validation import Finding, GateDecision, ValidationResult, decide

HARD = Finding(
    finding_id="a1",
    place_key="p1",
    finding_key="k1",
    rule_id="BAL-001",
    rule_name_zh="平衡",
    rule_name_en="logic",
    kind="balance",
    severity="hard",
    holds="release",
    state="must_mend",
    department_code="finance",
    submission_id="s1",
    file="财政局/2020-06/收入.xlsx",
    sheet="收入",
    cell="D7",
    indicator_code="general_budget_revenue",
    ref_area="430602000000",
    period_end=None,
    value="12",
    expected="13",
    message_zh="总计与各部分之和相差 1 亿元",
    remedy_zh="核对后重新报送",
)
SOFT = replace(HARD, finding_id="b2", severity="soft", holds="none", state="open")
OF_A_SHEET = replace(HARD, finding_id="c3", holds="submission")
PASSED = replace(
    HARD,
    finding_id="d4",
    state="overridden",
    override_by="王敏",
    override_reason_zh="省级划入，已核对文件。",
    overridden_on=date(2020, 7, 20),
)
IN_USE = {"s1": "accepted"}


def found(*findings: Finding, status: Mapping[str, str] = IN_USE) -> GateDecision:
    return decide(ValidationResult((), findings), status)


def test_nothing_found_is_released() -> None:
    decision = found()
    assert decision.released
    assert decision.counts == {"hard": 0, "soft": 0, "info": 0}
    assert decision.text_zh == (
        "可以发布：没有阻止发布的强制性审核意见（审核意见：强制性 0 条、核实性 0 条、提示 0 条）。"
    )


def test_soft_findings_do_not_hold_and_are_asked_for() -> None:
    decision = found(SOFT, replace(SOFT, finding_id="b3", state="rejected"))
    assert decision.released
    assert decision.holds == ()
    assert decision.counts == {"hard": 0, "soft": 2, "info": 0}
    assert decision.states == {"open": 1, "rejected": 1}
    assert "待说明 2 条核实性意见" in decision.text_zh
    assert "2 soft findings wait for an explanation" in decision.text_en


def test_explained_findings_are_not_asked_for() -> None:
    decision = found(replace(SOFT, state="explained"))
    assert "待说明" not in decision.text_zh
    assert "wait" not in decision.text_en


@pytest.mark.parametrize("severity", ["hard", "soft"])
def test_a_hard_finding_holds_and_is_named_with_what_to_do(severity: str) -> None:
    decision = found(HARD, replace(SOFT, severity=severity, state="told"))
    assert not decision.released
    assert decision.holds == (HARD,)
    assert decision.text_zh == (
        "暂缓发布：1 条强制性审核意见须先处理，上一版继续有效。"
        "\n（1）财政局/2020-06/收入.xlsx 收入 D7：总计与各部分之和相差 1 亿元。"
        "处理办法：核对后重新报送。审核意见编号 a1。"
        "\n处理后重新运行；确需放行的，由负责人用 govstats override 登记原因。"
    )
    assert "BAL-001 at 财政局/2020-06/收入.xlsx 收入 D7, finding a1" in decision.text_en
    assert "govstats override" in decision.text_en


def test_a_submission_set_aside_holds_nothing_and_is_named_with_what_must_happen() -> None:
    decision = found(OF_A_SHEET, status={"s1": "held"})
    assert decision.released
    assert decision.holds == ()
    (held,) = decision.held
    assert (held.submission_id, held.department_code) == ("s1", "finance")
    assert (held.rules, held.finding_ids) == (("BAL-001",), ("c3",))
    assert decision.text_zh.splitlines()[1:] == [
        "暂缓采用 1 份报表，其余数据照常：",
        "（1）财政局/2020-06/收入.xlsx：未通过强制性审核，本次报送的数据暂不采用："
        "BAL-001 收入 D7：总计与各部分之和相差 1 亿元。",
        "请报送部门改正后另存为新文件名重新报送；确需放行的，用 govstats override 登记原因。",
    ]
    assert "1 submissions are held" in decision.text_en
    assert "财政局/2020-06/收入.xlsx (BAL-001)" in decision.text_en


def test_a_refused_file_holds_nothing_and_is_not_one_set_aside() -> None:
    decision = found(OF_A_SHEET, status={"s1": "refused"})
    assert decision.released
    assert decision.held == ()


@pytest.mark.parametrize("submission", ["s1", None, "never registered"])
def test_what_could_not_be_set_aside_holds_the_release(submission: str | None) -> None:
    decision = found(replace(OF_A_SHEET, submission_id=submission))
    assert not decision.released
    assert [finding.finding_id for finding in decision.holds] == ["c3"]


def test_what_concerns_the_marts_holds_whatever_submission_it_names() -> None:
    assert not found(HARD, status={"s1": "held"}).released


def test_an_overridden_finding_holds_nothing_and_is_printed_with_who_answers() -> None:
    decision = found(PASSED)
    assert decision.released
    assert decision.overridden == (PASSED,)
    assert decision.text_zh.splitlines()[1:] == [
        "特批放行 1 条：",
        "（1）BAL-001 财政局/2020-06/收入.xlsx 收入 D7：总计与各部分之和相差 1 亿元。"
        "放行原因：省级划入，已核对文件（王敏，2020-07-20）。",
    ]
    assert "1 hard findings are overridden" in decision.text_en
    assert "by 王敏 on 2020-07-20" in decision.text_en


def test_many_findings_are_counted_rather_than_listed() -> None:
    decision = found(*(replace(HARD, finding_id=str(number)) for number in range(8)))
    assert len(decision.holds) == 8
    assert "另有 3 条" in decision.text_zh
    assert decision.text_zh.count("处理办法") == 5
    assert "and 3 more" in decision.text_en


def test_a_finding_without_a_cell_is_the_warehouses() -> None:
    decision = found(replace(HARD, file=None, sheet=None, cell=None))
    assert "（1）本库：" in decision.text_zh
    assert "at the warehouse" in decision.text_en
