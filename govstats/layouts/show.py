"""An inspection as tables on a terminal."""

from rich.console import Console
from rich.table import Table
from rich.text import Text

from govstats.layouts.look import Inspection
from govstats.numbers import plain

_UNMAPPED = 20
_LIKENESSES = 3


def render(inspection: Inspection, console: Console) -> None:
    """Print what was found: file, sheets, header, layout, cells by fate, first figures.

    Texts of the sheet go out as they are: give a console whose markup and emoji are off.
    """
    _summary(inspection, console)
    _header(inspection, console)
    _likeness(inspection, console)
    _fates(inspection, console)
    _observations(inspection, console)
    if inspection.refusal:
        console.print(f"refused: {inspection.refusal.code}", style="bold red")
        console.print(inspection.refusal.text_zh())
        console.print(inspection.refusal.text_en())


def _summary(found: Inspection, console: Console) -> None:
    table = _table(found.file, "what", "found")
    table.add_row("department, period", f"{found.department or '?'}, {found.period or '?'}")
    for sheet in found.sheets:
        hidden = "" if sheet["visible"] else ", hidden"
        size = f"{sheet['cells']} cells to {sheet['last_cell'] or '-'}, {sheet['merged']} merged"
        table.add_row("sheet", f"{sheet['name']}: {size}{hidden}")
    table.add_row("title", found.title or "none of a known layout")
    table.add_row("unit line", found.unit_line or "-")
    for place, text in found.periods:
        table.add_row(f"period in {place}", text)
    table.add_row("layout", found.layout_id or "none")
    console.print(table)


def _header(found: Inspection, console: Console) -> None:
    if not found.header:
        return
    table = _table(f"header block {found.header_block}", "column", "label", "unit", "layout's id")
    for heading in found.header:
        name = heading["id"] or Text("not declared", style="red")
        table.add_row(heading["column"], heading["label"], heading["unit"], name)
    console.print(table)


def _likeness(found: Inspection, console: Console) -> None:
    if found.layout_id and not found.refusal:
        return
    table = _table("nearest layouts", "layout", "sheet", "alike", "missing", "extra")
    for entry in found.likeness[:_LIKENESSES]:
        table.add_row(
            f"{entry.layout_id} ({entry.department})",
            entry.sheet,
            f"{entry.score:.0%}",
            "、".join(entry.missing),
            "、".join(entry.extra[:_UNMAPPED]),
        )
    console.print(table)


def _fates(found: Inspection, console: Console) -> None:
    if not found.fates:
        return
    counts = ", ".join(f"{fate} {count}" for fate, count in found.fates)
    console.print(f"cells by fate: {counts}")
    if found.unmapped:
        table = _table("cells without a meaning", "sheet", "cell", "content", "why")
        for cell in found.unmapped[:_UNMAPPED]:
            table.add_row(
                cell.sheet,
                cell.cell,
                cell.value_text,
                cell.fate_detail or "",
            )
        console.print(table)


def _observations(found: Inspection, console: Console) -> None:
    if not found.observations:
        return
    title = f"first {len(found.observations)} of {found.observations_total} observations"
    table = _table(
        title, "cell", "row", "column", "indicator", "measure", "value", "unit", "status"
    )
    for entry in found.observations:
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


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left")
    for column in columns:
        table.add_column(column, overflow="fold")
    return table
