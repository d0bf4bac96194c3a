"""Sheets that no layout knows, described and drawn by what their shape tells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from govstats.layouts.inspection import BlockSeen, Heading, RemarkSeen, RowSeen
from govstats.layouts.seeds import Seeds
from govstats.picture.draw import draw, window
from govstats.picture.model import Meaning, SheetPicture
from govstats.workbooks.cells import Place, Sheet, Workbook, address, column_letters

if TYPE_CHECKING:  # reader processes need the anatomy only where a sheet is unknown
    from govstats.anatomy import Anatomy, Block

#: Columns and rows of a block that are named.
_COLUMNS = 12
_ROWS = 12


def dissected(sheet: Sheet, units: Collection[str], file: str) -> Anatomy:
    """The structure of a sheet without a layout."""
    from govstats.anatomy import dissect

    return dissect(sheet, units, file)


def drafted(
    workbook: Workbook,
    anatomies: Sequence[Anatomy],
    seeds: Seeds,
    growth_bases: Mapping[str, str],
) -> str:
    """A draft layout for sheets without one, '' where no table was found on any."""
    from govstats.anatomy import propose

    with_tables = [anatomy for anatomy in anatomies if anatomy.blocks]
    return propose(workbook, with_tables, seeds, growth_bases) if with_tables else ""


def blocks_seen(anatomy: Anatomy) -> tuple[BlockSeen, ...]:
    """The tables of a sheet, as far as its shape shows them."""
    return tuple(_block(anatomy.sheet, block) for block in anatomy.blocks)


def _block(sheet: str, block: Block) -> BlockSeen:
    rows = [row for row in range(block.body[0], block.body[1] + 1) if block.row_path(row)]
    return BlockSeen(
        sheet=sheet,
        title=" ".join(cell.text.strip() for cell in block.title),
        unit=block.unit or "",
        period=block.period.text if block.period else "",
        header_block=_range(block.header_rows, (*block.stub_columns, *block.columns)),
        body=_range(block.body, block.columns),
        stub=", ".join(column_letters(column) for column in block.stub_columns),
        is_continued=block.continued,
        columns=tuple(
            Heading(
                column_letters(column),
                block.column_label(column),
                block.unit_at(block.body[0], column) or "",
                "",
            )
            for column in block.columns[:_COLUMNS]
        ),
        rows=tuple(RowSeen(row, block.row_label(row), "") for row in rows[:_ROWS]),
        columns_found=len(block.columns),
        rows_found=len(rows),
    )


def _range(rows: tuple[int, int], columns: Collection[int]) -> str:
    """The A1 range, '' for an empty one."""
    if rows[1] < rows[0] or not columns:
        return ""
    return f"{address(rows[0], min(columns))}:{address(rows[1], max(columns))}"


def remarks_found(anatomy: Anatomy) -> tuple[RemarkSeen, ...]:
    """Notes, sources, signatures and the like around the tables of the sheet."""
    return tuple(
        RemarkSeen(anatomy.sheet, remark.cell.address, remark.kind, remark.text.strip())
        for remark in anatomy.remarks
    )


def picture_inferred(sheet: Sheet, anatomy: Anatomy) -> SheetPicture:
    """The sheet with each cell marked by what its place suggests."""
    view = window(sheet)
    meanings: dict[Place, Meaning] = {
        (remark.cell.row, remark.cell.column): _remark(remark.kind) for remark in anatomy.remarks
    }
    for row in view.rows:
        for column in view.columns:
            place = (row, column)
            if place not in meanings and sheet.at(row, column) is not None:
                meanings[place] = _meaning(anatomy.block_at(row, column), row, column)
    counts = dict(sorted(_counts(sheet, anatomy).items()))
    return draw(sheet, meanings, counts, basis="inferred")


def _counts(sheet: Sheet, anatomy: Anatomy) -> Counter[str]:
    """Cells of the whole sheet by fate, without a look at each."""
    counts = Counter(_remark(remark.kind).fate for remark in anatomy.remarks)
    above = {cell.address for block in anatomy.blocks for cell in block.title}
    above |= {block.unit_line.address for block in anatomy.blocks if block.unit_line}
    counts["metadata"] += len(above)
    for block in anatomy.blocks:
        counts["inferred"] += _filled(sheet, block.columns, block.body)
        counts["label"] += _filled(sheet, block.stub_columns, block.body)
        heads = {*block.stub_columns, *block.columns}
        inside = sum(cell.row >= block.header_rows[0] for cell in block.title)
        counts["label"] += _filled(sheet, heads, block.header_rows) - inside
    counts["ignorable"] += max(sheet.count - counts.total(), 0)
    return +counts


def _filled(sheet: Sheet, columns: Collection[int], rows: tuple[int, int]) -> int:
    """Cells with content in a range."""
    first, last = rows
    filled = 0
    for column in columns if last >= first else ():
        values = sheet.column_values(column, first, last)
        filled += len(values) - values.count("")
        special = (row for row in sheet.special_rows(column) if first <= row <= last)
        filled += sum(values[row - first] == "" for row in special)
    return filled


def _remark(kind: str) -> Meaning:
    return Meaning("unmapped", "outside the table") if kind == "text" else Meaning("metadata", kind)


def _meaning(block: Block | None, row: int, column: int) -> Meaning:
    part = block.part_at(row, column) if block else None
    if block is None or part is None:
        return Meaning("ignorable", "blank text")
    if part in ("title", "unit_line"):
        return Meaning("metadata", part)
    if part == "header":
        name = block.column_label(column)
        return Meaning("label", f"column label: {name}" if name else "column label")
    if part == "row_label":
        return Meaning("label", f"row: {block.row_label(row)}")
    return Meaning("inferred", _figure(block, row, column))


def _figure(block: Block, row: int, column: int) -> str:
    period = block.period_at(row, column)
    labels = f"{block.row_label(row) or '—'} × {block.column_label(column) or '—'}"
    stated = period.text if period else "?"
    return f"{labels}; unit {block.unit_at(row, column) or '?'}; period {stated}"
