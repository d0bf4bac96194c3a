"""Attacks in the formats beside .xlsx: .xls, .xlsb, .ods, .csv."""

import struct
from collections.abc import Callable
from pathlib import Path

from tests.workbooks import biff, hostile, xlsb
from tests.workbooks import opendocument as od
from tests.workbooks.attack import (
    DDE,
    EXTERNAL_ENTITY,
    LONG,
    MIB,
    Attack,
    half,
    member,
    ole,
    plain_ods,
    plain_xls,
    plain_xlsb,
    text,
)


def _xls(*more: biff.Record, **options: object) -> Callable[[Path], object]:
    return lambda path: biff.xls(path, biff.Page("Sheet1", [["甲", 1.5]], more=more), **options)


def _xls_table(entry: int, value: int) -> Callable[[Path], object]:
    """An .xls whose allocation table has a wrong entry."""

    def build(path: Path) -> None:
        content = bytearray(plain_xls(path).read_bytes())
        struct.pack_into("<I", content, 512 + 4 * entry, value)
        path.write_bytes(bytes(content))

    return build


def _xls_header(offset: int, value: int) -> Callable[[Path], object]:
    def build(path: Path) -> None:
        content = bytearray(plain_xls(path).read_bytes())
        struct.pack_into("<I", content, offset, value)
        path.write_bytes(bytes(content))

    return build


def _xls_loop(path: Path) -> None:
    """The list of tables goes on in a sector that names itself as the next."""
    content = bytearray(plain_xls(path).read_bytes())
    last = len(content) // 512 - 2
    struct.pack_into("<II", content, 68, last, 1)
    content[-512:] = b"\xff" * 508 + struct.pack("<I", last)
    path.write_bytes(bytes(content))


def _xlsb(**options: object) -> Callable[[Path], object]:
    return lambda path: xlsb.xlsb(path, [["甲", 1.5]], **options)


def _xlsb_text(length: int) -> Callable[[Path], object]:
    return lambda path: xlsb.xlsb(path, [["长" * length]])


def _xlsb_record(path: Path) -> None:
    """A record that claims to be longer than its part."""
    parts = xlsb.parts([["甲", 1.5]])
    parts["xl/worksheets/sheet1.bin"] += b"\x05\xff\xff\xff\x7f"
    hostile.package(path, parts)


def _ods(*rows: str, **more: bytes) -> Callable[[Path], object]:
    members = {member(name): content for name, content in more.items()}
    return lambda path: od.ods(path, od.table(*rows), more=members)


def _ods_declaration(path: Path) -> None:
    content = od.content(od.table(od.row(od.text("甲"))))
    content = content.replace(b"<office:document", EXTERNAL_ENTITY + b"<office:document", 1)
    hostile.package(path, {"mimetype": od.MIMETYPE, "content.xml": content})


def _ods_encrypted(path: Path) -> None:
    manifest = b"<manifest:manifest><manifest:encryption-data/></manifest:manifest>"
    content = {
        "mimetype": od.MIMETYPE,
        "content.xml": b"\x8f\x12",
        "META-INF/manifest.xml": manifest,
    }
    hostile.package(path, content)


def _formula_cell(formula: str) -> str:
    return f'<table:table-cell table:formula="{formula}" office:value-type="float"/>'


_FAR_ROW = 'table:number-rows-repeated="1048575"'

