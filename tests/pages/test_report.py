"""The validation report in a browser: narrowed, searched, in both languages, by keys, printed."""

import re
from pathlib import Path
from typing import Any

import duckdb
import pytest
from playwright.sync_api import Page

from tests.pages.looking import (
    NARROW,
    WIDE,
    Visitor,
    focused,
    overflow,
    pdf_pages,
    serious,
    shown_lines,
    soon,
    tab_to,
)

#: Minutes on two cores; tests/pages/test_board.py stands for them in `make test`.
pytestmark = pytest.mark.slow

LINES = "#findings [data-row]"


@pytest.fixture
def report(release: Path) -> Path:
    return release / "validation" / "index.html"


def counted(release: Path, condition: str, *values: Any) -> int:
    with duckdb.connect(str(release / "warehouse.duckdb"), read_only=True) as connection:
        query = f"select count(*) from marts.fct_validation_finding where {condition}"
        (found,) = connection.execute(query, values).fetchone() or (0,)
    return int(found)


def most_found(release: Path, column: str) -> str:
    """The code with the most findings, but not all of them."""
    with duckdb.connect(str(release / "warehouse.duckdb"), read_only=True) as connection:
        (code,) = connection.execute(
            f"select {column} from marts.fct_validation_finding where {column} is not null "
            f"group by 1 order by count(*) desc, 1 limit 1"
        ).fetchone() or ("",)
    return str(code)


def said(page: Page) -> str:
    return "".join(shown_lines(page, "#findings .said"))


@pytest.mark.parametrize(
    ("field", "column"), [("d", "department_code"), ("s", "severity"), ("t", "state")]
)
def test_a_filter_leaves_what_the_mart_has(
    visit: Visitor, report: Path, release: Path, field: str, column: str
) -> None:
    page, code = visit(report), most_found(release, column)
    every = counted(release, "true")
    assert len(shown_lines(page, LINES)) == every
    page.select_option(f"#findings select[name={field}]", f"={code}")
    fitting = counted(release, f"{column} = ?", code)
    assert 0 < fitting < every
    assert len(shown_lines(page, LINES)) == fitting
    assert said(page) == f"已筛选，列示 {fitting} 条，非全部"
    page.click("#findings button[type=reset]")
    soon(lambda: len(shown_lines(page, LINES)) == every)
    assert said(page) == ""


def test_filters_and_search_narrow_together(visit: Visitor, report: Path, release: Path) -> None:
    page, severity = visit(report), most_found(release, "severity")
    page.select_option("#findings select[name=s]", f"={severity}")
    page.fill("#findings input[type=search]", "2020-04")
    found = shown_lines(page, LINES)
    fitting = counted(release, "severity = ? and file like '%2020-04%'", severity)
    assert len(found) >= fitting > 0
    assert all("2020-04" in line for line in found)
    # A heading without lines goes with them.
    assert len(shown_lines(page, "#findings h3")) <= len(found)
    page.fill("#findings input[type=search]", "没有这样的文字")
    assert shown_lines(page, LINES) == shown_lines(page, "#findings h3") == []
    assert said(page) == "已筛选，列示 0 条，非全部"


def test_the_switch_turns_every_word_and_back(visit: Visitor, report: Path) -> None:
    page = visit(report)
    chinese = shown_lines(page, "h1, h2, caption, thead th, option, button")
    assert page.evaluate("document.documentElement.lang") == "zh-CN"
    page.click("#language")
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.title().startswith("Audit report")
    english = shown_lines(page, "h1, h2, caption, thead th, option, button")
    assert len(english) == len(chinese)
    # The one word in Chinese is the way back.
    assert [text for text in english if re.search("[\u4e00-\u9fff]", text)] == ["中文"]
    page.click("#language")
    assert shown_lines(page, "h1, h2, caption, thead th, option, button") == chinese


def test_an_address_may_ask_for_english(visit: Visitor, report: Path) -> None:
    page = visit(report, "?lang=en")
    assert shown_lines(page, "h1")[0].startswith("Audit report")


def test_a_link_to_a_finding_leads_to_it(visit: Visitor, report: Path) -> None:
    last = str(visit(report).evaluate(f"Array.from(document.querySelectorAll('{LINES}')).pop().id"))
    page = visit(report, f"#{last}")
    soon(
        lambda: page.evaluate(
            """id => { const box = document.getElementById(id).getBoundingClientRect();
                       return box.top < innerHeight && box.bottom > 0; }""",
            last,
        )
    )


def test_keys_alone_reach_and_work_everything(visit: Visitor, report: Path) -> None:
    page = visit(report)
    page.keyboard.press("Tab")
    assert "跳到审核结论" in focused(page)
    page.keyboard.press("Tab")
    assert "#language" in focused(page)
    page.keyboard.press("Enter")
    assert page.evaluate("document.documentElement.lang") == "en"
    tab_to(page, lambda at: "@d" in at)
    page.keyboard.press("ArrowDown")
    assert said(page).startswith("Narrowed: ")
    tab_to(page, lambda at: at.startswith("input"))
    page.keyboard.type("xlsx")
    tab_to(page, lambda at: "Clear" in at)
    page.keyboard.press("Space")
    soon(lambda: said(page) == "")
    # Tables that may scroll sideways can be scrolled by keys.
    assert page.evaluate(
        "Array.from(document.querySelectorAll('.frame')).every(each => each.tabIndex === 0)"
    )


def test_the_focus_is_seen(visit: Visitor, report: Path) -> None:
    page = visit(report)
    tab_to(page, lambda at: "@d" in at)
    style = page.evaluate(
        """() => { const s = getComputedStyle(document.activeElement);
                   return [s.outlineStyle, parseFloat(s.outlineWidth)]; }"""
    )
    assert style[0] != "none"
    assert style[1] >= 1


@pytest.mark.parametrize("query", ["", "?lang=en"], ids=["zh", "en"])
@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_it_fits_its_window(visit: Visitor, report: Path, query: str, size: dict[str, int]) -> None:
    assert overflow(visit(report, query, size)) == []


# The checker takes a while on a page of so many lines: each language once, each width once.
@pytest.mark.parametrize(
    ("query", "size"), [("", WIDE), ("?lang=en", NARROW)], ids=["zh wide", "en narrow"]
)
def test_a_checker_finds_nothing_serious(
    visit: Visitor, report: Path, query: str, size: dict[str, int]
) -> None:
    assert serious(visit(report, query, size)) == []


@pytest.mark.parametrize("query", ["", "?lang=en"], ids=["zh", "en"])
def test_it_prints_on_sheets_without_its_tools(visit: Visitor, report: Path, query: str) -> None:
    # 180 mm, what the margins leave of A4, at 96 dots an inch.
    page = visit(report, query, {"width": 680, "height": 980}, media="print")
    assert overflow(page) == []
    assert shown_lines(page, "#language, .contents, .filter select") == []
    assert 10 < pdf_pages(page) < 200
