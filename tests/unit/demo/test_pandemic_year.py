"""The year 2020 as the demonstration tells it: targets missed, targets met."""

from typing import Any

import pytest

LEVEL, GROWTH = "累计/绝对量", "累计/同比增长(%)"


def _monthly(either: Any, number: Any, month: str, row: str, heading: str) -> float:
    return float(number(either.table("statistics_monthly", f"2020-{month}")[row, heading]))


@pytest.mark.parametrize(
    ("row", "year_end", "first_quarter"),
    [
        ("地区生产总值", 4.0, -3.5),
        ("固定资产投资", 10.0, -19),
        ("社会消费品零售总额", -0.6, -14),
        ("一般公共预算收入", -12.4, -26),
        ("居民人均可支配收入", 4.6, 0.9),
    ],
)
def test_a_sharp_fall_in_the_first_quarter_and_the_years_growth(
    either: Any, number: Any, row: str, year_end: float, first_quarter: float
) -> None:
    assert _monthly(either, number, "12", row, GROWTH) == year_end
    start = _monthly(either, number, "03", row, GROWTH)
    assert start == pytest.approx(first_quarter, abs=0.3)


def test_levels_of_the_base_year_follow_from_the_targets(either: Any) -> None:
    table = either.table("statistics_monthly", "2019-12")
    assert table["固定资产投资", LEVEL] == 245.45  # 270 / 1.10
    assert table["社会消费品零售总额", LEVEL] == 499.1  # 550 / 1.102
    assert table["居民人均可支配收入", LEVEL] == 38752  # 42046 / 1.085
    finance = either.table("finance_revenue", "2019-12")
    assert finance["一般公共预算收入", "累计完成/金额"] == 287600  # 31.2 / 1.085 = 28.76
    assert either.table("statistics_monthly", "2020-12")["居民人均可支配收入", LEVEL] == 40535


def test_the_district_is_above_the_city_here_and_below_it_there(either: Any, number: Any) -> None:
    above: dict[str, set[bool]] = {}
    for month in ("03", "06", "09", "12"):
        table = either.table("statistics_county_comparison", f"2020-{month}")
        for name in ("地区生产总值", "固定资产投资", "社会消费品零售总额", "居民人均可支配收入"):
            own, city = (number(table[a, f"{name}/增速(%)"]) for a in ("岳阳楼区", "全市"))
            above.setdefault(name, set()).add(own > city)
    for name in ("地区生产总值", "固定资产投资", "社会消费品零售总额"):
        assert above[name] == {True, False}, name


def test_the_second_edition_corrects_retail_sales_and_nothing_else(either: Any) -> None:
    first = either.table("statistics_monthly", "2020-06")
    second = either.table("statistics_monthly", "2020-06", revised=True)
    changed = {place for place in first if first[place] != second[place]}
    rows = ("社会消费品零售总额", "限额以上单位零售额")
    assert changed == {(row, h) for row in rows for h in (LEVEL, GROWTH, "本月/绝对量")}
    difference = second["社会消费品零售总额", LEVEL] - first["社会消费品零售总额", LEVEL]
    assert difference == pytest.approx(2.84)


def test_the_second_comparison_changes_the_city_and_the_counties_that_are_not_published(
    either: Any,
) -> None:
    first = either.table("statistics_county_comparison", "2020-12")
    second = either.table("statistics_county_comparison", "2020-12", revised=True)
    changed = {place for place in first if first[place] != second[place]}
    assert {heading for _, heading in changed} == {"地区生产总值/总量(亿元)"}
    areas = {row for row, _ in changed}
    assert "全市" in areas
    assert not areas & {"岳阳楼区", "经开区", "南湖新区"}
    assert len(areas) == 9
