"""A zip archive opened with suspicion: its directory checked, its members unpacked by the piece."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from functools import lru_cache

from govstats.workbooks.formats.scan import unsafe
from govstats.workbooks.limits import Limits
from govstats.workbooks.refusals import Refused

_CHUNK = 1024 * 1024
#: Packed bytes handed to the decompressor at a time.
_FEED = 256 * 1024
#: Size up to which a member may be one of many that are alike.
_FORM = 16 * 1024
#: Packed bytes that surely hold the first four of a member.
_HEAD = 1024
_LOCAL = struct.Struct("<4s22xHH")
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
#: Members that are archives themselves; spreadsheets embed other documents here and nowhere else.
_EMBEDDINGS = "xl/embeddings/"
_ARCHIVE = b"PK\x03\x04"


def damaged(error: BaseException | None = None) -> Refused:
    """The archive is cut off, or its headers contradict each other."""
    refused = Refused("not_a_spreadsheet", variant="damaged")
    refused.__cause__ = error
    return refused


class Package:
    """The members of an archive; unpacking counts against one budget for all of them.

    Args:
        content: the file.
        limits: what it may ask for.

    Raises:
        Refused: ``encrypted``, ``not_a_spreadsheet`` or ``unsafe_archive``.
    """

    def __init__(self, content: bytes, limits: Limits) -> None:
        self.content = content
        self._limits = limits
        self.unpacked = 0
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                members = archive.infolist()
        except (
            zipfile.BadZipFile,
            NotImplementedError,
            OSError,
            ValueError,
            struct.error,
        ) as error:
            raise damaged(error) from error
        self._check(members)
        self.members = {member.filename: member for member in members if not member.is_dir()}

    def _check(self, members: list[zipfile.ZipInfo]) -> None:
        if len(members) > self._limits.entries:
            raise unsafe("entries", len(members), self._limits.entries)
        if any(member.flag_bits & 0x1 for member in members):
            raise Refused("encrypted")
        seen: set[str] = set()
        for member in members:
            name = member.filename
            _check_name(name, member.orig_filename)
            if name.lower() in seen:
                raise Refused("unsafe_archive", variant="twice", part=name)
            seen.add(name.lower())
            if member.compress_type not in _METHODS:
                raise Refused("unsafe_archive", variant="method", part=name)

    def read(self, name: str, *, at_most: int | None = None) -> bytes:
        """A whole member, or its first bytes."""
        parts, length = [], 0
        for chunk in self.chunks(name):
            parts.append(chunk)
            length += len(chunk)
            if at_most is not None and length >= at_most:
                break
        return parts[0] if len(parts) == 1 else b"".join(parts)

    def chunks(self, name: str) -> Iterator[bytes]:
        """A member by the piece, checked against budget, size and checksum.

        Raises:
            Refused: ``unsafe_archive`` over the budget, ``not_a_spreadsheet`` where damaged.
        """
        member = self.members[name]
        if member.file_size <= _CHUNK and member.compress_type == zipfile.ZIP_DEFLATED:
            yield self._at_once(member)
            return
        checksum, length = 0, 0
        try:
            for chunk in self._inflated(member):
                self._spend(len(chunk))
                length += len(chunk)
                checksum = zlib.crc32(chunk, checksum)
                yield chunk
        except zlib.error as error:
            raise damaged(error) from error
        if length != member.file_size or checksum != member.CRC:
            raise damaged()

    def _at_once(self, member: zipfile.ZipInfo) -> bytes:
        """A member that claims to be small: one byte more than claimed is a lie, not a bomb."""
        packed = bytes(self._packed(member))
        inflate = _inflated_again if member.file_size <= _FORM else _inflated
        try:
            whole = inflate(packed, member.file_size + 1)
        except zlib.error as error:
            raise damaged(error) from error
        self._spend(len(whole))
        if len(whole) != member.file_size or zlib.crc32(whole) != member.CRC:
            raise damaged()
        return whole

    def _inflated(self, member: zipfile.ZipInfo) -> Iterator[bytes]:
        packed = self._packed(member)
        if member.compress_type == zipfile.ZIP_STORED:
            for start in range(0, len(packed), _CHUNK):
                yield bytes(packed[start : start + _CHUNK])
            return
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        for start in range(0, len(packed), _FEED):
            fresh: bytes | memoryview = packed[start : start + _FEED]
            while fresh and not inflater.eof:
                chunk = inflater.decompress(fresh, _CHUNK)
                if chunk:
                    yield chunk
                fresh = inflater.unconsumed_tail
        if rest := inflater.flush():
            yield rest
        if not inflater.eof:
            raise damaged()

    def _packed(self, member: zipfile.ZipInfo) -> memoryview:
        start = member.header_offset
        header = self.content[start : start + _LOCAL.size]
        if len(header) < _LOCAL.size:
            raise damaged()
        signature, name_length, extra_length = _LOCAL.unpack(header)
        start += _LOCAL.size + name_length + extra_length
        end = start + member.compress_size
        name = self.content[start - name_length - extra_length : start - extra_length]
        # Another program may go by the local header: both must tell the same story.
        if signature != _ARCHIVE or end > len(self.content) or not _is_name(name, member):
            raise damaged()
        return memoryview(self.content)[start:end]

    def _spend(self, size: int) -> None:
        self.unpacked += size
        limits, packed = self._limits, len(self.content)
        if self.unpacked > limits.unpacked_bytes:
            raise unsafe("unpacked_bytes", self.unpacked, limits.unpacked_bytes)
        if self.unpacked > max(limits.ratio_from_bytes, limits.ratio * packed):
            raise unsafe("ratio", self.unpacked // packed, limits.ratio)

    def check_nested(self) -> None:
        """Refuse archives within the archive, but for documents embedded as such.

        Those are never unpacked; what they claim to hold must be within the limits all the same.
        """
        for name, member in self.members.items():
            if name.endswith((".xml", ".rels")):
                continue
            packed = self._packed(member)[:_HEAD]
            if member.compress_type == zipfile.ZIP_STORED:
                head = bytes(packed[:4])
            else:
                try:
                    head = zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, 4)
                except zlib.error as error:
                    raise damaged(error) from error
            if head == _ARCHIVE and not self._is_document(name):
                raise Refused("unsafe_archive", variant="nested", part=name)

    def _is_document(self, name: str) -> bool:
        if not name.startswith(_EMBEDDINGS):
            return False
        try:
            with zipfile.ZipFile(io.BytesIO(self.read(name))) as inner:
                members = inner.infolist()
        except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, struct.error):
            return False
        claimed = sum(member.file_size for member in members)
        packed = sum(member.compress_size for member in members)
        limits = self._limits
        return (
            "[Content_Types].xml" in {member.filename for member in members}
            and claimed <= max(limits.ratio_from_bytes, limits.ratio * packed)
        )  # fmt: skip


def _inflated(packed: bytes, at_most: int) -> bytes:
    return zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, at_most)


#: The small parts of one form are alike in all its files: theme, styles, relations.
_inflated_again = lru_cache(maxsize=128)(_inflated)


def _is_name(local: bytes, member: zipfile.ZipInfo) -> bool:
    if local.isascii():
        return local.decode("ascii") == member.orig_filename
    encoding = "utf-8" if member.flag_bits & 0x800 else "cp437"
    return local.decode(encoding, "replace") == member.orig_filename


def _check_name(name: str, original: str) -> None:
    """Names that would leave the folder they are unpacked in are no accident."""
    parts = name.replace("\\", "/").split("/")
    is_absolute = name.startswith(("/", "\\")) or name[1:2] == ":"
    if is_absolute or ".." in parts or "\\" in name or "\x00" in original:
        raise Refused("unsafe_archive", variant="path", part=name)
