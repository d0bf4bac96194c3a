"""Cells of a file as another library reads them: what our reader is held against.

openpyxl reads .xlsx and .xlsm, xlrd .xls, odfpy .ods and the standard library .csv; none of them
shares code with the reader.
"""

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import odf.namespaces
import odf.opendocument
import odf.table
import odf.teletype
import odf.text
import openpyxl
import xlrd

#: A value in a form that two libraries can agree on: its kind and its content.
Value = tuple[str, str | float]
#: sheet → (row, column) → value, both counted from 1; cells without content are left out.
Cells = dict[str, dict[tuple[int, int], Value]]

_EMPTY: Value = ("text", "")
_MIDNIGHT = time()


@dataclass(frozen=True)
class Unreadable(Exception):
    """The other library gives up on a file."""

    why: str


def read(path: Path) -> Cells:
    """Every cell with content of every worksheet.

    Raises:
        Unreadable: the other library cannot read the file.
    """
    try:
        return _READERS[path.suffix](path)
    except (xlrd.XLRDError, ValueError, KeyError, TypeError) as error:
        raise Unreadable(f"{type(error).__name__}: {error}") from error


def _openpyxl(path: Path) -> Cells:
    book = openpyxl.load_workbook(path, data_only=True)
    return {
        sheet.title: {
            (cell.row, cell.column): _value(cell.value, is_error=cell.data_type == "e")
            for row in sheet.iter_rows()
            for cell in row
            if cell.value not in (None, "")
        }
        for sheet in book.worksheets
    }


def _xlrd(path: Path) -> Cells:
    book = xlrd.open_workbook(path)
    return {
        sheet.name: {
            (row + 1, column + 1): value
            for row in range(sheet.nrows)
            for column in range(sheet.ncols)
            if (value := _xls_value(sheet.cell(row, column), book.datemode)) != _EMPTY
        }
        for sheet in book.sheets()
    }


def _xls_value(cell: xlrd.sheet.Cell, datemode: int) -> Value:
    match cell.ctype:
        case xlrd.XL_CELL_EMPTY | xlrd.XL_CELL_BLANK:
            return _EMPTY
        case xlrd.XL_CELL_BOOLEAN:
            return _value(bool(cell.value))
        case xlrd.XL_CELL_ERROR:
            return _value(xlrd.error_text_from_code[cell.value], is_error=True)
        case xlrd.XL_CELL_DATE:
            return _value(xlrd.xldate_as_datetime(cell.value, datemode))
    return _value(cell.value)


def _odfpy(path: Path) -> Cells:
    document = odf.opendocument.load(path)
    return {
        table.getAttribute("name"): dict(_ods_cells(table))
        for table in document.spreadsheet.getElementsByType(odf.table.Table)
    }


def _ods_cells(table: Any) -> Iterator[tuple[tuple[int, int], Value]]:
    row_number = 1
    for row in table.getElementsByType(odf.table.TableRow):
        repeats = int(row.getAttribute("numberrowsrepeated") or 1)
        column = 1
        for cell in row.childNodes:
            width = int(cell.getAttribute("numbercolumnsrepeated") or 1)
            value = _ods_value(cell)
            if value != _EMPTY:
                for offset in range(repeats):
                    for place in range(column, column + width):
                        yield (row_number + offset, place), value
            column += width
        row_number += repeats


def _ods_value(cell: Any) -> Value:
    kind = cell.getAttribute("valuetype")
    if kind in ("float", "percentage", "currency"):
        return _value(float(cell.getAttribute("value")))
    if kind == "date":
        return _value(datetime.fromisoformat(cell.getAttribute("datevalue")))
    if kind == "boolean":
        return _value(cell.getAttribute("booleanvalue") == "true")
    paragraphs = cell.getElementsByType(odf.text.P)
    return _value("\n".join(odf.teletype.extractText(one) for one in paragraphs))


def _csv(path: Path) -> Cells:
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("gb18030")
    rows = csv.reader(io.StringIO(text, newline=""))
    cells = {
        (row, column): _value(value)
        for row, values in enumerate(rows, start=1)
        for column, value in enumerate(values, start=1)
        if value
    }
    return {path.stem: cells}


_READERS: dict[str, Callable[[Path], Cells]] = {
    ".xlsx": _openpyxl,
    ".xlsm": _openpyxl,
    ".xls": _xlrd,
    ".ods": _odfpy,
    ".csv": _csv,
}


def _value(value: object, *, is_error: bool = False) -> Value:
    """A stored value in its comparable form."""
    if is_error:
        return "error", str(value)
    if isinstance(value, bool):
        return "other", str(value).upper()
    if isinstance(value, int | float):
        return "number", float(value)
    if isinstance(value, datetime):
        at_midnight = value.time() == _MIDNIGHT
        return "date", value.date().isoformat() if at_midnight else value.isoformat(" ")
    if isinstance(value, date):
        return "date", value.isoformat()
    if isinstance(value, time | timedelta):
        return "other", str(value)
    return "text", str(value)
