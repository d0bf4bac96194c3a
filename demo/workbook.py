"""Draw one sheet as a department would: title, headings over two rows, notes, signatures."""

from datetime import datetime
from io import BytesIO
from itertools import groupby
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from demo.grid import Cell, Row

FONT = "宋体"
NOTICE = "演示数据"
WIDTH_PER_LINE = 1.9  # character widths that one Chinese character of a note takes


class Page:
    """One worksheet being drawn from the top; ``line`` is the next free row."""

    def __init__(self, sheet: dict[str, Any], period_label: str) -> None:
        self.sheet = sheet
        self.label = period_label
        self.buffer = BytesIO()
        self.book = xlsxwriter.Workbook(self.buffer, {"in_memory": True})
        self.page: Worksheet = self.book.add_worksheet(sheet["tab"])
        self.last = len(sheet["columns"]) - 1
        self.line = 0
        self.page.set_paper(9)
        self.page.set_landscape()
        self.page.fit_to_pages(1, 1)
        self.formats: dict[tuple[tuple[str, Any], ...], Format] = {}

    def style(self, **properties: Any) -> Format:  # noqa: ANN401 - the library's own values
        """A cell format in the house font, made once."""
        named = {"font_name": FONT, "font_size": 10, "valign": "vcenter"} | properties
        place = tuple(sorted(named.items()))
        if place not in self.formats:
            self.formats[place] = self.book.add_format(named)
        return self.formats[place]

    def finish(self, written: datetime) -> bytes:
        """Close the book and give its bytes; the properties carry no clock time."""
        self.book.set_properties(
            {
                "title": self.sheet["title"].format(label=self.label),
                "subject": NOTICE,
                "author": NOTICE,
                "category": NOTICE,
                "keywords": NOTICE,
                "comments": f"{NOTICE}:govstats 演示用表,不是部门发布的统计资料",
                "created": written,
            }
        )
        self.book.close()
        return self.buffer.getvalue()


def draw(
    sheet: dict[str, Any],
    period_label: str,
    rows: list[Row],
    footers: list[str],
    written: datetime,
    blank_row: bool,
) -> bytes:
    """The bytes of one workbook; ``written`` is the date on its last line."""
    page = Page(sheet, period_label)
    _head(page, blank_row)
    _headings(page)
    for row in rows:
        _row(page, row)
    _feet(page, footers, written)
    return page.finish(written)


def _head(page: Page, blank_row: bool) -> None:
    title = page.sheet["title"].format(label=page.label)
    big = page.style(bold=True, font_size=16, align="center")
    page.page.merge_range(0, 0, 0, page.last, title, big)
    page.page.set_row(0, 30)
    page.line = 2 if blank_row else 1
    page.page.write_string(page.line, 0, page.sheet["maker"], page.style())
    page.page.write_string(page.line, page.last, page.sheet["unit_line"], page.style(align="right"))
    page.line += 1
    for number, column in enumerate(page.sheet["columns"]):
        page.page.set_column(number, number, column["width"])


def _headings(page: Page) -> None:
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


def _feet(page: Page, footers: list[str], written: datetime) -> None:
    width = sum(column["width"] for column in page.sheet["columns"])
    wrapped = page.style(font_size=9, text_wrap=True, align="left")
    for text in footers:
        page.page.merge_range(page.line, 0, page.line, page.last, text, wrapped)
        lines = 1 + int(len(text) * WIDTH_PER_LINE / width)
        page.page.set_row(page.line, 13 * lines)
        page.line += 1
    day = f"报出日期:{written.year}年{written.month}月{written.day}日"
    middle = max(2, page.last // 2)
    signatures = [(0, "单位负责人:演示"), (middle, "填表人:演示"), (page.last, day)]
    for number, text in signatures:
        align = "right" if number == page.last else "left"
        page.page.write_string(page.line, number, text, page.style(align=align))
