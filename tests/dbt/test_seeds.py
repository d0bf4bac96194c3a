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
        "order by target_id"
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
