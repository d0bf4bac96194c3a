"""Sheets as other libraries read them: what ours is held against, cell by cell."""

import csv
import datetime
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

#: Sheet name → (row, column) → what stands there; dates as datetimes, empty cells left out.
Cells = dict[tuple[int, int], Any]
Sheets = dict[str, Cells]


def by_openpyxl(path: Path) -> Sheets:
    """.xlsx and .xlsm."""
    import openpyxl

    book = openpyxl.load_workbook(path, data_only=True)
    return {
        sheet.title: {
            (cell.row, cell.column): cell.value
            for row in sheet.iter_rows()
            for cell in row
            if cell.value is not None
        }
        for sheet in book.worksheets
    }


def by_xlrd(path: Path) -> Sheets:
    """.xls; errors as their texts."""
    import xlrd

    book = xlrd.open_workbook(path, formatting_info=False)
    sheets: Sheets = {}
    for sheet in book.sheets():
        cells = sheets[sheet.name] = {}
        for row in range(sheet.nrows):
            for column, cell in enumerate(sheet.row(row), start=1):
                if cell.ctype == xlrd.XL_CELL_ERROR:
                    cells[row + 1, column] = xlrd.error_text_from_code[cell.value]
                elif cell.ctype == xlrd.XL_CELL_BOOLEAN:
                    cells[row + 1, column] = bool(cell.value)
                elif cell.ctype == xlrd.XL_CELL_DATE:
                    cells[row + 1, column] = xlrd.xldate_as_datetime(cell.value, book.datemode)
                elif cell.ctype not in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
                    cells[row + 1, column] = cell.value
    return sheets


def by_pyxlsb(path: Path) -> Sheets:
    """.xlsb; dates stay serial numbers."""
    from pyxlsb import open_workbook

    with open_workbook(str(path)) as book:
        return {
            name: {
                (cell.r + 1, cell.c + 1): cell.v
                for row in book.get_sheet(name).rows(sparse=True)
                for cell in row
                if cell.v is not None
            }
            for name in book.sheets
        }


def by_odfpy(path: Path) -> Sheets:
    """.ods."""
    from odf.opendocument import load
    from odf.table import Table, TableRow

    sheets: Sheets = {}
    for table in load(path).spreadsheet.getElementsByType(Table):
        cells = sheets[table.getAttribute("name")] = {}
        row = 0
        for line in table.getElementsByType(TableRow):
            row += 1
            column = 0
            for cell in line.childNodes:
                column += 1
                value = _odf_value(cell)
                repeated = int(cell.getAttribute("numbercolumnsrepeated") or 1)
                if value not in (None, ""):
                    for place in range(column, column + repeated):
                        cells[row, place] = value
                column += repeated - 1
            row += int(line.getAttribute("numberrowsrepeated") or 1) - 1
    return sheets


def _odf_value(cell: Any) -> Any:
    from odf.teletype import extractText
    from odf.text import P

    kind = cell.getAttribute("valuetype")
    if kind in ("float", "currency", "percentage"):
        return float(cell.getAttribute("value"))
    if kind == "boolean":
        return cell.getAttribute("booleanvalue") == "true"
    if kind == "date":
        return datetime.datetime.fromisoformat(cell.getAttribute("datevalue"))
    return "\n".join(extractText(p) for p in cell.getElementsByType(P))


def by_csv(path: Path) -> Sheets:
    """.csv, every cell a text."""
    content = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    rows = csv.reader(io.StringIO(text, newline=""))
    return {
        path.stem: {
            (row, column): value
            for row, values in enumerate(rows, start=1)
            for column, value in enumerate(values, start=1)
            if value
        }
    }


READERS = {
    "xlsx": by_openpyxl, "xlsm": by_openpyxl, "xls": by_xlrd, "xlsb": by_pyxlsb, "ods": by_odfpy,
    "csv": by_csv,
}  # fmt: skip


def same(ours: Any, theirs: Any) -> bool:
    """Whether two libraries mean the same: types may differ, the value may not."""
    if isinstance(theirs, datetime.datetime) and not isinstance(ours, datetime.datetime):
        return isinstance(ours, datetime.date) and ours == theirs.date() and not theirs.time() > _0
    if isinstance(ours, datetime.datetime) and isinstance(theirs, datetime.datetime):
        return abs(ours - theirs) < datetime.timedelta(milliseconds=1)
    if isinstance(theirs, str) and isinstance(ours, str):
        return ours.replace("\r\n", "\n") == theirs.replace("\r\n", "\n")
    return type(theirs) in (int, float, bool) and ours == theirs


_0 = datetime.time()


def differences(ours: Cells, theirs: Cells) -> Iterator[tuple[tuple[int, int], Any, Any]]:
    """Places where two readings of a sheet differ: (place, ours, theirs)."""
    for place in sorted(ours.keys() | theirs.keys()):
        if theirs.get(place) == "" and place not in ours:
            continue  # a text without characters: empty to us
        if not same(ours.get(place), theirs.get(place)):
            yield place, ours.get(place), theirs.get(place)
