"""Records of an .xls stream (BIFF5 and BIFF8), and what stands in its globals."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from govstats.workbooks.formats.compound import broken
from govstats.workbooks.numberformat import BUILT_IN

BOF, EOF = 0x0809, 0x000A
_BOUNDSHEET, _FILEPASS, _DATEMODE, _CODEPAGE = 0x0085, 0x002F, 0x0022, 0x0042
_FORMAT, _XF, _SST, _CONTINUE, _SUPBOOK, _EXTERNSHEET = 0x041E, 0x00E0, 0x00FC, 0x003C, 0x01AE, 0x17
_HEAD = struct.Struct("<HH")
_CODEPAGES = {
    936: "gb18030", 950: "big5", 1200: "utf-16-le", 10000: "mac_roman", 10008: "gb18030",
    32768: "mac_roman", 32769: "cp1252", 54936: "gb18030",
}  # fmt: skip

Record = tuple[int, int, int]  # kind, where its data begins, how long they are


@dataclass(frozen=True)
class SheetEntry:
    """A sheet as the globals list it."""

    name: str
    position: int
    kind: int  # 0 worksheet, 1 macro sheet, 2 chart, 6 module


@dataclass
class Globals:
    """The workbook's own records."""

    version: int = 0
    epoch_1904: bool = False
    codepage: int = 0
    #: Where the number of the codepage stands.
    codepage_at: int = 0
    is_encrypted: bool = False
    sheets: list[SheetEntry] = field(default_factory=list)
    #: Number format of each cell style (XF).
    formats: list[str] = field(default_factory=list)
    #: Files or programs that figures are taken from, as encoded.
    sources: list[str] = field(default_factory=list)
    strings_claimed: int = 0
    strings_bytes: int = 0


def records(stream: bytes, start: int = 0) -> Iterator[Record]:
    """Records from a place to the end of its part, nested parts included.

    Raises:
        Refused: ``not_a_spreadsheet`` where a record reaches beyond the stream.
    """
    position, depth, size = start, 0, len(stream)
    while position + 4 <= size:
        kind, length = _HEAD.unpack_from(stream, position)
        data = position + 4
        if data + length > size:
            raise broken(f"record {kind:04x} at {position}: {length} bytes beyond the end")
        yield kind, data, length
        position = data + length
        if kind == BOF:
            depth += 1
        elif kind == EOF:
            depth -= 1
            if depth <= 0:
                return


def read_globals(stream: bytes) -> Globals:
    """The first part of the stream.

    Raises:
        Refused: ``not_a_spreadsheet``.
    """
    found = Globals()
    reader = _GlobalsReader(stream, found)
    for kind, data, length in records(stream):
        reader.take(kind, data, length)
        if found.is_encrypted:
            break  # what follows is not readable
    found.formats = [reader.codes.get(style, "") for style in reader.styles]
    return found


class _GlobalsReader:
    def __init__(self, stream: bytes, found: Globals) -> None:
        self._stream = stream
        self._found = found
        self.codes: dict[int, str] = dict(BUILT_IN)
        self.styles: list[int] = []
        self._last = 0

    def take(self, kind: int, data: int, length: int) -> None:
        found, stream = self._found, self._stream
        if kind == BOF and not found.version:
            found.version = short(stream, data)
        elif kind == _FILEPASS:
            found.is_encrypted = True
        elif kind == _DATEMODE:
            found.epoch_1904 = short(stream, data) == 1
        elif kind == _CODEPAGE:
            found.codepage, found.codepage_at = short(stream, data), data
        elif kind == _FORMAT:
            self.codes[short(stream, data)] = _code(stream, data + 2, length - 2, found.version)
        elif kind == _XF:
            self.styles.append(short(stream, data + 2))
        else:
            self._take_list(kind, data, length)
        self._last = kind

    def _take_list(self, kind: int, data: int, length: int) -> None:
        found, stream = self._found, self._stream
        if kind == _BOUNDSHEET and length >= 8:
            found.sheets.append(_sheet(stream, data, length, found.version, found.codepage))
        elif kind in (_SUPBOOK, _EXTERNSHEET):
            found.sources += _source(stream, data, length, kind, found.version)
        elif kind == _SST and length >= 8:
            found.strings_claimed = struct.unpack_from("<I", stream, data + 4)[0]
            found.strings_bytes = length
        elif kind == _CONTINUE and self._last in (_SST, _CONTINUE):
            found.strings_bytes += length


def short(stream: bytes, position: int) -> int:
    """A number of two bytes; 0 beyond the end."""
    value: int = struct.unpack_from("<H", stream, position)[0] if position + 2 <= len(stream) else 0
    return value


def decoded(raw: bytes, codepage: int) -> str:
    """Text of BIFF5, whose bytes mean what the workbook's codepage says.

    A workbook that does not say comes from an office where it went without saying.
    """
    encoding = _CODEPAGES.get(codepage, f"cp{codepage}") if codepage else "gb18030"
    try:
        return raw.decode(encoding)
    except (LookupError, UnicodeDecodeError):
        return raw.decode("cp1252", "replace")


def _sheet(stream: bytes, data: int, length: int, version: int, codepage: int) -> SheetEntry:
    position, _, kind, count = struct.unpack_from("<IBBB", stream, data)
    raw = stream[data + 7 : data + length]
    name = unicode(raw, count) if version >= 0x0600 else decoded(raw[:count], codepage)
    return SheetEntry(name, position, kind)


def unicode(raw: bytes, count: int) -> str:
    """Text of BIFF8 behind its flags: two bytes a character or one."""
    if not raw:
        return ""
    wide = raw[0] & 1
    text = raw[1 : 1 + count * 2] if wide else raw[1 : 1 + count]
    return text.decode("utf-16-le" if wide else "latin-1", "replace")


def _code(stream: bytes, data: int, length: int, version: int) -> str:
    if version >= 0x0600:
        return unicode(stream[data + 2 : data + length], short(stream, data))
    count = stream[data] if length > 0 else 0
    return stream[data + 1 : data + 1 + count].decode("latin-1")


def _source(stream: bytes, data: int, length: int, kind: int, version: int) -> list[str]:
    """What lies outside the workbook: an encoded path, with a \\x03 a program and its topic."""
    if version >= 0x0600:
        if kind != _SUPBOOK or length < 5:
            return []
        count = short(stream, data + 2)
        path = unicode(stream[data + 4 : data + length], count)
        # Its own sheets have a mark instead of a path, functions of add-ins another, and a
        # source that was broken off an empty one or a blank.
        own = count in (0x0401, 0x3A01) or path in ("", "\x00", "\x02", " ")
        return [] if own else [path]
    if kind != _EXTERNSHEET or length < 2:
        return []
    name = stream[data + 1 : data + 1 + stream[data]].decode("latin-1")
    # \x02 this sheet, \x03 another one of this workbook, \x04 the workbook itself.
    return [] if name[:1] in ("\x02", "\x03", "\x04", "") or name[:2] == "\x01:" else [name]
