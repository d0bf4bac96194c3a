"""Copies of the sheets that findings are in: what they show, taken in a reader process."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path

from govstats.settings import Settings
from govstats.workbooks.cells import Cell, Merge, Place, Sheet
from govstats.workbooks.formats.archive import Package
from govstats.workbooks.formats.xlsx import BOOK, RELATIONS
from govstats.workbooks.formats.xlsx_book import read_book
from govstats.workbooks.jail import Died, run_jailed
from govstats.workbooks.limits import Limits
from govstats.workbooks.prescan import read_content, scan_content
from govstats.workbooks.reader import parse

#: Rows and columns that a copy has at most from A1 on, and rows around a cell below those.
ROWS, COLUMNS, AROUND = 300, 60, 3
#: Width of a column in characters where the file says none, at least and at most.
_NARROWEST, _WIDEST, _USUAL = 6.0, 40.0, 9.0
_COLUMNS = re.compile(rb"<(?:\w+:)?col\s([^>]*)>")
_NUMBERS = re.compile(rb"\b(min|max|width)=[\"']([\d.]+)[\"']")
_HEAD = 64 * 1024


@dataclass(frozen=True)
class Wanted:
    """Sheets of one file, with the places that a copy must have."""

    submission_id: str
    file: str
    path: Path
    places: Mapping[str, tuple[Place, ...]]


@dataclass(frozen=True)
class SheetCopy:
    """What a sheet shows: texts by place, and which of them are figures.

    ``last_row`` and ``last_column`` are those of the original: a copy of a long sheet has its
    beginning and what lies around the wanted places; ``gaps`` are the rows left out, from and to.
    """

    name: str
    texts: Mapping[Place, str]
    figures: frozenset[Place]
    merges: tuple[Merge, ...]
    widths: Mapping[int, float]
    last_row: int
    last_column: int
    gaps: tuple[tuple[int, int], ...] = ()


def take(
    wanted: Sequence[Wanted], settings: Settings
) -> Iterator[tuple[Wanted, tuple[SheetCopy, ...]]]:
    """Copy sheets of kept files; one that cannot be read has none.

    Args:
        wanted: what to copy; a file is opened once.
        settings: limits and workers.
    """
    job = partial(_copies, settings.limits)
    workers = min(settings.workers, len(wanted) or 1)
    results = run_jailed(job, wanted, settings.limits, workers=workers) if wanted else ()
    for each, result in zip(wanted, results, strict=True):
        # A refused file is one whose finding says why; there is nothing to copy.
        yield each, () if isinstance(result, Died) else result


def _copies(limits: Limits, wanted: Wanted) -> tuple[SheetCopy, ...]:
    content = read_content(wanted.path, limits)
    scan = scan_content(content, limits, wanted.file)
    book = parse(scan, limits)
    has_widths = scan.format in ("xlsx", "xlsm")
    widths = _widths(content, limits) if has_widths else {}
    return tuple(
        copy(sheet, wanted.places[sheet.name], widths.get(sheet.name, {}))
        for sheet in book.sheets
        if sheet.name in wanted.places
    )


def copy(sheet: Sheet, places: Sequence[Place], widths: Mapping[int, float]) -> SheetCopy:
    """What a sheet shows at its beginning and around some places.

    Args:
        sheet: read with its formats.
        places: cells that the copy must show.
        widths: of its columns in characters, where the file says them.
    """
    rows = set(range(1, min(sheet.last_row, ROWS) + 1))
    for row, _ in places:
        rows |= set(range(max(1, row - AROUND), min(row + AROUND, sheet.last_row) + 1))
    last_column = min(sheet.last_column, max([COLUMNS, *(column for _, column in places)]))
    cells = [
        cell
        for row in sorted(rows)
        for column in range(1, last_column + 1)
        if (cell := sheet.at(row, column)) is not None
    ]
    return SheetCopy(
        name=sheet.name,
        texts={(cell.row, cell.column): _shown(cell) for cell in cells},
        figures=frozenset((c.row, c.column) for c in cells if c.kind == "number"),
        merges=tuple(merge for merge in sheet.merges if _fits(merge, sorted(rows), last_column)),
        widths={
            column: widths.get(column) or _estimated(cells, column, sheet)
            for column in range(1, last_column + 1)
        },
        last_row=sheet.last_row,
        last_column=sheet.last_column,
        gaps=tuple(_gaps(sorted(rows), sheet.last_row)),
    )


def _gaps(rows: Sequence[int], last_row: int) -> Iterator[tuple[int, int]]:
    """Runs of rows from 1 to the last one that are not among some, ascending."""
    for before, after in pairwise([0, *rows, last_row + 1]):
        if after - before > 1:
            yield before + 1, after - 1


def _shown(cell: Cell) -> str:
    return cell.shown if cell.shown is not None else cell.text


def _fits(merge: Merge, rows: Sequence[int], last_column: int) -> bool:
    """Whether all of a merged range is in the copy."""
    first, past = bisect_left(rows, merge.top), bisect_left(rows, merge.bottom + 1)
    height = merge.bottom - merge.top + 1
    return past - first == height and merge.right <= last_column


def width(text: str) -> int:
    """Columns of a fixed-width screen that a text takes; a Chinese character takes two."""
    return sum(2 if ord(sign) > 0x2E7F else 1 for sign in text)


def _estimated(cells: Sequence[Cell], column: int, sheet: Sheet) -> float:
    """Wide enough for what stands in a column alone."""
    texts = [
        _shown(cell)
        for cell in cells
        if cell.column == column and sheet.merge_at(cell.row, column) is None
    ]
    longest = max((width(text) for text in texts), default=_USUAL)
    return min(max(longest + 2.0, _NARROWEST), _WIDEST)


def _widths(content: bytes, limits: Limits) -> dict[str, dict[int, float]]:
    """Widths of columns by sheet, as an .xlsx says them before its cells."""
    package = Package(content, limits)
    parts = read_book(package.read(BOOK), package.read(RELATIONS)).parts
    return {
        sheet: _stated(package.read(part, at_most=_HEAD))
        for sheet, part in parts.items()
        if part in package.members
    }


def _stated(part: bytes) -> dict[int, float]:
    found: dict[int, float] = {}
    for column in _COLUMNS.findall(part.partition(b"sheetData")[0]):
        said = {name: float(number) for name, number in _NUMBERS.findall(column)}
        first, last = int(said.get(b"min", 1)), int(said.get(b"max", 0))
        for number in range(first, min(last, COLUMNS) + 1):
            found[number] = min(max(said.get(b"width", _USUAL), 2.0), _WIDEST)
    return found
