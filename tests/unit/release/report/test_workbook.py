"""The report as a workbook: the same lines, numbers as numbers, texts as nothing but text."""

from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest

from govstats.release import report

LIVE = [
    '=HYPERLINK("http://example.com","x")',
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    "http://example.com/a",
    "<r><t>rich</t></r>",
    "<script>alert(1)</script>",
    "\u202egnp.exe",
]


@pytest.fixture
def book(page, tmp_path):
    def made(tables=None, **release):
        page(tables, **release)
        return openpyxl.load_workbook(tmp_path / "validation" / "validation.xlsx")

    return made


def lines(sheet):
    return [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]


def test_the_workbook_has_a_sheet_per_section(book, rows):
    made = book({"fct_validation_finding": [rows.finding(1)]})

    assert made.sheetnames == [
        "审核结论",
        "各部门审核情况",
        "各类规则审核情况",
        "审核发现",
        "变化原因说明",
        "审核覆盖",
        "没有规则比对的数据",
        "历次发布走势",
        "2020年各部门报送情况",
        "未报、暂缓、迟报明细",
        "暂缓、退回文件",
        "单元格去向",
        "数据修订",
        "年度目标进度",
        "工作机制运行情况",
        "审核规则手册及结果",
    ]


def test_the_verdict_is_there_in_both_languages(book):
    said = [value for line in lines(book()["审核结论"]) for value in line]

    assert {"● 准予发布", "● Released", "2020年1-4月", "January-April 2020", "2020-04-abc"} <= set(
        said
    )
    assert "审核单位（盖章处）" in said


def test_every_finding_is_there_with_its_words(book, rows):
    findings = [rows.finding(n, cell=f"D{n}") for n in range(1, 301)]
    sheet = lines(book({"fct_validation_finding": findings})["审核发现"])

    assert len(sheet) == 2 + 300
    first = sheet[2]
    assert first[:3] == ["财政局", "▲ 核实性", "▲ 待说明"]
    assert {"第1号问题。", "Trouble number 1.", "D1", "核对后重报。"} <= set(first)


def test_figures_are_numbers(book, rows):
    made = book({"fct_revision": [rows.revision(1)], "fct_submission": []})
    (row,) = lines(made["数据修订"])[2:]

    assert row[5:9] == [-3.1, -2.6, 0.5, "%"]


@pytest.mark.parametrize("text", LIVE)
def test_what_a_sheet_said_is_text_and_nothing_else(book, rows, tmp_path, text):
    fields = ("file", "sheet", "cell", "value", "expected", "message_zh", "message_en")
    more = ("explanation", "explained_by", "override_by", "override_reason_zh", "department_code")
    findings = [rows.finding(1) | dict.fromkeys(fields + more, text)]
    refused = rows.submission("finance", "2020-04", file=text, status="refused", reason_zh=text)
    made = book({"fct_validation_finding": findings, "fct_submission": [refused]})

    cells = [cell for sheet in made for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
    with ZipFile(tmp_path / "validation" / "validation.xlsx") as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    assert not any("http://example.com" in part for name, part in parts.items() if "rels" in name)
    assert not any(name.startswith("xl/externalLinks") for name in parts)
    texts = "".join(parts.values())
    assert "<f>" not in texts
    assert "<r><t>rich" not in texts
    assert "\u202e" not in texts


def test_the_same_report_is_the_same_workbook(warehouse, rows, tmp_path):
    tables = {"fct_submission": [rows.submission("finance", "2020-04")]}
    release = {"release_id": "a", "latest_period": "2020-04", "gate": {"released": True}}
    path = warehouse(tables)
    written = [report.write(path, tmp_path / name, release).parent for name in ("one", "two")]
    first, second = ((Path(folder) / "validation.xlsx").read_bytes() for folder in written)

    assert first == second
