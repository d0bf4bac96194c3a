"""The picture of a sheet, as ``govstats inspect --html`` writes it, in a browser."""

from pathlib import Path

import pytest

from govstats.intake import kept_copy, survey
from govstats.layouts.inspect import inspect_file, write_picture
from govstats.settings import Settings
from tests.pages.looking import NARROW, WIDE, Visitor, overflow, pdf_pages, serious, shown_lines

#: Minutes on two cores; tests/pages/test_board.py stands for them in `make test`.
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def picture(released_data: Settings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of the last workbook on the ledger."""
    entry = survey(released_data).entries[-1]
    found = inspect_file(
        kept_copy(released_data, entry),
        released_data,
        entry.department_code,
        entry.time_period,
        with_pictures=True,
    )
    target = tmp_path_factory.mktemp("picture") / "picture.html"
    write_picture(found, released_data, target)
    return target


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_it_is_accessible_and_fits_its_window(
    visit: Visitor, picture: Path, size: dict[str, int]
) -> None:
    page = visit(picture, size=size)
    assert serious(page) == []
    assert overflow(page) == []


def test_a_cell_says_what_it_was_read_as(visit: Visitor, picture: Path) -> None:
    page = visit(picture)
    cell = page.locator("td[aria-description]").first
    meaning = cell.get_attribute("aria-description")
    assert meaning
    cell.hover()
    assert page.evaluate(
        """() => { const cell = document.querySelector("td[aria-description]");
                   return getComputedStyle(cell, "::after").content; }"""
    ).strip('"').replace('\\"', '"') == meaning  # fmt: skip


def test_addresses_lead_to_their_cells(visit: Visitor, picture: Path) -> None:
    page = visit(picture)
    link = page.locator("a.cell").first
    target = str(link.get_attribute("href"))
    link.click()
    assert page.evaluate("location.hash") == target
    assert shown_lines(page, f"{target}:target")


def test_it_prints(visit: Visitor, picture: Path) -> None:
    assert pdf_pages(visit(picture)) >= 1
