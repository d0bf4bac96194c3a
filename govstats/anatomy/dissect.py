"""The structure of an unknown sheet, from evidence in its cells alone."""

from collections.abc import Collection, Sequence
from pathlib import PurePath

from govstats.anatomy import times
from govstats.anatomy.bands import Band, find_bands
from govstats.anatomy.captions import Caption, captions_of
from govstats.anatomy.heads import Header
from govstats.anatomy.measures import line_unit, take_unit, worded_unit
from govstats.anatomy.model import Anatomy, Block
from govstats.anatomy.parts import Part, header_texts, side_by_side
from govstats.anatomy.remarks import find_remarks
from govstats.anatomy.repeats import taken_over
from govstats.anatomy.stubs import STUB_ROLES
from govstats.anatomy.view import BLANK, View
from govstats.anatomy.words import (
    closed,
    header_role,
    is_bracketed,
    is_continued,
    property_of,
    remark_kind,
)
from govstats.layouts.periods import Statement
from govstats.workbooks.cells import Cell, Sheet

#: Rows above a header in which its title may stand.
_FARTHEST = 12


def dissect(sheet: Sheet, units: Collection[str] = (), file: str = "") -> Anatomy:
    """Tables of a sheet, found without any layout.

    Args:
        sheet: any sheet; an empty one has no tables.
        units: symbols of the table of units; others are known by how they are built.
        file: name of the file, which may state the period.

    Returns:
        Blocks from top to bottom and left to right, and every cell outside them as a remark.
    """
    view = View(sheet, frozenset(units))
    found: list[tuple[Block, Header]] = []
    for band in find_bands(view):
        found.extend(_blocks(view, band, file, found))
    blocks = [block for block, _ in found]
    return Anatomy(sheet.name, tuple(blocks), find_remarks(view, blocks))


def _blocks(
    view: View, band: Band, file: str, earlier: Sequence[tuple[Block, Header]]
) -> list[tuple[Block, Header]]:
    parts = [part for part in side_by_side(view, band) if part.roles]
    found = []
    for part in parts:
        above = _above(view, band, part, parts)
        stubs = [c for c in sorted(part.roles) if part.roles[c] in STUB_ROLES]
        header = Header(view, band.header, stubs, sorted(part.roles.keys() - set(stubs)))
        block = _block(view, band, part, header, above, file)
        found.append((taken_over(block, above, earlier), header))
    return found


def _block(
    view: View, band: Band, part: Part, header: Header, above: Sequence[Cell], file: str
) -> Block:
    title = tuple(cell for cell in above if _is_title(cell))
    unit_line, unit = _unit(view, above)
    captions = captions_of(header)
    heads = header_texts(view, band)
    captions |= {column: Caption((heads[column],)) for column in header.stubs if heads.get(column)}
    return Block(
        view,
        title=title,
        unit_line=unit_line,
        unit=unit,
        period=_period(above, view.sheet.name, file),
        header_rows=(band.header.start, band.header.stop - 1),
        stub_columns=header.stubs,
        body=_body(view, band, part),
        columns=tuple(c for c, role in sorted(part.roles.items()) if role == "figure"),
        roles=part.roles,
        captions=captions,
        continued=any(is_continued(cell.text) for cell in title),
    )


def _above(view: View, band: Band, part: Part, parts: Sequence[Part]) -> list[Cell]:
    """Lines above the header that speak for this table, not for one beside it."""
    near = range(max(band.preamble.start, band.header.start - _FARTHEST), band.header.start)
    cells = list(view.cells(near, range(1, view.last_column + 1)))
    if len(parts) == 1:
        return cells
    others = [other for other in parts if other is not part]
    shared = [
        cell
        for cell in cells
        if not any(other.is_apart and cell.column in other.columns for other in others)
    ]
    own = [cell for cell in cells if cell.column in part.columns]
    if part.is_apart:
        return own or shared
    return shared


def _is_title(cell: Cell) -> bool:
    text = cell.text
    is_line = property_of(text) or remark_kind(text) or is_bracketed(text) or worded_unit(text)
    return cell.kind == "text" and not is_line


def _unit(view: View, above: Sequence[Cell]) -> tuple[Cell | None, str | None]:
    """(the line that states units, the one unit it states); a title's bracket comes second."""
    lines = [cell for cell in above if remark_kind(cell.text) == "unit_line"]
    brackets = [cell for cell in above if cell not in lines and is_bracketed(cell.text)]
    for cell in (*lines, *brackets):
        if unit := line_unit(cell.text, view.units):
            return cell, unit
    for cell in above:
        if unit := worded_unit(cell.text):
            return cell, unit
    for cell in (cell for cell in reversed(above) if cell not in lines):
        stated = property_of(cell.text)
        text, unit = take_unit(stated[1] if stated else closed(cell.text), view.units)
        if unit and text != unit:
            return next(iter(lines), None), unit
    return next(iter(lines), None), None


def _period(above: Sequence[Cell], sheet: str, file: str) -> Statement | None:
    """From title, 时间： line, other lines, sheet and file name; halves complete each other."""
    titles = [cell.text for cell in above if _is_title(cell)]
    lines = [stated for cell in above if (stated := property_of(cell.text))]
    timed = [value for name, value in lines if header_role(name) == "time"]
    others = [value for name, value in lines if header_role(name) != "time"]
    period: Statement | None = None
    for text in titles:
        period = times.joined(period, times.in_text(text))
    years = {cell.text for cell in above if times.is_bare_year(cell.text)}
    if len(years) == 1:
        period = times.joined(period, times.of_label(years.pop()))
    for text in timed:
        period = times.joined(period, times.of_label(text))
    for text in (*others, sheet, PurePath(file).stem):
        period = times.joined(period, times.in_text(text))
    return period


def _body(view: View, band: Band, part: Part) -> tuple[int, int]:
    """The rows of this part: its own last entry may come before its neighbour's."""
    rows = [
        row for row in band.body if any(view.kind(row, column) != BLANK for column in part.roles)
    ]
    return (rows[0], rows[-1]) if rows else (band.body.start, band.body.start - 1)
