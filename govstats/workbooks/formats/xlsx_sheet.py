"""One pass over the XML of an .xlsx sheet, in pieces: how far it reaches and what is special.

Every search below runs over tens of megabytes for a large sheet. So a rare character is looked
for first where one tells that a pattern cannot occur, and patterns begin with literal text.
"""

import re
from collections.abc import Iterable
from functools import partial

from govstats.workbooks.cells import column_number
from govstats.workbooks.formats.scan import SheetFacts, cell_too_long, check_area
from govstats.workbooks.formats.xlsx_book import Styles, unescape
from govstats.workbooks.formats.xlsx_cells import (
    formats_of,
    note_errors,
    note_formulas,
    note_hidden,
    place_of,
    styled,
)
from govstats.workbooks.limits import Limits
from govstats.workbooks.places import address

#: A cell beyond Z99999, or one written as no program of note does: without its address first.
_NOT_NEAR = re.compile(rb'<c(?! r="[A-Z][0-9]{1,5}")[ />]')
_NEAR_ROW, _NEAR_COLUMN = 99_999, 26
#: Row numbers, and cells that are far out.
_FAR = re.compile(rb'r="([A-Z]{2,}[0-9]+|[A-Z]?[0-9]{6,}|[0-9]+)"')
_ODD = re.compile(rb'<c(?! r="[A-Z])[ />]')
_TAG = re.compile(rb"<(?:\w+:)?(row|c)(?=[\s/>])([^>]*)>")
_PLACE = re.compile(rb"\br\s*=\s*[\"']([A-Za-z]*)([0-9]*)[\"']")
_FILLED = re.compile(rb'<c r="([A-Z]+)([0-9]+)"[^>]*(?<!/)>')
_DIGITS, _LETTERS = b"0123456789", b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#: A sheet up to this size is kept to look up number formats in.
_KEPT = 4 * 1024 * 1024
#: How many times as long as a cell an attribute may be.
_LONGEST_ATTRIBUTE = 64


class SheetScan:
    """Takes a sheet's XML by the window and gathers what the parser does not tell.

    Args:
        name: the sheet's name.
        styles: the workbook's number formats.
        limits: what a file may ask for.
        exact: find the exact farthest cell; otherwise only that it is near enough.
    """

    def __init__(self, name: str, styles: Styles, limits: Limits, *, exact: bool = False) -> None:
        self.name = name
        self.facts = SheetFacts()
        self._styles = styles
        self._limits = limits
        self._exact = exact
        self._row = 0
        self._column = 0
        self._length = 0
        self._carry = b""

    def scan(self, chunks: Iterable[bytes]) -> SheetFacts:
        """Everything about the sheet.

        Raises:
            TooFar: it may reach too far; an exact scan will tell.
            Refused: ``unsafe_archive``, ``cell_too_long`` or ``active_content``.
        """
        kept: list[bytes] = []
        for chunk in chunks:
            self._length += len(chunk)
            if self._length <= _KEPT and self._styles.plain:
                kept.append(chunk)
            self._window(self._whole_cells(chunk))
        self._window(self._carry)
        if self._length <= _KEPT and self._styles.plain:
            part = b"".join(kept)
            self.facts.formats = partial(formats_of, part, self._styles.plain)
        return self.facts

    def _whole_cells(self, chunk: bytes) -> bytes:
        """The chunk behind what was carried, up to the last cell that may go on in the next."""
        if b"\x00" in chunk:
            # UTF-16 hides ASCII from a search; without its zero bytes it does not.
            chunk = chunk.replace(b"\x00", b"")
        window = self._carry + chunk
        cut = max(window.rfind(b"<c "), window.rfind(b"<row"))
        if cut < 0:
            named = max(window.rfind(b":c "), window.rfind(b":row"))
            cut = max(window.rfind(b"<", 0, named + 1), 0)
        if len(window) - cut > 8 * self._limits.cell_text:
            # Behind the last cell, or within one that is far too long.
            check_text(window[cut:], self._limits, self.name)
            cut = max(window.rfind(b"<"), cut)
        self._carry = window[cut:]
        return window[:cut]

    def _window(self, window: bytes) -> None:
        self._extent(window)
        if b"e" in window and (b't="e"' in window or b"t='e'" in window):
            note_errors(window, self.facts)
        if b"f" in window and (b"<f" in window or b":f" in window):
            note_formulas(window, self.facts, self.name)
        if b"h" in window and b"hidden=" in window:
            note_hidden(window, self.facts)
        if self._styles.percents:
            self.facts.percents.update(place for place, _ in styled(window, self._styles.percents))
        check_text(window, self._limits, self.name)

    def _extent(self, window: bytes) -> None:
        facts = self.facts
        is_near = not self._exact and not _NOT_NEAR.search(window)
        if self._exact or _is_odd(window, is_near):
            row, column = self._exact_extent(window, is_near)
        elif is_near and facts.last_column <= _NEAR_COLUMN:
            row, column = _NEAR_ROW, _NEAR_COLUMN
        else:
            row, column = _rough_extent(window)
        facts.last_row, facts.last_column = max(facts.last_row, row), max(facts.last_column, column)
        if facts.last_row * facts.last_column > self._limits.cell_area:
            if not self._exact:
                raise TooFar
            check_area(facts.last_row, facts.last_column, self._limits, self.name)

    def _exact_extent(self, window: bytes, is_near: bool) -> tuple[int, int]:
        """Farthest row and column with content; a cell with only a style takes no room."""
        if not _is_odd(window, is_near):
            found = _FILLED.findall(window)
            columns = {letters for letters, _ in found}
            # More than three letters cannot be an address; the number is then over any limit.
            far = max((column_number(c[:4].decode()) for c in columns), default=0)
            return max((int(row[:9]) for _, row in found), default=0), far
        last_row = last_column = 0
        for tag, attributes in _TAG.findall(window):
            letters, digits = _place(attributes)
            if tag == b"row":
                self._row, self._column = int(digits[:9] or self._row + 1), 0
                continue
            self._column = column_number(letters[:4].decode()) if letters else self._column + 1
            self._row = int(digits[:9] or self._row)
            if not attributes.endswith(b"/"):
                last_row, last_column = max(last_row, self._row), max(last_column, self._column)
        return last_row, last_column


