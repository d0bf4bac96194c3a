"""What people maintain as tables: complete, and in agreement with the reference tables."""

import csv
from collections.abc import Callable
from datetime import date
from decimal import Decimal as D
from pathlib import Path
from typing import Any

import pytest

Rows = Callable[..., list[dict[str, Any]]]


def test_there_is_no_january(rows: Rows) -> None:
    found = rows("select distinct month_number from marts.dim_period order by 1")
    assert [row["month_number"] for row in found] == list(range(2, 13))


def test_period_ends_are_ends_of_months(rows: Rows) -> None:
    assert rows(
        "select count(*) as n from marts.dim_period where last_day(period_end) <> period_end"
    ) == [{"n": 0}]
    leap = rows(
        "select time_period, label_zh from marts.dim_period where period_end = ?", date(2020, 2, 29)
    )
    assert leap == [{"time_period": "2020-02", "label_zh": "2020年1-2月"}]


def test_headline_targets_of_the_year(rows: Rows) -> None:
    found = rows(
        "select operator, target_value from marts.dim_target where report_year = 2020 "
        "order by target_id limit 13"
    )
    assert [(row["operator"], row["target_value"]) for row in found] == [
        ("approx_ge", D("8.1")),
        ("gt", D("750")),
        ("ge", D("10")),
        ("ge", D("270")),
        ("ge", D("10.2")),
        ("ge", D("550")),
        ("ge", D("8.5")),
        ("ge", D("31.2")),
        ("ge", D("8.5")),
        ("ge", D("42046")),
        ("le", D("4.5")),
        ("rank_le", D("1")),
        ("all_above_peer", None),
    ]


@pytest.mark.parametrize(
    ("subject", "operator", "value", "unit", "strength", "words"),
    [
        ("financial-institutions", "ge", "3", "家", "expected", "3家金融保险机构"),
        ("logistics-output", "gt", "200", "亿元", "stretch", "力争现代物流业年产值突破200亿元"),
        ("land-parcels", "ge", "12", "宗", "expected", "土地12宗、1000亩"),
        ("land-area", "ge", "1000", "亩", "expected", "土地12宗、1000亩"),
        ("market-entities", "gt", "7", "万户", "stretch", "力争各类市场主体突破7万户"),
        ("main-roads", "ge", "9", "条", "expected", "等9条主干道"),
        ("parking-spaces", "ge", "1000", "个", "expected", "新增停车位1000个"),
        ("no-new-illegal-construction", "zero", "0", "处", "stretch", "力争杜绝新增违法建设"),
        ("central-inspection", "all_items", "1", "项", "firm", "确保顺利通过第二轮"),
        ("dust-control", "ge", "100", "%", "expected", "清洗降尘设备全覆盖"),
        ("air-quality", "increase", None, "%", "expected", "不断提高城市空气优良率"),
        ("poverty-acceptance", "all_items", "1", "项", "firm", "确保顺利通过国家脱贫攻坚验收"),
        ("urban-jobs", "ge", "9000", "人", "expected", "新增城镇就业9000人"),
        ("wage-arrears", "zero", "0", "件", "firm", "确保农民工工资零拖欠"),
        ("community-platforms", "ge", "6", "个", "expected", "6个社区服务平台"),
        ("kindergartens", "ge", "5", "所", "livelihood", "公办幼儿园5所"),
        ("health-centres", "ge", "6", "个", "livelihood", "6个社区卫生服务中心"),
        ("police-stations", "ge", "6", "个", "livelihood", "6个基层派出所"),
        ("old-communities", "ge", "28", "个", "livelihood", "老旧小区28个"),
        ("waterlogged-sites", "ge", "17", "处", "livelihood", "渍水地段17处"),
        ("farmers-markets", "ge", "2", "家", "livelihood", "农贸市场2家"),
        ("funds-recovered", "ge", "2", "亿元", "stretch", "力争回笼资金2亿元以上"),
        ("funds-from-above", "ge", "10.7", "亿元", "expected", "完成向上争资10.7亿元"),
        ("petition-stock", "decrease", None, "件", "expected", "持续减少信访存量"),
        ("anti-crime", "all_items", "1", "项", "firm", "确保顺利通过全国扫黑除恶"),
        ("general-expenditure-cut", "cut_ge", "10", "%", "expected", "一般性支出再压减10%"),
    ],
)
def test_targets_are_as_the_report_words_them(
    shared: Path,
    rows: Rows,
    subject: str,
    operator: str,
    value: str | None,
    unit: str,
    strength: str,
    words: str,
) -> None:
    report = (shared / "reference/work_report_2020.txt").read_text(encoding="utf-8")
    assert words in report
    found = rows(
        "select operator, target_value, unit_measure, strength from marts.dim_target "
        "where target_id like '%-' || ?",
        subject,
    )
    assert [tuple(row.values()) for row in found] == [
        (operator, D(value) if value else None, unit, strength)
    ]


