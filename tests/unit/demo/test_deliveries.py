"""What arrives when: legal periods, on time but for a few, two second editions."""

from datetime import date, datetime, timedelta
from typing import Any

DUE_DAYS = {
    "statistics_monthly": 20,
    "statistics_county_comparison": 20,
    "finance_revenue": 15,
    "hrss_employment": 15,
}
LATE = {
    ("hrss_employment", "2018-07"),
    ("statistics_county_comparison", "2018-10"),
    ("finance_revenue", "2019-04"),
    ("hrss_employment", "2020-02"),
}


def _period_end(period: str) -> date:
    year, month = (int(part) for part in period.split("-"))
    following = date(year + 1, 1, 1) if month == 12 else date(year, month + 1, 1)
    return following - timedelta(days=1)


def test_four_sheets_for_each_of_33_periods_and_two_second_editions(
    shown: Any, sheets: tuple[str, ...], periods: tuple[str, ...]
) -> None:
    files = {shown.file(sheet, period) for sheet in sheets for period in periods}
    assert len(files) == 132
    assert len(shown.deliveries) == 134
    assert len(list(shown.raw.rglob("*.xlsx"))) == 134


def test_there_is_no_january(shown: Any) -> None:
    assert {item.period[5:] for item in shown.deliveries} == {f"{m:02}" for m in range(2, 13)}
    assert not list(shown.raw.glob("*/*-01"))


def test_a_file_lies_below_its_department_and_period(shown: Any) -> None:
    for item in shown.deliveries:
        assert item.path.parts[:2] == (item.department, item.period)
    assert {item.department for item in shown.deliveries} == {"统计局", "财政局", "人社局"}


def test_the_file_names_of_a_period(shown: Any) -> None:
    names = {path.name for path in shown.raw.glob("*/2020-02/*")}
    assert names == {
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


def test_all_but_the_declared_ones_are_on_time(
    shown: Any, sheets: tuple[str, ...], periods: tuple[str, ...]
) -> None:
    late = {
        (sheet, period)
        for sheet in sheets
        for period in periods
        if shown.received(sheet, period).date()
        > _period_end(period) + timedelta(days=DUE_DAYS[sheet])
    }
    assert late == LATE


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
