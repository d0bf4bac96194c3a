"""Binary workbooks of Excel (.xlsb): records within a zip archive."""

import struct
from collections.abc import Iterator

from govstats.workbooks.cells import Merge, Place
from govstats.workbooks.formats.archive import Package
from govstats.workbooks.formats.compound import broken
from govstats.workbooks.formats.scan import Scan, SheetFacts, cell_too_long, check_area, unsafe
from govstats.workbooks.formats.xls_sheet import ERRORS, CellStyles
from govstats.workbooks.formats.xlsx import check_active, checked
from govstats.workbooks.formats.xlsx_book import read_relations
from govstats.workbooks.limits import Limits
from govstats.workbooks.numberformat import BUILT_IN
from govstats.workbooks.refusals import Refused

BOOK = "xl/workbook.bin"
_RELATIONS = "xl/_rels/workbook.bin.rels"
_STYLES, _STRINGS = "xl/styles.bin", "xl/sharedstrings.bin"
_ROW, _COLUMN, _MERGE, _PROPERTIES, _SHEET = 0, 60, 176, 153, 156
_FORMAT, _STYLE, _BEGIN_STYLES, _END_STYLES = 44, 47, 617, 618
_BEGIN_STRINGS, _STRING = 159, 19
#: Cells with content: a number, error, truth value, text; typed or the result of a formula.
_CELLS = frozenset((2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 62))
_ERRORS, _TEXTS = frozenset((3, 11)), frozenset((6, 8, 62))
_LONG = struct.Struct("<I")
_TWO = struct.Struct("<II")

Record = tuple[int, int, int]


def records(part: bytes) -> Iterator[Record]:
    """Records of a part: kind, where the data begin, how long they are.

    Raises:
        Refused: ``not_a_spreadsheet`` where a record reaches beyond the part.
    """
    position, size = 0, len(part)
    while position < size:
        kind = part[position]
        position += 1
        if kind & 0x80 and position < size:
            kind = (kind & 0x7F) | (part[position] & 0x7F) << 7
            position += 1
        length, shift = 0, 0
        while position < size and shift < 28:
            byte = part[position]
            position += 1
            length |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80:
                break
        if position + length > size:
            raise broken(f"record {kind} at {position}: {length} bytes beyond the end")
        yield kind, position, length
        position += length


def scan_xlsb(package: Package, limits: Limits) -> Scan:
    """What an .xlsb holds; macros in it are never run.

    Raises:
        Refused: ``not_a_spreadsheet``, ``active_content``, ``external_link``,
            ``unsafe_archive`` or ``cell_too_long``.
    """
    names = {name.lower(): name for name in package.members}
    check_active(package, names, macros_allowed=True)
    if BOOK not in names or _RELATIONS not in names:
        raise Refused("not_a_spreadsheet", variant="parts")
    targets = read_relations(checked(package, names[_RELATIONS]), "xl")
    entries, epoch_1904 = _book(package.read(names[BOOK]))
    styles = _styles(package, names, limits)
    done = {names[BOOK], names[_RELATIONS], names.get(_STYLES, "")}
    sheets: dict[str | int, SheetFacts] = {}
    for name, relation in entries:
        part = targets.get(relation, "")
        if part in package.members and part not in done:
            sheets[name] = _sheet(package.read(part), name, styles, limits)
            done.add(part)
    if not sheets:
        raise Refused("not_a_spreadsheet", variant="parts")
    _rest(package, names, done, limits)
    return Scan("xlsb", package.content, sheets, epoch_1904, package.unpacked)


def _rest(package: Package, names: dict[str, str], done: set[str], limits: Limits) -> None:
    for name in package.members:
        if name == names.get(_STRINGS):
            _strings(package.read(name), limits)
        elif name not in done:
            checked(package, name)


def _text(part: bytes, data: int, end: int) -> tuple[str, int]:
    """A text with its length before it, and where it ends."""
    if data + 4 > end:
        return "", end
    count: int = _LONG.unpack_from(part, data)[0]
    stop = min(data + 4 + 2 * count, end)
    return part[data + 4 : stop].decode("utf-16-le", "replace"), stop


