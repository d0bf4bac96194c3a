"""What must hold between the figures, whatever the seed."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

MONTHLY = "statistics_monthly"
COUNTY = "statistics_county_comparison"
FINANCE = "finance_revenue"
JOBS = "hrss_employment"

LEVEL, GROWTH, MONTH = "累计/绝对量", "累计/同比增长(%)", "本月/绝对量"
FLOWS = {
    MONTHLY: (LEVEL, MONTH, GROWTH),
    FINANCE: ("累计完成/金额", "本月完成", "累计完成/同比增长(%)"),
    JOBS: ("累计", "本月", "累计同比增长(%)"),
}
STOCKS = ("期末登记失业人数", "登记失业率", "城镇调查失业率")


def _series(demonstration: Any, sheet: str, periods: Any, heading: str) -> Iterator[Any]:
    """(row, period, cell) of one column, stocks left out."""
    for period in periods:
        for (row, name), cell in demonstration.table(sheet, period).items():
            if name == heading and row not in STOCKS:
                yield row, period, cell


@pytest.mark.parametrize("sheet", FLOWS)
def test_cumulative_figures_never_fall_within_a_year(
    either: Any, number: Any, periods: Any, sheet: str
) -> None:
    last: dict[tuple[str, str], Decimal] = {}
    checked = 0
    for row, period, cell in _series(either, sheet, periods, FLOWS[sheet][0]):
        value = number(cell)
        if value is not None:
            place = (row, period[:4])
            assert value >= last.get(place, Decimal(0)), (row, period)
            last[place] = value
            checked += 1
    assert checked > 80


@pytest.mark.parametrize("sheet", FLOWS)
def test_a_month_is_the_difference_of_two_totals_and_does_not_exist_in_february(
    either: Any, number: Any, periods: Any, sheet: str
) -> None:
    total, month, _ = FLOWS[sheet]
    for row, period, cell in _series(either, sheet, periods, month):
        if period.endswith("-02"):
            assert cell == "—", (row, period)
            continue
        value = number(cell)
        if value is None:
            continue
        before = f"{period[:5]}{int(period[5:]) - 1:02}"
        edition = (sheet, before) in ((MONTHLY, "2020-06"), (FINANCE, "2020-08"))
        now = number(either.table(sheet, period)[row, total])
        then = number(either.table(sheet, before, revised=edition)[row, total])
        assert value == now - then, (row, period)


def test_quarterly_rows_are_filled_at_quarter_ends_only(either: Any, periods: Any) -> None:
    for period in periods:
        table = either.table(MONTHLY, period)
        for row in ("地区生产总值", "第三产业", "居民人均可支配收入"):
            assert table[row, MONTH] == "—"
            assert (table[row, LEVEL] != "") == (int(period[5:]) % 3 == 0)


def test_growth_alone_is_legal_for_industry(either: Any, number: Any, periods: Any) -> None:
    for period in periods:
        table = either.table(MONTHLY, period)
        assert table["规模以上工业增加值", LEVEL] == "—"
        assert number(table["规模以上工业增加值", GROWTH]) is not None


def test_surveyed_unemployment_is_never_given(either: Any, periods: Any) -> None:
    for period in periods:
        cells = {
            name: cell
            for (row, name), cell in either.table(JOBS, period).items()
            if row == "城镇调查失业率" and name not in ("指标", "单位")
        }
        assert set(cells.values()) == {"—"}
        assert len(cells) == 5


def test_the_zones_scope_is_reported_from_2020(either: Any, periods: Any, number: Any) -> None:
    name = "地区生产总值(含南湖新区、经开区)"
    for period in periods:
        table = either.table(MONTHLY, period)
        assert ((name, LEVEL) in table) == (period >= "2020")
        if period >= "2020" and int(period[5:]) % 3 == 0:
            county = either.table(COUNTY, period)
            parts = [
                number(county[area, "地区生产总值/总量(亿元)"])
                for area in ("岳阳楼区", "经开区", "南湖新区")
            ]
            assert number(table[name, LEVEL]) == sum(parts)


def test_sectors_sum_to_the_gross_product(either: Any, periods: Any, number: Any) -> None:
    for period in periods:
        table = either.table(MONTHLY, period)
        if int(period[5:]) % 3 == 0:
            parts = [number(table[f"第{n}产业", LEVEL]) for n in "一二三"]
            assert abs(sum(parts) - number(table["地区生产总值", LEVEL])) <= Decimal("0.03")


def test_a_part_is_not_more_than_its_whole(either: Any, periods: Any, number: Any) -> None:
    parts = {
        "产业投资": "固定资产投资",
        "房地产开发投资": "固定资产投资",
        "限额以上单位零售额": "社会消费品零售总额",
        "税收收入": "一般公共预算收入",
    }
    for period in periods:
        table = either.table(MONTHLY, period)
        for part, whole in parts.items():
            assert number(table[part, LEVEL]) <= number(table[whole, LEVEL]), (part, period)


def test_taxes_and_other_revenue_sum_to_the_yuan_ten_thousand(
    either: Any, periods: Any, number: Any
) -> None:
    for period in periods:
        table = either.table(FINANCE, period)
        for heading in ("累计完成/金额", "年初预算"):
            whole = number(table["一般公共预算收入", heading])
            tax, other = (number(table[r, heading]) for r in ("税收收入#2", "非税收入"))
            assert whole == tax + other, (period, heading)
        total = number(table["财政总收入", "累计完成/金额"])
        assert total >= number(table["一般公共预算收入", "累计完成/金额"])
        assert total >= number(table["税收收入", "累计完成/金额"])


def test_completion_is_the_share_of_the_plan(either: Any, periods: Any, number: Any) -> None:
    """The two printed in whole per cent (72%, 80%) are kept as published."""
    columns = {
        FINANCE: ("累计完成/金额", "年初预算", "累计完成/占年初预算(%)"),
        JOBS: ("累计", "年度目标", "完成率(%)"),
    }
    for sheet, (total, plan, share) in columns.items():
        for row, period, cell in _series(either, sheet, periods, share):
            table = either.table(sheet, period)
            exact = number(table[row, total]) / number(table[row, plan]) * 100
            rounded_to = Decimal("0.5") if period in ("2019-07", "2019-08") else Decimal("0.05")
            assert abs(number(cell) - exact) <= rounded_to, (row, period)


def test_both_departments_report_the_same_revenue(either: Any, periods: Any, number: Any) -> None:
    for period in periods:
        bureau = either.table(MONTHLY, period)
        finance = either.table(FINANCE, period, period == "2020-08")  # the corrected one
        for row, other in (("一般公共预算收入", "一般公共预算收入"), ("税收收入", "税收收入#2")):
            amount = number(finance[other, "累计完成/金额"]) / 10000
            assert abs(number(bureau[row, LEVEL]) - amount) <= Decimal("0.005"), (row, period)
            assert bureau[row, GROWTH] == finance[other, "累计完成/同比增长(%)"]


@pytest.mark.parametrize("sheet", FLOWS)
def test_growth_is_near_the_quotient_of_the_levels(
    either: Any, periods: Any, number: Any, sheet: str
) -> None:
    """Rural income 2019Q1 stands against the published slip of 2018Q1."""
    total, _, growth = FLOWS[sheet]
    far = set()
    for row, period, cell in _series(either, sheet, periods, growth):
        before = f"{int(period[:4]) - 1}{period[4:]}"
        if before < "2018" or (row, total) not in either.table(sheet, before):
            continue
        now = number(either.table(sheet, period)[row, total])
        then = number(either.table(sheet, before)[row, total])
        if now is not None and then is not None:
            quotient = (now / then - 1) * 100
            if abs(quotient - number(cell)) >= 5:
                far.add((row, period))
    assert far == ({("农村居民人均可支配收入", "2019-03")} if sheet == MONTHLY else set())


def test_registered_unemployment_fits_its_rate(either: Any, periods: Any, number: Any) -> None:
    forces = {"2018": 248000, "2019": 251000, "2020": 252500}
    for period in periods:
        table = either.table(JOBS, period)
        rate = number(table["期末登记失业人数", "累计"]) / forces[period[:4]] * 100
        assert abs(rate - number(table["登记失业率", "累计"])) <= Decimal("0.005"), period


def test_seasonal_shares_are_those_of_the_published_years(either: Any, number: Any) -> None:
    """Domain rule 22: investment 12.0% and 32.8%, product 18.4% and 39.7%, retail 16.0…72.1%."""
    wanted = {
        ("固定资产投资", "03"): 12.0,
        ("固定资产投资", "06"): 32.8,
        ("地区生产总值", "03"): 18.4,
        ("地区生产总值", "06"): 39.7,
        ("社会消费品零售总额", "02"): 16.0,
        ("社会消费品零售总额", "03"): 23.8,
        ("社会消费品零售总额", "07"): 55.5,
        ("社会消费品零售总额", "09"): 72.1,
    }
    year = {row: number(cell) for row, _, cell in _series(either, MONTHLY, ["2019-12"], LEVEL)}
    for (row, month), share in wanted.items():
        level = number(either.table(MONTHLY, f"2019-{month}")[row, LEVEL])
        assert float(level / year[row] * 100) == pytest.approx(share, abs=0.25), (row, month)
