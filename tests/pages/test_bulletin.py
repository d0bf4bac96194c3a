"""The bulletin's page in a browser: every period, accessible, fitting its window, printed."""

import itertools
from pathlib import Path

import pytest

from tests.pages.looking import NARROW, WIDE, Visitor, overflow, pdf_pages, serious, shown_lines

#: Minutes on two cores; tests/pages/test_board.py stands for them in `make test`.
pytestmark = pytest.mark.slow


@pytest.fixture
def pages(release: Path) -> list[Path]:
    found = sorted((release / "bulletin").glob("*.html"))
    assert found, "the release has no bulletin"
    return found


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_every_period_fits_its_window(
    visit: Visitor, pages: list[Path], size: dict[str, int]
) -> None:
    for path in pages:
        page = visit(path, size=size)
        assert overflow(page) == [], path.name
        # Drawn within the page, not loaded: the words of a chart are there for a reader.
        assert page.locator("img:not([src^='data:'])").count() == 0
        assert page.locator("svg, img").count() > 0


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_a_checker_finds_nothing_serious(
    visit: Visitor, pages: list[Path], size: dict[str, int]
) -> None:
    assert serious(visit(pages[-1], size=size)) == []


def test_a_chart_is_told_in_words(visit: Visitor, pages: list[Path]) -> None:
    page = visit(pages[-1])
    named = page.eval_on_selector_all(
        "figure svg, figure img",
        """all => all.map(each => {
          const holder = each.closest("[aria-label]");
          return (each.alt || (holder && holder.getAttribute("aria-label")) || "").trim();
        })""",
    )
    assert named
    assert all(named)


def test_it_is_read_in_order_by_headings(visit: Visitor, pages: list[Path]) -> None:
    page = visit(pages[-1])
    levels = page.eval_on_selector_all(
        "h1, h2, h3, h4", "all => all.map(each => Number(each.tagName.charAt(1)))"
    )
    assert levels[0] == 1
    assert levels.count(1) == 1
    # None is skipped on the way down.
    assert all(below - above <= 1 for above, below in itertools.pairwise(levels))


def test_every_figure_has_an_address_and_none_is_empty(visit: Visitor, pages: list[Path]) -> None:
    for path in pages:
        page = visit(path)
        figures = page.eval_on_selector_all(
            "[data-ref]",
            """all => all.map(each =>
                 [each.dataset.ref, each.dataset.value, each.textContent.trim()])""",
        )
        assert len(figures) > 20
        for reference, value, text in figures:
            assert "/" in reference
            assert "?" in reference
            assert value is not None
            assert text, reference


def test_it_prints_on_a4_without_running_over(visit: Visitor, pages: list[Path]) -> None:
    for path in pages:
        # 156 mm, what an official document's margins leave of A4, at 96 dots an inch.
        page = visit(path, size={"width": 590, "height": 850}, media="print")
        assert overflow(page) == [], path.name
        assert 2 <= pdf_pages(page) < 80
        assert shown_lines(page, "h1")
