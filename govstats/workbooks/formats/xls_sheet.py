"""A sheet of an .xls stream: what the parser does not tell about it."""

import struct
from collections.abc import Mapping
from dataclasses import dataclass

from govstats.workbooks.cells import Merge, Place
from govstats.workbooks.formats.scan import SheetFacts
from govstats.workbooks.formats.xls_records import (
    BOF,
    EOF,
    Globals,
    decoded,
    records,
    short,
    unicode,
)
from govstats.workbooks.numberformat import is_percentage, is_plain

_LABELS, _STRING = frozenset((0x0204, 0x00D6)), 0x0207
_ROW, _COLINFO, _MERGES = 0x0208, 0x007D, 0x00E5
_MULTIPLE, _BOOLERR = 0x00BD, 0x0205
_FORMULAS = frozenset((0x0006, 0x0206, 0x0406))
#: Number, rk, label, label of a shared or rich text: cells whose place comes first.
_SINGLE = frozenset((0x0203, 0x027E, 0x0204, 0x00FD, 0x00D6, _BOOLERR)) | _FORMULAS
_TWO = struct.Struct("<HH")
_CELL = struct.Struct("<HHH")
ERRORS: Mapping[int, str] = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?",
    0x24: "#NUM!", 0x2A: "#N/A", 0x2B: "#GETTING_DATA",
}  # fmt: skip


@dataclass(frozen=True)
class CellStyles:
    """Which cell styles matter: percentages, and plain formats."""

    percents: frozenset[int]
    plain: Mapping[int, str]

    @classmethod
    def of(cls, formats: list[str]) -> "CellStyles":
        """From the number format of each style."""
        return cls(
            frozenset(number for number, code in enumerate(formats) if is_percentage(code)),
            {number: code for number, code in enumerate(formats) if code and is_plain(code)},
        )


def read_sheet(stream: bytes, position: int, styles: CellStyles, found: Globals) -> SheetFacts:
    """What the parser does not tell about a sheet.

    Args:
        stream: the workbook's stream.
        position: where the sheet begins in it.
        styles: see ``CellStyles``.
        found: the workbook's own records.

    Raises:
        Refused: ``not_a_spreadsheet``.
    """
    facts = SheetFacts(merges=[])
    formats: dict[Place, str] = {}
    depth, place = 0, (0, 0)
    for kind, data, length in records(stream, position):
        depth += (kind == BOF) - (kind == EOF)
        if depth > 1:
            continue  # a chart within the sheet
        if kind in _SINGLE and length >= 6:
            row, column, style = _CELL.unpack_from(stream, data)
            place = (row + 1, column + 1)
            _note(facts, formats, styles, *place, style)
            _note_error(facts, stream, kind, data, length, place)
            if kind in _LABELS and (text := _text(stream, data + 6, data + length, found)):
                facts.texts[place] = text
        elif kind == _STRING and (text := _text(stream, data, data + length, found)):
            facts.texts[place] = text  # the result of the formula before it
        elif kind == _MULTIPLE and length >= 12:
            row, column = _TWO.unpack_from(stream, data)
            for number in range((length - 6) // 6):
                style = short(stream, data + 4 + 6 * number)
                _note(facts, formats, styles, row + 1, column + 1 + number, style)
        elif kind in (_ROW, _COLINFO, _MERGES):
            _note_shape(facts, stream, kind, data, length)
    facts.formats = formats.copy
    return facts


def _text(stream: bytes, data: int, end: int, found: Globals) -> str:
    """A text that stands in its cell's record; '' where it goes on in the next one."""
    count = short(stream, data)
    if found.version < 0x0600:
        raw = stream[data + 2 : min(data + 2 + count, end)]
        return decoded(raw, found.codepage) if len(raw) == count else ""
    text = unicode(stream[data + 2 : end], count)
    return text if len(text.encode("utf-16-le")) == 2 * count else ""


def _note(
    facts: SheetFacts,
    formats: dict[Place, str],
    styles: CellStyles,
    row: int,
    column: int,
    style: int,
) -> None:
    if row > facts.last_row:
        facts.last_row = row
    if column > facts.last_column:
        facts.last_column = column
    if style in styles.plain:
        formats[row, column] = styles.plain[style]
    if style in styles.percents:
        facts.percents.add((row, column))


def _note_error(
    facts: SheetFacts, stream: bytes, kind: int, data: int, length: int, place: Place
) -> None:
    if kind == _BOOLERR and length >= 8 and stream[data + 7] == 1:
        facts.errors[place] = ERRORS.get(stream[data + 6], "#ERROR")
    elif kind in _FORMULAS and length >= 14 and _is_error(stream, data + 6):
        facts.errors[place] = ERRORS.get(stream[data + 8], "#ERROR")


def _is_error(stream: bytes, result: int) -> bool:
    """Whether the result of a formula is no number but the code of an error."""
    return stream[result] == 2 and stream[result + 6 : result + 8] == b"\xff\xff"


def _note_shape(facts: SheetFacts, stream: bytes, kind: int, data: int, length: int) -> None:
    if kind == _ROW and length >= 16:
        if stream[data + 12] & 0x20:
            facts.hidden_rows.add(short(stream, data) + 1)
    elif kind == _COLINFO and length >= 10:
        first, last = _TWO.unpack_from(stream, data)
        if short(stream, data + 8) & 1:
            facts.hidden_columns.update(range(first + 1, min(last, 255) + 2))
    elif kind == _MERGES and facts.merges is not None:
        for number in range(min(short(stream, data), (length - 2) // 8)):
            top, bottom, left, right = struct.unpack_from("<4H", stream, data + 2 + 8 * number)
            facts.merges.append(Merge(top + 1, left + 1, bottom + 1, right + 1))
