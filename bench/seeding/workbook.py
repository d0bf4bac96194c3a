"""Write errors into a workbook as a person would type them; the same edits, the same bytes."""

import io
import re
import zipfile
from collections.abc import Callable, Iterable
from copy import copy
from dataclasses import dataclass
from decimal import Decimal

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from govstats.numbers import plain

_NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?")
_EPOCH = (2020, 1, 1, 0, 0, 0)

Written = Decimal | str | None


@dataclass(frozen=True)
class Typed:
    """A figure, a word or nothing typed into a cell. ``is_bare``: without the words around the
    figure that stands there (85%, 20人).
    """

    sheet: str
    cell: str
    value: Written
    is_bare: bool = False


@dataclass(frozen=True)
class Moved:
    """What stands in one cell, as it stands, written over another's."""

    sheet: str
    source: str
    target: str


@dataclass(frozen=True)
class Doubled:
    """A row repeated below itself; all below moves down."""

    sheet: str
    row: int


Edit = Typed | Moved | Doubled


def edited(content: bytes, edits: Iterable[Edit]) -> bytes:
    """The workbook with the edits; a move reads what stood there before any edit."""
    workbook = load_workbook(io.BytesIO(content), rich_text=False)
    before: dict[tuple[str, str], object] = {}
    edits = list(edits)
    for edit in edits:
        if isinstance(edit, Moved):
            before[edit.sheet, edit.source] = workbook[edit.sheet][edit.source].value
    for edit in edits:
        sheet = workbook[edit.sheet]
        if isinstance(edit, Doubled):
            _double(sheet, edit.row)
        elif isinstance(edit, Moved):
            sheet[edit.target].value = before[edit.sheet, edit.source]
        else:
            _type(sheet[edit.cell], edit)
    return saved(workbook)


def reworded(content: bytes, current: bytes, words: Iterable[tuple[str, str]]) -> bytes:
    """A workbook handed in again under another period: its words replaced, and its headings
    those of the ``current`` workbook, down to the first row that differs in its figures.
    """
    old, new = load_workbook(io.BytesIO(content)), load_workbook(io.BytesIO(current))
    replaced = list(words)
    for sheet in old.worksheets:
        for line in sheet.iter_rows():
            for cell in line:
                if isinstance(cell.value, str) and not isinstance(cell, MergedCell):
                    cell.value = _replace_all(cell.value, replaced)
        _copy_headings(sheet, new[sheet.title])
    return saved(old)


def _replace_all(text: str, words: Iterable[tuple[str, str]]) -> str:
    for before, after in words:
        if before in text:
            return text.replace(before, after)
    return text


def _copy_headings(sheet: Worksheet, current: Worksheet) -> None:
    for line in sheet.iter_rows(max_row=min(8, sheet.max_row)):
        if any(isinstance(cell.value, int | float) for cell in line):
            return
        for cell in line:
            other = current[cell.coordinate].value
            if isinstance(other, str) and isinstance(cell.value, str):
                cell.value = other


def _type(cell: Cell | MergedCell, edit: Typed) -> None:
    stands = cell.value
    value = edit.value
    if isinstance(value, Decimal) and isinstance(stands, str):
        if edit.is_bare or not _NUMBER.search(stands):
            cell.value = float(value)
        else:
            cell.value = _NUMBER.sub(plain(value), stands, count=1)
    elif isinstance(value, Decimal):
        cell.value = int(value) if value == value.to_integral() else float(value)
    else:
        cell.value = value


def _double(sheet: Worksheet, row: int) -> None:
    last, width = sheet.max_row, sheet.max_column
    merged = [copy(area) for area in sheet.merged_cells.ranges if area.min_row > row]
    for area in merged:
        sheet.unmerge_cells(area.coord)
    for number in range(last, row - 1, -1):
        for column in range(1, width + 1):
            source, target = sheet.cell(number, column), sheet.cell(number + 1, column)
            target.value = source.value
            if isinstance(source, Cell) and isinstance(target, Cell):
                target._style = copy(source._style)  # type: ignore[attr-defined]
    for area in merged:
        area.shift(row_shift=1)
        sheet.merge_cells(area.coord)


def saved(workbook: Workbook) -> bytes:
    """The workbook's bytes, without the clock that the library writes into them."""
    raw = io.BytesIO()
    workbook.save(raw)
    clean = io.BytesIO()
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(clean, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = _DATES.sub(rb"\g<1>2020-01-01T00:00:00Z\g<2>", content)
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, content)
    return clean.getvalue()


_DATES = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</)")

#: Something that makes a planted workbook of a clean one.
Change = Callable[[bytes], bytes]
