"""Judgements of every kind of target, worked out by hand (hand_worked.csv), and their words."""

import csv
from collections.abc import Callable
from datetime import date
from decimal import Decimal as D
from pathlib import Path
from typing import Any

import pytest

Rows = Callable[..., list[dict[str, Any]]]

WORKED = Path(__file__).with_name("hand_worked.csv")
PROGRESS = (
    "select * from marts.fct_target_progress "
    "where target_id like '%-' || ? and strftime(period_end, '%Y-%m') = ?"
)


def cases() -> list[dict[str, str]]:
    with WORKED.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def figure(text: str) -> D | None:
    return D(text) if text else None


def test_there_are_enough_cases_and_none_twice() -> None:
    named = [(case["target"], case["time_period"]) for case in cases()]
    assert len(named) == len(set(named)) >= 60


@pytest.mark.parametrize(
    "case", cases(), ids=lambda case: f"{case['target']} {case['time_period']}"
)
def test_worked_by_hand(rows: Rows, case: dict[str, str]) -> None:
    (row,) = rows(PROGRESS, case["target"], case["time_period"])
    path = row["expected_pct_planned"]
    if path is None:
        path = row["expected_pct_seasonal"]
    if path is None:
        path = row["expected_pct_linear"]
    found = (row["actual_value"], row["completion_pct"], row["gap"])
    assert found == tuple(figure(case[name]) for name in ("actual", "completion", "gap"))
    if row["actual_value"] is not None:
        assert path == figure(case["path"])
    verdict = (row["status"], row["light"], row["no_data_reason"])
    assert verdict == (case["status"], case["light"], case["reason"] or None)


@pytest.mark.parametrize(
    ("target", "time_period", "words"),
    [
        (
            "sewers",
            "2020-08",
            "8月末6项中1项达到阶段要求,目标为片区污水管网工程(6项全部达到阶段要求),完成年度目标的16.7%;"
            "计划进度33.3%,落后计划进度16.7个百分点;未达到:望岳片区污水管网(停滞,现在建:管网铺设(停工))、"
            "梅溪片区污水管网(逾期,应于2020-08-31前完成,现在建:管网铺设)、洛王片区污水管网(现在建:管网铺设)、"
            "奇家片区污水管网(现前期工作:前期手续)、郭镇片区污水管网(现前期工作:前期手续);尚差5项;欠进度。",
        ),
        (
            "dongfeng-lake",
            "2020-12",
            "1-12月无数据(进展用语未识别),目标为东风湖新区基础设施配套(1项全部达到阶段要求),不作判断。"
            "缺:东风湖新区基础设施配套(进展用语未识别:正在推敲)。",
        ),
        (
            "main-roads",
            "2020-08",
            "1-8月累计3条,目标达到9条,完成年度目标的33.3%;计划进度44.4%,时序进度66.7%,"
            "落后计划进度11.1个百分点;尚差6条;欠进度。",
        ),
        (
            "no-new-illegal-construction",
            "2020-08",
            "1-8月新增违法建设2处,目标为0处,高于目标2处;欠进度。",
        ),
        (
            "air-quality",
            "2020-12",
            "1-12月空气质量优良天数比例85.5%,上年同期84.2%,目标为空气优良率提高,"
            "比上年同期高1.3个百分点;已完成。",
        ),
        (
            "petition-stock",
            "2020-09",
            "1-9月无数据(无上年同期数据),目标为信访存量减少,不作判断。已有:9月末信访存量210件。",
        ),
        (
            "general-expenditure-cut",
            "2020-12",
            "1-12月一般性支出同比压减11.2%(5.49亿元,上年同期6.18亿元),目标压减10%,"
            "高于目标1.2个百分点;已完成。",
        ),
        (
            "market-entities",
            "2020-12",
            "12月末市场主体总数7.8万户,目标突破7万户,高于目标0.8万户;已完成。",
        ),
    ],
)
def test_the_working_in_words(rows: Rows, target: str, time_period: str, words: str) -> None:
    (row,) = rows(PROGRESS, target, time_period)
    assert row["working"] == words


def test_a_revised_figure_flips_the_status(rows: Rows) -> None:
    """61800 cut by 10 % is 55620: missed with the first edition, met with the second."""
    found = rows(
        "select obs_value, is_latest from marts.fct_observation_vintage "
        "where indicator_code = 'general_expenditure' and period_end = ? order by vintage_number",
        date(2020, 12, 31),
    )
    limit = D("6.18") * D("0.9")
    assert [(row["obs_value"] <= limit, row["is_latest"]) for row in found] == [
        (False, False),
        (True, True),
    ]


def test_evidence_of_named_items_is_each_ones_cell(rows: Rows) -> None:
    found = rows(
        "select subject_zh, submission_id, sheet, cell, value_text, indicator_code "
        "from marts.fct_target_evidence where target_id like '%-sewers' and period_end = ? "
        "order by item_order",
        date(2020, 8, 31),
    )
    assert len(found) == 6
    assert found[1] == {
        "subject_zh": "望岳片区污水管网",
        "submission_id": "works-2008",
        "sheet": "表",
        "cell": "D4",
        "value_text": "管网铺设(停工)",
        "indicator_code": None,
    }
    # the judgement itself points to the worst of them
    (row,) = rows(PROGRESS, "sewers", "2020-08")
    assert (row["submission_id"], row["cell"]) == ("works-2008", "D5")


def test_evidence_of_a_change_is_both_years(rows: Rows) -> None:
    found = rows(
        "select evidence_role, figure_period_end, submission_id, cell_value "
        "from marts.fct_target_evidence where target_id like '%-general-expenditure-cut' "
        "and period_end = ? order by evidence_role",
        date(2020, 12, 31),
    )
    assert [tuple(row.values()) for row in found] == [
        ("actual", date(2020, 12, 31), "exp-2012b", D("54878")),
        ("base", date(2019, 12, 31), "exp-1912", D("61800")),
    ]


def test_milestones_say_their_state(rows: Rows) -> None:
    found = rows(
        "select item_zh, state, due_date, stage, share_pct from marts.fct_milestone "
        "where target_id like '%-sewers' and period_end = ? order by item_order",
        date(2020, 8, 31),
    )
    end = date(2020, 12, 31)
    assert [tuple(row.values())[1:] for row in found] == [
        ("done", date(2020, 6, 30), "completed", D("100")),
        ("stalled", end, "under_construction", D("50")),
        ("overdue", date(2020, 8, 31), "under_construction", D("50")),
        ("on_schedule", end, "under_construction", D("50")),
        ("not_due", end, "preparation", D("10")),
        ("not_due", end, "preparation", D("10")),
    ]


def test_every_item_has_a_row_at_every_period(rows: Rows) -> None:
    items = rows("select count(*) as n from seeds.target_items")[0]["n"]
    assert rows("select count(*) as n from marts.fct_milestone") == [{"n": items * 11}]
