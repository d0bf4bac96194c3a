"""The four sheets of the project's layouts, read from small workbooks; figures by hand."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from govstats.layouts.facts import Observation, Reading, count_fates
from tests.workbooks import builders

Read = Callable[..., Reading]
DISTRICT = "430602000000"


def at(reading: Reading, cell: str) -> Observation:
    (found,) = [entry for entry in reading.observations if entry.cell == cell]
    return found


def meaning(entry: Observation) -> tuple[str, ...]:
    return entry.indicator_code, entry.measure, entry.period_type, entry.scope


def test_finance_tells_equal_labels_apart(read: Read) -> None:
    reading = read("finance", *builders.finance())
    assert reading.layout_id == "finance_revenue"
    assert reading.title == "岳阳楼区2020年1-3月一般公共预算收入完成情况表"
    assert count_fates(reading.cells) == {
        "observation": 25, "label": 12, "metadata": 7, "ignorable": 0, "unmapped": 0,
    }  # fmt: skip
    assert len(reading.observations) == 25
    total_tax, general_tax = at(reading, "D6"), at(reading, "D8")
    assert meaning(total_tax) == ("fiscal_revenue_total_tax", "level", "ytd", "jurisdiction")
    assert meaning(general_tax) == ("general_budget_tax", "level", "ytd", "jurisdiction")
    assert (total_tax.cell_value, total_tax.cell_unit) == (68103, "万元")
    assert (general_tax.cell_value, general_tax.row_label) == (62751, "税收收入")
    growth = at(reading, "E9")
    assert (growth.indicator_code, growth.cell_value) == ("general_budget_nontax", Decimal("-30.1"))
    assert (growth.cell_unit, growth.growth_basis) == ("%", "same_scope")
    plan = at(reading, "B7")
    assert (meaning(plan)[:3], plan.growth_basis) == (
        ("general_budget_revenue", "plan", "year"),
        None,
    )
    assert at(reading, "F5").column_label == "累计完成/占年初预算"
    assert {str(entry.period_end) for entry in reading.observations} == {"2020-03-31"}


def test_monthly_has_units_by_row_and_a_row_of_another_scope(read: Read) -> None:
    reading = read("statistics", *builders.monthly())
    assert len(reading.observations) == 16 * 3
    assert count_fates(reading.cells)["unmapped"] == 0
    assert meaning(at(reading, "D5")) == ("gdp", "level", "ytd", "jurisdiction")
    assert meaning(at(reading, "D9")) == ("gdp", "level", "ytd", "administrative")
    assert meaning(at(reading, "C11")) == ("fixed_investment", "level", "month", "jurisdiction")
    assert (at(reading, "D18").cell_value, at(reading, "D18").cell_unit) == (9871, "元")
    assert (at(reading, "E18").cell_value, at(reading, "E18").cell_unit) == (Decimal("1.2"), "%")
    bases = [at(reading, cell).growth_basis for cell in ("E6", "E11", "E14", "D14")]
    assert bases == ["yoy_real", "yoy_comparable", "yoy_nominal", None]
    only_growth = at(reading, "D10")
    assert (only_growth.cell_value, only_growth.obs_status) == (None, "M")
    assert (only_growth.missing_kind, only_growth.value_text) == ("not_applicable", "—")
    assert at(reading, "E10").cell_value == Decimal("-8.4")


def test_blank_crossings_are_observations_too(read: Read) -> None:
    rows, merges = builders.monthly("2020年1-4月")
    for row in (5, 6, 7, 8, 9):
        rows = builders.with_cell(builders.with_cell(rows, row, 4, None), row, 5, None)
    reading = read("statistics", rows, merges, period="2020-04")
    gdp = at(reading, "D5")
    assert (gdp.cell_value, gdp.obs_status, gdp.missing_kind) == (None, "O", "blank")
    assert (gdp.value_text, gdp.cell_unit) == (None, "亿元")
    assert len(reading.observations) == 16 * 3
    assert not [cell for cell in reading.cells if cell.cell == "D5"]


def test_a_row_belongs_to_the_form_only_while_it_is_valid(read: Read) -> None:
    rows, merges = builders.monthly("2019年1-3月")
    before = read("statistics", rows[:8] + rows[9:], merges, period="2019-03")
    assert len(before.observations) == 15 * 3
    early = read("statistics", rows, merges, period="2019-03")
    unmapped = [cell for cell in early.cells if cell.fate == "unmapped"]
    assert {cell.row_number for cell in unmapped} == {9}
    assert unmapped[0].fate_detail == "row not in the layout: 地区生产总值(含南湖新区、经开区)"


def test_counties_come_by_area_and_nested_header(read: Read) -> None:
    reading = read("statistics", *builders.county())
    assert reading.layout_id == "statistics_county_comparison"
    assert len(reading.observations) == 14 * 14
    assert count_fates(reading.cells)["unmapped"] == 0
    city, yunxi, zone = at(reading, "B5"), at(reading, "E7"), at(reading, "F15")
    assert (city.ref_area, city.indicator_code, city.cell_unit) == ("430600000000", "gdp", "亿元")
    assert (yunxi.ref_area, yunxi.row_label) == ("430603000000", "云溪区")
    assert (yunxi.indicator_code, yunxi.measure) == ("fixed_investment", "growth")
    assert (zone.ref_area, zone.measure, zone.cell_unit) == ("430671000000", "growth_rank", "位次")
    assert zone.column_label == "固定资产投资/位次"
    assert (at(reading, "I6").measure, at(reading, "M6").cell_unit) == ("rank", "元")


def test_employment_cells_in_every_dress(read: Read) -> None:
    reading = read("hrss", *builders.employment())
    assert count_fates(reading.cells)["unmapped"] == 0
    plan = at(reading, "C3")
    assert (plan.cell_value, plan.cell_unit, plan.value_text) == (9000, "人", "9000人")
    assert at(reading, "E4").cell_value == 396
    assert (at(reading, "G4").cell_value, at(reading, "G4").cell_unit) == (12, "%")
    few = at(reading, "D5")
    assert (few.cell_value, few.obs_status, few.missing_kind) == (None, "N", "less_than_unit")
    stock = at(reading, "E6")
    assert (stock.cell_value, stock.period_type) == (7431, "instant")
    assert at(reading, "C7").period_type == "year"
    assert not [entry for entry in reading.observations if entry.cell in ("D6", "D7", "D8")]
    fates = {cell.cell: (cell.fate, cell.fate_detail) for cell in reading.cells}
    assert fates["D6"] == ("ignorable", "no figure belongs here")
    assert fates["A3"] == ("label", "row label: urban_new_jobs")


def test_a_figure_where_none_belongs_is_listed(read: Read) -> None:
    rows, merges = builders.employment()
    reading = read("hrss", builders.with_cell(rows, 6, 4, 7400), merges)
    (stray,) = [cell for cell in reading.cells if cell.fate == "unmapped"]
    assert (stray.cell, stray.fate_detail) == (
        "D6", "figure where the layout has none: registered_unemployed × month",
    )  # fmt: skip


def test_a_remark_makes_figures_provisional(read: Read) -> None:
    rows, merges = builders.finance()
    reading = read("finance", [*rows, ["注:本期数据为预计数"]], merges)
    assert at(reading, "D7").obs_status == "P"
    plain = read("finance", rows, merges)
    assert at(plain, "D7").obs_status == "A"


@pytest.mark.parametrize(
    ("value", "kind"),
    [("#DIV/0!", "error"), ("见附表", "text"), ("▲5.2", "text"), ("=1/0|#DIV/0!", "error")],
)
def test_what_is_no_figure_is_kept_with_its_kind(read: Read, value: str, kind: str) -> None:
    rows, merges = builders.finance()
    entry = at(read("finance", builders.with_cell(rows, 5, 5, value), merges), "E5")
    assert (entry.cell_value, entry.obs_status, entry.missing_kind) == (None, "O", kind)
    assert entry.value_text == value.rpartition("|")[2]


def test_a_merged_cell_speaks_for_what_it_covers_only_where_that_is_clear(read: Read) -> None:
    rows, merges = builders.finance()
    rows = builders.with_cell(rows, 9, 2, None)
    rows = builders.with_cell(builders.with_cell(rows, 5, 3, "—"), 6, 3, None)
    reading = read("finance", rows, [*merges, (8, 2, 9, 2), (5, 3, 6, 3)])
    assert at(reading, "B8").cell_value == 284000
    below = at(reading, "B9")
    assert (below.cell_value, below.missing_kind, below.value_text) == (None, "text", "284000")
    assert at(reading, "C6").obs_status == "M"


def test_fates_name_what_a_cell_was_taken_for(read: Read) -> None:
    reading = read("finance", *builders.finance())
    fates = {cell.cell: (cell.fate, cell.fate_detail) for cell in reading.cells}
    assert fates["A1"] == ("metadata", "title")
    assert fates["A2"] == ("metadata", "producer")
    assert fates["F2"] == ("metadata", "unit_line")
    assert fates["D3"] == ("label", "column label")
    assert fates["A8"] == ("label", "row label: general_tax")
    assert fates["D8"] == ("observation", "general_tax × ytd")
    assert fates["A10"] == ("metadata", "note")
    assert fates["F11"] == ("metadata", "report_date")
    assert fates["A11"] == ("metadata", "signature")
