"""Files of one form that are alike to the byte but for their figures, told without a parser.

Many units fill in one form with one program: the parts of their files, the order of texts and
every tag are then the same. An outline is all of that. Two files of one outline are read alike
but for their figures, and a look at the bytes finds in one what it found in the other.
"""

import re
import struct
import zlib
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import NamedTuple

from govstats.workbooks.formats.xlsx import BOOK, RELATIONS
from govstats.workbooks.formats.xlsx_book import read_book
from govstats.workbooks.formats.xlsx_sheet import check_text
from govstats.workbooks.limits import Limits
from govstats.workbooks.places import Place, column_number
from govstats.workbooks.refusals import Refused

_END = struct.Struct("<4s4H2LH")
_ENTRY = struct.Struct("<4s2x3H4x3L3H8xL")
_LOCAL = struct.Struct("<4s22x2H")
_DEFLATED = 8
#: Bits of a member that change nothing: how hard it was packed, sizes behind it, names in UTF-8.
_HARMLESS_BITS = 0x080E
#: Versions of the format without encryption or other packing.
_NEWEST = 20
#: A larger part is not looked at: its figures are too many for the rest to matter.
_LARGEST = 1024 * 1024
_NEEDED = frozenset((BOOK, RELATIONS))
_SHEETS, _PROPERTIES = "xl/worksheets/", "docProps/"
#: How tags of values end, how those after figures begin, and the signs of figures.
_TAG, _CLOSED, _SIGNS = b"v>", b"</", b"0123456789.-E"
_FIGURE = re.compile(rb"v>(-?[0-9]{1,15}(?:\.[0-9]{1,20})?(?:E-[0-9]{1,3})?)</v>")
_LIMIT = 1e15
_CELL = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})"[^<>]*>(?:<f[^<>]*(?:/>|>[^<>]*</f>))?<$')


class _Entry(NamedTuple):
    """A member in the directory at the end of an archive."""

    signature: bytes
    version: int
    bits: int
    method: int
    checksum: int
    packed: int
    size: int
    length: int
    extra: int
    comment: int
    start: int


class _Member(NamedTuple):
    name: str
    packed: bytes
    size: int
    checksum: int


class _Cut(NamedTuple):
    """A sheet: what stands around its figures, those as they are written, and as doubles."""

    around: list[bytes]
    texts: list[bytes]
    figures: list[float]

    @classmethod
    def of(cls, around: list[bytes], texts: list[bytes]) -> "_Cut | None":
        """None where a text is no plain figure."""
        try:
            figures = list(map(float, texts))
        except ValueError:
            return None
        if texts and (max(figures) >= _LIMIT or min(figures) <= -_LIMIT):
            return None
        return cls(around, texts, figures)


@dataclass(frozen=True)
class Outline:
    """A file without its figures: ``key`` is equal for files that are alike."""

    key: Hashable
    sheets: Mapping[str, _Cut]
    members: Sequence[_Member]

    @cached_property
    def figures(self) -> list[float]:
        """What was left out, sheet part by sheet part."""
        return [figure for cut in self.sheets.values() for figure in cut.figures]

    @cached_property
    def texts(self) -> list[bytes]:
        """The figures as they are written."""
        return [text for cut in self.sheets.values() for text in cut.texts]


def outline(content: bytes, limits: Limits) -> Outline | None:
    """The outline of an .xlsx; None where it is anything else, or in any way unusual.

    Args:
        content: the file.
        limits: what it may ask for.
    """
    members = _members(content)
    if not members or not _NEEDED.issubset(member.name for member in members):
        return None
    if sum(member.size for member in members) > min(limits.unpacked_bytes, limits.ratio_from_bytes):
        return None
    said: list[Hashable] = []
    sheets: dict[str, _Cut] = {}
    for member in members:
        if member.name.startswith(_PROPERTIES) and member.name.endswith(".xml"):
            if not _is_harmless(member):  # who saved it when: of no account
                return None
            said.append(member.name)
        elif member.name.startswith(_SHEETS) and member.name.endswith(".xml"):
            cut = _sheet(member, limits)
            if cut is None:
                return None
            sheets[member.name] = cut
            said.append((member.name, b"\0".join(cut.around)))
        else:
            said.append(member)
    return Outline(tuple(said), sheets, members)