XLS = (
    Attack("far cell", _xls(biff.formula(65535, 255)), "unsafe_archive.cell_area"),
    Attack("false string count", _xls(strings_claimed=10**9), "unsafe_archive.strings"),
    Attack("table with a loop", _xls_table(4, 3), "not_a_spreadsheet.container"),
    Attack("directory with a loop", _xls_table(1, 1), "not_a_spreadsheet.container"),
    Attack("sector out of the file", _xls_table(5, 0x00FFFFFF), "not_a_spreadsheet.container"),
    Attack("table out of the file", _xls_header(76, 0x7FFFFFFF), "not_a_spreadsheet.container"),
    Attack("tables in a loop", _xls_loop, "not_a_spreadsheet.container"),
    Attack("truncated", half(plain_xls), "not_a_spreadsheet.container"),
    Attack("encrypted", _xls(more=[(0x2F, b"\1\0")]), "encrypted"),
    Attack("external link", _xls(more=[biff.supbook("\x01D:2019.xls")]), "external_link"),
    Attack("DDE", _xls(more=[biff.supbook("cmd\x03/C calc")]), "active_content.link"),
    Attack(
        "macro sheet",
        lambda path: biff.xls(path, biff.Page("a", [["甲"]]), biff.Page("m", kind=1)),
        "active_content.macro_sheet",
    ),
    Attack(
        "DDE text",
        lambda path: biff.xls(path, biff.Page("a", [["甲"], [f"={DDE}"]])),
        "active_content.command",
    ),
    Attack(
        "long cell",
        lambda path: biff.xls(path, biff.Page("a", [["长" * 60_000]])),
        "cell_too_long.cell",
    ),
    Attack("a document", ole("WordDocument"), "not_a_spreadsheet.kind"),
    Attack("an .xlsx under this name", hostile.plain, "wrong_extension"),
)
XLSB = (
    Attack("far cell", _xlsb(more=xlsb.cell_at(1_048_575, 16_383)), "unsafe_archive.cell_area"),
    Attack("false string count", _xlsb(strings_claimed=4_000_000_000), "unsafe_archive.strings"),
    Attack("false record length", _xlsb_record, "not_a_spreadsheet.container"),
    Attack("one long cell", _xlsb_text(5 * MIB), "cell_too_long.part"),
    Attack("truncated", half(plain_xlsb), "not_a_spreadsheet.damaged"),
)
ODS = (
    Attack(
        "far row",
        _ods(od.row(od.empty(1000), od.text("甲"), attributes='table:number-rows-repeated="9000"')),
        "unsafe_archive.cell_area",
    ),
    Attack(
        "repeated content",
        _ods(od.row(od.text("甲", 'table:number-columns-repeated="16384"'), attributes=_FAR_ROW)),
        "unsafe_archive.cell_area",
    ),
    Attack(
        "content far away",
        _ods(od.row(od.empty(16383), attributes=_FAR_ROW), od.row(od.empty(16383), od.text("甲"))),
        "unsafe_archive.cell_area",
    ),
    Attack(
        "absurd repeat",
        _ods(od.row(od.number(1, attributes=f'table:number-columns-repeated="{10**30}"'))),
        "unsafe_archive.cell_area",
    ),
    Attack("external entity", _ods_declaration, "unsafe_archive.declaration"),
    Attack("encrypted", _ods_encrypted, "encrypted"),
    Attack("bomb by ratio", _ods(Pictures__1=bytes(100 * MIB)), "unsafe_archive.ratio"),
    Attack(
        "external link",
        _ods(od.row(_formula_cell("of:=['file:///d/2019.ods'#$Sheet1.A1]"))),
        "external_link",
    ),
    Attack("DDE", _ods(od.row(_formula_cell(f"msoxl:={DDE}"))), "active_content.command"),
    Attack("one long cell", _ods(od.row(od.text(LONG))), "cell_too_long.cell"),
    Attack("truncated", half(plain_ods), "not_a_spreadsheet.damaged"),
)
CSV = (
    Attack("NUL", text(b"a,b\n1,\x002\n" * 100), "not_a_spreadsheet.control"),
    Attack("NUL in Chinese", text("甲,1\n乙,\0\n".encode("gb18030")), "not_a_spreadsheet.control"),
    Attack("a million columns", text(b"1," * 10**6 + b"\n"), "unsafe_archive.columns"),
    Attack("a million empty columns", text(b"a,b\n" + b"," * 10**6), "unsafe_archive.columns"),
    Attack("one long cell", text(f"a,b\n1,{LONG}\n".encode()), "cell_too_long.part"),
    Attack("one long quoted cell", text(b'a,b\n1,"' + b"x\n" * 5 * MIB), "cell_too_long.part"),
    Attack("DDE", text(f"a,b\n1,={DDE}\n".encode()), "active_content.command"),
    Attack("DDE behind @", text(f"a,b\n1,@SUM(1)*{DDE}\n".encode()), "active_content.command"),
    Attack("no encoding", text(b"a,b\n1,\xff\xff\n"), "not_a_spreadsheet.encoding"),
)  # fmt: skip
