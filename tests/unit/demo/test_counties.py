"""The county comparison: sums, ranks, growth, agreement with the monthly sheet."""

from decimal import Decimal
from typing import Any

import pytest

MONTHLY = "statistics_monthly"
COUNTY = "statistics_county_comparison"
LEVEL, GROWTH = "累计/绝对量", "累计/同比增长(%)"
COUNTY_LEVELS = {
    "地区生产总值": "总量(亿元)",
    "社会消费品零售总额": "总量(亿元)",
    "一般公共预算收入": "总量(亿元)",
    "居民人均可支配收入": "总量(元)",
}
PEERS = ["岳阳楼区", "云溪区", "君山区", "岳阳县", "华容县", "湘阴县", "平江县", "汨罗市", "临湘市"]
ZONES = ["经开区", "南湖新区", "城陵矶新港区", "屈原管理区"]


@pytest.mark.parametrize("name", COUNTY_LEVELS)
def test_the_counties_cumulative_figures_never_fall(
    either: Any, number: Any, periods: Any, name: str
) -> None:
    last: dict[tuple[str, str], Decimal] = {}
    for period in periods:
        table = either.table(COUNTY, period)
        for area in ("全市", *PEERS, *ZONES):
            value = number(table[area, f"{name}/{COUNTY_LEVELS[name]}"])
            if value is not None:
                assert value > last.get((area, period[:4]), Decimal(0)), (area, period)
                last[area, period[:4]] = value
    assert len(last) == 42


def test_the_comparison_shows_the_districts_own_figures(
    either: Any, periods: Any, number: Any
) -> None:
    for period in periods:
        revised = period == "2020-06"
        monthly = either.table(MONTHLY, period, revised=revised)
        county = either.table(COUNTY, period)
        for name, level in COUNTY_LEVELS.items():
            assert number(county["岳阳楼区", f"{name}/{level}"]) == number(monthly[name, LEVEL])
        for name in (*COUNTY_LEVELS, "固定资产投资"):
            assert number(county["岳阳楼区", f"{name}/增速(%)"]) == number(monthly[name, GROWTH])


@pytest.mark.parametrize("name", [n for n in COUNTY_LEVELS if n != "居民人均可支配收入"])
def test_counties_and_zones_sum_to_the_city(
    either: Any, periods: Any, number: Any, name: str
) -> None:
    heading = f"{name}/{COUNTY_LEVELS[name]}"
    editions = [(period, False) for period in periods] + [("2020-12", True)]
    for period, revised in editions:
        table = either.table(COUNTY, period, revised=revised)
        city = number(table["全市", heading])
        if city is not None:
            total = sum(number(table[area, heading]) for area in PEERS + ZONES)
            assert abs(total - city) <= Decimal("0.01"), (period, revised)


def test_ranks_are_those_of_the_values_among_nine(either: Any, periods: Any, number: Any) -> None:
    columns = {name: f"{name}/{level}" for name, level in COUNTY_LEVELS.items()}
    columns["固定资产投资"] = "固定资产投资/增速(%)"
    for period in periods:
        table = either.table(COUNTY, period)
        for name, heading in columns.items():
            values = {area: number(table[area, heading]) for area in PEERS}
            for area, value in values.items():
                rank = number(table[area, f"{name}/位次"])
                better = [v for v in values.values() if value is not None and v > value]
                assert rank == (None if value is None else 1 + len(better)), (period, area, name)
            assert {table[area, f"{name}/位次"] for area in ["全市", *ZONES]} == {"—"}


def test_the_district_is_first_by_gross_product(either: Any, periods: Any) -> None:
    ranks = {either.table(COUNTY, p)["岳阳楼区", "地区生产总值/位次"] for p in periods}
    assert ranks == {1.0, ""}


def test_growth_of_counties_is_near_the_quotient_of_the_levels(
    either: Any, periods: Any, number: Any
) -> None:
    for period in (p for p in periods if p >= "2019"):
        table = either.table(COUNTY, period)
        before = either.table(COUNTY, f"{int(period[:4]) - 1}{period[4:]}")
        for name, level in COUNTY_LEVELS.items():
            for area in ("全市", *PEERS, *ZONES):
                now = number(table[area, f"{name}/{level}"])
                if now is not None:
                    quotient = (now / number(before[area, f"{name}/{level}"]) - 1) * 100
                    growth = number(table[area, f"{name}/增速(%)"])
                    assert abs(quotient - growth) < 5, (period, area, name)
