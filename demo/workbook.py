"""Draw one table as a department would: title, headings over two rows, notes, signatures."""

from datetime import datetime
from itertools import groupby

from demo.grid import Cell, Row
from demo.paper import Page


def draw(
    page: Page, rows: list[Row], footers: list[str], written: datetime, *, blank_row: bool
) -> None:
    """Draw one table from top to bottom; ``written`` is the date on its last line."""
    page.head(blank_row=blank_row)
    headings(page)
    for row in rows:
        _row(page, row)
    page.feet(footers, written)


def headings(page: Page) -> None:
    """Column headings over one or two rows, equal ones above each other merged."""
    style = page.style(bold=True, border=1, align="center", text_wrap=True, bg_color="#F2F2F2")
    columns = list(enumerate(page.sheet["columns"]))
    if all(len(column["header"]) == 1 for _, column in columns):
        for number, column in columns:
            page.page.write_string(page.line, number, column["header"][0], style)
        page.line += 1
        return
    for name, group in groupby(columns, key=lambda item: item[1]["header"][0]):
        members = list(group)
        first, last = members[0][0], members[-1][0]
        if len(members[0][1]["header"]) == 1:
            page.page.merge_range(page.line, first, page.line + 1, last, name, style)
            continue
        if first == last:
            page.page.write_string(page.line, first, name, style)
        else:
            page.page.merge_range(page.line, first, page.line, last, name, style)
        for number, column in members:
            page.page.write_string(page.line + 1, number, column["header"][1], style)
    page.line += 2


def _row(page: Page, row: Row) -> None:
    for number, (column, cell) in enumerate(zip(page.sheet["columns"], row.cells, strict=True)):
        align = {"label": "left", "unit": "center"}.get(column.get("role", ""), "right")
        style = page.style(border=1, align=align, num_format=_number_format(cell))
        if cell.value is None:
            page.page.write_blank(page.line, number, None, style)
        elif isinstance(cell.value, str):
            page.page.write_string(page.line, number, cell.value, style)
        else:
            page.page.write_number(page.line, number, float(cell.value), style)
    page.line += 1


def _number_format(cell: Cell) -> str:
    if cell.figure is None:
        return "General"
    if cell.unit in ("万元", "元", "人"):
        return "#,##0"
    plain = f"0.{'0' * cell.places}" if cell.places else "0"
    return f"{plain};[Red]-{plain}" if cell.measure == "growth" else plain