class TooFar(Exception):
    """A rough look cannot rule out that the sheet reaches too far."""


def _is_odd(window: bytes, is_near: bool) -> bool:
    if b"'" in window or (b":" in window and (b":c " in window or b":row" in window)):
        return True
    return not is_near and bool(_ODD.search(window))


def _place(attributes: bytes) -> tuple[bytes, bytes]:
    found = _PLACE.search(attributes)
    return (found[1].upper(), found[2]) if found else (b"", b"")


def _rough_extent(window: bytes) -> tuple[int, int]:
    """Bounds of the farthest row and column, without a look at every cell."""
    found = _FAR.findall(window)
    if not found:
        return 0, 0
    row, column = 0, _NEAR_COLUMN
    far = [reference for reference in found if not reference.isdigit()]
    if len(far) < len(found):
        row = max(int(reference[:9]) for reference in found if reference.isdigit())
    if far:
        row = max(row, max(int(digits[:9]) for digits in {r.lstrip(_LETTERS) for r in far}))
        columns = {reference.rstrip(_DIGITS) for reference in far} - {b""}
        column = max(column, *(column_number(c[:4].decode()) for c in columns), _NEAR_COLUMN)
    return row, column


def check_text(window: bytes, limits: Limits, part: str) -> None:
    """Refuse a text between tags that is longer than a cell can hold.

    Raises:
        Refused: ``cell_too_long``.
    """
    # A longer text leaves at least one block of half its length without any tag.
    step, start = max(limits.cell_text // 2, 1), 0
    while start + step <= len(window):
        if window.find(b"<", start, start + step) >= 0:
            start += step
            continue
        begin, opened = window.rfind(b">", 0, start + step), window.rfind(b"<", 0, start)
        end = window.find(b"<", start)
        end = end if end >= 0 else len(window)
        if opened > begin >= 0:  # an attribute: no cell holds it, but nobody needs such a one
            length = (end - opened) // _LONGEST_ATTRIBUTE
        else:
            length = _length(window[begin + 1 : end])
        if length > limits.cell_text:
            cell = place_of(window[max(window.rfind(b"<c ", 0, start), 0) : begin + 1])
            raise cell_too_long(length, limits, part, address(*cell) if cell else "")
        start = end


def _length(raw: bytes) -> int:
    """Characters of a text in XML."""
    text = raw.decode("utf-8", "replace")
    return len(unescape(text)) if len(text) < _KEPT else len(text)
