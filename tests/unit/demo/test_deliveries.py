"""What arrives when: legal periods, on time but for a few, two second editions."""

import csv
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

PROJECT = Path(__file__).parents[3]
QUARTERLY = ("finance_office_institutions", "medical_insurance_coverage")
MISSING = {("education_schools", "2020-08"), ("medical_insurance_coverage", "2020-06")}
#: First editions of the sheets that begin in 2019: 22 months or 8 quarters, less what never came.
COUNTS = {
    "finance_expenditure": 22,
    "hrss_wages": 22,
    "market_entities_monthly": 22,
    "natural_resources_land": 22,
    "housing_city": 22,
    "urban_management_city": 22,
    "education_schools": 21,
    "health_centres": 22,
    "police_stations": 22,
    "agriculture_rural": 22,
    "commerce_trade": 22,
    "finance_office_institutions": 8,
    "medical_insurance_coverage": 7,
}
DUE_DAYS = {
    "statistics_monthly": 20,
    "statistics_county_comparison": 20,
    "finance_revenue": 15,
    "hrss_employment": 15,
    **dict.fromkeys(COUNTS, 15),
    "hrss_wages": 10,
    "finance_office_institutions": 20,
    "medical_insurance_coverage": 20,
}
LATE = {
    ("hrss_employment", "2018-07"),
    ("statistics_county_comparison", "2018-10"),
    ("finance_revenue", "2019-04"),
    ("hrss_employment", "2020-02"),
    ("finance_expenditure", "2020-03"),
    ("police_stations", "2019-11"),
    ("commerce_trade", "2020-04"),
    ("housing_city", "2020-07"),
}


def _period_end(period: str) -> date:
    year, month = (int(part) for part in period.split("-"))
    following = date(year + 1, 1, 1) if month == 12 else date(year, month + 1, 1)
    return following - timedelta(days=1)


def test_four_sheets_for_each_of_33_periods(
    shown: Any, sheets: tuple[str, ...], periods: tuple[str, ...]
) -> None:
    files = {shown.file(sheet, period) for sheet in sheets for period in periods}
    assert len(files) == 132
    assert len(list(shown.raw.rglob("*.xlsx"))) == len(shown.deliveries)


@pytest.mark.parametrize(("sheet", "count"), COUNTS.items())
def test_the_other_sheets_come_for_2019_and_2020(
    shown: Any, periods: tuple[str, ...], sheet: str, count: int
) -> None:
    quarterly = sheet in QUARTERLY
    due = [p for p in periods if p >= "2019" and (int(p[5:]) % 3 == 0 or not quarterly)]
    files = {p: shown.file(sheet, p) for p in due if (sheet, p) not in MISSING}
    assert len(files) == count
    if missing := [period for name, period in MISSING if name == sheet]:
        word = next(iter(files.values())).name.partition("_")[0]
        assert not [i for i in shown.deliveries if word in i.path.name and i.period in missing]


def test_the_second_editions(shown: Any) -> None:
    revised = {
        (item.path.name.partition("_")[0], item.period)
        for item in shown.deliveries
        if "修订" in item.path.name
    }
    assert revised >= {
        ("岳阳楼区主要经济指标月报", "2019-12"),
        ("岳阳楼区主要经济指标月报", "2020-06"),
        ("岳阳市县市区主要指标对比表", "2019-12"),
        ("岳阳市县市区主要指标对比表", "2020-12"),
        ("岳阳楼区财政收入完成情况", "2020-08"),
        ("城市管理重点工作月报", "2020-09"),
    }


def test_there_is_no_january(shown: Any) -> None:
    assert {item.period[5:] for item in shown.deliveries} == {f"{m:02}" for m in range(2, 13)}
    assert not list(shown.raw.glob("*/*-01"))


def test_a_file_lies_below_its_department_and_period(shown: Any) -> None:
    for item in shown.deliveries:
        assert item.path.parts[:2] == (item.department, item.period)
    with (PROJECT / "dbt_project/seeds/departments.csv").open(encoding="utf-8") as stream:
        known = {row["short_name_zh"] for row in csv.DictReader(stream)}
    assert {item.department for item in shown.deliveries} <= known


def test_the_file_names_of_a_period(shown: Any) -> None:
    names = {path.name for path in shown.raw.glob("*/2020-02/*")}
    assert names >= {
        "岳阳楼区主要经济指标月报_2020年1-2月.xlsx",
        "岳阳市县市区主要指标对比表_2020年1-2月.xlsx",
        "岳阳楼区财政收入完成情况_2020年1-2月.xlsx",
        "岳阳楼区就业失业情况月报_2020年1-2月.xlsx",
    }


def test_deliveries_come_in_order_of_receipt_with_local_times(shown: Any) -> None:
    times = [item.received_at for item in shown.deliveries]
    assert times == sorted(times)
    assert all(time.tzinfo is None for time in times)
    assert all(8 <= time.hour < 18 and time.weekday() < 5 for time in times)


def test_all_but_the_declared_ones_are_on_time(shown: Any, periods: tuple[str, ...]) -> None:
    late = set()
    for sheet, days in DUE_DAYS.items():
        for period in periods:
            if (period < "2019" and sheet in COUNTS) or (sheet, period) in MISSING:
                continue
            if sheet in QUARTERLY and int(period[5:]) % 3:
                continue
            due = _period_end(period) + timedelta(days=days)
            if shown.received(sheet, period).date() > due:
                late.add((sheet, period))
    assert late == LATE


def test_the_duties_say_the_same_days() -> None:
    with (PROJECT / "dbt_project/seeds/reporting_duties.csv").open(encoding="utf-8") as stream:
        duties = {row["layout_id"]: int(row["due_days"]) for row in csv.DictReader(stream)}
    assert {sheet: duties[sheet] for sheet in DUE_DAYS} == DUE_DAYS


def test_nothing_arrives_before_its_period_has_ended(shown: Any) -> None:
    for item in shown.deliveries:
        assert item.received_at.date() > _period_end(item.period)


def test_the_last_period_is_first_received_in_january_2021(
    shown: Any, sheets: tuple[str, ...]
) -> None:
    for sheet in sheets:
        received = shown.received(sheet, "2020-12")
        assert (received.year, received.month) == (2021, 1)


def test_second_editions_come_later(shown: Any) -> None:
    assert shown.received("statistics_monthly", "2020-06", True) == datetime(2020, 8, 5, 10, 25)
    county = shown.received("statistics_county_comparison", "2020-12", True)
    assert county == datetime(2021, 4, 26, 9, 50)


def test_the_paths_are_relative_to_the_raw_folder(shown: Any) -> None:
    for item in shown.deliveries:
        assert not item.path.is_absolute()
        assert (shown.raw / item.path).is_file()
