"""Which part of a sheet a picture shows, and where its cells end up."""

from govstats.picture.draw import COLUMNS, MORE_ROWS, ROWS, TEXT, draw, window
from govstats.picture.marks import columns_said, rows_said
from govstats.picture.model import Box, Meaning, SheetPicture
from govstats.workbooks.cells import Cell, Merge, Sheet


def boxes(picture: SheetPicture) -> dict[tuple[int, int], Box]:
    return {
        (box.row, box.column): box
        for band in picture.bands
        for line in band.lines
        for box in line.boxes
    }


def test_every_place_of_a_small_sheet_has_one_box() -> None:
    sheet = Sheet("甲", [["a", "", 3.5], ["", "b"]])
    found = boxes(draw(sheet, {(1, 1): Meaning("label", "title")}, {"label": 1}))
    assert set(found) == {(row, column) for row in (1, 2) for column in (1, 2, 3)}
    assert found[1, 1].meaning == Meaning("label", "title")
    assert (found[1, 3].text, found[1, 3].is_figure) == ("3.5", True)
    assert found[2, 3] == Box(2, 3)


def test_a_merged_range_is_one_box_that_covers_the_others() -> None:
    sheet = Sheet("甲", [["t", "", ""], ["", "", ""], ["x", "y", "z"]], (Merge(1, 1, 2, 3),))
    found = boxes(draw(sheet, {}, {}))
    assert set(found) == {(1, 1), (3, 1), (3, 2), (3, 3)}
    assert (found[1, 1].text, found[1, 1].rows, found[1, 1].columns) == ("t", 2, 3)


def test_ranges_that_overlap_lose_no_place() -> None:
    sheet = Sheet("甲", [["a", "b", "c"]] * 2, (Merge(1, 1, 1, 2), Merge(1, 2, 2, 3)))
    found = boxes(draw(sheet, {}, {}))
    assert sum(box.rows * box.columns for box in found.values()) == 6


def test_a_large_sheet_is_cut_and_keeps_the_rows_that_are_wanted() -> None:
    sheet = Sheet("甲", [[1.0] * (COLUMNS + 9)] * (ROWS + 100))
    view = window(sheet, [(ROWS + 50, 2), (5, COLUMNS + 7), (ROWS + 51, 1)])
    assert view.rows == (*range(1, ROWS + 1), ROWS + 50, ROWS + 51)
    assert view.columns == (*range(1, COLUMNS + 1), COLUMNS + 7)
    picture = draw(sheet, {}, {}, wanted=[(ROWS + 50, 2)])
    assert [(band.skipped, len(band.lines)) for band in picture.bands] == [(0, ROWS), (49, 1)]
    assert (picture.rows_shown, picture.last_row) == (ROWS + 1, ROWS + 100)


def test_wanted_rows_are_bounded() -> None:
    sheet = Sheet("甲", [[1.0]] * (ROWS + 2 * MORE_ROWS))
    wanted = [(row, 1) for row in range(1, sheet.last_row + 1)]
    assert len(window(sheet, wanted).rows) == ROWS + MORE_ROWS


def test_a_range_merged_across_the_cut_spans_what_is_shown_of_it() -> None:
    tall = Merge(ROWS - 1, 1, ROWS + 50, 1)
    sheet = Sheet("甲", [[float(row), 0.0] for row in range(1, ROWS + 60)], (tall,))
    found = boxes(draw(sheet, {}, {}, wanted=[(ROWS + 40, 2), (ROWS + 41, 2)]))
    first, second = found[ROWS - 1, 1], found[ROWS + 40, 1]
    assert (first.rows, second.rows) == (2, 2)
    assert first.text == second.text == str(ROWS - 1)
    assert (ROWS + 41, 1) not in found


def test_what_is_shown_and_what_is_stored() -> None:
    cells = [
        Cell(1, 1, "number", 12.345678, shown="12.35"),
        Cell(1, 2, "text", "长" * (TEXT + 5)),
        Cell(1, 3, "error", "#N/A"),
    ]
    found = boxes(draw(Sheet.from_cells("甲", cells), {}, {}))
    assert (found[1, 1].text, found[1, 1].stored) == ("12.35", "12.345678")
    assert found[1, 2].text == "长" * TEXT + "…"
    assert (found[1, 3].text, found[1, 3].is_figure) == ("#N/A", False)


def test_hidden_rows_and_columns_mark_their_boxes() -> None:
    sheet = Sheet("甲", [["a", "b"], ["c", "d"]], hidden_rows=frozenset({2}),
                  hidden_columns=frozenset({2}))  # fmt: skip
    picture = draw(sheet, {}, {})
    hidden = {place for place, box in boxes(picture).items() if box.is_hidden}
    assert hidden == {(1, 2), (2, 1), (2, 2)}
    assert (picture.hidden_rows, picture.hidden_columns) == ((2,), (2,))


def test_an_empty_sheet_has_no_bands() -> None:
    picture = draw(Sheet("空"), {}, {})
    assert (picture.bands, picture.columns, picture.cells) == ((), (), 0)


def test_rows_and_columns_as_people_write_them() -> None:
    assert rows_said([3, 5, 6, 7, 9]) == "3, 5-7, 9"
    assert columns_said([1, 2, 27]) == "A-B, AA"
    assert rows_said([]) == columns_said([]) == ""
