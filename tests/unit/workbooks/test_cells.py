"""A sheet as a grid: what stands where, quickly, whatever the grid cannot say beside it."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govstats.workbooks.cells import Cell, Merge, Sheet, Stored, stored_cell

GRID: list[list[Stored]] = [["标题", "", ""], [], ["", 1.5, True], ["　", "", ""], ["", "", ""]]


def test_places_are_counted_from_one_and_nothing_lies_outside() -> None:
    sheet = Sheet("a", GRID)
    assert sheet.value_at(1, 1) == "标题"
    assert [sheet.value_at(*place) for place in ((0, 1), (1, 0), (2, 1), (9, 9), (-1, 1))] == [
        ""
    ] * 5
    assert sheet.at(0, 0) is None
    assert sheet.at(5, 1) is None
    assert (sheet.last_row, sheet.last_column, sheet.count) == (4, 3, 4)
    assert [cell.address for cell in sheet.in_order()] == ["A1", "B3", "C3", "A4"]
    assert sheet.column_values(1, 1, 7) == ["标题", "", "", "　", "", "", ""]
    assert sheet.column_values(2, 3, 3) == [1.5]


def test_what_the_grid_cannot_say_goes_before_it() -> None:
    error = Cell(2, 2, "error", "#N/A")
    percent = Cell(3, 2, "number", 1.5, is_percent=True)
    far = Cell(7, 5, "error", "=A1")
    sheet = Sheet("a", GRID, special={(7, 5): far, (3, 2): percent, (2, 2): error})
    assert sheet.at(2, 2) is error
    assert sheet.at(3, 2) is percent
    assert [cell.address for cell in sheet.in_order()] == ["A1", "B2", "B3", "C3", "A4", "E7"]
    assert (sheet.last_row, sheet.last_column, sheet.count) == (7, 5, 6)
    assert (sheet.special_rows(2), sheet.special_rows(1)) == ((2, 3), ())


def test_an_empty_sheet() -> None:
    for sheet in (Sheet("a"), Sheet("a", [[], ["", ""]])):
        assert (sheet.last_row, sheet.last_column, sheet.count) == (0, 0, 0)
        assert list(sheet.in_order()) == []
        assert sheet.merge_at(1, 1) is None


def test_merged_ranges_small_and_large() -> None:
    merges = (Merge(1, 1, 1, 3), Merge(3, 2, 100_000, 2))
    sheet = Sheet("a", GRID, merges)
    assert sheet.merge_at(1, 3) == merges[0]
    assert sheet.merge_at(99_999, 2) == merges[1]
    assert sheet.merge_at(2, 2) is None
    shown = sheet.shown_at(50, 2)
    assert shown is not None
    assert shown.number == Decimal("1.5")


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        ("甲", "text", "甲"),
        (3, "number", "3"),
        (0.1, "number", "0.1"),
        (False, "other", "FALSE"),
        (date(2020, 3, 15), "date", "2020-03-15"),
        (datetime(2020, 3, 15), "date", "2020-03-15"),
        (datetime(2020, 3, 15, 8, 30), "date", "2020-03-15 08:30:00"),
        (time(8, 30), "other", "08:30:00"),
        (timedelta(hours=30), "other", "1 day, 6:00:00"),
    ],
)
def test_kinds_of_cells(value: Stored, kind: str, text: str) -> None:
    cell = stored_cell(1, 1, value)
    assert (cell.kind, cell.text) == (kind, text)
    assert cell.date == (date(2020, 3, 15) if kind == "date" else None)


def test_what_a_cell_shows() -> None:
    formats = {(1, 1): "0.00", (1, 2): "0.0%"}
    special = {(1, 2): Cell(1, 2, "number", 0.0815, is_percent=True)}
    sheet = Sheet("a", [[2.345, 0.0815, 2.345]], special=special, formats=formats.copy)
    assert [cell.shown for cell in sheet.in_order()] == ["2.35", "8.2%", None]
    named = Sheet("a", [[2.345]], shown_texts={(1, 1): "约2.3"})
    assert [cell.shown for cell in named.in_order()] == ["约2.3"]


cells = st.dictionaries(
    st.tuples(st.integers(1, 12), st.integers(1, 8)),
    st.sampled_from(["number", "text", "error", "percent"]),
    max_size=20,
)


@given(cells)
def test_a_sheet_of_cells_gives_the_cells_back(kinds: dict[tuple[int, int], str]) -> None:
    made = []
    for (row, column), kind in kinds.items():
        if kind == "number":
            made.append(Cell(row, column, "number", 1.0))
        elif kind == "percent":
            made.append(Cell(row, column, "number", 0.5, is_percent=True))
        else:
            made.append(Cell(row, column, "text" if kind == "text" else "error", "x"))
    sheet = Sheet.from_cells("a", made)
    assert list(sheet.in_order()) == sorted(made, key=lambda cell: (cell.row, cell.column))
    assert sheet.count == len(made)
    assert sheet.cells == {(cell.row, cell.column): cell for cell in made}
    assert all(sheet.at(cell.row, cell.column) == cell for cell in made)
