"""From a checked .xlsx to cells with addresses."""

import io
import zipfile
from collections.abc import Sequence
from datetime import date, time, timedelta
from pathlib import Path

from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from govstats.workbooks.cells import Cell, Merge, Place, Sheet, Workbook
from govstats.workbooks.sheetxml import SpecialCells, percent_styles, sheet_parts, special_cells

Stored = int | float | str | bool | date | time | timedelta


def read_workbook(path: Path) -> Workbook:
    """Cells and merged ranges of every worksheet.

    Args:
        path: an .xlsx that ``prescan`` let through; its name does not matter.

    Raises:
        python_calamine.CalamineError: the parser gave up (the jail makes a refusal of it).
    """
    content = path.read_bytes()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        specials = _specials(archive)
    with CalamineWorkbook.from_object(io.BytesIO(content)) as book:
        sheets = [
            _sheet(
                book.get_sheet_by_name(meta.name),
                specials.get(meta.name, SpecialCells()),
                meta.visible == SheetVisibleEnum.Visible,
            )
            for meta in book.sheets_metadata
            if meta.typ == SheetTypeEnum.WorkSheet
        ]
    return Workbook(tuple(sheets))


def _specials(archive: zipfile.ZipFile) -> dict[str, SpecialCells]:
    percents = percent_styles(archive)
    return {
        name: special_cells(archive.read(part), percents)
        for name, part in sheet_parts(archive).items()
    }


def _sheet(sheet: CalamineSheet, specials: SpecialCells, is_visible: bool) -> Sheet:
    rows: Sequence[Sequence[Stored]] = sheet.to_python(skip_empty_area=False)
    cells: dict[Place, Cell] = {}
    percents = specials.percents
    for row, values in enumerate(rows, start=1):
        for column, value in enumerate(values, start=1):
            if value != "":
                is_percent = (row, column) in percents
                cells[row, column] = _cell(row, column, value, is_percent)
    if specials.errors:
        for (row, column), text in specials.errors.items():
            cells[row, column] = Cell(row, column, "error", text)
        cells = {place: cells[place] for place in sorted(cells)}
    merges = tuple(
        Merge(top + 1, left + 1, bottom + 1, right + 1)
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    )
    return Sheet(sheet.name, cells, merges, is_visible)


def _cell(row: int, column: int, value: Stored, is_percent: bool) -> Cell:
    if isinstance(value, str):
        return Cell(row, column, "text", value)
    if isinstance(value, bool):
        return Cell(row, column, "other", "TRUE" if value else "FALSE")
    if isinstance(value, int | float):
        return Cell(row, column, "number", float(value), is_percent)
    return Cell(row, column, "other", str(value))
