"""From a checked file to the cells of its sheets."""

import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from govstats.workbooks.cells import Cell, Merge, Place, Sheet, Stored, Workbook
from govstats.workbooks.formats.active import command_refused, types_command
from govstats.workbooks.formats.scan import Scan, SheetFacts, cell_too_long
from govstats.workbooks.limits import Limits, meanings
from govstats.workbooks.places import address
from govstats.workbooks.prescan import prescan
from govstats.workbooks.refusals import Refused

_ANYTHING = Limits(**dict.fromkeys(meanings(), 10**15))
#: Formats whose texts were looked through before they were parsed.
_TEXTS_CHECKED = ("xlsx", "xlsm", "csv")


def open_workbook(path: Path, limits: Limits, name: str = "") -> Workbook:
    """A file's cells, after the look at its bytes.

    Args:
        path: the file.
        limits: what it may ask for.
        name: the name it was sent under, where that is not the path's.

    Raises:
        Refused: see ``prescan``; ``not_a_spreadsheet`` where the parser gave up.
    """
    return parse(prescan(path, limits, name), limits)


def read_workbook(path: Path) -> Workbook:
    """A file's cells, for one that ``prescan`` has let through: nothing is refused for its size."""
    return open_workbook(path, _ANYTHING)


def parse(scan: Scan, limits: Limits) -> Workbook:
    """Cells, merged ranges and hidden parts of every worksheet.

    Args:
        scan: what ``prescan`` found.
        limits: what a cell may hold.

    Raises:
        Refused: ``not_a_spreadsheet``, ``cell_too_long`` or ``active_content``.
    """
    if scan.grid is not None:
        return Workbook(tuple(_from_text(scan)), scan.epoch_1904, scan.format)
    try:
        sheets = list(_parsed(scan))
    except (CalamineError, OSError, LookupError, ValueError) as error:
        raise Refused(
            "not_a_spreadsheet", variant="container", detail=type(error).__name__
        ) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # the parser's own; it is no Exception
            raise
        raise Refused("not_a_spreadsheet", variant="container", detail="parser") from error
    if scan.format not in _TEXTS_CHECKED:
        for sheet in sheets:
            _check_texts(sheet, limits)
    return Workbook(tuple(sheets), scan.epoch_1904, scan.format)


def _parsed(scan: Scan) -> Iterator[Sheet]:
    with CalamineWorkbook.from_object(io.BytesIO(scan.content)) as book:
        for number, meta in enumerate(book.sheets_metadata):
            if meta.typ == SheetTypeEnum.WorkSheet:
                facts = scan.sheets.get(meta.name) or scan.sheets.get(number) or SheetFacts()
                is_visible = meta.visible == SheetVisibleEnum.Visible
                yield _sheet(book.get_sheet_by_index(number), facts, is_visible)


def _from_text(scan: Scan) -> list[Sheet]:
    grid = scan.grid or []
    return [
        Sheet(str(name), grid, special=_special(grid, facts))
        for name, facts in scan.sheets.items()
    ]  # fmt: skip


def _sheet(sheet: CalamineSheet, facts: SheetFacts, is_visible: bool) -> Sheet:
    grid: list[list[Stored]] = sheet.to_python(skip_empty_area=False)
    for (row, column), text in facts.texts.items():
        if row <= len(grid) and column <= len(grid[row - 1]):
            grid[row - 1][column - 1] = text
    merges = facts.merges
    if merges is None:
        merges = [
            Merge(top + 1, left + 1, bottom + 1, right + 1)
            for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
        ]
    return Sheet(
        facts.name or sheet.name,
        grid,
        tuple(merges),
        is_visible,
        _special(grid, facts),
        frozenset(facts.hidden_rows),
        frozenset(facts.hidden_columns),
        facts.formats,
        facts.shown,
    )


def _special(grid: Sequence[Sequence[Stored]], facts: SheetFacts) -> dict[Place, Cell]:
    cells = {
        (row, column): Cell(row, column, "error", text)
        for (row, column), text in facts.errors.items()
    }
    for row, column in sorted(facts.percents):
        values = grid[row - 1] if row <= len(grid) else ()
        value = values[column - 1] if column <= len(values) else ""
        if isinstance(value, int | float) and not isinstance(value, bool):
            text = facts.shown.get((row, column))
            cells[row, column] = Cell(row, column, "number", float(value), True, text)
    return cells


def _check_texts(sheet: Sheet, limits: Limits) -> None:
    """Texts that only the parser could take out of the file: none too long, none a command."""
    for row, values in enumerate(sheet.grid, start=1):
        for column, value in enumerate(values, start=1):
            if isinstance(value, str) and value:
                if len(value) > limits.cell_text:
                    where = address(row, column)
                    raise cell_too_long(len(value), limits, sheet.name, where)
                if "|" in value and types_command(value):
                    raise command_refused(value, sheet.name, address(row, column))
