"""Which submissions are set aside, what is said of them, and what is kept of earlier passes."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import duckdb
import pytest

from govstats.validation import Finding, RuleResult, ValidationResult, holds, record

FOUND = Finding(
    finding_id="a1",
    place_key="p1",
    finding_key="k1",
    rule_id="BAL-001",
    rule_name_zh="平衡",
    rule_name_en="Balance",
    kind="balance",
    severity="hard",
    holds="submission",
    state="must_mend",
    department_code="finance",
    submission_id="s1",
    file="财政局/2020-06/收入.xlsx",
    sheet="收入",
    cell="D7",
    indicator_code=None,
    ref_area=None,
    period_end=date(2020, 6, 30),
    value="12",
    expected="13",
    message_zh="相差 1 亿元。",
    remedy_zh="核对",
    message_en="off by 1",
)
STATUS = {"s1": "accepted", "s2": "accepted", "s3": "refused", "s4": "held"}
RULE = RuleResult(
    rule_id="BAL-001",
    name_zh="平衡",
    name_en="Balance",
    kind="balance",
    kind_zh="平衡",
    severity="hard",
    holds="submission",
    basis="依据",
    evaluated=10,
    failed=0,
    outcome="pass",
)


def test_every_finding_of_a_submission_says_why_it_is_held() -> None:
    second = replace(FOUND, finding_id="a2", rule_id="LOG-001", sheet=None, cell=None)
    other = replace(FOUND, finding_id="a3", submission_id="s2")
    found = holds.wanted([other, FOUND, second], STATUS)
    assert [(hold.submission_id, hold.rules) for hold in found] == [
        ("s1", ("BAL-001", "LOG-001")),
        ("s2", ("BAL-001",)),
    ]
    assert found[0].reason_zh() == (
        "未通过强制性审核，本次报送的数据暂不采用：BAL-001 收入 D7：相差 1 亿元；"
        "LOG-001：相差 1 亿元。"
    )
    assert found[0].reason_en() == (
        "hard findings of the audit, its figures are not used: BAL-001 收入 D7: off by 1; "
        "LOG-001: off by 1"
    )


def test_a_long_reason_is_counted_rather_than_told() -> None:
    (hold,) = holds.wanted([replace(FOUND, finding_id=str(n)) for n in range(5)], STATUS)
    assert hold.reason_zh().endswith("；另有 2 条。")
    assert hold.reason_en().endswith("; and 2 more")


@pytest.mark.parametrize(
    "change",
    [
        {"holds": "none"},
        {"holds": "release"},
        {"state": "overridden"},
        {"submission_id": None},
        {"submission_id": "s3"},  # refused: it has no figures
        {"submission_id": "s4"},  # held already
        {"submission_id": "unknown"},
    ],
)
def test_nothing_else_is_set_aside(change: dict[str, str | None]) -> None:
    assert holds.wanted([replace(FOUND, **change)], STATUS) == ()  # type: ignore[arg-type]


def test_of_two_sheets_that_disagree_the_one_that_is_wrong_by_itself_goes_first() -> None:
    between = replace(FOUND, finding_id="b1", submission_id="s2", kind="cross_table")
    assert [hold.submission_id for hold in holds.wanted([FOUND, between], STATUS)] == ["s1"]
    (alone,) = holds.wanted([between], STATUS)
    assert alone.submission_id == "s2"
    # one that is held already does not keep a comparison from being acted on
    held = replace(FOUND, submission_id="s4")
    assert [hold.submission_id for hold in holds.wanted([held, between], STATUS)] == ["s2"]


def test_what_is_held_is_told_from_what_is_to_be_held() -> None:
    found = [FOUND, replace(FOUND, submission_id="s4")]
    assert [hold.submission_id for hold in holds.standing(found, STATUS)] == ["s4"]


def test_findings_of_an_earlier_pass_are_kept_once_and_counted_with_their_rule() -> None:
    soft = replace(FOUND, finding_id="b1", severity="soft", holds="none", rule_id="FLU-002")
    again = replace(FOUND, finding_id="a9", message_zh="现在这样说")
    result = ValidationResult((RULE, replace(RULE, rule_id="FLU-002")), (again, soft))
    earlier = (FOUND, replace(again, message_zh="从前那样说"))
    whole = holds.joined(result, earlier)
    assert whole.findings == (again, FOUND, soft)
    assert whole.rule_results == (
        replace(RULE, evaluated=11, failed=1, outcome="fail"),
        replace(RULE, rule_id="FLU-002"),
    )


def test_without_anything_earlier_the_audit_stands_as_it_is() -> None:
    result = ValidationResult((RULE,), (FOUND,))
    assert holds.joined(result, ()) is result
    assert holds.joined(result, (FOUND,)) is result


def test_a_warehouse_says_itself_what_it_holds_and_why(project: Path, tmp_path: Path) -> None:
    """What was said or decided later is not kept: it is set again by each audit."""
    path = tmp_path / "warehouse.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute((project / "govstats/warehouse/raw.sql").read_text(encoding="utf-8"))
        for name, status in STATUS.items():
            connection.execute(
                "insert into raw.submission by name select ? as submission_id, ? as status, "
                "1 as sequence_number, 'finance' as department_code, '2020-06' as time_period, "
                "? as file, '' as sha256, 1 as size_bytes, ? as received_at, 0 as cells_total, "
                "0 as cells_observation, 0 as cells_label, 0 as cells_metadata, "
                "0 as cells_ignorable, 0 as cells_unmapped, 0 as observations",
                [name, status, f"{name}.xlsx", datetime(2020, 7, 1)],
            )
    of_held = replace(FOUND, submission_id="s4")
    soft = replace(of_held, finding_id="b1", severity="soft", holds="none", state="open")
    explained = replace(
        soft,
        state="explained",
        explanation="因口径调整",
        explanation_accepted=True,
        explained_by="李",
        explained_at=datetime(2020, 7, 2),
        explanation_submission_id="s2",
    )
    of_used = replace(FOUND, finding_id="c1", submission_id="s2")
    record(path, ValidationResult((RULE,), (of_held, explained, of_used)))
    with duckdb.connect(str(path), read_only=True) as connection:
        assert holds.statuses(connection) == STATUS
        assert holds.kept(connection) == (of_held, soft)
