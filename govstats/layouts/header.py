"""The header block of a table, found by its labels: nested, merged, two or more rows deep."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from govstats.layouts.labels import label, split_unit
from govstats.layouts.model import Layout
from govstats.workbooks.cells import Cell, Sheet

#: Rows below the first header row among which the first row of the table is looked for.
_DEEPEST = 12


@dataclass(frozen=True)
class HeaderColumn:
    """One column as its header reads: levels from top to bottom, and the unit they state."""

    column: int
    levels: tuple[str, ...]
    unit: str | None

    @property
    def spellings(self) -> tuple[str, str]:
        """The levels joined, as a layout's labels are; the second without a level of units."""
        without = (level for level in self.levels if level != self.unit)
        return "".join(self.levels), "".join(without)

    @property
    def shown(self) -> str:
        """The levels with a stroke between them."""
        return "/".join(self.levels)


@dataclass(frozen=True)
class Header:
    """A header block and how far it satisfies a layout.

    ``found`` maps column ids to columns; ``missing`` and ``twice`` are the layout's columns
    (as shown) that are absent or stand more than once; ``extra`` are columns of the sheet that
    the layout does not declare.
    """

    top: int
    bottom: int
    label_column: int
    found: dict[str, HeaderColumn]
    missing: tuple[str, ...]
    twice: tuple[str, ...]
    extra: tuple[HeaderColumn, ...]

    def is_inside(self, cell: Cell) -> bool:
        """Whether a cell belongs to the block."""
        return self.top <= cell.row <= self.bottom


def find_header(sheet: Sheet, layout: Layout, units: Collection[str]) -> Header | None:
    """The block that satisfies most of a layout's columns; the topmost of equals.

    Args:
        sheet: where to look.
        layout: whose row-label column anchors the block.
        units: known unit symbols, which may stand in brackets behind a label.

    Returns:
        None where the anchor is nowhere to be seen.
    """
    best: Header | None = None
    for anchor in _anchors(sheet, layout, units):
        bottom = _last_header_row(sheet, layout, anchor, units)
        # A heading that was not merged stands over the first of its columns only.
        for fill in (False, True):
            header = _match(sheet, layout, anchor, bottom, units, fill=fill)
            if best is None or len(header.found) > len(best.found):
                best = header
    return best


def _anchors(sheet: Sheet, layout: Layout, units: Collection[str]) -> Iterator[Cell]:
    wanted = {
        text for column in layout.columns if column.role == "row_label" for text in column.labels
    }
    for cell in sheet.in_order():
        if cell.kind == "text" and split_unit(label(cell.text).text, units)[0] in wanted:
            yield cell


def _last_header_row(sheet: Sheet, layout: Layout, anchor: Cell, units: Collection[str]) -> int:
    """The row above the first one whose label the layout declares."""
    declared = {text for row in layout.every_row() for text in row.labels}
    merge = sheet.merge_at(anchor.row, anchor.column)
    below = (merge.bottom if merge else anchor.row) + 1
    for row in range(below, min(anchor.row + _DEEPEST, sheet.last_row) + 1):
        cell = sheet.at(row, anchor.column)
        if cell and split_unit(label(cell.text).text, units)[0] in declared:
            return row - 1
    depth = max(column.depth for column in layout.columns)
    return max(below - 1, anchor.row + depth - 1)


def _match(
    sheet: Sheet,
    layout: Layout,
    anchor: Cell,
    bottom: int,
    units: Collection[str],
    *,
    fill: bool,
) -> Header:
    headings = [
        heading
        for column in range(1, sheet.last_column + 1)
        if (heading := _heading(sheet, anchor.row, bottom, column, units, fill=fill)).levels
    ]
    found: dict[str, HeaderColumn] = {}
    missing, twice = [], []
    for column in layout.columns:
        hits = _hits(headings, column.labels)
        if len(hits) == 1:
            found[column.id] = hits[0]
        elif hits:
            twice.append(column.shown)
        elif column.required:
            missing.append(column.shown)
    taken = {heading.column for heading in found.values()}
    extra = tuple(heading for heading in headings if heading.column not in taken)
    return Header(anchor.row, bottom, anchor.column, found, tuple(missing), tuple(twice), extra)


def _hits(headings: list[HeaderColumn], labels: tuple[str, ...]) -> list[HeaderColumn]:
    for spelling in (0, 1):
        hits = [heading for heading in headings if heading.spellings[spelling] in labels]
        if hits:
            return hits
    return []


def _heading(
    sheet: Sheet, top: int, bottom: int, column: int, units: Collection[str], *, fill: bool
) -> HeaderColumn:
    levels: list[str] = []
    unit = None
    before: Cell | None = None
    for row in range(top, bottom + 1):
        cell = _level(sheet, top, row, column, leftward=fill and row < bottom)
        if cell is None or cell == before:
            continue
        before = cell
        text, stated = split_unit(label(cell.text).text, units)
        unit = stated or unit
        if text:
            levels.append(text)
    return HeaderColumn(column, tuple(levels), unit)


def _level(sheet: Sheet, top: int, row: int, column: int, *, leftward: bool) -> Cell | None:
    """What is read at one level above a column; a title merged from further up is not."""
    for place in range(column, 0, -1):
        cell = sheet.shown_at(row, place)
        if cell and cell.row >= top and cell.text.strip():
            return cell
        if not leftward or (sheet.merge_at(row, place) is not None):
            break
    return None
