"""The bulletin as a workbook: a sheet per table, and where every figure comes from."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from math import ceil

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from govstats.numbers import plain
from govstats.release.bulletin import widths
from govstats.release.bulletin.model import Bulletin, Column, Table, Text
from govstats.release.bulletin.sources import Source
from govstats.release.reference import Figure, Reference
from govstats.xlsxtext import Style, TextBook

SOURCES = "数据来源"
#: Headings of the sheet of sources; ``govstats trace`` looks a cell up by the first two.
HEADINGS = ("表", "单元格", "数据地址", "部门", "文件", "工作表", "单元格", "数值")
_SOURCE_WIDTHS = (10, 10, 70, 18, 40, 18, 14, 16)
_TITLE: Style = {"font_name": "黑体", "font_size": 14, "align": "center"}
_NOTE: Style = {"font_size": 10, "font_color": "#545B63", "text_wrap": True, "valign": "top"}
_HEAD: Style = {
    "bold": True, "top": 2, "bottom": 1, "text_wrap": True, "align": "center",
}  # fmt: skip
_CELL: Style = {"text_wrap": True, "bottom": 4, "bottom_color": "#C9CCD1"}
_LINE_CELL: Style = {**_CELL, "text_wrap": False}
#: A number with what stands before and after it: 下降, 5.2, %.
_WRITTEN = re.compile(r"([^0-9.+−-]*)([+−-]?)([0-9]+)(?:[.]([0-9]+))?([^0-9.]*)")
#: The characters of the type area that the columns of a table share.
_WIDTH = 104
#: Height of a line of text in points.
_LINE = 16


@dataclass(frozen=True)
class _Shown:
    """A figure of the workbook and where it stands there."""

    sheet: str
    address: str
    figure: Figure


def made(bulletin: Bulletin, sources: Mapping[Reference, Source]) -> bytes:
    """Return the workbook; the same bulletin and sources give the same bytes.

    A cell that is one figure holds the mart's own value, shown with the digits and words of the
    text; a cell with words or several figures is a text. Nothing is a formula.
    """
    book = TextBook(bulletin.title.replace("\n", ""), bulletin.period_end)
    shown: list[_Shown] = []
    for table in bulletin.tables():
        page = book.sheet(table.table_id)
        shown += _sheet(book, page, table, bulletin.notice)
        _paper(page, bulletin, is_wide=len(table.columns) > 7)
    page = book.sheet(SOURCES)
    _sources(book, page, shown, sources)
    _paper(page, bulletin, is_wide=True)
    return book.close()


def _sheet(book: TextBook, page: Worksheet, table: Table, notice: str) -> list[_Shown]:
    last = len(table.columns) - 1
    title = f"{table.table_id}　{table.title}"
    _across(book, page, (0, last), title, _TITLE)
    top = 1
    if notice:
        _across(book, page, (top, last), notice, {**_NOTE, "align": "center"})
        top += 1
    room = [share * _WIDTH for share in widths.shares(table, _WIDTH / 2)]
    for place, column in enumerate(table.columns):
        page.set_column(place, place, room[place])
        heading = f"{column.heading}\n（{column.unit}）" if column.unit else column.heading
        book.write(page, top, place, heading, _HEAD)
    page.set_row(top, _LINE * _lines([f"{c.heading}（{c.unit}）" for c in table.columns], room))
    shown = []
    for row, texts in enumerate(table.rows, top + 1):
        page.set_row(row, _LINE * _lines([_words(text) for text in texts], room))
        for place, (text, column) in enumerate(zip(texts, table.columns, strict=True)):
            _cell(book, page, (row, place), text, column)
            address = xl_rowcol_to_cell(row, place)
            figures = [piece for piece in text if isinstance(piece, Figure)]
            shown += [_Shown(page.get_name(), address, figure) for figure in figures]
    if table.note:
        end = top + 1 + len(table.rows)
        _across(book, page, (end, last), f"注：{table.note}", _NOTE)
        page.set_row(end, 15 * (1 + len(table.note) // 55))
    page.freeze_panes(top + 1, 0)
    page.repeat_rows(top)
    return shown


def _across(
    book: TextBook, page: Worksheet, place: tuple[int, int], text: str, style: Style
) -> None:
    row, last = place
    if last:
        book.merge(page, (row, 0, row, last), text, style)
    else:
        book.write(page, row, 0, text, style)


def _cell(
    book: TextBook, page: Worksheet, place: tuple[int, int], text: Text, column: Column
) -> None:
    style = {**_CELL, "align": column.align}
    pieces = [piece for piece in text if piece]
    alone = pieces[0] if len(pieces) == 1 else None
    if isinstance(alone, Figure) and (number_format := _format(alone)):
        book.write(page, *place, alone.value, {**style, "num_format": number_format})
        return
    book.write(page, *place, _words(text), style)


def _words(text: Text) -> str:
    return "".join(piece.text if isinstance(piece, Figure) else piece for piece in text)


def _lines(texts: list[str], room: list[float]) -> int:
    """How many lines the fullest cell of a row needs; a character is two units wide."""
    return (
        max(
            ceil(widths.length(text) * 2.0 / width) for text, width in zip(texts, room, strict=True)
        )
        or 1
    )


def _format(figure: Figure) -> str:
    """Return the number format that shows a figure's value as its text, or nothing."""
    found = _WRITTEN.fullmatch(figure.text)
    if figure.value is None or found is None:
        return ""
    before, sign, whole, digits, after = found.groups()
    step = Decimal(1).scaleb(-len(digits or ""))
    rounded = Decimal(figure.value).quantize(step, ROUND_HALF_UP)
    written = Decimal(f"{whole}.{digits or '0'}")
    if abs(rounded) != written or (rounded < 0 and not (sign or before)):
        return ""
    number = "0" + (f".{'0' * len(digits)}" if digits else "")
    body = f"{_literal(before + sign)}{number}{_literal(after)}"
    # The text has the sign, or a word instead of it; the format of negatives adds none.
    return f"{body};{body}" if rounded < 0 else body


def _literal(words: str) -> str:
    return '"' + words.replace('"', "”") + '"' if words else ""


def _sources(
    book: TextBook, page: Worksheet, shown: list[_Shown], sources: Mapping[Reference, Source]
) -> None:
    for place, (heading, width) in enumerate(zip(HEADINGS, _SOURCE_WIDTHS, strict=True)):
        page.set_column(place, place, width)
        book.write(page, 0, place, heading, _HEAD)
    for row, item in enumerate(shown, 1):
        reference = item.figure.reference
        source = sources.get(reference, Source())
        texts = (
            item.sheet, item.address, str(reference),
            source.department, source.file, source.sheet, source.cell,
        )  # fmt: skip
        for place, text in enumerate(texts):
            book.write(page, row, place, text, _LINE_CELL)
        value = item.figure.value
        book.write(page, row, len(texts), value, {**_CELL, "num_format": _plain_format(value)})
    page.freeze_panes(1, 0)
    page.repeat_rows(0)
    if shown:
        page.autofilter(0, 0, len(shown), len(HEADINGS) - 1)


def _plain_format(value: Decimal | int | None) -> str:
    digits = plain(value).partition(".")[2]
    return f"0.{'0' * len(digits)}" if digits else "0"


def _paper(page: Worksheet, bulletin: Bulletin, *, is_wide: bool) -> None:
    if is_wide:
        page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    notice = bulletin.notice.replace("&", "&&")[:100]
    page.set_header(f"&C{notice}")
    release = bulletin.release_id.replace("&", "&&")[:60]
    page.set_footer(f"&L{release}&C第 &P 页 共 &N 页")
