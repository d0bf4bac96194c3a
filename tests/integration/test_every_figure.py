"""Every figure of every product equals the mart: board, bulletins, exports, walked one by one."""

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pyarrow.parquet as pq
import pytest
from docx import Document
from docx.document import Document as DocxDocument
from docx.table import Table
from docx.text.paragraph import Paragraph

from govstats.exports import marts as exported
from govstats.exports.forms import Form
from govstats.release import reader, releases
from tests.integration.walking import (
    Shown,
    Warehouse,
    as_text,
    figures_of,
    holds,
    is_rate,
    packed_rows,
    read_table,
    says,
    trouble,
)
from tests.pages.conftest import browser, chromium, release, released_data, visit  # noqa: F401

pytestmark = pytest.mark.slow

#: Bulletins that a bureau signs: of a quarter, and of the year.
SIGNED = ("2020-09", "2020-12")


@pytest.fixture(scope="module")
def warehouse(release: Path) -> Warehouse:  # noqa: F811
    return Warehouse(release / "warehouse.duckdb")


@pytest.fixture(scope="module", params=SIGNED)
def bulletin(request: pytest.FixtureRequest, release: Path) -> Path:  # noqa: F811
    """The path of a bulletin without its suffix."""
    return release / "bulletin" / request.param


def wrong(figures: list[Shown], warehouse: Warehouse, is_signed: bool = True) -> list[str]:
    found = (trouble(each, warehouse, is_signed) for each in figures)
    return [text for text in found if text]


def test_a_walk_notices_a_figure_that_is_not_the_marts(warehouse: Warehouse) -> None:
    row = warehouse.rows("fct_target_progress")[-1]
    key = f"target_id={row['target_id']}&period_end={row['period_end']}"
    address = f"fct_target_progress/target_value?{key}"
    right = as_text(row["target_value"])
    assert trouble(Shown(address, right, right), warehouse) is None
    assert trouble(Shown(address, right, f"{right}1"), warehouse)
    assert trouble(Shown(address, f"{right}1", right), warehouse)
    assert trouble(Shown(address.replace("=", "=x", 1), right, right), warehouse)


@pytest.mark.parametrize(
    ("text", "value", "is_said"),
    [
        ("520.45 亿元", Decimal("520.450000"), True),
        ("73.26%", Decimal("73.2555"), True),
        ("73.25%", Decimal("73.2555"), False),
        ("1,234.5", Decimal("1234.5"), True),
        ("1,234", Decimal("1234.5"), False),  # two decimals and fewer are shown in full
        ("−1.1 个百分点", Decimal("-1.1"), True),
        ("1.1 个百分点", Decimal("-1.1"), False),
        ("第 1 位", 1, True),
        ("无数据", None, True),
        ("0", None, False),
        ("", None, False),
    ],
)
def test_words_that_say_a_figure(text: str, value: Decimal | int | None, is_said: bool) -> None:
    assert says(text, value) is is_said


def test_every_row_that_the_board_carries(release: Path, warehouse: Warehouse) -> None:  # noqa: F811
    page = (release / "board" / "index.html").read_text(encoding="utf-8")
    count, differing = 0, []
    for mart, key, values in packed_rows(page):
        row = warehouse.row(mart, {name: as_text(values[name]) for name in key})
        for column, value in values.items():
            count += 1
            if as_text(row[column]) != as_text(value):
                differing.append(f"{mart}.{column}: {value!r} for {row[column]!r}")
    assert differing == []
    assert count > 50_000


@pytest.mark.parametrize("query", ["", "?lang=en"])
def test_every_figure_that_the_board_shows(
    query: str,
    visit: Any,  # noqa: F811
    release: Path,  # noqa: F811
    warehouse: Warehouse,
) -> None:
    page = visit(release / "board" / "index.html", query)
    page.wait_for_selector("#view [data-ref]")
    routes = list(page.eval_on_selector_all("#views a", "all => all.map(a => a.hash)"))
    routes += [f"#/target/{row['target_id']}" for row in warehouse.rows("dim_target")]
    figures: dict[Shown, None] = {}
    for route in routes:
        title = page.title()
        page.evaluate("hash => { location.hash = hash; }", route)
        if route != "#/":
            page.wait_for_function("title => document.title !== title", arg=title)
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        found = page.eval_on_selector_all(
            "[data-ref]",
            "all => all.map(e => [e.dataset.ref, e.dataset.value, e.textContent])",
        )
        assert found or "documents" in route, route
        figures.update(dict.fromkeys(Shown(*each) for each in found))
    assert wrong(list(figures), warehouse) == []
    assert len(figures) > 2_000


