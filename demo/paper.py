"""The file and its worksheets: house font, formats made once, properties without a clock."""

from datetime import datetime
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

FONT = "宋体"
NOTICE = "演示数据"
WIDTH_PER_LINE = 1.9  # character widths that one Chinese character of a note takes
SIGNATURES = ["单位负责人:演示", "填表人:演示"]


class File:
    """One workbook being written."""

    def __init__(self) -> None:
        self.buffer = BytesIO()
        self.book = xlsxwriter.Workbook(self.buffer, {"in_memory": True})
        self.formats: dict[tuple[tuple[str, Any], ...], Format] = {}

    def style(self, **properties: Any) -> Format:  # noqa: ANN401 - the library's own values
        """A cell format in the house font, made once."""
        named = {"font_name": FONT, "font_size": 10, "valign": "vcenter"} | properties
        place = tuple(sorted(named.items()))
        if place not in self.formats:
            self.formats[place] = self.book.add_format(named)
        return self.formats[place]

    def finish(self, title: str, written: datetime) -> bytes:
        """Close the book and give its bytes; the properties carry no clock time."""
        self.book.set_properties(
            {
                "title": title,
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


class Page:
    """One worksheet being drawn from the top; ``line`` is the next free row.

    ``sheet`` is its declaration (tab, title, maker, columns with header and width),
    ``label`` the period as its title prints it.
    """

    def __init__(self, file: File, sheet: dict[str, Any], label: str) -> None:
        self.sheet = sheet
        self.label = label
        self.page: Worksheet = file.book.add_worksheet(sheet["tab"])
        self.style = file.style
        self.last = len(sheet["columns"]) - 1
        self.line = 0
        self.page.set_paper(9)
        self.page.set_landscape()
        self.page.fit_to_pages(1, 1)

    @property
    def title(self) -> str:
        """The title with its period."""
        return str(self.sheet["title"]).format(label=self.label)

    def head(self, *, blank_row: bool = False) -> None:
        """Title over all columns, maker and unit line, widths of the columns."""
        big = self.style(bold=True, font_size=16, align="center")
        self.page.merge_range(0, 0, 0, self.last, self.title, big)
        self.page.set_row(0, 30)
        self.line = 2 if blank_row else 1
        self.page.write_string(self.line, 0, self.sheet["maker"], self.style())
        if "unit_line" in self.sheet:
            right = self.style(align="right")
            self.page.write_string(self.line, self.last, self.sheet["unit_line"], right)
        self.line += 1
        for number, column in enumerate(self.sheet["columns"]):
            self.page.set_column(number, number, column["width"])

    def feet(self, footers: list[str], written: datetime) -> None:
        """Notes over all columns, then signatures and the date of the report."""
        width = sum(column["width"] for column in self.sheet["columns"])
        wrapped = self.style(font_size=9, text_wrap=True, align="left")
        for text in footers:
            self.page.merge_range(self.line, 0, self.line, self.last, text, wrapped)
            lines = 1 + int(len(text) * WIDTH_PER_LINE / width)
            self.page.set_row(self.line, 13 * lines)
            self.line += 1
        first, second = self.sheet.get("signatures", SIGNATURES)
        day = f"报出日期:{written.year}年{written.month}月{written.day}日"
        middle = max(2, self.last // 2)
        for number, text in [(0, first), (middle, second), (self.last, day)]:
            align = "right" if number == self.last else "left"
            self.page.write_string(self.line, number, text, self.style(align=align))
