"""Attacks within a zip archive: what an .xlsx can be made to do."""

import zipfile
from collections.abc import Callable
from pathlib import Path

from tests.workbooks import hostile
from tests.workbooks.attack import (
    DDE,
    EXTERNAL_ENTITY,
    LONG,
    MIB,
    Attack,
    member,
    ole,
    plain_ods,
    plain_xls,
    text,
)

_SHEET = "xl/worksheets/sheet1.xml"


def _with(**members: bytes) -> Callable[[Path], object]:
    """A plain workbook with further members; see ``member`` for their names."""

    def build(path: Path) -> None:
        hostile.plain(path)
        with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
            for name, content in members.items():
                archive.writestr(member(name), content)

    return build


def _named(name: str) -> Callable[[Path], object]:
    def build(path: Path) -> None:
        hostile.plain(path)
        with zipfile.ZipFile(path, "a") as archive:
            archive.writestr(zipfile.ZipInfo(name), b"x")

    return build


def _in_sheet(old: bytes, new: bytes) -> Callable[[Path], object]:
    return lambda path: hostile.replaced(path, _SHEET, old, new)


def _in_part(part: str, old: bytes, new: bytes) -> Callable[[Path], object]:
    return lambda path: hostile.replaced(path, part, old, new)


def _twice(path: Path) -> None:
    """Two members of one name: which one is read depends on the program."""
    hostile.plain(path)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/Worksheets/sheet1.xml", b"<worksheet/>")


def _nested(path: Path) -> None:
    inner = path.with_suffix(".inner")
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(8):
            archive.writestr(f"{number}.bin", bytes(8 * MIB))
    content = inner.read_bytes()
    hostile.package(path, {f"lib {number}.zip": content for number in range(16)})


def _embedded_bomb(path: Path) -> None:
    inner = path.with_suffix(".inner")
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b"<Types/>")
        archive.writestr("xl/media/0.bin", bytes(64 * MIB))
    _with(xl__embeddings__Sheet1=inner.read_bytes())(path)


def _many_styles(path: Path) -> None:
    style = b'<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    hostile.replaced(path, "xl/styles.xml", b"</cellXfs>", style * 1_000_000 + b"</cellXfs>")


def _swapped_names(path: Path) -> None:
    """The local headers tell other names than the directory."""
    content = bytearray(hostile.plain(path).read_bytes())
    at = content.find(b"xl/worksheets/sheet1.xml")
    content[at : at + 24] = b"xl/worksheets/sheet9.xml"
    path.write_bytes(bytes(content))


_LINK = (
    b'<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b'<externalBook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    b' r:id="rId1"/></externalLink>'
)
_LINK_TARGET = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    b'<Relationship Id="rId1" Type="x" Target="file:///D:/2019.xlsx" TargetMode="External"/>'
    b"</Relationships>"
)
_INLINE = b'<c r="B2" t="inlineStr"><is><t>' + LONG.encode() + b"</t></is></c>"

XLSX = (
    Attack("far cell", hostile.far_cell, "unsafe_archive.cell_area"),
    Attack(
        "far cell without addresses",
        _in_sheet(
            b"</sheetData>",
            b'<row r="1048576">' + b"<c/>" * 16383 + b"<c><v>1</v></c></row></sheetData>",
        ),
        "unsafe_archive.cell_area",
    ),
    Attack("false string count", hostile.false_string_count, "unsafe_archive.strings"),
    Attack("bomb by ratio", lambda path: hostile.zip_bomb(path, 200), "unsafe_archive.ratio"),
    Attack("nested bomb", _nested, "unsafe_archive.nested"),
    Attack("embedded bomb", _embedded_bomb, "unsafe_archive.nested"),
    Attack("archive as picture", _with(xl__media__1=b"PK\x03\x04x"), "unsafe_archive.nested"),
    Attack("duplicate entry", _twice, "unsafe_archive.twice"),
    Attack("path traversal", _named("../../etc/cron.d/x"), "unsafe_archive.path"),
    Attack("path within a path", _named("xl/../../x"), "unsafe_archive.path"),
    Attack("absolute path", _named("/etc/passwd"), "unsafe_archive.path"),
    Attack("drive", _named("C:/x"), "unsafe_archive.path"),
    Attack("backslashes", _named("..\\x"), "unsafe_archive.path"),
    Attack("local names differ", _swapped_names, "not_a_spreadsheet.damaged"),
    Attack("entities", hostile.declaration, "unsafe_archive.declaration"),
    Attack("entities in UTF-16", hostile.declaration_in_utf16, "unsafe_archive.declaration"),
    Attack(
        "external entity",
        _in_part("xl/workbook.xml", b"<workbook", EXTERNAL_ENTITY + b"<workbook"),
        "unsafe_archive.declaration",
    ),
    Attack(
        "external entity in a sheet",
        _in_sheet(b"<worksheet", EXTERNAL_ENTITY + b"<worksheet"),
        "unsafe_archive.declaration",
    ),
    Attack(
        "external link",
        _with(
            xl__externalLinks__externalLink1_xml=_LINK,
            xl__externalLinks___rels__externalLink1_xml_rels=_LINK_TARGET,
        ),
        "external_link",
    ),
    Attack("DDE link", _with(xl__externalLinks__1_xml=b"<ddeLink/>"), "active_content.link"),
    Attack(
        "DDE formula",
        _in_sheet(b"<v>1.5</v>", f"<f>{DDE}</f><v>1</v>".encode()),
        "active_content.command",
    ),
    Attack(
        "DDE text",
        _in_part("xl/sharedStrings.xml", "甲".encode(), f"={DDE}".encode()),
        "active_content.command_somewhere",
    ),
    Attack("macros", _with(xl__vbaProject_bin=b"x"), "active_content.macros"),
    Attack("macro sheet", _with(xl__macrosheets__1_xml=b"<x/>"), "active_content.macro_sheet"),
    Attack("encrypted", ole("EncryptedPackage"), "encrypted"),
    Attack("locked members", hostile.locked_member, "encrypted"),
    Attack("truncated", hostile.truncated, "not_a_spreadsheet.damaged"),
    Attack("damaged", hostile.damaged, "not_a_spreadsheet.damaged"),
    Attack(
        "one long cell", _in_sheet(b'<c r="B2">', _INLINE + b'<c r="B2">'), "cell_too_long.cell",
    ),
    Attack(
        "one long shared text",
        _in_part("xl/sharedStrings.xml", "甲".encode(), LONG.encode()),
        "cell_too_long.part",
    ),
    Attack(
        "one long attribute",
        _in_sheet(b"<sheetData>", b'<sheetData a="' + bytes([65]) * 60 * MIB + b'">'),
        "cell_too_long.part",
    ),
    Attack("a million styles", _many_styles, "unsafe_archive.styles"),
    Attack("an .xls under this name", plain_xls, "wrong_extension"),
    Attack("an .ods under this name", plain_ods, "wrong_extension"),
    Attack("a .csv under this name", text("甲,1\n乙,2\n".encode()), "wrong_extension"),
)  # fmt: skip
