"""Cells as stored: addresses, merged ranges, exact figures, errors told from blanks."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govstats.numbers import plain
from govstats.workbooks.cells import (
    Merge,
    Sheet,
    address,
    column_letters,
    column_number,
    exact,
)
from govstats.workbooks.reader import read_workbook
from tests.workbooks import builders, hostile


def only_sheet(path: Path) -> Sheet:
    (sheet,) = read_workbook(path).sheets
    return sheet


def test_cells_keep_their_addresses_and_merged_ranges(tmp_path: Path) -> None:
    rows = [[], [None, "标题"], [], [None, None, "累计"], [None, None, 1, 2.5]]
    path = builders.workbook(tmp_path / "a.xlsx", rows, [(2, 2, 2, 4), (4, 3, 4, 4)], "月报")
    sheet = only_sheet(path)
    assert sheet.name == "月报"
    assert [cell.address for cell in sheet.in_order()] == ["B2", "C4", "C5", "D5"]
    assert sheet.merges == (Merge(2, 2, 2, 4), Merge(4, 3, 4, 4))
    assert (sheet.last_row, sheet.last_column) == (5, 4)
    over = sheet.shown_at(4, 4)
    assert over is not None
    assert over.text == "累计"
    assert sheet.at(4, 4) is None


def test_figures_are_exact_and_written_as_people_do(tmp_path: Path) -> None:
    rows = [[12.34, 8950, 0.1, 22.199999999999996, 1e16, -0.00001]]
    cells = list(only_sheet(builders.workbook(tmp_path / "a.xlsx", rows)).in_order())
    assert [cell.number for cell in cells[:3]] == [Decimal("12.34"), 8950, Decimal("0.1")]
    assert [cell.text for cell in cells] == [
        "12.34", "8950", "0.1", "22.2", "10000000000000000", "-0.00001",
    ]  # fmt: skip


def test_fourteen_decimals_under_a_short_format_are_kept(tmp_path: Path) -> None:
    path = hostile.plain(tmp_path / "a.xlsx")
    long = b"<v>22.15718562874252</v>"
    hostile.changed_part(
        path, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"<v>1.5</v>", long)
    )
    cell = only_sheet(path).at(2, 2)
    assert cell is not None
    assert cell.number == Decimal("22.15718562874252")


def test_errors_are_not_blanks(tmp_path: Path) -> None:
    path = builders.workbook(tmp_path / "a.xlsx", [["甲", 1.5, 2.5, 3.5, 4.5]])

    def spoil(xml: bytes) -> bytes:
        xml = xml.replace(b'<c r="B1"><v>1.5</v>', b'<c r="B1" t="e"><f>1/0</f><v>#DIV/0!</v>')
        xml = xml.replace(b'<c r="C1"><v>2.5</v>', b'<c t="e" r="C1"><v>#N/A</v>')
        xml = xml.replace(b'<c r="D1"><v>3.5</v>', b'<c r="D1"><f>B1&amp;C1</f>')
        return xml.replace(b'<c r="E1"><v>4.5</v>', b'<c r="E1" t="str"><f>IF(1,"","")</f><v></v>')

    sheet = only_sheet(hostile.changed_part(path, "xl/worksheets/sheet1.xml", spoil))
    found = {cell.address: (cell.kind, cell.text) for cell in sheet.in_order()}
    assert found == {
        "A1": ("text", "甲"),
        "B1": ("error", "#DIV/0!"),
        "C1": ("error", "#N/A"),
        "D1": ("error", "=B1&C1"),  # a formula nobody ever computed
    }


def test_a_percentage_is_read_as_it_is_shown(tmp_path: Path) -> None:
    formats = {(1, 1): "0.0%", (1, 2): "0.00", (1, 3): '0.0"%"', (1, 4): "[Red]-0%;0%"}
    path = builders.workbook(tmp_path / "a.xlsx", [[0.081, 0.081, 8.1, -0.07]], formats=formats)
    cells = list(only_sheet(path).in_order())
    assert [(cell.text, cell.is_percent) for cell in cells] == [
        ("8.1%", True),
        ("0.081", False),
        ("8.1", False),  # the sign is only printed behind it
        ("-7%", True),
    ]
    assert cells[0].number == Decimal("8.1")


def test_a_false_dimension_hides_nothing(tmp_path: Path) -> None:
    assert len(only_sheet(hostile.false_dimension(tmp_path / "a.xlsx")).cells) == 4


def test_a_far_style_makes_no_cells(tmp_path: Path) -> None:
    assert len(only_sheet(hostile.far_style(tmp_path / "a.xlsx")).cells) == 4


def test_every_sheet_is_read_and_empty_ones_too(tmp_path: Path) -> None:
    path = builders.workbook(tmp_path / "a.xlsx", [[1]], more={"空": [], "三": [["x"]]})
    assert [(s.name, len(s.cells)) for s in read_workbook(path).sheets] == [
        ("Sheet1", 1), ("空", 0), ("三", 1),
    ]  # fmt: skip


@given(st.integers(1, 16384))
def test_column_letters_and_numbers_agree(column: int) -> None:
    assert column_number(column_letters(column)) == column


@pytest.mark.parametrize(
    ("row", "column", "text"), [(1, 1, "A1"), (9, 27, "AA9"), (1048576, 16384, "XFD1048576")]
)
def test_addresses(row: int, column: int, text: str) -> None:
    assert address(row, column) == text


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_the_exact_decimal_is_the_shortest_that_reads_back(number: float) -> None:
    assert float(exact(number)) == number
    assert float(plain(exact(number))) == number
