"""The report as a workbook: one sheet per section, the same lines as the page."""

from datetime import date
from itertools import chain

from xlsxwriter.worksheet import Worksheet

from govstats.release.report import (
    workbook_audit,
    workbook_filing,
    workbook_findings,
    workbook_news,
)
from govstats.release.report.content import Content
from govstats.release.report.sheets import Sheet
from govstats.release.report.words import both, zh
from govstats.xlsxtext import Style, TextBook

_TITLE: Style = {"bold": True, "font_size": 14}
_SAID: Style = {"font_color": "#545B63"}
_HEAD: Style = {"bold": True, "bottom": 1, "top": 2, "text_wrap": True, "valign": "top"}
_CELL: Style = {"text_wrap": True, "valign": "top", "bottom": 4, "bottom_color": "#C9CCD1"}
_NUMBER: Style = {**_CELL, "num_format": "#,##0.######"}
_WHOLE: Style = {**_CELL, "num_format": "#,##0"}


def made(content: Content) -> bytes:
    """Return the workbook; the same content gives the same bytes.

    Every text is a string cell: what a sheet said is never a formula, a link or rich text.
    """
    title = both(
        "{d}统计数据质量审核报告（{p}）",
        "Audit report on statistics, {d} ({p})",
        d=content.district,
        p=content.period,
    )
    book = TextBook(zh(title), _day(content))
    footer = f"&L{_footed(content.release.release_id)}&C第 &P 页 共 &N 页"
    sheets = chain(
        workbook_audit.sheets(content, title),
        workbook_news.sheets(content),
        workbook_filing.sheets(content),
        [workbook_findings.rules(content)],
    )
    for sheet in sheets:
        page = book.sheet(zh(sheet.name))
        _write(book, page, sheet)
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.set_footer(footer)
    return book.close()


def _day(content: Content) -> date:
    """The file says the day on which the last of its data came in."""
    received = [item.received_at for item in content.marts.submissions]
    return max(received).date() if received else date(2000, 1, 1)


def _footed(text: str) -> str:
    return text.replace("&", "&&")


def _write(book: TextBook, page: Worksheet, sheet: Sheet) -> None:
    book.write(page, 0, 0, f"{zh(sheet.name)}", _TITLE)
    for row, text in enumerate(sheet.said, start=1):
        book.write(page, row, 0, text, _SAID)
    top = 1 + len(sheet.said)
    for place, column in enumerate(sheet.columns):
        page.set_column(place, place, column.width)
        heading = "\n".join(part for part in (column.zh, column.en) if part)
        book.write(page, top, place, heading, _HEAD)
    for row, line in enumerate(sheet.lines, start=top + 1):
        for place, value in enumerate(line):
            style = _CELL
            if not isinstance(value, str) and value is not None and not isinstance(value, date):
                style = _WHOLE if value == int(value) else _NUMBER
            book.write(page, row, place, value, style)
    page.freeze_panes(top + 1, 0)
    page.repeat_rows(top)
    if sheet.lines:
        page.autofilter(top, 0, top + len(sheet.lines), len(sheet.columns) - 1)
