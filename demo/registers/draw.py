"""Draw one sheet of entries: headings, sections, entries, sum row, notes."""

from datetime import date
from decimal import Decimal
from fnmatch import fnmatchcase
from itertools import groupby
from typing import Any

from demo.book import Book
from demo.messy import FORMS
from demo.paper import Page
from demo.periods import Period
from demo.registers.entries import with_total
from demo.registers.now import TOTAL, Entry, Now, Value
from demo.registers.values import value_of
from demo.schedule import Arrival
from demo.workbook import headings
from govstats.numbers import plain

#: How a day is written, by `date` of its column; others are real dates.
DAYS = {"text": "{0.year}年{0.month}月{0.day}日", "dotted": "{0.year}.{0.month}.{0.day}"}


def draw_register(page: Page, book: Book, arrival: Arrival) -> None:
    """Draw one register, ledger or table of entries as one edition of one period shows it."""
    now = Now(book, page.sheet, arrival.period, arrival.edition)
    page.sheet = page.sheet | {"columns": _columns(page.sheet, arrival.period)}
    page.head(blank_row=bool(page.sheet.get("blank_row")))
    headings(page)
    for section, entries in groupby(with_total(now), key=_section):
        if section and now.sheet.get("sections"):
            _heading(page, section)
        for entry in entries:
            _entry(page, now, entry)
    page.feet(_footers(now), arrival.at)


def _section(entry: Entry) -> str:
    return "" if entry.get(TOTAL) else str(entry.get("section", ""))


def _columns(sheet: dict[str, Any], period: Period) -> list[dict[str, Any]]:
    return [
        column | {"header": [_worded(text, period) for text in column["header"]]}
        for column in sheet["columns"]
    ]


def _worded(text: str, period: Period) -> str:
    return text.format(year=period.year, month=period.month)


def _heading(page: Page, text: str) -> None:
    style = page.style(border=1, bold=True, align="left")
    page.page.merge_range(page.line, 0, page.line, page.last, text, style)
    page.line += 1


def _entry(page: Page, now: Now, entry: Entry) -> None:
    for number, column in enumerate(now.sheet["columns"]):
        _write(page, number, column, cell_of(now, entry, column))
    page.line += 1


def cell_of(now: Now, entry: Entry, column: dict[str, Any]) -> Value:
    """What is written into a cell: the value in the form of its column, or an exception."""
    field = column["id"]
    value = value_of(now, entry, field)
    for exception in now.exceptions(entry, field):
        if "form" in exception and isinstance(value, Decimal):
            return FORMS[exception["form"]](plain(value), str(exception.get("unit", "")))
        if isinstance(exception.get("value"), str):
            return str(exception["value"])
    form = entry.get("forms", {}).get(field, column.get("text"))
    if isinstance(value, date) and column.get("date") in DAYS:
        value = DAYS[column["date"]].format(value)
    if isinstance(form, dict):
        form = next((f for years, f in form.items() if str(now.period.year) in str(years)), None)
    if form is None or value is None:
        return value
    if isinstance(value, Decimal):
        return str(form).format(value=plain(value))
    return value if value == "—" else str(form).format(value=value)


def _write(page: Page, number: int, column: dict[str, Any], value: Value) -> None:
    align = column.get("align", "right" if isinstance(value, Decimal) else "left")
    style = {"border": 1, "align": align, "text_wrap": True}
    if value is None:
        page.page.write_blank(page.line, number, None, page.style(**style))
    elif isinstance(value, str):
        page.page.write_string(page.line, number, value, page.style(**style))
    elif isinstance(value, date):
        page.page.write_datetime(
            page.line, number, value, page.style(num_format="yyyy-mm-dd", **style)
        )
    else:
        places = column.get("places", 0)
        shape = column.get("shape", f"0.{'0' * places}" if places else "General")
        page.page.write_number(
            page.line, number, float(value), page.style(num_format=shape, **style)
        )


def _footers(now: Now) -> list[str]:
    """The note lines, the demonstration notice first."""
    sheet, period = now.sheet, now.period
    maker = str(sheet["maker"]).partition(":")[2]
    published = sheet.get("published", {}).get(str(period))
    others = "除下列公布数外均为模拟数" if published else "全部为模拟数"
    lines = [f"注:演示数据,不是{maker}发布的统计资料;表中数字{others}"]
    if published:
        lines.append(_worded(published, period))
    if now.edition == "revised":
        lines.append(sheet.get("revised_note", "注:本表为修订数,原表作废"))
    for note in sheet.get("notes", []):
        if any(fnmatchcase(str(period), pattern) for pattern in note.get("periods", ["*"])):
            lines.append(_worded(note["text"], period))
    return lines
