"""Workbooks that carry texts from elsewhere: always strings, never a formula, link or rich text.

Every workbook that shows what somebody else typed is written through ``TextBook``. A text that
begins like a formula is stored as a string and marked with a quote prefix, so that editing its
cell, or saving the sheet as csv from a spreadsheet program, does not bring it to life either.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

#: What a cell may hold: a text, a figure, a day, or nothing.
Content = str | Decimal | int | date | None
Style = Mapping[str, Any]

#: Characters that a spreadsheet program takes for the beginning of a formula or command.
LIVE = ("=", "+", "-", "@", "\t", "\r", "|", "%")
#: The most characters of a cell, and of the name of a sheet.
LONGEST, LONGEST_NAME = 32_767, 31
_LONGEST_NOTE = 2_000

_UNPRINTABLE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff"
    r"\ufffe\uffff]"
)
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_CUT = "…(过长,已截断)"
_FONT: Style = {"font_name": "宋体", "font_size": 11, "valign": "vcenter"}
#: Whole numbers that a double holds exactly have at most this many digits.
_DIGITS = 15


def clean(text: str, longest: int = LONGEST) -> str:
    """Return a text as a cell may show it: marks that reverse, hide or break it become �.

    Line breaks stay; what is longer than ``longest`` ends with a remark that it was cut.
    """
    text = _UNPRINTABLE.sub("�", text.replace("\r\n", "\n"))
    return text if _units(text) <= longest else _begin(text, longest - len(_CUT)) + _CUT


def _units(text: str) -> int:
    """Length as spreadsheet programs count it: rare characters count twice."""
    return len(text.encode("utf-16-le")) // 2


def _begin(text: str, units: int) -> str:
    return text.encode("utf-16-le")[: units * 2].decode("utf-16-le", "ignore")


def sheet_name(text: str, taken: set[str]) -> str:
    """Return a name that a workbook accepts and has not, and enter it into ``taken``.

    Args:
        text: the name wished for; what is forbidden in it becomes ``_``.
        taken: names so far, in lower case.
    """
    name = _NOT_IN_NAMES.sub("_", clean(text)).strip(" '\n")
    name = _begin(name, LONGEST_NAME).strip(" '") or "_"
    # The one name that spreadsheet programs keep for themselves.
    name = f"{name}_" if name.lower() == "history" else name
    number, wished = 2, name
    while name.lower() in taken:
        end = f"({number})"
        name, number = _begin(wished, LONGEST_NAME - len(end)) + end, number + 1
    taken.add(name.lower())
    return name


class TextBook:
    """A workbook in memory; the same calls give the same bytes.

    Args:
        title: written into the file's properties.
        created: date written there; the day it was really made would make no two files alike.
    """

    def __init__(self, title: str, created: date) -> None:
        self._buffer = BytesIO()
        self._names: set[str] = set()
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}
        self.book = xlsxwriter.Workbook(
            self._buffer,
            {
                "in_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
            },
        )
        made = datetime(created.year, created.month, created.day)
        self.book.set_properties({"title": clean(title, 200), "created": made})

    def sheet(self, name: str) -> Worksheet:
        """Add a sheet, under the wished name or the nearest one that is allowed."""
        return self.book.add_worksheet(sheet_name(name, self._names))

    def style(self, style: Style) -> Format:
        """The format of some properties of xlsxwriter, each made once."""
        full = {**_FONT, **style}
        key = tuple(sorted(full.items()))
        if key not in self._formats:
            self._formats[key] = self.book.add_format(full)
        return self._formats[key]

    def write(self, page: Worksheet, row: int, column: int, content: Content, style: Style) -> None:
        """Write one cell, row and column counted from 0.

        A figure is stored as a number where a double holds it, else as its text; a day as
        ISO text; None leaves an empty cell with its style.
        """
        if content is None or content == "":
            page.write_blank(row, column, None, self.style(style))
        elif isinstance(content, Decimal | int) and _fits(content):
            page.write_number(row, column, float(content), self.style(style))
        else:
            text = content.isoformat() if isinstance(content, date) else str(content)
            self._text(page, row, column, text, style)

    def _text(self, page: Worksheet, row: int, column: int, text: str, style: Style) -> None:
        text = clean(text)
        quoted = {"quote_prefix": True} if text.lstrip().startswith(LIVE) else {}
        # xlsxwriter takes a string in <r>…</r> for rich text and would write its tags as they are.
        if text.startswith("<r>"):
            text = f" {text}"
        page.write_string(row, column, text, self.style({**style, **quoted}))

    def merge(
        self, page: Worksheet, place: tuple[int, int, int, int], content: Content, style: Style
    ) -> None:
        """Write one cell over a range (first row, first column, last row, last column)."""
        page.merge_range(*place, "", self.style(style))
        self.write(page, *place[:2], content, style)

    def link(
        self, page: Worksheet, place: tuple[int, int], target: tuple[str, str], text: str,
        style: Style,
    ) -> None:  # fmt: skip
        """Write a link to a cell of another sheet of this workbook.

        Args:
            page: the sheet it stands on.
            place: row and column.
            target: name of a sheet, as it has it, and A1 address there.
            text: what is shown.
            style: properties.
        """
        name = target[0].replace("'", "''")
        url = f"internal:'{name}'!{target[1]}"
        page.write_url(*place, url, self.style(style), string=clean(text, 255))

    def note(self, page: Worksheet, row: int, column: int, text: str) -> None:
        """Hang a comment on a cell."""
        options = {"author": "govstats", "width": 320, "height": 150, "font_size": 9}
        page.write_comment(row, column, clean(text, _LONGEST_NOTE), options)

    def close(self) -> bytes:
        """Finish the workbook and return its bytes."""
        self.book.close()
        return self._buffer.getvalue()


def _fits(number: Decimal | int) -> bool:
    """Whether a cell that is a number shows this very figure."""
    exact = Decimal(number)
    return exact.is_finite() and len(exact.normalize().as_tuple().digits) <= _DIGITS
