"""Drawn sheets as files: xlsx with merges, hiding and formats; ods and csv with the cells alone."""

import csv
import io
from collections.abc import Callable, Sequence
from pathlib import Path

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from tests.workbooks import opendocument as od
from tests.workbooks.fuzz_draw import Grid, Item


def write_xlsx(path: Path, grids: Sequence[Grid]) -> None:
    """All that a grid has; the first sheet that is visible is the active one."""
    with xlsxwriter.Workbook(path) as book:
        percent = book.add_format({"num_format": "0.0%"})
        for grid in grids:
            page = book.add_worksheet(grid.name)
            for top, left, bottom, right in grid.merges:
                page.merge_range(top - 1, left - 1, bottom - 1, right - 1, "")
            for (row, column), item in sorted(grid.cells.items()):
                _put(page, row - 1, column - 1, item, percent)
            for row in grid.hidden_rows:
                page.set_row(row - 1, None, None, {"hidden": True})
            for column in grid.hidden_columns:
                page.set_column(column - 1, column - 1, None, None, {"hidden": True})
            if not grid.is_visible:
                page.hide()
        shown = [page for page in book.worksheets() if not page.hidden]
        (shown or book.worksheets())[0].activate()


def _put(page: Worksheet, row: int, column: int, item: Item, percent: object) -> None:
    value = item.value
    if value == "":
        return
    if item.special == "error":
        page.write_formula(row, column, "=1/0", None, str(value))
    elif item.special == "percent":
        page.write_number(row, column, float(str(value)), percent)
    elif isinstance(value, str):
        page.write_string(row, column, value)
    else:
        page.write(row, column, value)


def write_ods(path: Path, grids: Sequence[Grid]) -> None:
    """Without merges and hiding."""
    od.ods(path, *(od.table(*_ods_rows(grid), name=grid.name) for grid in grids))


def _ods_rows(grid: Grid) -> list[str]:
    return [
        od.row(*(_ods_cell(grid.cells.get((row, column))) for column in range(1, grid.width + 1)))
        for row in range(1, grid.height + 1)
    ]


def _ods_cell(item: Item | None) -> str:
    if item is None or item.value == "":
        return od.empty()
    if item.special == "error":
        return od.error(str(item.value))
    if item.special == "percent" and isinstance(item.value, float):
        return od.number(item.value, kind="percentage")
    if isinstance(item.value, float):
        return od.number(item.value)
    return od.text(str(item.value).replace("\n", " "))


def write_csv(path: Path, grids: Sequence[Grid]) -> None:
    """The first sheet alone; percentages as they are shown."""
    (grid,) = grids
    out = io.StringIO()
    lines = csv.writer(out)
    for row in range(1, grid.height + 1):
        places = ((row, column) for column in range(1, grid.width + 1))
        lines.writerow([_text(grid.cells.get(place)) for place in places])
    path.write_bytes(out.getvalue().encode("utf-8-sig"))


def _text(item: Item | None) -> str:
    if item is None:
        return ""
    if item.special == "percent" and isinstance(item.value, float):
        return f"{round(item.value * 100, 6)}%"
    return str(item.value)


#: Format → how it is written, and whether it holds several sheets.
WRITERS: dict[str, tuple[Callable[[Path, Sequence[Grid]], None], bool]] = {
    "xlsx": (write_xlsx, True),
    "ods": (write_ods, True),
    "csv": (write_csv, False),
}
