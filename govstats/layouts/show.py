"""An inspection as tables on a terminal."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from govstats.layouts.inspection import LEAST_ALIKE, BlockSeen, Inspection, TableSeen
from govstats.numbers import plain

#: Lines of a list that a terminal shows; ``--json`` and the picture have more.
_CELLS = 20
_ROWS = 40
_LIKENESSES = 3
_OBSERVATIONS = 12


def render(inspection: Inspection, console: Console) -> None:
    """Print what was found: sheets, tables, header, rows, remarks, cells by fate, first figures.

    Texts of the sheet go out as they are: give a console whose markup and emoji are off.
    """
    _summary(inspection, console)
    for table in inspection.tables:
        _header(table, console)
        _rows(table, console)
    for block in inspection.blocks:
        _block(block, console)
    _likeness(inspection, console)
    _fates(inspection, console)
    _remarks(inspection, console)
    _notes(inspection, console)
    _entries(inspection, console)
    _observations(inspection, console)
    _refusal(inspection, console)


def _summary(found: Inspection, console: Console) -> None:
    table = _table(found.file, "what", "found")
    table.add_row("department, period", f"{found.department or '?'}, {found.period or '?'}")
    if found.format:
        table.add_row("format", found.format)
    for sheet in found.sheets:
        size = f"{sheet.cells} cells to {sheet.last_cell or '-'}, {sheet.merged} merged"
        hidden = "" if sheet.visible else ", hidden"
        hidden += f", hidden rows {sheet.hidden_rows}" if sheet.hidden_rows else ""
        hidden += f", hidden columns {sheet.hidden_columns}" if sheet.hidden_columns else ""
        table.add_row("sheet", f"{sheet.name}: {size}{hidden}")
    for seen in found.tables:
        _add_table(seen, table)
    if not found.tables:
        table.add_row("layout", "none")
    console.print(table)


def _add_table(seen: TableSeen, table: Table) -> None:
    parts = f", {seen.parts} parts" if seen.parts > 1 else ""
    place = f"{seen.sheet} {seen.cells}{parts}" if seen.is_read else f"{seen.sheet}, not read"
    table.add_row("layout", f"{seen.layout_id} ({seen.shape}): {place}")
    table.add_row("title", " ".join(filter(None, (seen.title_cell, seen.title))) or "-")
    table.add_row("unit line", seen.unit_line or "-")
    for where, text in seen.periods:
        table.add_row(f"period in {where}", text)


def _header(seen: TableSeen, console: Console) -> None:
    if not seen.header:
        return
    title = f"{seen.layout_id}: header block {seen.header_block}"
    table = _table(title, "column", "label", "unit", "layout's id")
    for heading in seen.header:
        table.add_row(heading.column, heading.label, heading.unit, _id(heading.id))
    console.print(table)


def _rows(seen: TableSeen, console: Console) -> None:
    if not seen.rows:
        return
    table = _table(f"{seen.layout_id}: row labels", "row", "label", "layout's id")
    for row in seen.rows[:_ROWS]:
        table.add_row(str(row.row), row.label, _id(row.id))
    console.print(table)
    _rest(len(seen.rows), _ROWS, "row labels", console)


def _id(declared: str) -> str | Text:
    return declared or Text("not declared", style="red")


def _block(seen: BlockSeen, console: Console) -> None:
    table = _table("a table by its shape", "what", "found")
    table.add_row("sheet", f"{seen.sheet}{', continued (续表)' if seen.is_continued else ''}")
    table.add_row("header, figures", f"{seen.header_block or '-'}, {seen.body or '-'}")
    table.add_row("title", seen.title or "-")
    table.add_row("unit", seen.unit or "-")
    table.add_row("period", seen.period or "-")
    for column in seen.columns:
        unit = f" ({column.unit})" if column.unit else ""
        table.add_row(f"column {column.column}", f"{column.label or '-'}{unit}")
    for row in seen.rows:
        table.add_row(f"row {row.row}", row.label or "-")
    console.print(table)
    _rest(seen.columns_found, len(seen.columns), "columns", console)
    _rest(seen.rows_found, len(seen.rows), "rows", console)


def _likeness(found: Inspection, console: Console) -> None:
    if found.layout_id and not found.refusal:
        return
    near = [entry for entry in found.likeness if entry.score >= LEAST_ALIKE]
    if not near:
        return
    table = _table("nearest layouts", "layout", "sheet", "alike", "missing", "extra")
    for entry in near[:_LIKENESSES]:
        table.add_row(
            f"{entry.layout_id} ({entry.department})",
            entry.sheet,
            f"{entry.score:.0%}",
            _some(entry.missing),
            _some(entry.extra),
        )
    console.print(table)


def _some(labels: Sequence[str]) -> str:
    more = f" … ({len(labels)})" if len(labels) > _CELLS else ""
    return "、".join(labels[:_CELLS]) + more


def _fates(found: Inspection, console: Console) -> None:
    if not found.fates:
        return
    counts = ", ".join(f"{fate} {count}" for fate, count in found.fates)
    console.print(f"cells by fate: {counts}")
    if found.unmapped:
        table = _table("cells without a meaning", "sheet", "cell", "content", "why")
        for cell in found.unmapped[:_CELLS]:
            table.add_row(cell.sheet, cell.cell, cell.value_text, cell.fate_detail or "")
        console.print(table)
        _rest(dict(found.fates).get("unmapped", 0), _CELLS, "cells", console)


def _remarks(found: Inspection, console: Console) -> None:
    if not found.remarks:
        return
    table = _table("remarks around the tables", "kind", "sheet", "cell", "text")
    for remark in found.remarks[:_CELLS]:
        table.add_row(remark.kind, remark.sheet, remark.cell, remark.text)
    console.print(table)
    _rest(len(found.remarks), _CELLS, "remarks", console)


def _notes(found: Inspection, console: Console) -> None:
    if not found.notes:
        return
    table = _table("notes: read all the same", "kind", "sheet", "cell", "found, expected, to do")
    for note in found.notes:
        zh = f"{note.found_zh};应为:{note.expected_zh}。处理办法:{note.remedy_zh}。"
        en = f"{note.found_en}; expected {note.expected_en}. To do: {note.remedy_en}."
        table.add_row(note.kind, note.sheet, note.cell or "", zh)
        table.add_row("", "", "", en)
    console.print(table)


def _entries(found: Inspection, console: Console) -> None:
    for seen in found.entries:
        title = f"{seen.layout_id}: {seen.entries} entries, {seen.totals} of them totals"
        table = _table(title, "column", "label", "unit", "field")
        for field in seen.fields:
            table.add_row(field.column, field.label, field.unit, field.id)
        console.print(table)
        if seen.sections:
            console.print(f"sections: {'、'.join(seen.sections)}")


def _observations(found: Inspection, console: Console) -> None:
    if not found.observations:
        return
    shown = found.observations[:_OBSERVATIONS]
    title = f"first {len(shown)} of {found.observations_total} observations"
    table = _table(
        title, "cell", "row", "column", "indicator", "measure", "value", "unit", "status"
    )
    for entry in shown:
        value = plain(entry.cell_value)
        table.add_row(
            entry.cell,
            entry.row_label,
            entry.column_label,
            f"{entry.indicator_code} {entry.ref_area}",
            f"{entry.measure} {entry.period_type}",
            value or entry.value_text or "",
            entry.cell_unit,
            entry.obs_status + (f" {entry.missing_kind}" if entry.missing_kind else ""),
        )
    console.print(table)


def _refusal(found: Inspection, console: Console) -> None:
    if found.refusal is None:
        return
    console.print(f"refused: {found.refusal.code}", style="bold red")
    console.print(found.refusal.text_zh())
    console.print(found.refusal.text_en())
    if found.refusal.lines:
        console.print("lines for the layout, if the sheet has changed for good:")
        console.print(found.refusal.lines, highlight=False)


def _rest(total: int, shown: int, word: str, console: Console) -> None:
    if total > shown:
        console.print(f"… and {total - shown} more {word} (--json and --html show more)")


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left")
    for column in columns:
        table.add_column(column, overflow="fold")
    return table
