"""Text with separators: encodings, separators, formulas nobody computed."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govstats.workbooks.formats.delimited import decoded, scan_delimited
from govstats.workbooks.limits import Limits
from govstats.workbooks.reader import open_workbook
from govstats.workbooks.refusals import Refused

TEXT = "指标,计量单位,数\r\n城镇新增就业,人,8950\r\n登记失业率,%,2.95\r\n"
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_encodings_and_separators(tmp_path: Path, encoding: str, separator: str) -> None:
    path = tmp_path / "0123.csv"
    path.write_bytes(TEXT.replace(",", separator).encode(encoding))
    book = open_workbook(path, Limits(), "人社局/2020-03/就业.csv")
    (sheet,) = book.sheets
    assert (book.format, sheet.name) == ("csv", "就业")
    assert sheet.grid == [line.split(",") for line in TEXT.split()]


def test_gb18030_with_its_mark() -> None:
    assert decoded(b"\x84\x31\x95\x33" + TEXT.encode("gb18030")) == TEXT


def grid(text: str) -> list[list[object]]:
    scan = scan_delimited(text.encode(), Limits())
    return [list(row) for row in scan.grid or []]


def test_quotes_line_breaks_and_blank_lines() -> None:
    assert grid('a,"b ""c""\nd"\r\n\r\n,e\r\n') == [["a", 'b "c"\nd'], [], ["", "e"]]
    assert grid("a,b\rc,d\r") == [["a", "b"], ["c", "d"]]


def test_a_preamble_without_separators() -> None:
    text = "数据库：分省年度数据\n指标：人口\n地区,2020年,2019年\n北京市,2189,2190\n"
    assert grid(text)[2:] == [["地区", "2020年", "2019年"], ["北京市", "2189", "2190"]]


def test_a_comma_within_figures_is_no_separator_where_tabs_are() -> None:
    assert grid("指标\t数\n甲\t1,234\n乙\t5,678\n")[1] == ["甲", "1,234"]


def test_formulas_have_no_result_and_kept_texts_are_texts() -> None:
    scan = scan_delimited('甲,=1+1\n="007",-\n'.encode(), Limits(), "a.csv")
    assert scan.sheets["a"].errors == {(1, 2): "=1+1"}
    assert scan.grid is not None
    assert scan.grid[1] == ["007", "-"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"a,b\n1,\x00\n", "not_a_spreadsheet.control"),
        ("甲,1\n乙,2".encode("utf-16-le") + b"\0", "not_a_spreadsheet.control"),
        (b"a,b\n\xff,\xfe\xff\n", "not_a_spreadsheet.encoding"),
        ("一句话".encode(), "not_a_spreadsheet.kind"),
    ],
)
def test_refused(content: bytes, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        scan_delimited(content, Limits())


chinese = st.text(
    alphabet="地区生产总值亿元同比增长北京0123456789.-% 、（）", min_size=1, max_size=6
)


@given(st.lists(st.lists(chinese, min_size=2, max_size=4), min_size=2, max_size=6))
def test_any_table_reads_back_in_every_encoding(rows: list[list[str]]) -> None:
    text = "".join(",".join(row) + "\r\n" for row in rows)
    for encoding in ENCODINGS:
        assert decoded(text.encode(encoding)) == text


def test_a_lone_return_ends_a_line(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("项目,数\r收入,1\r\n支出,2\r".encode("gb18030"))
    (sheet,) = open_workbook(path, Limits()).sheets
    assert [list(row) for row in sheet.grid] == [["项目", "数"], ["收入", "1"], ["支出", "2"]]
