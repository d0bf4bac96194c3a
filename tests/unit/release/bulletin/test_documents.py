"""Page and workbook say what the bulletin says; nothing of a sheet comes to life in them."""

import re
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from govstats.numbers import plain
from govstats.release.bulletin import documents, drawing, html_page, outline, widths, xlsx_file
from govstats.release.bulletin.sources import Source
from govstats.release.reference import Reference
from tests.unit.release.bulletin.made import ANNEX, BULLETIN, CHART, HOSTILE, TABLE

FIGURES = list(BULLETIN.figures())


class Figures(HTMLParser):
    """The elements of a page that show figures: address, value, text."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[list[str]] = []
        self._open = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self._open = "data-ref" in given
        if self._open:
            self.found.append([given["data-ref"] or "", given["data-value"] or "", ""])

    def handle_data(self, data: str) -> None:
        if self._open:
            self.found[-1][2] += data

    def handle_endtag(self, tag: str) -> None:
        self._open = False


@pytest.fixture(scope="module")
def page() -> str:
    return html_page.made(BULLETIN, {CHART.chart_id: drawing.svg(CHART)})


@pytest.fixture(scope="module")
def book() -> openpyxl.Workbook:
    source = Source("统计局", "月报.xlsx", "表", "C7")
    sources = {figure.reference: source for figure in FIGURES}
    return openpyxl.load_workbook(BytesIO(xlsx_file.made(BULLETIN, sources)))


def test_the_page_shows_every_figure_with_its_address(page: str) -> None:
    reader = Figures()
    reader.feed(page)
    assert reader.found == [[str(item.reference), plain(item.value), item.text] for item in FIGURES]


def test_the_page_stays_by_itself(page: str) -> None:
    assert "<script" not in page
    assert "</script>" not in page
    assert not re.search(r"(?:src|href)=\"(?!#)", page.replace('xlink:href="#', 'href="#'))
    assert "\u202e" not in page
    assert HOSTILE[:8] in page.replace("&#39;", "'")


def test_the_workbook_has_a_sheet_per_table_and_the_sources_last(book: openpyxl.Workbook) -> None:
    assert book.sheetnames == ["表1", "附表1", "数据来源"]
    assert [cell.value for cell in book["数据来源"][1]] == list(xlsx_file.HEADINGS)


def test_every_figure_of_the_workbook_has_its_source(book: openpyxl.Workbook) -> None:
    rows = list(book["数据来源"].iter_rows(min_row=2, values_only=True))
    tables = [item for row in (*TABLE.rows, *ANNEX.rows) for cell in row for item in cell]
    figures = [item for item in tables if not isinstance(item, str)]
    assert [row[2] for row in rows] == [str(item.reference) for item in figures]
    for (sheet, address, _, *source, value), figure in zip(rows, figures, strict=True):
        assert source == ["统计局", "月报.xlsx", "表", "C7"]
        cell = book[str(sheet)][str(address)]
        if figure.value is None:
            assert (value, cell.value) == (None, figure.text)
        else:
            assert value == pytest.approx(float(figure.value))
            assert figure.text in str(cell.value) or cell.value == pytest.approx(value)


def test_numbers_are_numbers_shown_as_in_the_text(book: openpyxl.Workbook) -> None:
    sheet = book["表1"]
    shown = {cell.value: cell.number_format for row in sheet.iter_rows() for cell in row}
    assert shown[520.45] == "0.00"
    assert shown[-4.04] == '"下降"0.0"%";"下降"0.0"%"'
    assert shown[-12.8] == '"-"0.0;"-"0.0'
    assert all(cell.data_type != "f" for page in book for row in page.iter_rows() for cell in row)


def test_files_have_no_clock(tmp_path: Path) -> None:
    first = [path.read_bytes() for path in documents.write(BULLETIN, tmp_path / "a")]
    again = [path.read_bytes() for path in documents.write(BULLETIN, tmp_path / "b")]
    assert first == again
    assert sorted(path.name for path in (tmp_path / "a").iterdir()) == [
        "2020-09.docx", "2020-09.html", "2020-09.xlsx",
    ]  # fmt: skip


def test_a_drawing_is_the_same_again_and_its_parts_are_not_read_out() -> None:
    first = drawing.svg(CHART)
    assert drawing.svg(CHART) == first
    assert "aria-" not in first
    assert set(re.findall(r'id="([^"]+)"', first)) >= {"bars-1"}


@pytest.mark.parametrize(
    ("number", "words"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (35, "三十五")]
)
def test_chinese_numbers(number: int, words: str) -> None:
    assert outline.chinese(number) == words


def test_widths_share_the_line_and_no_figure_breaks() -> None:
    shares = widths.shares(TABLE, 40)
    assert sum(shares) == pytest.approx(1)
    assert shares[1] * 40 >= widths.length("（亿元）")


def test_an_address_that_is_not_there_has_no_source() -> None:
    reference = Reference.of("fct_x", "obs_value", {"code": "none"})
    assert xlsx_file.made(BULLETIN, {reference: Source()})
