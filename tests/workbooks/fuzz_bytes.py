"""Valid files of every format, and what accidents make of their bytes and of their XML."""

import io
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path
from random import Random

from tests.workbooks import biff, builders, xlsb
from tests.workbooks import opendocument as od
from tests.workbooks.builders import Cell, Range

#: Name → file ending.
FORMATS = {
    "xlsx": "xlsx", "xlsb": "xlsb", "xls8": "xls", "xls5": "xls", "ods": "ods",
    "gb18030": "csv", "utf8": "csv", "utf16": "csv",
}  # fmt: skip
PACKED = ("xlsx", "xlsb", "ods")
_ATTRIBUTE = re.compile(rb' ([\w:]+)="([^"]*)"')
_ELEMENT = re.compile(rb"<(\w[\w:]*)[^<>]*/>|<(\w[\w:]*)[^<>]*>[^<>]*</\2>")
_ODD = [
    b"", b"0", b"-1", b"1", b"7", b"65536", b"1048576", b"1048577", b"99999999999", b"1e9", b"NaN",
    b"A1", b"C5", b"ZZZ9", b"A0", b"B6:A1", b"A1:XFD1048576", b"s", b"n", b"b", b"e", b"str", b"d",
    b"inlineStr", b"float", b"percentage", b"date", b"hidden", b"veryHidden", b"true",
    b"x" * 40_000, b"&#0;", b"&amp;", b"\xff\xfe", b"../../etc", b"rId1", b"rId99",
]  # fmt: skip


def build(name: str, path: Path, rows: Sequence[Sequence[Cell]], merges: Sequence[Range]) -> bytes:
    """The bytes of a form in a format."""
    if name == "xlsx":
        builders.workbook(path, rows, merges, "收入")
    elif name == "xlsb":
        xlsb.xlsb(path, rows, merges=merges)
    elif name == "ods":
        od.ods(path, od.table(*(od.row(*map(_ods_cell, row)) for row in rows)))
    elif name in ("xls8", "xls5"):
        biff.xls(path, biff.Page("收入", rows), version=int(name[-1]), codepage=936)
    else:
        text = "".join(",".join(map(_quoted, row)) + "\r\n" for row in rows)
        path.write_bytes(text.encode({"utf8": "utf-8-sig", "utf16": "utf-16"}.get(name, name)))
    return path.read_bytes()


def _ods_cell(value: Cell) -> str:
    if value is None:
        return od.empty()
    return od.text(value) if isinstance(value, str) else od.number(value)


def _quoted(value: Cell) -> str:
    return "" if value is None else f'"{value}"' if isinstance(value, str) else str(value)


def spoilt(name: str, content: bytes, random: Random) -> tuple[bytes, bool]:
    """A file that something happened to; whether its checksums would tell."""
    if name in PACKED and random.randrange(3):
        return _inside(content, random), False
    return _bytes(content, random), name in PACKED


def _bytes(content: bytes, random: Random) -> bytes:
    changed = bytearray(content)
    for _ in range(random.choice((1, 1, 2, 5))):
        at, length = random.randrange(len(changed)), random.choice((1, 1, 2, 4, 16, 200))
        piece = bytes(changed[at : at + length])
        kind = random.randrange(6)
        if kind == 0:
            changed[at] ^= 1 << random.randrange(8)
        elif kind == 1:
            changed[at : at + length] = random.randbytes(len(piece))
        elif kind == 2:
            changed[at:at] = piece
        elif kind == 3 and len(changed) > 2 * length:
            del changed[at : at + length]
        elif kind == 4:
            to = random.randrange(len(changed))
            changed[to : to + len(piece)] = piece
        elif random.randrange(4) == 0:
            del changed[max(at, 1) :]
    return bytes(changed)


def _inside(content: bytes, random: Random) -> bytes:
    """One part of the archive is changed, and packed again with its checksum right."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {entry: archive.read(entry) for entry in archive.namelist()}
    name = random.choice(sorted(parts, key=lambda entry: ("sheet" in entry, entry)))
    if random.randrange(2):
        name = max(
            parts, key=lambda entry: len(parts[entry]) * ("sheet" in entry or "content" in entry)
        )
    if name.endswith((".xml", ".rels")):
        parts[name] = _xml(parts[name], random)
    else:
        parts[name] = _bytes(parts[name], random) if parts[name] else b"?"
    if random.randrange(12) == 0:
        parts.pop(random.choice(sorted(parts)))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry, part in parts.items():
            archive.writestr(entry, part)
    return out.getvalue()


def _xml(part: bytes, random: Random) -> bytes:
    """An attribute changed, doubled or left out; an element cut out, doubled or moved."""
    for _ in range(random.choice((1, 1, 2, 4))):
        attributes = list(_ATTRIBUTE.finditer(part))
        elements = list(_ELEMENT.finditer(part))
        kind = random.randrange(7)
        if kind < 4 and attributes:
            found = random.choice(attributes)
            name, value = found.group(1), random.choice([*_ODD, random.choice(attributes).group(2)])
            new = (b' %s="%s"' % (name, value), b"", found.group() * 2, found.group().upper())[kind]
            part = part[: found.start()] + new + part[found.end() :]
        elif 4 <= kind < 6 and elements:
            found, other = random.choice(elements), random.choice(elements)
            new = (b"", found.group() * 2)[kind - 4] if random.randrange(3) else other.group()
            part = part[: found.start()] + new + part[found.end() :]
        else:
            part = _bytes(part, random) if part else b"?"
    return part
