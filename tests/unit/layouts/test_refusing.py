"""Sheets that must not be read, each with the reason and the words that help."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from govstats.layouts.facts import Reading
from govstats.layouts.reading import Knowledge
from govstats.workbooks.reader import read_workbook
from govstats.workbooks.refusals import Refused, Words
from tests.workbooks import builders

Refuse = Callable[..., Refused]
Read = Callable[..., Reading]


def chinese(reason: Refused, department: str = "财政局") -> str:
    return reason.refusal("财政局/2020-03/表.xlsx", Words(department, department)).text_zh()


def test_another_departments_sheet(refused: Refuse) -> None:
    reason = refused("finance", *builders.employment())
    assert reason.code == "wrong_department"
    text = chinese(reason)
    assert "人社局的《就业失业情况月报》(hrss_employment)" in text
    assert "data/raw/人社局/2020-03/" in text


def test_another_departments_sheet_with_a_fault_is_still_recognised(refused: Refuse) -> None:
    rows, _ = builders.employment()
    assert refused("finance", rows[:5] + rows[6:]).code == "wrong_department"


def test_a_missing_column(refused: Refuse) -> None:
    rows, _ = builders.finance()
    rows = builders.with_cell(rows, 4, 5, "比上年增长(%)")
    reason = refused("finance", rows, [(3, 1, 4, 1), (3, 4, 3, 6)])
    assert reason.code == "missing_labels"
    text = chinese(reason)
    assert "finance_revenue" in text
    assert "缺少“累计完成/同比增长(%)”" in text
    assert "多出“累计完成/比上年增长”" in text


def test_a_missing_row_is_named_with_its_parent(refused: Refuse) -> None:
    rows, merges = builders.finance()
    reason = refused("finance", rows[:5] + rows[6:], merges)
    assert reason.code == "missing_labels"
    assert "“财政总收入/税收收入”" in chinese(reason)


def test_a_missing_title(refused: Refuse) -> None:
    rows, merges = builders.finance()
    reason = refused("finance", builders.with_cell(rows, 1, 1, "报表"), merges)
    assert reason.code == "missing_labels"
    assert "缺少“一般公共预算收入完成情况表”" in chinese(reason)


def test_a_renamed_column_of_row_labels(refused: Refuse) -> None:
    rows, merges = builders.finance()
    reason = refused("finance", builders.with_cell(rows, 3, 1, "收入项目"), merges)
    assert reason.code == "missing_labels"
    assert "缺少“项目”,多出“收入项目”" in chinese(reason)


@pytest.mark.parametrize("row", [9, 7])
def test_a_row_that_stands_twice(refused: Refuse, row: int) -> None:
    rows, merges = builders.finance()
    reason = refused("finance", [*rows[:9], rows[row - 1], *rows[9:]], merges)
    assert reason.code == "duplicate_labels"
    assert str(rows[row - 1][0]).strip() in chinese(reason)


def test_a_column_that_stands_twice(refused: Refuse) -> None:
    rows, _ = builders.employment()
    reason = refused("hrss", builders.with_cell(rows, 2, 8, "累计"))
    assert reason.code == "duplicate_labels"
    assert "“累计”" in chinese(reason)


def test_an_unknown_sheet_names_the_nearest(refused: Refuse) -> None:
    rows = [["2020年1-3月安全生产情况"], ["项目", "事故起数"], ["道路交通", 3], ["火灾", 1]]
    reason = refused("finance", rows)
    assert reason.code == "unknown_layout"
    text = chinese(reason)
    assert "最接近的是《一般公共预算收入完成情况表》" in text
    assert "“事故起数”" in text
    assert "docs/add-a-department.md" in text


def test_a_form_out_of_date(refused: Refuse, knowledge: Knowledge) -> None:
    ended = [
        replace(entry, valid_to="2019-12") if entry.id == "finance_revenue"
        else replace(entry, valid_from="2020-01", valid_to=None)
        for entry in knowledge.layouts
    ]  # fmt: skip
    reason = refused("finance", *builders.finance(), known=replace(knowledge, layouts=tuple(ended)))
    assert (reason.code, reason.variant) == ("unknown_layout", "expired")
    assert "2018-02至2019-12" in chinese(reason)


def test_no_layout_is_valid_at_all(refused: Refuse) -> None:
    reason = refused("finance", *builders.finance(), period="2017-03")
    assert reason.code == "unknown_layout"


def test_a_workbook_without_content(refused: Refuse) -> None:
    assert refused("finance", []).code == "empty_file"


def test_two_layouts_for_one_sheet(refused: Refuse, knowledge: Knowledge) -> None:
    (finance,) = [entry for entry in knowledge.layouts if entry.id == "finance_revenue"]
    twins = replace(knowledge, layouts=(finance, replace(finance, id="finance_revenue_copy")))
    reason = refused("finance", *builders.finance(), known=twins)
    assert (reason.code, reason.variant) == ("ambiguous_layout", "layouts")
    assert "“finance_revenue”、“finance_revenue_copy”" in chinese(reason)


def test_a_second_department_with_the_same_form_does_no_harm(
    read: Read, knowledge: Knowledge
) -> None:
    (finance,) = [entry for entry in knowledge.layouts if entry.id == "finance_revenue"]
    twin = replace(finance, id="tax_revenue", department="statistics")
    both = replace(knowledge, layouts=(finance, twin))
    assert read("finance", *builders.finance(), known=both).layout_id == "finance_revenue"


def test_two_sheets_that_can_be_read(refused: Refuse, tmp_path) -> None:
    rows, merges = builders.finance()
    path = builders.workbook(tmp_path / "b.xlsx", rows, merges, "收入", more={"收入(旧)": []})
    first = read_workbook(path)
    twice = replace(first, sheets=(first.sheets[0], replace(first.sheets[0], name="收入(旧)")))
    reason = refused("finance", rows, book=twice)
    assert (reason.code, reason.variant) == ("ambiguous_layout", "sheets")
    assert "“收入”、“收入(旧)”" in chinese(reason)


# ── periods ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("title", "sheet", "file", "place"),
    [
        ("2020年1-4月", "收入", "表.xlsx", "标题写的是“2020年1-4月”"),
        ("2019年1-3月", "收入", "表.xlsx", "标题写的是“2019年1-3月”"),
        ("2020年2-3月", "收入", "表.xlsx", "标题写的是“2020年2-3月”"),
        ("2020年", "2月", "收入2020年1-3月.xlsx", "工作表名写的是“2月”"),
        ("", "收入", "收入2020年1-5月.xlsx", "文件名写的是“2020年1-5月”"),
        ("", "2019年", "表3月.xlsx", "工作表名写的是“2019年”"),
    ],
)
def test_a_period_that_is_not_the_folders(
    refused: Refuse, title: str, sheet: str, file: str, place: str
) -> None:
    rows, merges = builders.finance(title)
    reason = refused("finance", rows, merges, sheet=sheet, file=file)
    assert reason.code == "period_conflict"
    assert place in chinese(reason)
    assert "2020-03" in chinese(reason)


def test_a_period_said_in_parts_by_several_places(read: Read) -> None:
    rows, merges = builders.finance("")
    assert read("finance", rows, merges, sheet="1-3月", file="2020年收入.xlsx").observations


def test_no_period_anywhere(refused: Refuse) -> None:
    rows, merges = builders.finance("")
    reason = refused("finance", rows, merges, sheet="2020年")
    assert reason.code == "period_missing"
    assert "例如“2020年1-3月一般公共预算收入完成情况表”" in chinese(reason)


def test_january_has_no_cumulative_release(refused: Refuse) -> None:
    rows, merges = builders.finance("2020年1月")
    reason = refused("finance", rows, merges, period="2020-01")
    assert (reason.code, reason.variant) == ("period_conflict", "january")


# ── units ────────────────────────────────────────────────────────────────────────────────────


def test_a_unit_line_of_another_size_is_believed(read: Read) -> None:
    """Units of one kind convert; what the sheet says counts, and is kept with the figure."""
    reading = read("finance", *builders.finance(unit="亿元"))
    units = {entry.cell_unit for entry in reading.observations if entry.measure == "level"}
    assert units == {"亿元"}


@pytest.mark.parametrize("unit", ["万人", "%"])
def test_a_unit_of_another_kind_is_refused(refused: Refuse, unit: str) -> None:
    reason = refused("finance", *builders.finance(unit=unit))
    assert (reason.code, reason.variant) == ("unit_conflict", "dimension")
    assert f"“{unit}”(单位行)" in chinese(reason)


def test_a_unit_nobody_knows_is_refused(refused: Refuse) -> None:
    reason = refused("finance", *builders.finance(unit="万美元"))
    assert (reason.code, reason.variant, reason.cell) == ("unit_conflict", "unknown", "F2")


def test_header_against_unit_line(read: Read) -> None:
    rows, merges = builders.finance()
    reading = read("finance", builders.with_cell(rows, 4, 4, "金额(亿元)"), merges)
    level = next(e for e in reading.observations if e.cell == "D5")
    assert level.cell_unit == "亿元"
    (note,) = reading.notes
    assert (note.kind, note.cell) == ("unit_conflict", "D5")
    assert "D5等5处" in note.found_zh
    assert "表头“亿元”、单位行“万元”" in note.found_zh
    # The one the layout expects wins without a word.
    rows, merges = builders.finance(unit="亿元")
    reading = read("finance", builders.with_cell(rows, 4, 4, "金额(万元)"), merges)
    level = next(e for e in reading.observations if e.cell == "D5")
    assert level.cell_unit == "万元"
    assert not reading.notes


def test_unit_column_against_the_layout(read: Read, refused: Refuse) -> None:
    rows, merges = builders.monthly()
    reading = read("statistics", builders.with_cell(rows, 11, 2, "万元"), merges)
    (note,) = reading.notes
    assert (note.kind, note.cell) == ("unit_conflict", "C11")
    units = {entry.cell: entry.cell_unit for entry in reading.observations}
    assert (units["C11"], units["D11"], units["D12"]) == ("万元", "万元", "亿元")
    reason = refused("statistics", builders.with_cell(rows, 11, 2, "人"), merges)
    assert reason.code == "unit_conflict"
    reason = refused("statistics", builders.with_cell(rows, 11, 2, "亿美元"), merges)
    assert (reason.variant, reason.cell) == ("unknown", "B11")


def test_a_unit_in_the_cell_against_its_row(read: Read) -> None:
    rows, merges = builders.employment()
    reading = read("hrss", builders.with_cell(rows, 3, 3, "0.9万人"), merges)
    plan = next(entry for entry in reading.observations if entry.cell == "C3")
    assert (str(plan.cell_value), plan.cell_unit) == ("0.90000000", "万人")
    (note,) = reading.notes
    assert (note.kind, note.cell) == ("unit_conflict", "C3")
    assert "单元格“万人”、计量单位栏“人”" in note.found_zh
