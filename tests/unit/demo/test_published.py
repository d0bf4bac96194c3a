"""Published figures stand in their cells exactly. Expectations typed from reference/facts.csv."""

import csv
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest

MONTHLY = "statistics_monthly"
COUNTY = "statistics_county_comparison"
FINANCE = "finance_revenue"
JOBS = "hrss_employment"
MARKET = "market_entities_monthly"

LEVEL, GROWTH = "累计/绝对量", "累计/同比增长(%)"
AMOUNT, RATE, SHARE = "累计完成/金额", "累计完成/同比增长(%)", "累计完成/占年初预算(%)"
BOTH_ZONES = "地区生产总值(含南湖新区、经开区)"

# sheet, period, row, heading, cell address, figure
EXPECTED: list[tuple[str, str, str, str, str, float]] = [
    (MONTHLY, "2018-03", "地区生产总值", LEVEL, "D5", 121.9),
    (MONTHLY, "2018-03", "地区生产总值", GROWTH, "E5", 8),
    (MONTHLY, "2018-06", "地区生产总值", LEVEL, "D5", 263),
    (MONTHLY, "2018-06", "地区生产总值", GROWTH, "E5", 7.5),
    (MONTHLY, "2018-12", "地区生产总值", LEVEL, "D5", 663),
    (MONTHLY, "2018-12", "地区生产总值", GROWTH, "E5", 8.2),
    (MONTHLY, "2019-12", "地区生产总值", LEVEL, "D5", 692.36),
    (MONTHLY, "2019-12", "地区生产总值", GROWTH, "E5", 8.6),
    (MONTHLY, "2019-12", "第一产业", LEVEL, "D6", 5.27),
    (MONTHLY, "2019-12", "第一产业", GROWTH, "E6", 3.8),
    (MONTHLY, "2019-12", "第二产业", LEVEL, "D7", 133.22),
    (MONTHLY, "2019-12", "第二产业", GROWTH, "E7", 13),
    (MONTHLY, "2019-12", "第三产业", LEVEL, "D8", 553.87),
    (MONTHLY, "2019-12", "第三产业", GROWTH, "E8", 7.5),
    (MONTHLY, "2020-09", "地区生产总值", LEVEL, "D5", 520.45),
    (MONTHLY, "2020-09", BOTH_ZONES, LEVEL, "D9", 819.2),
    (MONTHLY, "2020-12", "地区生产总值", LEVEL, "D5", 735),
    (MONTHLY, "2018-03", "固定资产投资", LEVEL, "D10", 27.4),
    (MONTHLY, "2018-03", "固定资产投资", GROWTH, "E10", 14),
    (MONTHLY, "2018-06", "固定资产投资", LEVEL, "D10", 74.8),
    (MONTHLY, "2018-06", "固定资产投资", GROWTH, "E10", 12.5),
    (MONTHLY, "2018-12", "固定资产投资", LEVEL, "D10", 228),
    (MONTHLY, "2018-12", "固定资产投资", GROWTH, "E10", 12),
    (MONTHLY, "2020-12", "固定资产投资", LEVEL, "D11", 270),
    (MONTHLY, "2018-12", "社会消费品零售总额", LEVEL, "D13", 455),
    (MONTHLY, "2018-12", "社会消费品零售总额", GROWTH, "E13", 10.1),
    (MONTHLY, "2020-12", "社会消费品零售总额", LEVEL, "D14", 500),
    (MONTHLY, "2018-03", "一般公共预算收入", LEVEL, "D15", 9.01),
    (MONTHLY, "2018-03", "一般公共预算收入", GROWTH, "E15", 42.2),
    (MONTHLY, "2020-12", "一般公共预算收入", LEVEL, "D16", 25.2),
    (MONTHLY, "2018-03", "城镇居民人均可支配收入", LEVEL, "D18", 8716),
    (MONTHLY, "2018-03", "城镇居民人均可支配收入", GROWTH, "E18", 9.1),
    (MONTHLY, "2018-06", "城镇居民人均可支配收入", LEVEL, "D18", 16728),
    (MONTHLY, "2018-06", "城镇居民人均可支配收入", GROWTH, "E18", 7.8),
    (MONTHLY, "2018-03", "农村居民人均可支配收入", LEVEL, "D19", 9072),
    (COUNTY, "2018-12", "岳阳楼区", "地区生产总值/总量(亿元)", "B6", 663),
    (COUNTY, "2019-12", "岳阳楼区", "地区生产总值/增速(%)", "C6", 8.6),
    (COUNTY, "2018-06", "岳阳楼区", "固定资产投资/增速(%)", "E6", 12.5),
    (COUNTY, "2018-12", "岳阳楼区", "社会消费品零售总额/总量(亿元)", "G6", 455),
    (COUNTY, "2018-03", "岳阳楼区", "一般公共预算收入/总量(亿元)", "J6", 9.01),
    (COUNTY, "2020-09", "岳阳楼区", "地区生产总值/总量(亿元)", "B7", 520.45),
    (COUNTY, "2020-09", "经开区", "地区生产总值/总量(亿元)", "B16", 208.11),
    (COUNTY, "2020-09", "南湖新区", "地区生产总值/总量(亿元)", "B17", 90.64),
    (COUNTY, "2020-12", "全市", "地区生产总值/总量(亿元)", "B6", 4020),
    (COUNTY, "2020-12", "岳阳楼区", "地区生产总值/总量(亿元)", "B7", 735),
    (COUNTY, "2020-12", "岳阳楼区", "地区生产总值/位次", "D7", 1),
    (COUNTY, "2020-12", "岳阳楼区", "社会消费品零售总额/总量(亿元)", "G7", 500),
    (COUNTY, "2020-12", "岳阳楼区", "一般公共预算收入/总量(亿元)", "J7", 25.2),
    (FINANCE, "2018-03", "一般公共预算收入", AMOUNT, "D7", 90100),
    (FINANCE, "2018-03", "一般公共预算收入", RATE, "E7", 42.2),
    (FINANCE, "2018-03", "一般公共预算收入", SHARE, "F7", 30.7),
    (FINANCE, "2018-06", "财政总收入", AMOUNT, "D5", 166000),
    (FINANCE, "2018-06", "财政总收入", RATE, "E5", 13),
    (FINANCE, "2018-06", "财政总收入", SHARE, "F5", 55),
    (FINANCE, "2018-12", "财政总收入", AMOUNT, "D5", 300000),
    (FINANCE, "2018-12", "财政总收入", RATE, "E5", 15),
    (FINANCE, "2018-12", "税收收入", AMOUNT, "D6", 265000),
    (FINANCE, "2020-12", "一般公共预算收入", AMOUNT, "D7", 252000),
    # 92% of 25.2 亿元
    (FINANCE, "2020-12", "税收收入#2", AMOUNT, "D8", 231840),
    (JOBS, "2019-07", "城镇新增就业", "年度目标", "C4", 8950),
    (JOBS, "2019-07", "城镇新增就业", "累计", "E4", 6453),
    (JOBS, "2019-07", "城镇新增就业", "完成率(%)", "G4", 72),
    (JOBS, "2019-08", "城镇新增就业", "累计", "E4", 7123),
    (JOBS, "2019-08", "城镇新增就业", "完成率(%)", "G4", 80),
    (JOBS, "2020-06", "城镇新增就业", "年度目标", "C4", 9000),
    (MARKET, "2020-12", "市场主体总数", "期末或累计", "E4", 7.8),
]


