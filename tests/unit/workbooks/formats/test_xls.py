""".xls of both kinds: what the fast parser does not tell, and what it tells wrongly."""

from datetime import date
from pathlib import Path

import pytest

from govstats.workbooks.cells import Cell, Merge, Sheet, Workbook
from govstats.workbooks.reader import read_workbook
from tests.workbooks.biff import (
    DATE,
    DECIMALS,
    PERCENT,
    Page,
    Record,
    Styled,
    formula,
    hidden_columns,
    hidden_row,
    supbook,
    xls,
)


def only_sheet(path: Path) -> Sheet:
    (sheet,) = read_workbook(path).sheets
    return sheet


def texts(sheet: Sheet) -> dict[str, str]:
    return {cell.address: cell.text for cell in sheet.in_order()}


@pytest.mark.parametrize("version", [5, 8])
def test_every_kind_of_cell(tmp_path: Path, version: int) -> None:
    rows = [
        ["岳阳楼区　月报", None, 1.5],
        [True, Styled(0.081, PERCENT), Styled(22.15718562874252, DECIMALS)],
        ["#DIV/0!", Styled(43905, DATE), "#N/A"],
    ]
    page = Page("月报", rows, merges=[(1, 1, 1, 3)], more=[formula(4, 0, error="#REF!")])
    sheet = only_sheet(xls(tmp_path / "a.xls", page, version=version, codepage=936))
    assert sheet.name == "月报"
    assert texts(sheet) == {
        "A1": "岳阳楼区　月报", "C1": "1.5", "A2": "TRUE", "B2": "8.1%", "C2": "22.15718562874252",
        "A3": "#DIV/0!", "B3": "2020-03-15", "C3": "#N/A", "A5": "#REF!",
    }  # fmt: skip
    assert sheet.merges == (Merge(1, 1, 1, 3),)
    assert sheet.at(5, 1) == Cell(5, 1, "error", "#REF!")
    shown = {cell.address: cell.shown for cell in sheet.in_order() if cell.shown}
    assert shown == {"B2": "8.10%", "C2": "22.16"}


@pytest.mark.parametrize("codepage", [None, 936, 1200, 1252, 10000, 20127])
def test_unicode_texts_are_unicode_whatever_the_codepage_says(
    tmp_path: Path, codepage: int | None
) -> None:
    page = Page("表", [["地区生产总值", "亿元", 735.0]])
    sheet = only_sheet(xls(tmp_path / "a.xls", page, codepage=codepage))
    assert texts(sheet) == {"A1": "地区生产总值", "B1": "亿元", "C1": "735"}


@pytest.mark.parametrize("codepage", [None, 936])
def test_chinese_of_before_unicode(tmp_path: Path, codepage: int | None) -> None:
    page = Page("表", [["地区生产总值", "亿元"]])
    path = xls(tmp_path / "a.xls", page, version=5, codepage=936)
    if codepage is None:
        path.write_bytes(path.read_bytes().replace(b"\x42\0\x02\0\xa8\x03", b"\x99\x09\2\0\0\0"))
    assert texts(only_sheet(path)) == {"A1": "地区生产总值", "B1": "亿元"}


@pytest.mark.parametrize("split_at", [40, 41, 57, 8000])
def test_texts_cut_by_the_end_of_a_record(tmp_path: Path, split_at: int) -> None:
    rows = [["一般公共预算收入完成情况" * 3, "同比增长"], ["其中：税收收入", "万元" * 30]]
    sheet = only_sheet(xls(tmp_path / "a.xls", Page("表", rows), split_strings_at=split_at))
    assert list(texts(sheet).values()) == [text for row in rows for text in row]


def test_hidden_things_and_the_calendar(tmp_path: Path) -> None:
    more: list[Record] = [hidden_row(1), hidden_columns(2, 3)]
    pages = [Page("看", [["a"], ["b"]], more=more), Page("藏", [["c"]], state=1)]
    book: Workbook = read_workbook(xls(tmp_path / "a.xls", *pages, epoch_1904=True))
    assert (book.format, book.epoch_1904) == ("xls", True)
    assert [sheet.is_visible for sheet in book.sheets] == [True, False]
    assert book.sheets[0].hidden_rows == {2}
    assert book.sheets[0].hidden_columns == {3, 4}


def test_dates_from_1904(tmp_path: Path) -> None:
    page = Page("表", [[Styled(43905 - 1462, DATE)]])
    cell = only_sheet(xls(tmp_path / "a.xls", page, epoch_1904=True)).at(1, 1)
    assert cell is not None
    assert cell.date == date(2020, 3, 15)


@pytest.mark.parametrize("claim", [(1, 1), (65_536, 256)])
def test_a_false_dimension_hides_and_costs_nothing(tmp_path: Path, claim: tuple[int, int]) -> None:
    rows, columns = claim
    dimension = (
        0x0200,
        b"\0\0\0\0"
        + rows.to_bytes(4, "little")
        + b"\0\0"
        + columns.to_bytes(2, "little")
        + b"\0\0",
    )
    page = Page("表", [["a", 1.5], ["b", 2.5]], more=[dimension])
    sheet = only_sheet(xls(tmp_path / "a.xls", page))
    assert texts(sheet) == {"A1": "a", "B1": "1.5", "A2": "b", "B2": "2.5"}
    assert len(sheet.grid) == 2


def test_links_within_the_workbook_are_none(tmp_path: Path) -> None:
    own = (0x1AE, b"\x01\0\x01\x04")
    more: list[Record] = [own, supbook(" "), supbook("\0")]
    path = xls(tmp_path / "a.xls", Page("表", [["a"]]), more=more)
    assert texts(only_sheet(path)) == {"A1": "a"}