def _book(part: bytes) -> tuple[list[tuple[str, str]], bool]:
    entries, epoch_1904 = [], False
    for kind, data, length in records(part):
        if kind == _PROPERTIES and length >= 4:
            epoch_1904 = bool(part[data] & 1)
        elif kind == _SHEET and length >= 12:
            relation, after = _text(part, data + 8, data + length)
            name, _ = _text(part, after, data + length)
            entries.append((name, relation))
    return entries, epoch_1904


def _styles(package: Package, names: dict[str, str], limits: Limits) -> CellStyles:
    codes, used, is_cells = dict(BUILT_IN), [], False
    part = package.read(names[_STYLES]) if _STYLES in names else b""
    for kind, data, length in records(part):
        if kind == _FORMAT and length >= 6:
            codes[struct.unpack_from("<H", part, data)[0]] = _text(part, data + 2, data + length)[0]
        elif kind in (_BEGIN_STYLES, _END_STYLES):
            is_cells = kind == _BEGIN_STYLES
        elif kind == _STYLE and is_cells and length >= 4:
            used.append(struct.unpack_from("<H", part, data + 2)[0])
            if len(used) > limits.styles:
                raise unsafe("styles", len(used), limits.styles)
    return CellStyles.of([codes.get(number, "") for number in used])


def _strings(part: bytes, limits: Limits) -> None:
    claimed = found = 0
    for kind, data, length in records(part):
        if kind == _BEGIN_STRINGS and length >= 8:
            claimed = max(_TWO.unpack_from(part, data))
        elif kind == _STRING and length >= 5:
            found += 1
            _check_length(_LONG.unpack_from(part, data + 1)[0], length, limits, "sharedStrings.bin")
    if claimed > max(found, limits.trusted_string_claim):
        raise Refused("unsafe_archive", variant="strings", claimed=claimed, found=found)


def _check_length(count: int, length: int, limits: Limits, part: str) -> None:
    if count > limits.cell_text:
        # The claim may be false; what is really there cannot be more than the record.
        if count * 2 > length:
            raise broken(f"{part}: text of {count} in {length} bytes")
        raise cell_too_long(count, limits, part)


def _sheet(part: bytes, name: str, styles: CellStyles, limits: Limits) -> SheetFacts:
    facts = SheetFacts(merges=[])
    formats: dict[Place, str] = {}
    row = 0
    for kind, data, length in records(part):
        if kind in _CELLS and length >= 8:
            column, style = _TWO.unpack_from(part, data)
            place = (row, column + 1)
            _cell(facts, formats, styles, place, style & 0xFFFFFF)
            check_area(facts.last_row, facts.last_column, limits, name)
            if kind in _ERRORS and length >= 9:
                facts.errors[place] = ERRORS.get(part[data + 8], "#ERROR")
            elif kind in _TEXTS and length >= 12:
                skip = 9 if kind == 62 else 8
                _check_length(_LONG.unpack_from(part, data + skip)[0], length, limits, name)
        elif kind == _ROW and length >= 12:
            row = _LONG.unpack_from(part, data)[0] + 1
            if part[data + 11] & 0x10:
                facts.hidden_rows.add(row)
        elif kind in (_COLUMN, _MERGE):
            _note_shape(facts, part, kind, data, length)
    facts.formats = formats.copy
    return facts


def _cell(
    facts: SheetFacts, formats: dict[Place, str], styles: CellStyles, place: Place, style: int
) -> None:
    facts.last_row = max(facts.last_row, place[0])
    facts.last_column = max(facts.last_column, place[1])
    if style in styles.plain:
        formats[place] = styles.plain[style]
    if style in styles.percents:
        facts.percents.add(place)


def _note_shape(facts: SheetFacts, part: bytes, kind: int, data: int, length: int) -> None:
    if kind == _COLUMN and length >= 18:
        first, last = _TWO.unpack_from(part, data)
        if part[data + 16] & 1:
            facts.hidden_columns.update(range(first + 1, min(last, 16_383) + 2))
    elif kind == _MERGE and length >= 16 and facts.merges is not None:
        top, bottom, left, right = struct.unpack_from("<4I", part, data)
        facts.merges.append(Merge(top + 1, left + 1, bottom + 1, right + 1))