@cache
def _page(path: Path) -> Any:
    return openpyxl.load_workbook(path).active


@pytest.mark.parametrize(("sheet", "period", "row", "heading", "cell", "figure"), EXPECTED)
def test_a_published_figure_stands_in_its_cell(
    either: Any, sheet: str, period: str, row: str, heading: str, cell: str, figure: float
) -> None:
    later = period == "2019-12"  # first handed in as a forecast
    assert _page(either.file(sheet, period, later))[cell].value == figure
    assert either.table(sheet, period, later)[row, heading] == figure


def test_the_product_of_2019_was_first_a_forecast(shown: Any) -> None:
    first, second = (shown.table(MONTHLY, "2019-12", later) for later in (False, True))
    changed = {place for place in first if first[place] != second[place]}
    rows = ("地区生产总值", "第一产业", "第二产业", "第三产业")
    assert changed == {(row, heading) for row in rows for heading in (LEVEL, GROWTH)}
    assert (first["地区生产总值", LEVEL], first["地区生产总值", GROWTH]) == (689.7, 8.4)


def test_the_comparison_of_2019_follows_the_forecast(shown: Any) -> None:
    first, second = (shown.table(COUNTY, "2019-12", later) for later in (False, True))
    own = "地区生产总值/总量(亿元)"
    assert (first["岳阳楼区", own], second["岳阳楼区", own]) == (689.7, 692.36)
    assert first["全市", own] == second["全市", own]
    counties = [place for place in first if place[1] == own and place[0] != "全市"]
    for table in (first, second):
        assert sum(Decimal(repr(table[p])) for p in counties) == Decimal(repr(table["全市", own]))


