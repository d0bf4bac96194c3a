"""A look at a submitted file as a stream of bytes, before any parser sees it.

A parser of spreadsheets trusts what a file claims: one cell at XFD1048576 or a false count of
shared strings lets it ask for more memory than there is. So sizes, counts and addresses are
read from the stream first and held against ``Limits``.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from govstats.workbooks.cells import address, column_number
from govstats.workbooks.limits import Limits
from govstats.workbooks.refusals import Refused, words
from govstats.workbooks.sniff import file_kind

_HEAD = 8 * 1024
_CHUNK = 1024 * 1024
#: Longest tag that may be cut by the end of a chunk.
_CARRY = 1024
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
#: Cells with content; one that only carries a style (``<c …/>``) takes no room.
_CELL = re.compile(rb"<(?:\w+:)?c\s[^>]*?\br=[\"']([A-Za-z]+)([0-9]+)[\"'][^>]*(?<!/)>")
_STRINGS = re.compile(rb"<(?:\w+:)?sst\b[^>]*>")
_CLAIM = re.compile(rb"\b(?:uniqueCount|count)=[\"'](\d+)[\"']")
_STRING = re.compile(rb"<(?:\w+:)?si\b")
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
#: What a package holds that is not a workbook this reader knows → the text's variant.
_OTHER_PACKAGES = (
    ("xl/workbook.bin", "unsupported_format", "xlsb"),
    ("mimetype", "unsupported_format", "opendocument"),
    ("word/document.xml", "not_a_spreadsheet", "document"),
    ("ppt/presentation.xml", "not_a_spreadsheet", "document"),
)


@dataclass(frozen=True)
class Scan:
    """What the stream held: unpacked bytes, farthest row and column with content."""

    unpacked_bytes: int
    last_row: int
    last_column: int


def prescan(path: Path, limits: Limits) -> Scan:
    """Check a file before it is parsed.

    Raises:
        Refused: ``empty_file``, ``not_a_spreadsheet``, ``encrypted``, ``unsupported_format`` or
            ``unsafe_archive``.
    """
    size = path.stat().st_size
    if size == 0:
        raise Refused("empty_file", variant="bytes")
    if size > limits.file_bytes:
        raise _unsafe("file_bytes", size, limits.file_bytes)
    with path.open("rb") as stream:
        kind = file_kind(stream.read(_HEAD))
        if kind == "ole":
            raise _ole(stream)
        if kind == "sheet_xml":
            raise Refused("unsupported_format", variant="other", kind=words("sheet_xml"))
        if kind != "zip":
            raise Refused("not_a_spreadsheet", variant="kind", kind=words(kind))
        return _archive(stream, limits)


def _ole(stream: IO[bytes]) -> Refused:
    """Old container format: encrypted workbooks and the .xls of before 2007 share it."""
    stream.seek(0)
    content = stream.read()
    if "EncryptedPackage".encode("utf-16-le") in content:
        return Refused("encrypted")
    for name in ("Workbook", "Book"):
        if name.encode("utf-16-le") in content:
            return Refused("unsupported_format", variant="xls")
    return Refused("not_a_spreadsheet", variant="kind", kind=words("document"))


def _archive(stream: IO[bytes], limits: Limits) -> Scan:
    try:
        with zipfile.ZipFile(stream) as archive:
            _check_members(archive, limits)
            return _check_contents(archive, limits, stream)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
        # Cut off in transfer, or local and central headers that contradict each other.
        raise Refused("not_a_spreadsheet", variant="damaged") from error


def _check_members(archive: zipfile.ZipFile, limits: Limits) -> None:
    members = archive.infolist()
    if len(members) > limits.entries:
        raise _unsafe("entries", len(members), limits.entries)
    if any(member.flag_bits & 0x1 for member in members):
        raise Refused("encrypted")
    names = [member.filename for member in members]
    if len(set(names)) < len(names):
        raise Refused("unsafe_archive", variant="twice")
    if any(member.compress_type not in _METHODS for member in members):
        raise Refused("unsafe_archive", variant="method")
    if "xl/workbook.xml" not in names:
        raise _other_package(names)
    if not any(name.startswith("xl/worksheets/") for name in names):
        raise Refused("not_a_spreadsheet", variant="parts")


def _other_package(names: list[str]) -> Refused:
    for name, code, kind in _OTHER_PACKAGES:
        if name in names:
            variant = "other" if code == "unsupported_format" else "kind"
            return Refused(code, variant=variant, kind=words(kind))
    return Refused("not_a_spreadsheet", variant="parts")


def _check_contents(archive: zipfile.ZipFile, limits: Limits, stream: IO[bytes]) -> Scan:
    packed = stream.seek(0, 2)
    unpacked, last_row, last_column = 0, 0, 0
    for member in archive.infolist():
        strings = _StringCount()
        for fresh, window in _chunks(archive, member):
            unpacked += fresh
            if unpacked > limits.unpacked_bytes:
                raise _unsafe("unpacked_bytes", unpacked, limits.unpacked_bytes)
            if unpacked > max(limits.ratio_from_bytes, limits.ratio * packed):
                raise _unsafe("ratio", unpacked // packed, limits.ratio)
            if _is_xml(member.filename):
                _check_declarations(window, member.filename)
            if member.filename.startswith("xl/worksheets/"):
                row, column = _farthest(window)
                last_row, last_column = max(last_row, row), max(last_column, column)
                if last_row * last_column > limits.cell_area:
                    raise _too_far(last_row, last_column, limits)
            elif member.filename.lower() == "xl/sharedstrings.xml":
                strings.add(window)
        strings.check(limits)
    return Scan(unpacked, last_row, last_column)


def _chunks(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[tuple[int, bytes]]:
    """(bytes new in this step, window that starts with the end of the one before)."""
    tail = b""
    with archive.open(member) as content:
        while chunk := content.read(_CHUNK):
            window = tail + chunk
            # UTF-16 hides ASCII from a search; without its zero bytes it does not.
            yield len(chunk), window.replace(b"\x00", b"") if b"\x00" in window else window
            tail = window[-_CARRY:]


def _is_xml(name: str) -> bool:
    return name.lower().endswith((".xml", ".rels", ".vml"))


def _check_declarations(window: bytes, part: str) -> None:
    if _DECLARATION.search(window):
        raise Refused("unsafe_archive", variant="declaration", part=part)


def _farthest(window: bytes) -> tuple[int, int]:
    found = _CELL.findall(window)
    if not found:
        return 0, 0
    columns = {letters for letters, _ in found}
    # More than three letters cannot be an address; the number is then far over any limit.
    farthest = max(column_number(letters[:4].decode()) for letters in columns)
    return max(int(digits[:9]) for _, digits in found), farthest


class _StringCount:
    """Shared strings: claimed in the head of the part, and really there."""

    def __init__(self) -> None:
        self.claimed = 0
        self.found = 0

    def add(self, window: bytes) -> None:
        head = _STRINGS.search(window) if not self.claimed else None
        if head:
            self.claimed = max((int(n[:18]) for n in _CLAIM.findall(head.group())), default=0)
        # The carried tail may show a string twice: too many found is harmless, too few is not.
        self.found += len(_STRING.findall(window))

    def check(self, limits: Limits) -> None:
        if self.claimed > max(self.found, limits.trusted_string_claim):
            raise Refused(
                "unsafe_archive", variant="strings", claimed=self.claimed, found=self.found
            )


def _unsafe(variant: str, found: int, allowed: int) -> Refused:
    return Refused("unsafe_archive", variant=variant, found=f"{found:,}", allowed=f"{allowed:,}")


def _too_far(row: int, column: int, limits: Limits) -> Refused:
    return Refused(
        "unsafe_archive",
        variant="cell_area",
        cell=address(row, min(column, 18_278)),
        allowed=f"{limits.cell_area:,}",
    )