def test_every_figure_of_a_bulletins_page(bulletin: Path, warehouse: Warehouse) -> None:
    figures = figures_of(bulletin.with_suffix(".html").read_text(encoding="utf-8"))
    assert wrong(figures, warehouse, is_signed=False) == []
    assert len(figures) > 300


def blocks(document: DocxDocument) -> Iterator[str]:
    """Return the texts of a document in reading order: paragraphs, and tables cell by cell."""
    for block in document.iter_inner_content():
        if isinstance(block, Paragraph):
            yield block.text
        elif isinstance(block, Table):
            for row in block.rows:
                yield from (cell.text for cell in row.cells)


def test_every_figure_of_a_bulletins_document(bulletin: Path, warehouse: Warehouse) -> None:
    """The document has no addresses: its figures are those of the page, one after another."""
    figures = figures_of(bulletin.with_suffix(".html").read_text(encoding="utf-8"))
    written = Document(str(bulletin.with_suffix(".docx")))
    text = re.sub(r"\s+", "", "\n".join(blocks(written)))
    at, lost = 0, []
    for each in figures:
        words = re.sub(r"\s+", "", each.text)
        found = text.find(words, at)
        if found < 0:
            lost.append(f"{each.reference}: {words!r} after …{text[max(0, at - 20) : at]}")
        else:
            at = found + len(words)
    assert lost == []


def test_every_figure_of_a_bulletins_workbook(bulletin: Path, warehouse: Warehouse) -> None:
    book = openpyxl.load_workbook(bulletin.with_suffix(".xlsx"))
    sources = book["数据来源"]
    named, troubles = set(), []
    for line in sources.iter_rows(min_row=2, values_only=True):
        if not line[2]:
            continue
        table, cell, address, _, file, sheet, place, value = line[:8]
        named.add((table, cell))
        expected, row = warehouse.value(address)
        shown = book[table][cell].value
        for what in (value, shown):
            if not ((what is None and expected is None) or _same(what, expected, address)):
                troubles.append(f"{table}!{cell} {address}: {what!r} for {expected!r}")
        if not parts(file, sheet, place) <= {str(each) for each in row.values()}:
            troubles.append(f"{table}!{cell} {address}: not from {file} {sheet}!{place}")
    assert troubles == []
    assert unnamed(book, named) == []
    assert len(named) > 250


def parts(*places: str | None) -> set[str]:
    """Return the names in places; a figure made from several cells names them all."""
    return {name for place in places if place for name in place.split("、")}


def _same(what: object, expected: object, address: str) -> bool:
    """Whether a cell holds a figure, or words where there is none."""
    if isinstance(what, int | float) and isinstance(expected, Decimal | int):
        return Decimal(str(what)) == Decimal(expected)
    return says(str(what), expected, is_signed=False, is_rate=is_rate(address))


def unnamed(book: openpyxl.Workbook, named: set[tuple[str, str]]) -> list[str]:
    """Return the cells that hold a number and no address."""
    return [
        f"{page.title}!{cell.coordinate}"
        for page in book.worksheets
        if page.title != "数据来源"
        for line in page.iter_rows()
        for cell in line
        if isinstance(cell.value, int | float) and (page.title, cell.coordinate) not in named
    ]


@pytest.fixture(scope="module")
def taken_out(
    released_data: Any,  # noqa: F811
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """All marts as csv, xlsx and Parquet."""
    folder = tmp_path_factory.mktemp("exported")
    manifest = releases.manifest(releases.current_folder(released_data))
    with reader.connect(released_data) as connection:
        for form in (Form.CSV, Form.PARQUET, Form.XLSX):
            names = exported.names(connection)
            exported.write(connection, names, form, folder, manifest)
    return folder


def test_every_value_of_the_exported_parquet(taken_out: Path, warehouse: Warehouse) -> None:
    for mart in _marts(warehouse):
        rows = pq.read_table(taken_out / f"{mart}.parquet").to_pylist()
        assert rows == warehouse.rows(mart), mart


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_every_value_of_the_exported_tables(
    taken_out: Path, warehouse: Warehouse, form: str
) -> None:
    count = 0
    for mart in _marts(warehouse):
        table = read_table(taken_out / f"{mart}.{form}")
        rows = warehouse.rows(mart)
        assert table[0] == list(rows[0]) if rows else table[0], mart
        assert len(table) == len(rows) + 1, mart
        for line, row in zip(table[1:], rows, strict=True):
            for (column, value), cell in zip(row.items(), line, strict=True):
                count += 1
                assert holds(cell, value), f"{mart}.{column}: {cell!r} for {value!r}"
    assert count > 500_000


def _marts(warehouse: Warehouse) -> list[str]:
    with duckdb.connect(str(warehouse.path), read_only=True) as connection:
        return exported.names(connection)