def test_the_later_city_figure_stands_in_the_second_edition(shown: Any) -> None:
    revised = shown.table(COUNTY, "2020-12", revised=True)
    assert revised["全市", "地区生产总值/总量(亿元)"] == 4001.55


def test_every_published_row_is_expected_above() -> None:
    """A figure added to published.csv needs a cell that is typed here."""
    path = Path(__file__).parents[3] / "demo" / "published.csv"
    typed = {(period, Decimal(str(figure))) for _, period, _, _, _, figure in EXPECTED}
    typed.add(("2020-12", Decimal("4001.55")))
    factors = {"亿元": (Decimal(1), Decimal(10000))}
    for row in _read(path):
        values = {Decimal(row["value"]) * factor for factor in factors.get(row["unit"], (1,))}
        assert any((row["period"], value) in typed for value in values), row


def test_published_figures_are_those_of_the_reference(shared: Path) -> None:
    project = Path(__file__).parents[3]
    facts: dict[str, list[dict[str, str]]] = {}
    for row in _read(_ref(shared, "facts.csv")):
        facts.setdefault(f"{row['indicator']}/{row['period']}", []).append(row)
    for row in _read(project / "demo" / "published.csv"):
        if row["reference"] == "facts.csv":
            _compare(row, facts[row["reference_row"]])
        elif row["reference"].startswith("minsheng"):
            jobs = next(
                fact
                for fact in _read(_ref(shared, row["reference"]))
                if fact["项目名称"] == row["reference_row"]
            )
            assert jobs[row["reference_field"]].rstrip("人%") == row["value"]
        else:
            assert row["measure"] == "rank", row


def _compare(row: dict[str, str], facts: list[dict[str, str]]) -> None:
    field, value = row["reference_field"], Decimal(row["value"])
    if field == "scope_note":
        notes = "".join(fact["scope_note"] for fact in facts)
        percent = "92%" if row["basis"] == "implied" else row["value"]
        assert percent in notes, row
        return
    assert value in [Decimal(fact[field]) for fact in facts if fact[field]], row


def _ref(shared: Path, name: str) -> Path:
    return shared / "reference" / name


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_every_fact_of_the_years_and_sheets_is_used(shared: Path) -> None:
    """Figures of 2018-2020 that no sheet has a cell for are named here."""
    no_cell = {
        ("固定资产投资", "2016-2020"),  # five years
        ("常住人口", "2019"),
        ("面积", "2019"),
    }
    used = {
        row["reference_row"]
        for row in _read(Path(__file__).parents[3] / "demo" / "published.csv")
        if row["reference"] == "facts.csv"
    }
    for fact in _read(_ref(shared, "facts.csv")):
        place = (fact["indicator"], fact["period"])
        if any(year in fact["period"] for year in ("2018", "2019", "2020")):
            assert "/".join(place) in used or place in no_cell, fact
