"""Judgements worked out by hand from figures.csv; the arithmetic stands beside each."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal as D
from typing import Any

import pytest

Rows = Callable[..., list[dict[str, Any]]]

PROGRESS = (
    "select * from marts.fct_target_progress "
    "where target_id like '%' || ? and strftime(period_end, '%Y-%m') = ?"
)


@pytest.fixture(scope="session")
def judged(rows: Rows) -> Callable[[str, str], dict[str, Any]]:
    def one(target: str, time_period: str) -> dict[str, Any]:
        found = rows(PROGRESS, target, time_period)
        assert len(found) == 1
        return found[0]

    return one


Judged = Callable[[str, str], dict[str, Any]]


def test_level_behind_its_seasonal_path(judged: Judged) -> None:
    # shares 464.1/663 = 0.70 and 519.27/692.36 = 0.75, mean 72.5; 520.45/750 = 69.3933
    # rest: 750 - 520.45 = 229.55; 692.36 - 519.27 = 173.09; 229.55/173.09 - 1 = 32.6189 %
    row = judged("gdp-level", "2020-09")
    assert row["completion_pct"] == D("69.3933")
    assert row["expected_pct_seasonal"] == D("72.5")
    assert row["expected_pct_linear"] == D("75")
    assert row["gap"] == D("-3.1067")
    assert row["gap_unit"] == "百分点"
    assert row["remaining_value"] == D("229.55")
    assert (row["required_rest_value"], row["required_rest_unit"]) == (D("32.6189"), "%")
    assert (row["status"], row["status_zh"], row["light"]) == ("behind", "欠进度", "yellow")
    assert row["working"] == (
        "1-9月累计520.45亿元,目标突破750亿元,完成年度目标的69.4%;季节性进度72.5%(2018-2019年平均),"
        "时序进度75.0%,落后季节性进度3.1个百分点;尚差229.55亿元;推算其余月份需同比增长32.6%左右;"
        "欠进度。"
    )


def test_level_missed_at_the_end_of_the_year(judged: Judged) -> None:
    # 735/750 = 98 %; at the end of the year every path says 100
    row = judged("gdp-level", "2020-12")
    assert row["is_final"]
    assert (row["completion_pct"], row["gap"]) == (D("98"), D("-2"))
    assert (row["status"], row["light"], row["light_zh"]) == ("missed", "red", "红灯")
    assert row["required_rest_value"] is None
    assert row["working"] == (
        "1-12月累计735亿元,目标突破750亿元,完成年度目标的98.0%;季节性进度100.0%(2018-2019年平均),"
        "时序进度100.0%,落后季节性进度2.0个百分点;尚差15亿元;未完成。"
    )


def test_growth_is_judged_by_the_published_rate(judged: Judged) -> None:
    # 735/692.36 would be 6.2 %; the published rate is 3.9 %, 4.2 points below 8.1
    row = judged("gdp-growth", "2020-12")
    assert (row["actual_value"], row["gap"]) == (D("3.9"), D("-4.2"))
    assert row["completion_pct"] is None
    assert row["expected_pct_seasonal"] is None
    assert row["expected_pct_linear"] is None
    assert row["status"] == "missed"


def test_growth_that_the_rest_of_the_year_must_bring(judged: Judged) -> None:
    # (8.1 - 0.75 x 2.0) / (1 - 0.75) = 6.6 / 0.25 = 26.4 %
    row = judged("gdp-growth", "2020-09")
    assert row["required_rest_value"] == D("26.4")
    assert (row["status"], row["light"]) == ("behind", "red")
    assert row["working"] == (
        "1-9月地区生产总值同比增长2%,目标增长8.1%左右(允许误差0.5个百分点),低于目标6.1个百分点;"
        "推算其余月份需同比增长26.4%左右;欠进度。"
    )


def test_growth_and_level_of_one_sentence_can_disagree(judged: Judged) -> None:
    level, growth = judged("investment-level", "2020-12"), judged("investment-growth", "2020-12")
    assert (level["status"], growth["status"]) == ("met", "missed")
    assert level["remaining_value"] == 0


def test_without_earlier_years_the_linear_path_counts_and_is_named(judged: Judged) -> None:
    # 27/270 = 10 %; 2/12 = 16.6667 %
    row = judged("investment-level", "2020-02")
    assert row["expected_pct_seasonal"] is None
    assert row["gap"] == D("-6.6667")
    assert (row["status"], row["light"]) == ("behind", "red")
    assert row["working"] == (
        "1-2月累计27亿元,目标达到270亿元,完成年度目标的10.0%;无往年同期数据,按时序进度判断;"
        "时序进度16.7%,落后时序进度6.7个百分点;尚差243亿元;欠进度。"
    )


def test_ahead_of_the_linear_path(judged: Judged) -> None:
    # 34000/42046 = 80.8638 %, path 75
    row = judged("income-level", "2020-09")
    assert (row["gap"], row["status"]) == (D("5.8638"), "ahead")


def test_a_fall_is_called_a_fall(judged: Judged) -> None:
    assert judged("retail-growth", "2020-12")["working"] == (
        "1-12月社会消费品零售总额同比下降1.2%,目标增长10.2%,低于目标11.4个百分点;未完成。"
    )


def test_the_lead_department_counts_and_its_correction(judged: Judged) -> None:
    # 121000 万元 = 12.1 亿元; 12.1/31.2 = 38.7821 %; path 15/30 = 50 %
    row = judged("revenue-level", "2020-06")
    assert (row["actual_value"], row["unit_measure"]) == (D("12.1"), "亿元")
    assert (row["cell_value"], row["cell_unit"]) == (D("121000"), "万元")
    assert (row["submission_id"], row["cell"]) == ("fin-2006b", "D6")
    assert (row["completion_pct"], row["gap"]) == (D("38.7821"), D("-11.2179"))
    final = judged("revenue-level", "2020-12")
    assert (final["actual_value"], final["department_code"]) == (D("25.2"), "finance")


def test_the_rank_names_its_proxy(judged: Judged) -> None:
    assert judged("overall-rank", "2020-12")["working"] == (
        "1-12月地区生产总值总量位次第1位,目标第1位,与目标持平;已完成。"
        "区域综合实力无直接统计指标,以上报的地区生产总值总量位次代表。"
    )


def test_one_component_below_the_city_decides(judged: Judged) -> None:
    # own and city from the comparison table:
    # 3.9-4.2=-0.3  9.9-8=1.9  -1.2+2=0.8  -16+17.5=1.5  8.7-8.5=0.2
    row = judged("growth-above-city", "2020-12")
    assert (row["actual_value"], row["gap"], row["gap_unit"]) == (D("-0.3"), D("-0.3"), "百分点")
    assert (row["status"], row["target_value"]) == ("missed", None)
    assert (row["submission_id"], row["cell"]) == ("comp-2012", "C5")
    assert row["working"] == (
        "1-12月地区生产总值3.9%(岳阳市4.2%,低0.3个百分点)、"
        "固定资产投资9.9%(岳阳市8%,高1.9个百分点)、"
        "社会消费品零售总额-1.2%(岳阳市-2%,高0.8个百分点)、"
        "一般公共预算收入-16%(岳阳市-17.5%,高1.5个百分点)、"
        "居民人均可支配收入8.7%(岳阳市8.5%,高0.2个百分点),"
        "目标为主要经济指标增速高于全市平均,5项中4项高于比较地区,最小一项低0.3个百分点;未完成。"
    )


@pytest.mark.parametrize(
    ("target", "time_period", "reason"),
    [
        ("gdp-level", "2020-02", "not_due"),
        ("gdp-level", "2020-06", "not_submitted"),
        ("retail-level", "2020-09", "not_submitted"),
        ("survey-unemployment", "2020-12", "not_observable"),
        ("survey-unemployment", "2020-09", "not_submitted"),
        ("growth-above-city", "2020-09", "not_submitted"),
        # refused files bring no figures, however many they hold
        ("revenue-level", "2020-07", "not_submitted"),
    ],
)
def test_no_data_says_why(judged: Judged, target: str, time_period: str, reason: str) -> None:
    row = judged(target, time_period)
    assert (row["status"], row["light"], row["no_data_reason"]) == ("no_data", "none", reason)
    assert (row["actual_value"], row["is_met"], row["gap"]) == (None, None, None)
    assert "不作判断" in row["working"]


def test_no_data_in_words(judged: Judged) -> None:
    assert judged("gdp-growth", "2020-02")["working"] == (
        "1-2月无数据(本期不发布),目标增长8.1%左右(允许误差0.5个百分点),不作判断。"
    )
    assert judged("growth-above-city", "2020-09")["working"] == (
        "1-9月无数据(未报送),目标为主要经济指标增速高于全市平均,不作判断。"
        "已有:地区生产总值2%(岳阳市1.8%,高0.2个百分点)。"
    )


def test_every_target_is_judged_at_every_period(rows: Rows) -> None:
    found = rows(
        "select count(*) as n, count(distinct target_id) as n_targets "
        "from marts.fct_target_progress"
    )
    assert found == [{"n": 72 * 11, "n_targets": 72}]


def test_a_figure_as_it_was_known(rows: Rows) -> None:
    found = rows(
        "select obs_value, known_from, known_to, is_latest from marts.fct_observation_vintage "
        "where indicator_code = 'general_budget_revenue' and period_end = date '2020-06-30' "
        "order by vintage_number"
    )
    first, second = datetime(2020, 7, 14, 10), datetime(2020, 7, 18, 10)
    assert found == [
        {"obs_value": D("12"), "known_from": first, "known_to": second, "is_latest": False},
        {"obs_value": D("12.1"), "known_from": second, "known_to": None, "is_latest": True},
    ]


def test_the_revision_is_on_record(rows: Rows) -> None:
    (row,) = rows(
        "select * from marts.fct_revision where indicator_code = 'general_budget_revenue'"
    )
    assert (row["old_value"], row["new_value"], row["difference"]) == (D("12"), D("12.1"), D("0.1"))
    assert (row["old_submission_id"], row["new_submission_id"]) == ("fin-2006", "fin-2006b")
    assert row["revised_at"] == datetime(2020, 7, 18, 10)


def test_peers_are_ranked_and_zones_are_not(rows: Rows) -> None:
    found = rows(
        "select ref_area, rank_reported, rank_computed, n_peers, difference_from_city_pp "
        "from marts.fct_peer_comparison where indicator_code = 'gdp' "
        "and period_end = date '2020-12-31' order by ref_area"
    )
    assert [tuple(row.values()) for row in found] == [
        ("430600000000", None, None, None, None),
        ("430602000000", 1, 1, 2, D("-0.3")),
        ("430621000000", 2, 2, 2, D("0.3")),
        ("430671000000", None, None, None, D("0.4")),
    ]


def test_submissions_on_time_late_and_refused(rows: Rows) -> None:
    found = rows(
        "select submission_id, due_date, is_on_time, days_late, vintage_number, status "
        "from marts.fct_submission where time_period in ('2020-06', '2020-07') "
        "order by received_at"
    )
    assert [tuple(row.values()) for row in found] == [
        ("fin-2006", date(2020, 7, 15), True, 0, 1, "accepted"),
        ("fin-2006b", date(2020, 7, 15), False, 3, 2, "accepted"),
        ("fin-2007", date(2020, 8, 15), True, 0, None, "refused"),
    ]


def test_figures_that_do_not_fit_are_errors_and_stop_nothing(rows: Rows) -> None:
    """Absurd sizes, people in yuan, an unknown unit: kept as they were read, not converted."""
    found = rows(
        "select cell, obs_value, obs_status, missing_kind, cell_value, cell_unit "
        "from marts.fct_observation where submission_id = 'hrss-2012' and cell <> 'E9' "
        "order by cell"
    )
    assert [(row["cell"], row["cell_unit"]) for row in found] == [
        ("D7", "%"),
        ("E5", "人"),
        ("E6", "亿元"),
        ("E7", "吨"),
    ]
    for row in found:
        assert (row["obs_value"], row["obs_status"], row["missing_kind"]) == (None, "O", "error")
        assert row["cell_value"] is not None