def places_of(own: Outline) -> Iterator[tuple[str, Place] | None]:
    """Sheet and place of each figure of an outline, None where that is not certain.

    Args:
        own: of a file that ``prescan`` has let through.
    """
    members = {member.name: member for member in own.members}
    book = read_book(*(_unpacked(members[name]) or b"" for name in (BOOK, RELATIONS)))
    names = {part: sheet for sheet, part in book.parts.items()}
    for part, cut in own.sheets.items():
        for before, behind in pairwise(cut.around):
            cell = _CELL.search(before) if behind.startswith(b"</c>") else None
            if cell is None or part not in names:
                yield None
            else:
                yield names[part], (int(cell[2]), column_number(cell[1].decode("ascii")))


def _members(content: bytes) -> list[_Member] | None:
    """The members of an archive that is laid out as nearly all are; otherwise None."""
    end = len(content) - _END.size
    if end < 0:
        return None
    signature, *disks, count, again, size, at, comment = _END.unpack_from(content, end)
    is_plain = signature == b"PK\x05\x06" and not any(disks) and count == again and not comment
    if not is_plain or at + size != end:
        return None
    members = []
    for _ in range(count):
        if at + _ENTRY.size > end:
            return None
        entry = _Entry._make(_ENTRY.unpack_from(content, at))
        at += _ENTRY.size
        name = content[at : at + entry.length]
        packed = _packed(content, entry, name)
        if packed is None:
            return None
        members.append(_Member(name.decode("ascii"), packed, entry.size, entry.checksum))
        at += entry.length
    return members if at == end else None


def _packed(content: bytes, entry: _Entry, name: bytes) -> bytes | None:
    """The packed bytes of a member, None where its header is not quite plain."""
    is_plain = entry.signature == b"PK\x01\x02" and entry.method == _DEFLATED
    if not is_plain or entry.extra or entry.comment or entry.bits & ~_HARMLESS_BITS:
        return None
    if entry.version > _NEWEST or entry.size > _LARGEST or not name.isascii():
        return None
    if entry.start + _LOCAL.size > len(content) or name.endswith(b"/"):
        return None
    signature, length, extra = _LOCAL.unpack_from(content, entry.start)
    start = entry.start + _LOCAL.size
    # Another program may go by the local header: both must tell the same story.
    if signature != b"PK\x03\x04" or content[start : start + length] != name:
        return None
    start += length + extra
    packed = content[start : start + entry.packed]
    return packed if len(packed) == entry.packed else None


def _unpacked(member: _Member) -> bytes | None:
    """The bytes of a member, None where it is not what it claims."""
    try:
        whole = zlib.decompressobj(-zlib.MAX_WBITS).decompress(member.packed, member.size + 1)
    except zlib.error:
        return None
    is_sound = len(whole) == member.size and zlib.crc32(whole) == member.checksum
    return whole if is_sound else None


@lru_cache(maxsize=64)
def _is_harmless(member: _Member) -> bool:
    whole = _unpacked(member)
    return whole is not None and not _has_hidden(whole)


def _has_hidden(whole: bytes) -> bool:
    """Whether there are comments or declarations, or another encoding than that of ASCII."""
    return b"\0" in whole or (b"!" in whole and b"<!" in whole)


def _sheet(member: _Member, limits: Limits) -> _Cut | None:
    """A sheet cut at its figures."""
    whole = _unpacked(member)
    if whole is None or _has_hidden(whole):  # comments may hide what is no cell
        return None
    try:
        check_text(whole, limits, member.name)
    except Refused:
        return None
    return _cut(whole) or _cut_slowly(whole)


def _cut(whole: bytes) -> _Cut | None:
    """A sheet in which all values are written as figures; otherwise None."""
    pieces = whole.split(_TAG)
    count = len(pieces) // 2
    if len(pieces) != 2 * count + 1 or whole.count(_CLOSED + _TAG) != count:
        return None
    between = b"".join(pieces[1::2])
    if between.translate(None, _SIGNS) != _CLOSED * count:
        return None
    return _Cut.of(pieces[0::2], between.split(_CLOSED)[:-1])


def _cut_slowly(whole: bytes) -> _Cut | None:
    pieces = _FIGURE.split(whole)
    return _Cut.of(pieces[0::2], pieces[1::2])
