"""Cells of an .xlsx sheet whose meaning is not in the stored value alone, found in its XML."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from govstats.workbooks.cells import Place, column_number
from govstats.workbooks.formats.active import command_refused, sends_command
from govstats.workbooks.formats.scan import SheetFacts
from govstats.workbooks.formats.xlsx_book import unescape
from govstats.workbooks.places import address

_FORMULA = rb"(?:<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>([^<]*)</(?:\w+:)?f>))"
_VALUE = rb"<(?:\w+:)?v(?:\s[^>]*)?>([^<]*)</(?:\w+:)?v>"
_ERROR = re.compile(
    rb"<(?:\w+:)?c\s([^>]*\bt=[\"']e[\"'][^>]*)>\s*" + _FORMULA + rb"?\s*(?:" + _VALUE + rb")?"
)
_UNCOMPUTED = re.compile(
    rb"<(?:\w+:)?c\s([^>]*)>\s*"
    + _FORMULA
    + rb"\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_COMMAND = re.compile(rb"<(?:\w+:)?c\s([^>]*)>\s*<(?:\w+:)?f(?:\s[^>]*)?>([^<]*\|[^<]*)<")
_REFERENCE = re.compile(rb"\br\s*=\s*[\"']([A-Za-z]{1,3})([0-9]{1,7})[\"']")
_IS_TEXT = re.compile(rb"\bt=[\"']str[\"']")
_UNUSUAL = re.compile(rb'<c (?!r="[A-Z]{1,3}[0-9]{1,7}"(?:>|/| s="| t="[a-zA-Z]*"[>/]))')
_HIDDEN_ROW = re.compile(
    rb"<(?:\w+:)?row\s(?=[^>]*\bhidden=[\"'](?:1|true)[\"'])[^>]*\br=[\"'](\d{1,7})[\"']"
)
_HIDDEN_COLUMN = re.compile(rb"<(?:\w+:)?col\s([^>]*\bhidden=[\"'](?:1|true)[\"'][^>]*)>")
_BOUND = re.compile(rb"\b(min|max)=[\"'](\d{1,5})[\"']")


def note_errors(window: bytes, facts: SheetFacts) -> None:
    """Error values, with their texts."""
    for match in _ERROR.finditer(window):
        if place := place_of(match[1]):
            facts.errors[place] = _text(match[3]) or "#ERROR"


def note_formulas(window: bytes, facts: SheetFacts, sheet: str) -> None:
    """Formulas whose result was never stored.

    Raises:
        Refused: ``active_content`` for one that sends commands to other programs.
    """
    for match in _UNCOMPUTED.finditer(window):
        if not _IS_TEXT.search(match[1]) and (place := place_of(match[1])):
            facts.errors[place] = "=" + _text(match[2])
    if b"|" in window:
        for match in _COMMAND.finditer(window):
            formula = _text(match[2])
            if sends_command(formula):
                place = place_of(match[1])
                raise command_refused("=" + formula, sheet, address(*place) if place else "")


def note_hidden(window: bytes, facts: SheetFacts) -> None:
    """Hidden rows and columns."""
    facts.hidden_rows.update(int(row) for row in _HIDDEN_ROW.findall(window))
    for attributes in _HIDDEN_COLUMN.findall(window):
        bounds = {name: int(number) for name, number in _BOUND.findall(attributes)}
        first, last = bounds.get(b"min", 1), min(bounds.get(b"max", 0), 16_384)
        facts.hidden_columns.update(range(first, last + 1))


def styled(window: bytes, styles: Iterable[int]) -> Iterator[tuple[Place, int]]:
    """Places of the cells with content that have one of some styles, and which."""
    usual, any_order = _styled_cells(frozenset(styles))
    if b"'" not in window and b":c " not in window and not _UNUSUAL.search(window):
        for letters, row, style in usual.findall(window):
            yield (int(row), column_number(letters.decode("ascii"))), int(style)
        return
    for match in any_order.finditer(window):
        if place := place_of(match[0]):
            yield place, int(match[1])


@lru_cache(maxsize=64)
def _styled_cells(styles: frozenset[int]) -> tuple[re.Pattern[bytes], re.Pattern[bytes]]:
    """Patterns for the order of attributes that all programs of note write, and for any."""
    numbers = b"|".join(str(style).encode() for style in sorted(styles, reverse=True))
    usual = rb'<c r="([A-Z]{1,3})([0-9]{1,7})" s="(' + numbers + rb')"[^>]*(?<!/)>'
    any_order = rb"<(?:\w+:)?c\s[^>]*?\bs=[\"'](" + numbers + rb")[\"'][^>]*(?<!/)>"
    return re.compile(usual), re.compile(any_order)


def formats_of(part: bytes, styles: Mapping[int, str]) -> dict[Place, str]:
    """Number formats by place, for the styles that have a plain one."""
    return {place: styles[style] for place, style in styled(part, styles)} if styles else {}


def place_of(attributes: bytes) -> Place | None:
    """The place a cell's tag names."""
    match = _REFERENCE.search(attributes)
    return (int(match[2]), column_number(match[1].decode("ascii"))) if match else None


def _text(raw: bytes | None) -> str:
    return unescape((raw or b"").decode("utf-8", "replace"))
