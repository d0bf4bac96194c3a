"""Sheets look like a department's and say what they are."""

import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest

NOTICE = "演示数据"
PROVISIONAL = "注:本期数据为预计数"


def _texts(rows: Any, path: Path) -> list[str]:
    return [str(cell) for row in rows(path) for cell in row if cell != ""]


def test_every_file_says_it_is_a_demonstration_in_a_note(shown: Any, rows: Any) -> None:
    for item in shown.deliveries:
        notes = [t for t in _texts(rows, shown.raw / item.path) if t.startswith("注:")]
        assert NOTICE in notes[0], item


def test_every_file_says_so_in_its_properties_and_carries_no_clock_time(shown: Any) -> None:
    for item in shown.deliveries:
        properties = openpyxl.load_workbook(shown.raw / item.path, read_only=True).properties
        assert NOTICE in properties.description
        assert properties.subject == properties.creator == NOTICE
        assert properties.created == properties.modified == item.received_at


def test_the_note_names_the_published_figures_and_their_source(shown: Any, rows: Any) -> None:
    texts = _texts(rows, shown.file("statistics_monthly", "2019-12", True))
    (note,) = [text for text in texts if text.startswith("注:公布数")]
    assert "地区生产总值累计绝对量692.36亿元" in note
    assert "地区生产总值:第二产业累计同比增长13%" in note
    assert "content_1772609" in note
    (implied,) = [text for text in texts if text.startswith("注:推算数")]
    assert "固定资产投资累计绝对量245.45亿元" in implied


def test_a_sheet_without_published_figures_says_all_is_simulated(shown: Any, rows: Any) -> None:
    texts = _texts(rows, shown.file("finance_revenue", "2019-06"))
    assert [text for text in texts if "全部为模拟数" in text]
    assert not [text for text in texts if text.startswith("注:公布数")]


def test_first_editions_of_the_last_december_and_the_product_of_2019_are_provisional(
    shown: Any, rows: Any
) -> None:
    marked = {
        item.path.name
        for item in shown.deliveries
        if PROVISIONAL in _texts(rows, shown.raw / item.path)
    }
    forecast = {
        item.path.name
        for item in shown.deliveries
        if "注:地区生产总值为预计数" in _texts(rows, shown.raw / item.path)
    }
    assert forecast == {
        "岳阳楼区主要经济指标月报_2019年1-12月.xlsx",
        "岳阳市县市区主要指标对比表_2019年1-12月.xlsx",
    }
    assert marked == {
        "岳阳楼区主要经济指标月报_2020年1-12月.xlsx",
        "岳阳楼区地区生产总值分行业情况_2020年1-12月.xlsx",
        "岳阳市县市区主要指标对比表_2020年1-12月.xlsx",
        "岳阳楼区财政收入完成情况_2020年1-12月.xlsx",
    }
    others = [i for i in shown.deliveries if i.path.name not in marked | forecast]
    assert not any("预计数" in t for i in others for t in _texts(rows, shown.raw / i.path))


def test_the_monthly_sheet_as_it_is_drawn(shown: Any) -> None:
    page = openpyxl.load_workbook(shown.file("statistics_monthly", "2020-02"))["月报"]
    assert page["A1"].value == "岳阳楼区2020年1-2月主要经济指标月报"
    assert page["A2"].value == "制表单位:岳阳楼区统计局"
    assert page["E2"].value == "单位:亿元、%"
    merged = {str(area) for area in page.merged_cells.ranges}
    assert {"A1:E1", "A3:A4", "B3:B4", "D3:E3"} <= merged
    assert [page[cell].value for cell in ("C3", "C4", "D3", "D4", "E4")] == [
        "本月",
        "绝对量",
        "累计",
        "绝对量",
        "同比增长(%)",
    ]
    assert page["A6"].value == "\u3000其中:第一产业"
    assert page["D11"].number_format == "0.00"
    assert page["A5"].font.name == "宋体"
    assert page["A5"].border.left.style == "thin"
    last = [cell.value for cell in page[page.max_row] if cell.value]
    assert [text.partition(":")[0] for text in last] == ["单位负责人", "填表人", "报出日期"]


def test_the_comparison_as_it_is_drawn(shown: Any) -> None:
    page = openpyxl.load_workbook(shown.file("statistics_county_comparison", "2020-03"))["对比表"]
    assert page["A2"].value is None  # a blank row below the title, in 2020 only
    merged = {str(area) for area in page.merged_cells.ranges}
    assert {"A1:O1", "A4:A5", "B4:D4", "E4:F4", "G4:I4", "J4:L4", "M4:O4"} <= merged
    assert page["A6"].value == "全  市"
    earlier = openpyxl.load_workbook(shown.file("statistics_county_comparison", "2019-03")).active
    assert earlier["A2"].value == "制表单位:岳阳楼区统计局"


@pytest.mark.parametrize(
    ("sheet", "period", "cell", "pattern"),
    [
        ("statistics_monthly", "2018-11", "D13", "[０-９]{3}．[０-９]{1,2}"),
        ("statistics_monthly", "2019-05", "D10", r"\d+\.\d{2}  "),
        ("statistics_monthly", "2020-04", "E10", r"-\d\.\d%"),
        ("statistics_county_comparison", "2020-03", "E13", r"-\d+\.\d%"),
        ("statistics_county_comparison", "2018-07", "G13", r"\d+\.\d{2}  "),
        ("finance_revenue", "2019-05", "D7", r"\d{3},\d{3}"),
        ("hrss_employment", "2019-03", "C4", "8950人"),
        ("hrss_employment", "2018-10", "E5", "[０-９]{4}"),
        ("hrss_employment", "2019-11", "A4", "▲城镇新增就业"),
    ],
)
def test_declared_untidy_cells(
    either: Any, sheet: str, period: str, cell: str, pattern: str
) -> None:
    value = openpyxl.load_workbook(either.file(sheet, period)).active[cell].value
    assert isinstance(value, str)
    assert re.fullmatch(pattern, value), value


def test_one_column_keeps_what_its_formula_gave(shown: Any) -> None:
    page = openpyxl.load_workbook(shown.file("finance_revenue", "2018-08")).active
    for row in range(5, 10):
        cell = page[f"F{row}"]
        assert cell.number_format == "0.0"
        assert len(repr(cell.value)) > 14


def test_untidy_cells_are_few(shown: Any, rows: Any, sheets: Any) -> None:
    """Beside the declared ones every figure is a number: text is —, blank or a label."""
    textual = 0
    words = [shown.file(sheet, "2018-02").name.partition("_")[0] for sheet in sheets]
    for item in shown.deliveries:
        if item.path.name.partition("_")[0] not in words:
            continue
        for row in rows(shown.raw / item.path)[3:]:
            for cell in row[1:]:
                text = cell if isinstance(cell, str) else ""
                textual += bool(re.search("[0-9０-９]", text)) and "报出日期" not in text
    assert textual == 8


def test_no_words_of_the_work_report_are_quoted(shown: Any, rows: Any, shared: Path) -> None:
    report = (shared / "reference" / "work_report_2020.txt").read_text(encoding="utf-8")
    words = {t for i in shown.deliveries for t in _texts(rows, shown.raw / i.path)}
    for text in words:
        for start in range(max(0, len(text) - 15)):
            assert text[start : start + 16] not in report, text
