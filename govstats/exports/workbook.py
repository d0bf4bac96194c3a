"""Rows as a workbook: the figures on one sheet, what they mean on another."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import chain, islice

from xlsxwriter.worksheet import Worksheet

from govstats.errors import GovstatsError
from govstats.exports.rows import Answer
from govstats.xlsxtext import Content, TextBook

#: Rows below the heading that a sheet has room for.
MOST = 1_048_575
_SAMPLE, _NARROW, _WIDE = 200, 8, 48
_A4 = 9
_HEAD = {"bold": True, "bottom": 1, "bg_color": "#EDEFF1", "text_wrap": False}
_DAY = {"num_format": "yyyy-mm-dd", "align": "left"}
_MOMENT = {"num_format": "yyyy-mm-dd hh:mm:ss", "align": "left"}
_TEXT = {"valign": "top", "text_wrap": True}


def workbook(answer: Answer, title: str, made: date, about: Sequence[tuple[str, str]]) -> bytes:
    """Return a workbook with a sheet 数据 and a sheet 说明.

    Args:
        answer: columns and rows; a figure becomes a number where a cell holds it exactly.
        title: written into the file's properties.
        made: day written there, so that equal rows give equal bytes.
        about: lines of the second sheet, above the columns' descriptions.

    Raises:
        GovstatsError: a sheet has no room for the rows.
    """
    book = TextBook(title, made)
    page = book.sheet("数据")
    rows = answer.rows()
    first = list(islice(rows, _SAMPLE))
    _head(book, page, answer, first)
    number = 0
    for number, row in enumerate(chain(first, rows), start=1):
        if number > MOST:
            raise GovstatsError(
                f"more than {MOST:,} rows do not fit on a sheet", "take csv or parquet, or filter"
            )
        for column, value in enumerate(row):
            _cell(book, page, (number, column), value)
    page.autofilter(0, 0, max(number, 1), max(len(answer.columns) - 1, 0))
    _about(book, answer, about)
    return book.close()


def _head(
    book: TextBook, page: Worksheet, answer: Answer, sample: Sequence[Sequence[object]]
) -> None:
    page.freeze_panes(1, 0)
    page.set_landscape()
    page.set_paper(_A4)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    for position, column in enumerate(answer.columns):
        align = "right" if column.is_number else "left"
        book.write(page, 0, position, column.name, {**_HEAD, "align": align})
        longest = max((_width(str(row[position] or "")) for row in sample), default=0)
        page.set_column(
            position, position, min(_WIDE, max(_NARROW, longest + 2, _width(column.name) + 4))
        )


def _width(text: str) -> int:
    """Columns of a text; a Chinese character takes two."""
    return sum(2 if character > "\u2e7f" else 1 for character in text)


def _cell(book: TextBook, page: Worksheet, place: tuple[int, int], value: object) -> None:
    if isinstance(value, bool):
        page.write_boolean(*place, value, book.style({}))
    elif isinstance(value, datetime):
        page.write_datetime(*place, value, book.style(_MOMENT))
    elif isinstance(value, date):
        page.write_datetime(*place, value, book.style(_DAY))
    elif isinstance(value, float):
        book.write(page, *place, Decimal(str(value)), {})
    else:
        content: Content = value if isinstance(value, Decimal | int | None) else str(value)
        book.write(page, *place, content, {})


def _about(book: TextBook, answer: Answer, about: Sequence[tuple[str, str]]) -> None:
    page = book.sheet("说明")
    page.set_column(0, 0, 30)
    page.set_column(1, 1, 20)
    page.set_column(2, 2, 100)
    row = 0
    for row, (name, text) in enumerate(about, start=1):
        book.write(page, row - 1, 0, name, {**_TEXT, "bold": True})
        book.merge(page, (row - 1, 1, row - 1, 2), text, _TEXT)
    for position, head in enumerate(("列 column", "类型 type", "含义 meaning")):
        book.write(page, row + 1, position, head, _HEAD)
    for line, column in enumerate(answer.columns, start=row + 2):
        for position, text in enumerate((column.name, column.type, column.comment)):
            book.write(page, line, position, text, _TEXT)
