"""The release notes within the report: shown where there are some, words and figures apart."""

from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from govstats.release import report
from govstats.release.report.figures import Figure
from govstats.release.report.news import News, Table
from govstats.release.report.sheets import Column
from govstats.release.report.signs import Sign
from govstats.release.report.words import Both

COLUMNS = (Column("文件", "File"), Column("状态", "State"), Column("数值", "Figure"))
LINE = (
    "<b>=1+1</b>",
    Sign("●", Both("已接收", "Accepted"), "green"),
    Figure("5.5", "亿元", Decimal("5.5")),
)
NEWS = News(
    (Both("与上一版比较。", "Compared with the one before."),),
    (Table(Both("新收报表", "Sheets received"), COLUMNS, (LINE,), more=3),),
)


@pytest.fixture
def written(warehouse, tmp_path):
    def make(news):
        release = {"release_id": "r", "latest_period": "2020-04", "gate": {"released": True}}
        return report.write(warehouse({}), tmp_path / "validation", release, (), news)

    return make


def test_without_notes_there_is_no_section(written):
    assert "发布说明" not in written(None).read_text(encoding="utf-8")


def test_notes_have_a_section_of_their_own(written):
    page = written(NEWS).read_text(encoding="utf-8")
    section = page[page.index('<section id="changes"') :].split("</section>")[0]
    assert "六、发布说明" in page
    assert "&lt;b&gt;=1+1&lt;/b&gt;" in section
    assert '<span class="shape" aria-hidden="true">●</span>' in section
    assert '<th scope="col" class="n">' in section
    assert "另有 3 项，见 notes.json。" in section


def test_notes_have_a_sheet_each(written):
    book = openpyxl.load_workbook(Path(written(NEWS)).with_name("validation.xlsx"))
    sheet = book["发布说明 新收报表"]
    assert sheet["A2"].value == "与上一版比较。"
    assert [cell.value for cell in sheet[4]] == ["<b>=1+1</b>", "● 已接收", 5.5]
    assert sheet["A4"].data_type == "s"