def test_named_items_are_as_many_as_their_target_says(rows: Rows) -> None:
    wrong = rows(
        "select target_id from marts.dim_target as target where kind = 'milestone' and "
        "target_value <> (select count(*) from seeds.target_items as item "
        "where item.target_id = target.target_id)"
    )
    assert wrong == []
    assert rows("select count(*) as n from seeds.target_items")[0]["n"] > 50


def test_every_main_indicator_is_compared_with_the_city(rows: Rows) -> None:
    found = rows(
        "select indicator_code from marts.dim_indicator where is_main except "
        "select indicator_code from seeds.target_components"
    )
    assert found == []


def test_every_code_used_has_a_label(rows: Rows) -> None:
    used = {
        "status": "select distinct status from marts.fct_target_progress",
        "light": "select distinct light from marts.fct_target_progress",
        "light_mark": "select distinct light from marts.fct_target_progress",
        "strength": "select distinct strength from marts.dim_target",
        "area_type": "select distinct area_type from marts.dim_area",
    }
    for name, query in used.items():
        missing = rows(f"{query} except select code from seeds.codes where list = ?", name)
        assert missing == [], name


def test_units_coded_under_the_district(shared: Path, rows: Rows) -> None:
    with (shared / "reference/subdistricts_2020.csv").open(encoding="utf-8") as handle:
        wanted = {row["code12"]: row["name"] for row in csv.DictReader(handle)}
    found = rows(
        "select ref_area, name_zh from marts.dim_area where parent_ref_area like '%0602000000'"
    )
    assert {row["ref_area"]: row["name_zh"] for row in found} == wanted
    run_by_it = rows(
        "select count(*) as n from marts.dim_area where managed_by = parent_ref_area "
        "and parent_ref_area like '%0602000000'"
    )
    assert run_by_it == [{"n": 15}]


@pytest.mark.parametrize(
    ("indicator", "period_end", "measure"),
    [
        ("gdp", date(2019, 12, 31), "level"),
        ("gdp", date(2019, 12, 31), "growth"),
        ("gdp", date(2020, 12, 31), "level"),
        ("retail_sales", date(2020, 12, 31), "level"),
    ],
)
def test_controls_are_the_published_figures(
    shared: Path, rows: Rows, indicator: str, period_end: date, measure: str
) -> None:
    names = rows("select name_zh from marts.dim_indicator where indicator_code = ?", indicator)
    with (shared / "reference/facts.csv").open(encoding="utf-8") as handle:
        published = {
            D(row["value"] if measure == "level" else row["growth_pct"])
            for row in csv.DictReader(handle)
            if row["indicator"] == names[0]["name_zh"] and row["period"] == str(period_end.year)
        }
    (control,) = rows(
        "select value from seeds.official_controls where indicator_code = ? and period_end = ? "
        "and measure = ? and ref_area like '%0602000000'",
        indicator,
        period_end,
        measure,
    )
    assert published == {control["value"]}
