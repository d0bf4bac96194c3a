"""Each view of the board: accessible, fitting its window, printed, taken along as files."""

import csv
import io
import re
from functools import cache
from pathlib import Path

import duckdb
import pytest
from openpyxl import load_workbook
from playwright.sync_api import Locator, Page

from tests.pages.looking import NARROW, WIDE, Visitor, overflow, pdf_pages, serious, shown_lines

#: Minutes on two cores; tests/pages/test_board.py stands for them in `make test`.
pytestmark = pytest.mark.slow

VIEWS = {
    "overview": "#/",
    "departments": "#/?by=department",
    "commitment": "#/target/{target}",
    "areas": "#/areas",
    "city": "#/city",
    "projects": "#/projects",
    "livelihood": "#/livelihood",
    "submissions": "#/submissions",
    "documents": "#/documents",
}
NUMBER = re.compile(r"-?[0-9]+(?:[.][0-9]+)?")
each_view = pytest.mark.parametrize("address", VIEWS.values(), ids=VIEWS)


@pytest.fixture
def board(release: Path) -> Path:
    return release / "board" / "index.html"


@cache
def fullest(board: Path) -> str:
    """The commitment with the most earlier years and vintages: every part of its page is there."""
    with duckdb.connect(str(board.parents[1] / "warehouse.duckdb"), read_only=True) as connection:
        (found,) = connection.execute(
            """
            select target_id from marts.fct_target_path_year
            inner join marts.fct_target_evidence using (target_id)
            group by target_id order by count(*) desc, target_id limit 1
            """
        ).fetchone() or ("",)
    return str(found)


def at(visit: Visitor, board: Path, address: str, query: str = "", **more: object) -> Page:
    is_commitment = "{target}" in address
    page = visit(board, query + address.format(target=fullest(board)), **more)
    page.wait_for_selector("section.target" if is_commitment else "#view h2")
    return page


@each_view
def test_a_checker_finds_nothing_serious(visit: Visitor, board: Path, address: str) -> None:
    assert serious(at(visit, board, address)) == []


@pytest.mark.parametrize("name", ["overview", "commitment", "submissions"])
def test_nor_in_english_on_a_telephone(visit: Visitor, board: Path, name: str) -> None:
    assert serious(at(visit, board, VIEWS[name], "?lang=en", size=NARROW)) == []


@each_view
def test_it_fits_its_window(visit: Visitor, board: Path, address: str) -> None:
    for query, size in (("", WIDE), ("", NARROW), ("?lang=en", NARROW)):
        page = at(visit, board, address, query, size=size)
        assert overflow(page) == [], (query, size)
        assert shown_lines(page, "#view h2")


@each_view
def test_it_prints_without_its_tools(visit: Visitor, board: Path, address: str) -> None:
    # 180 mm, what the margins leave of A4, at 96 dots an inch.
    page = at(visit, board, address, size={"width": 680, "height": 980}, media="print")
    assert overflow(page) == []
    assert (
        shown_lines(page, "#language, nav.views, .save button, .pager button, .filter select") == []
    )
    assert 1 <= pdf_pages(page) < 60


def figures(grid: Locator) -> list[list[str]]:
    """The figures of a grid as the mart has them, by row, those that are there."""
    found: list[list[str]] = grid.evaluate(
        """grid => Array.from(grid.querySelectorAll("tbody tr:not(.group)"))
          .map(row => Array.from(row.querySelectorAll("[data-ref]"))
            .map(each => each.dataset.value).filter(value => value !== ""))"""
    )
    return found


def heads(grid: Locator) -> list[str]:
    found: list[str] = grid.evaluate(
        """grid => Array.from(grid.querySelectorAll("tbody tr:not(.group)"))
          .map(row => (row.querySelector("th a") || row.querySelector("th")).innerText.trim())"""
    )
    return found


def saved(page: Page, grid: Locator, word: str) -> tuple[str, bytes]:
    with page.expect_download() as waiting:
        grid.get_by_role("button", name=word).click()
    return waiting.value.suggested_filename, waiting.value.path().read_bytes()


def in_order(figures: list[str], cells: list[str]) -> bool:
    """Whether the figures stand in a line's cells, in their order; several may be in one."""
    rest = iter([number for cell in cells for number in NUMBER.findall(cell)])
    return all(figure in rest for figure in figures)


@each_view
def test_files_hold_what_is_shown(visit: Visitor, board: Path, address: str) -> None:
    """Every grid of a view, as csv and as workbook: the same lines, every figure in full."""
    page = at(visit, board, address)
    grids = page.locator("#view .grid:has(tbody tr)").all()
    for grid in grids:
        shown, names = figures(grid), heads(grid)
        name, content = saved(page, grid, "下载 CSV")
        assert name.endswith(".csv")
        header, *lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
        # A long list is shown a page at a time, and taken along whole.
        assert len(lines) >= len(shown) > 0
        assert {len(line) for line in lines} == {len(header)}
        for head, line in zip(names, lines, strict=False):
            assert any(cell and cell in head for cell in line), (head, line)
        for row, line in zip(shown, lines, strict=False):
            assert in_order(row, line), (row, line)
        name, content = saved(page, grid, "下载 Excel")
        assert name.endswith(".xlsx")
        sheet = load_workbook(io.BytesIO(content)).active
        cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
        assert [str(value) for value in cells[0]] == header
        assert len(cells) == len(lines) + 1
        for line, row in zip(lines, cells[1:], strict=True):
            assert [as_text(value) for value in row] == [as_text(plain(text)) for text in line]


def plain(text: str) -> str | float | None:
    """A cell of the csv as a workbook would hold it."""
    try:
        return float(text) if text.strip() == text else text
    except ValueError:
        return text[1:] if text.startswith("'") else text or None


def as_text(value: object) -> str:
    """A cell's content, numbers in one form: an entry such as 2020 may be text or number."""
    try:
        return repr(float(value))  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return "" if value is None else str(value)


def test_a_narrowed_list_is_taken_along_narrowed(visit: Visitor, board: Path) -> None:
    page = at(visit, board, VIEWS["overview"])
    page.select_option("#f-light", "green")
    grid = page.locator("#list .grid")
    names = heads(grid)
    _, content = saved(page, grid, "下载 CSV")
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))[1:]
    assert [line[0] for line in lines] == [name.splitlines()[0] for name in names]
