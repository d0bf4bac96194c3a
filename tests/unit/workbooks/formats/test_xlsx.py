"""The pass over an .xlsx sheet: nothing is lost at the seams, whoever wrote the XML."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govstats.workbooks.formats.scan import SheetFacts
from govstats.workbooks.formats.xlsx_book import Styles, read_styles
from govstats.workbooks.formats.xlsx_sheet import SheetScan, TooFar
from govstats.workbooks.limits import Limits
from govstats.workbooks.reader import read_workbook
from govstats.workbooks.refusals import Refused
from tests.workbooks import builders, hostile

SHEET = (
    b'<?xml version="1.0"?><worksheet><dimension ref="A1"/><cols><col min="3" max="4" hidden="1"/>'
    b'</cols><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c>'
    b'<c r="B1" s="3"><v>0.081</v></c></row>'
    b'<row r="2" hidden="1"><c r="A2" t="e"><v>#N/A</v></c><c r="B2"><f>A1+1</f></c>'
    b'<c r="C2" s="3"/><c r="D2" s="3" t="n"><v>0.5</v></c></row>'
    b'<row r="30" spans="1:4"><c r="AB30" s="2"><f>SUM(A1:A2)</f><v>7</v></c></row></sheetData>'
    b'<mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells></worksheet>'
)
STYLES = Styles(frozenset({3}), {2: "0.00", 3: "0.0%"})


def pieces(content: bytes, size: int) -> Iterator[bytes]:
    for start in range(0, len(content), size):
        yield content[start : start + size]


def facts(content: bytes, size: int = 10**6, *, exact: bool = True) -> SheetFacts:
    return SheetScan("表", STYLES, Limits(), exact=exact).scan(pieces(content, size))


def prefixed(content: bytes) -> bytes:
    for tag in (b"worksheet", b"sheetData", b"row", b"cols", b"col", b"c", b"v", b"f"):
        for end in (b" ", b">", b"/"):
            content = content.replace(b"<" + tag + end, b"<x:" + tag + end)
        content = content.replace(b"</" + tag + b">", b"</x:" + tag + b">")
    return content


def single_quoted(content: bytes) -> bytes:
    return content.replace(b'"', b"'")


@pytest.mark.parametrize("size", [1, 7, 33, 64, 100, 10**6])
@pytest.mark.parametrize("written", [bytes, prefixed, single_quoted])
def test_what_is_special_is_found_across_any_seams(size: int, written: type[bytes]) -> None:
    found = facts(written(SHEET), size)
    assert found.errors == {(2, 1): "#N/A", (2, 2): "=A1+1"}
    assert found.percents == {(1, 2), (2, 4)}
    assert (found.hidden_rows, found.hidden_columns) == ({2}, {3, 4})
    assert (found.last_row, found.last_column) == (30, 28)
    assert found.formats is not None
    assert found.formats() == {(1, 2): "0.0%", (2, 4): "0.0%", (30, 28): "0.00"}


@given(st.integers(1, 60), st.integers(1, 60))
def test_any_two_cuts(first: int, second: int) -> None:
    def cut() -> Iterator[bytes]:
        yield SHEET[: first * 10]
        yield SHEET[first * 10 : first * 10 + second]
        yield SHEET[first * 10 + second :]

    found = SheetScan("表", STYLES, Limits(), exact=True).scan(cut())
    assert found.errors == {(2, 1): "#N/A", (2, 2): "=A1+1"}
    assert found.percents == {(1, 2), (2, 4)}
    assert (found.last_row, found.last_column) == (30, 28)


FAR = [
    b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
    b"<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>",
    b'<x:row r="1048576"><x:c t="n" r="XFD1048576"><v>1</v></x:c></x:row>',
    b'<row r="1048576"><c s="1" r="XFD1048576"><v>1</v></c></row>',
    b'<row r="1"><c r="xfd1048576"><v>1</v></c></row>',
    b'<row r="1"><c r="AAAAA9999"><v>1</v></c></row>',
    b'<row r="1048576">' + b"<c/>" * 16383 + b"<c><v>1</v></c></row>",
    b'<row r="9999999999999999999999"><c r="B9999999999999999999999"><v>1</v></c></row>',
]


@pytest.mark.parametrize("far", FAR)
@pytest.mark.parametrize("size", [64, 10**6])
def test_a_far_cell_in_any_spelling(far: bytes, size: int) -> None:
    content = SHEET.replace(b"</sheetData>", far + b"</sheetData>")
    with pytest.raises(TooFar):
        facts(content, size, exact=False)
    with pytest.raises(Refused, match="cell_area"):
        facts(content, size)


def test_styles_far_out_take_no_room() -> None:
    style = b'<row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData>'
    found = facts(SHEET.replace(b"</sheetData>", style))
    assert (found.last_row, found.last_column) == (30, 28)


def test_a_tall_narrow_sheet_is_not_too_far(tmp_path: Path) -> None:
    rows = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (n, n) for n in (1, 900_000))
    path = hostile.replaced(
        tmp_path / "a.xlsx", "xl/worksheets/sheet1.xml", b"</sheetData>", rows + b"</sheetData>"
    )
    (sheet,) = read_workbook(path).sheets
    assert sheet.last_row == 900_000


def test_styles_of_a_workbook() -> None:
    styles = (
        b'<styleSheet><numFmts count="2"><numFmt numFmtId="164" formatCode="0.0&quot;%&quot;"/>'
        b"<numFmt formatCode='0.0%;-0.0%' numFmtId='165'/></numFmts><cellStyleXfs>"
        b'<xf numFmtId="9"/></cellStyleXfs><cellXfs count="4"><xf numFmtId="0"/>'
        b'<xf numFmtId="10" applyFont="1"><alignment/></xf><xf numFmtId="164"/>'
        b'<xf numFmtId="165"/><xf numFmtId="2"/></cellXfs></styleSheet>'
    )
    read = read_styles(styles)
    assert read.percents == {1, 3}
    assert read.plain == {1: "0.00%", 3: "0.0%;-0.0%", 4: "0.00"}


def test_what_is_shown_beside_what_is_stored(tmp_path: Path) -> None:
    formats = {(1, 1): "0.00", (1, 2): "0.0%", (1, 3): "General"}
    path = builders.workbook(tmp_path / "a.xlsx", [[2.345, 0.0815, 2.345]], formats=formats)
    (sheet,) = read_workbook(path).sheets
    assert [cell.shown for cell in sheet.in_order()] == ["2.35", "8.2%", None]
