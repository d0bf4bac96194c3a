"""The board's own writer of csv and xlsx, in the browser that runs it: hand-worked files."""

import csv
import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page
from python_calamine import CalamineWorkbook

from govstats.csvtext import inert
from govstats.release import board
from tests.pages.looking import Visitor

SCRIPT = Path(next(iter(board.__path__))) / "js" / "download.js"
COLUMNS = ["指标", "数值", "单位"]
ROWS: list[list[Any]] = [
    ["一般公共预算收入", {"figure": "252000.50"}, "万元"],
    ["增长", {"figure": "-3.2"}, "%"],
    ["登记失业率", None, "%"],
    ["户数", 78000, "户"],
]
#: A spreadsheet program would run these, read them as markup, or show them turned round.
HOSTILE = [
    "=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "  =1+1", "\t=1+1", "＝1+1", "|calc", "%0a",
    "</script><script>alert(1)</script>", "a & b < c > \"d\"", "_x0041_", "两行\n文字", ",;\"'",
    "\u202e反\u0000向\ud800", "<r>x</r>", "&#65;", "'text", "-", "1,234", "1e5", "007",
]  # fmt: skip


@pytest.fixture
def page(visit: Visitor, tmp_path: Path) -> Page:
    target = tmp_path / "page.html"
    script = SCRIPT.read_text(encoding="utf-8")
    target.write_text(
        f'<!DOCTYPE html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" '
        f"content=\"default-src 'none'; script-src 'unsafe-inline'\"><title>t</title>"
        f"<script>'use strict';\n{script}</script>",
        encoding="utf-8",
    )
    return visit(target)


def saved(page: Page, kind: str, name: str, rows: list[list[Any]]) -> tuple[str, bytes]:
    with page.expect_download() as waiting:
        page.evaluate(
            f"([name, columns, rows]) => download{kind}(name, columns, rows)", [name, COLUMNS, rows]
        )
    return waiting.value.suggested_filename, waiting.value.path().read_bytes()


def test_a_csv_has_every_figure_in_all_its_digits(page: Page) -> None:
    name, content = saved(page, "Csv", "总览 2020-12", ROWS)
    assert name == "总览 2020-12.csv"
    assert content.decode("utf-8") == (
        "\ufeff指标,数值,单位\r\n一般公共预算收入,252000.50,万元\r\n增长,-3.2,%\r\n"
        "登记失业率,,%\r\n户数,78000,户\r\n"
    )


def test_a_workbook_has_numbers_as_numbers_and_nothing_where_there_is_nothing(page: Page) -> None:
    name, content = saved(page, "Xlsx", "总览 2020-12", ROWS)
    assert name == "总览 2020-12.xlsx"
    book = load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["总览 2020-12"]
    lines = [[cell.value for cell in row] for row in book.active.iter_rows()]
    assert lines == [
        COLUMNS,
        ["一般公共预算收入", 252000.5, "万元"],
        ["增长", -3.2, "%"],
        ["登记失业率", None, "%"],
        ["户数", 78000, "户"],
    ]
    assert book.active["A1"].font.b
    assert book.active.freeze_panes == "A2"
    again = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert again[1:3] == [["一般公共预算收入", 252000.5, "万元"], ["增长", -3.2, "%"]]


def test_figures_that_no_double_holds_stay_texts_with_all_digits(page: Page) -> None:
    figures = ["123456789012345.67", "0.000000000000001", "123456789012345", "-0.10"]
    rows = [[figure, {"figure": figure}, ""] for figure in figures]
    _, content = saved(page, "Xlsx", "数", rows)
    values = [row[1].value for row in load_workbook(io.BytesIO(content)).active.iter_rows()][1:]
    assert values == ["123456789012345.67", 1e-15, 123456789012345, -0.1]


def cleaned(text: str) -> str:
    return "".join("\ufffd" if c in "\u202e\u0000\ud800" else c for c in text)


def test_a_text_is_never_a_formula_nor_markup(page: Page) -> None:
    rows = [[text, {"figure": text}, ""] for text in HOSTILE]
    _, content = saved(page, "Xlsx", "文字", rows)
    sheet = load_workbook(io.BytesIO(content)).active
    cells = [row[0] for row in sheet.iter_rows(min_row=2)]
    assert {cell.data_type for cell in cells} <= {"s", "inlineStr"}
    # openpyxl leaves the escape of _x0041_ as it stands in the file.
    assert [str(cell.value).replace("_x005F_", "_") for cell in cells] == list(
        map(cleaned, HOSTILE)
    )
    quoted = [cell.quotePrefix for cell in cells[:9]]
    assert quoted == [True] * 9
    assert (
        "<f" not in zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml").decode()
    )


def test_texts_of_a_csv_are_inert_as_everywhere_else(page: Page) -> None:
    _, content = saved(page, "Csv", "文字", [[text, None, ""] for text in HOSTILE])
    text = content.decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(text, newline="")))[1:]
    for (found, *_), hostile in zip(lines, HOSTILE, strict=True):
        assert found == inert(cleaned(hostile))


@pytest.mark.parametrize(
    ("name", "file", "sheet"),
    [
        ("a/b\\c:d*e?", "a_b_c_d_e_", "a_b_c_d_e_"),
        ("..", "_", ".."),
        ("长" * 200, "长" * 120, "长" * 31),
        ("'引'", "'引'", "引"),
    ],
)
def test_names_that_a_system_refuses_are_mended(
    page: Page, name: str, file: str, sheet: str
) -> None:
    suggested, content = saved(page, "Xlsx", name, ROWS)
    assert suggested == f"{file}.xlsx"
    assert load_workbook(io.BytesIO(content)).sheetnames == [sheet]


def test_the_same_rows_give_the_same_bytes_and_a_sound_archive(page: Page) -> None:
    rows = [[f"行{n}", {"figure": f"{n}.25"}, "万元"] for n in range(3000)]
    _, first = saved(page, "Xlsx", "长表", rows)
    _, second = saved(page, "Xlsx", "长表", rows)
    assert first == second
    assert zipfile.ZipFile(io.BytesIO(first)).testzip() is None
    assert load_workbook(io.BytesIO(first)).active.max_row == 3001
