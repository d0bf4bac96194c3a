"""Texts of others in workbooks: always strings, in whatever program opens them."""

import io
import re
import zipfile
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govstats.xlsxtext import LONGEST, Content, TextBook, clean, sheet_name

DAY = date(2020, 9, 1)
HOSTILE = [
    "=1+1",
    "=cmd|' /C calc'!A0",
    "+86 730",
    "-5",
    "@SUM(A1)",
    "\t=1+1",
    "https://example.com/",
    "internal:Sheet1!A1",
    "<r><t>x</t></r>",
    "<script>alert(1)</script>",
    "{=SUM(A1:A2)}",
    "_x003D_1",
    "&amp;",
]


def book_of(*contents: Content) -> bytes:
    book = TextBook("题", DAY)
    page = book.sheet("表")
    for row, content in enumerate(contents):
        book.write(page, row, 0, content, {})
    return book.close()


def read_back(content: bytes) -> list[tuple[str, object]]:
    page = openpyxl.load_workbook(io.BytesIO(content)).active
    assert page is not None
    return [(cell.data_type, cell.value) for (cell,) in page.iter_rows()]


def parts(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return "\n".join(package.read(name).decode() for name in package.namelist())


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_stays_a_string(text: str) -> None:
    made = book_of(text)
    ((kind, value),) = read_back(made)
    assert (kind, str(value).strip()) in {("s", text.strip()), ("inlineStr", text.strip())}
    assert "<f>" not in parts(made)
    assert "<hyperlink" not in parts(made)
    assert "<r>" not in parts(made)


@pytest.mark.parametrize("text", ["=1+1", " =1+1", "+1", "-5", "@x"])
def test_what_begins_like_a_formula_is_quoted(text: str) -> None:
    """Else it would come to life when somebody edits the cell."""
    assert 'quotePrefix="1"' in parts(book_of(text))
    assert 'quotePrefix="1"' not in parts(book_of("税收"))


@settings(max_examples=25)
@given(st.text(max_size=80))
def test_any_text_gives_a_workbook_that_opens(text: str) -> None:
    made = book_of(text, "末")
    found = read_back(made)
    assert found[-1] == ("s", "末")
    assert all(kind in "sn" for kind, _ in found)
    assert "<f>" not in parts(made)


def test_marks_that_turn_text_round_are_shown() -> None:
    assert clean("a\u202egnp\u2066b\x07c\ud800") == "a�gnp�b�c�"
    assert clean("一\r\n二") == "一\n二"


def test_a_text_too_long_says_that_it_was_cut() -> None:
    cut = clean("长" * 40_000)
    assert len(cut) == LONGEST
    assert cut.endswith("(过长,已截断)")


def test_figures_are_exact_or_texts() -> None:
    """16 digits do not fit a double: 0.1234567890123456 would be shown otherwise."""
    found = read_back(book_of(Decimal("12.5"), Decimal("0.1234567890123456"), None, DAY, "末"))
    assert found[:2] == [("n", 12.5), ("s", "0.1234567890123456")]
    assert found[3] == ("s", "2020-09-01")


def test_the_same_calls_give_the_same_bytes() -> None:
    assert book_of("一", Decimal(3)) == book_of("一", Decimal(3))


def test_names_of_sheets_are_allowed_and_different() -> None:
    taken: set[str] = set()
    names = [sheet_name(text, taken) for text in ("a/b", "A/B", "x" * 40, "x" * 40, "", "History")]
    assert names == ["a_b", "A_B(2)", "x" * 31, "x" * 28 + "(2)", "_", "History_"]


@settings(max_examples=25)
@given(st.lists(st.text(max_size=40), max_size=6))
def test_any_names_make_a_workbook(texts: list[str]) -> None:
    book = TextBook("题", DAY)
    for text in texts:
        book.sheet(text)
    book.sheet("末")
    names = openpyxl.load_workbook(io.BytesIO(book.close())).sheetnames
    assert len(names) == len(texts) + 1
    assert not any(re.search(r"[\[\]:*?/\\]", name) or len(name) > 31 for name in names)


def test_a_link_leads_within_the_workbook() -> None:
    book = TextBook("题", DAY)
    page, there = book.sheet("表"), book.sheet("it's")
    book.link(page, (0, 0), (there.get_name(), "B5"), "B5", {})
    made = parts(book.close())
    assert "location=\"'it''s'!B5\"" in made
    assert "TargetMode" not in made
