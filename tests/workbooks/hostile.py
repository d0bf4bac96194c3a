"""Builders of files as nobody should send them: each writes one file and returns its path."""

import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.workbooks.biff import compound
from tests.workbooks.builders import workbook


def changed_part(path: Path, part: str, change: Callable[[bytes], bytes]) -> Path:
    """Rewrite one part of a workbook in place."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = change(parts[part])
    return package(path, parts)


def package(path: Path, parts: Mapping[str, bytes]) -> Path:
    """A zip archive of some parts."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def plain(path: Path) -> Path:
    """A workbook with a text and a figure, to spoil."""
    return workbook(path, [["文本", "数"], ["甲", 1.5]])


def replaced(path: Path, part: str, old: bytes, new: bytes) -> Path:
    """A plain workbook with some bytes of one part exchanged."""

    def change(content: bytes) -> bytes:
        if old not in content:
            raise ValueError(f"{part} has no {old!r}")
        return content.replace(old, new, 1)

    return changed_part(plain(path), part, change)


_SHEET = "xl/worksheets/sheet1.xml"


def far_cell(path: Path) -> Path:
    """One cell in the last row and column there are."""
    return replaced(
        path, _SHEET, b"</sheetData>",
        b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>',
    )  # fmt: skip


def far_style(path: Path) -> Path:
    """A cell out there that only carries a style, as a formatted column leaves behind."""
    return replaced(
        path, _SHEET, b"</sheetData>",
        b'<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>',
    )  # fmt: skip


def false_dimension(path: Path) -> Path:
    """The sheet claims to reach A1 only."""
    return replaced(path, _SHEET, b'<dimension ref="A1:B2"/>', b'<dimension ref="A1"/>')


def false_string_count(path: Path) -> Path:
    """A billion shared strings claimed, three there."""
    return replaced(path, "xl/sharedStrings.xml", b'uniqueCount="3"', b'uniqueCount="4000000000"')


def declaration(path: Path) -> Path:
    """An entity that expands into itself many times over."""
    return replaced(
        path, "xl/sharedStrings.xml", b"<sst", b'<!DOCTYPE sst [<!ENTITY a "aaaa">]><sst'
    )


def declaration_in_utf16(path: Path) -> Path:
    """The same, in an encoding that hides it from a search for ASCII."""

    def change(content: bytes) -> bytes:
        text = content.decode().replace("UTF-8", "UTF-16")
        return text.replace("<sst", '<!DOCTYPE sst [<!ENTITY a "aaaa">]><sst').encode("utf-16")

    return changed_part(plain(path), "xl/sharedStrings.xml", change)


def zip_bomb(path: Path, megabytes: int) -> Path:
    """A part of zeros that packs into almost nothing."""
    plain(path)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/image1.bin", bytes(megabytes * 1024 * 1024))
    return path


def many_members(path: Path, count: int) -> Path:
    """An archive of very many small members."""
    plain(path)
    with zipfile.ZipFile(path, "a") as archive:
        for number in range(count):
            archive.writestr(f"xl/media/{number}", b"")
    return path


def truncated(path: Path) -> Path:
    """A workbook cut off in transfer."""
    content = plain(path).read_bytes()
    path.write_bytes(content[: len(content) // 2])
    return path


def damaged(path: Path) -> Path:
    """A workbook whose packed content was changed: the checksum no longer fits."""
    with zipfile.ZipFile(plain(path)) as archive:
        start = archive.getinfo(_SHEET).header_offset
    content = bytearray(path.read_bytes())
    content[start + 80 : start + 90] = bytes(10)
    path.write_bytes(bytes(content))
    return path


def encrypted(path: Path) -> Path:
    """The container of a workbook with a password."""
    path.write_bytes(compound({"EncryptedPackage": b"x", "EncryptionInfo": b"x"}))
    return path


def locked_member(path: Path) -> Path:
    """A zip archive whose members are marked as encrypted."""
    content = bytearray(plain(path).read_bytes())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(signature)
        while at >= 0:
            content[at + offset] |= 1
            at = content.find(signature, at + 4)
    path.write_bytes(bytes(content))
    return path
