"""Cells outside the tables, by what they say."""

from collections.abc import Sequence

from govstats.anatomy.model import Block, RemarkFound
from govstats.anatomy.view import View
from govstats.anatomy.words import is_bracketed, is_foreign, property_of, remark_kind
from govstats.workbooks.cells import Cell

#: Kinds that go on over the lines below.
_LONG = ("note", "source")


def find_remarks(view: View, blocks: Sequence[Block]) -> tuple[RemarkFound, ...]:
    """Every cell that no table claims, white space too."""
    lines = {(cell.row, cell.column) for block in blocks for cell in _lines(block)}
    found: list[RemarkFound] = []
    last: RemarkFound | None = None
    special: dict[int, list[int]] = {}
    for row, column in sorted(view.sheet.special):
        special.setdefault(row, []).append(column)
    for row in range(1, max(len(view.sheet.grid), *special, 0) + 1):
        inside = _inside(blocks, row)
        for column in _outside(view, row, inside, special.get(row, [])):
            cell = view.sheet.at(row, column)
            if cell and (row, column) not in lines:
                last = RemarkFound(_kind(cell, last), cell)
                found.append(last)
    return tuple(found)


def _lines(block: Block) -> tuple[Cell, ...]:
    return (*block.title, block.unit_line) if block.unit_line else block.title


def _inside(blocks: Sequence[Block], row: int) -> frozenset[int]:
    """Columns of a row that belong to tables."""
    return frozenset(
        column
        for block in blocks
        if block.header_rows[0] <= row <= block.header_rows[1]
        or block.body[0] <= row <= block.body[1]
        for column in block.roles
    )


def _outside(view: View, row: int, inside: frozenset[int], special: list[int]) -> list[int]:
    values = view.sheet.grid[row - 1] if row <= len(view.sheet.grid) else ()
    columns = {n for n, value in enumerate(values, start=1) if value != "" and n not in inside}
    return sorted(columns | {column for column in special if column not in inside})


def _kind(cell: Cell, last: RemarkFound | None) -> str:
    text = cell.text
    if not text.strip():
        return "blank"
    if kind := remark_kind(text):
        return kind
    if cell.kind != "text":
        return "text"
    goes_on = last and last.kind in _LONG and cell.row - last.cell.row == 1
    if goes_on and last and cell.column == last.cell.column:
        return last.kind
    if property_of(text):
        return "property"
    if is_bracketed(text):
        return "unit_line"
    return "translation" if is_foreign(text) and last and last.cell.row == cell.row else "text"
