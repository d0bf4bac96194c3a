"""The gate: what holds a release, and what is said about it."""

from dataclasses import replace

from govstats.validation import Finding, ValidationResult, decide

HARD = Finding(
    finding_id="a1",
    rule_id="BAL-001",
    rule_name_zh="平衡",
    kind="balance",
    severity="hard",
    holds="release",
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
SOFT = replace(HARD, finding_id="b2", severity="soft", holds="none")
REFUSED = replace(HARD, finding_id="c3", holds="submission", sheet=None, cell=None)


def test_nothing_found_is_released() -> None:
    decision = decide(ValidationResult((), ()))
    assert decision.released
    assert decision.counts == {"hard": 0, "soft": 0, "info": 0}
    assert "可以发布" in decision.text_zh


def test_soft_findings_and_refused_files_do_not_hold() -> None:
    decision = decide(ValidationResult((), (SOFT, REFUSED)))
    assert decision.released
    assert decision.holds == ()
    assert decision.counts == {"hard": 1, "soft": 1, "info": 0}
    assert "强制性 1 条、核实性 1 条、提示 0 条" in decision.text_zh


def test_a_hard_finding_holds_and_is_named_with_what_to_do() -> None:
    decision = decide(ValidationResult((), (HARD, SOFT)))
    assert not decision.released
    assert decision.holds == (HARD,)
    assert decision.text_zh == (
        "暂缓发布:1 条强制性审核意见须先处理,上一版继续有效。"
        "\n(1)财政局/2020-06/收入.xlsx 收入 D7:总计与各部分之和相差 1 亿元。"
        "处理办法:核对后重新报送。"
    )
    assert "BAL-001 at 财政局/2020-06/收入.xlsx 收入 D7" in decision.text_en


def test_findings_from_elsewhere_count() -> None:
    assert not decide(ValidationResult((), ()), [HARD]).released


def test_many_findings_are_counted_rather_than_listed() -> None:
    many = tuple(replace(HARD, finding_id=str(number)) for number in range(8))
    decision = decide(ValidationResult((), many))
    assert len(decision.holds) == 8
    assert "另有 3 条" in decision.text_zh
    assert decision.text_zh.count("处理办法") == 5
    assert "and 3 more" in decision.text_en


def test_a_finding_without_a_cell_is_the_warehouses() -> None:
    finding = replace(HARD, file=None, sheet=None, cell=None)
    decision = decide(ValidationResult((), (finding,)))
    assert "(1)本库:" in decision.text_zh
    assert "at the warehouse" in decision.text_en
