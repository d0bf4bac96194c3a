"""Minimal .xlsb files: binary records in a zip archive."""

import struct
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.workbooks.hostile import package

Record = tuple[int, bytes]
ERRORS = {"#DIV/0!": 7, "#N/A": 0x2A}
_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
    'content-types"><Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary'
    '.macroEnabled.main"/><Default Extension="rels" ContentType="application/vnd.openxmlformats'
    '-package.relationships+xml"/></Types>'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'


class Styled(float):
    """A figure under the second format of the workbook, a percentage."""


Value = str | float | bool | None


def packed(records: Sequence[Record]) -> bytes:
    """Records in the form of a part."""
    out = b""
    for kind, data in records:
        out += bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
        length = len(data)
        while length >= 0x80:
            out += bytes([length & 0x7F | 0x80])
            length >>= 7
        out += bytes([length]) + data
    return out


def wide(text: str) -> bytes:
    """A text with its length before it."""
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def sheet(
    rows: Sequence[Sequence[Value]],
    strings: list[str],
    *,
    merges: Sequence[tuple[int, int, int, int]] = (),
    hidden_rows: Sequence[int] = (),
    hidden_columns: Sequence[int] = (),
    dimension: tuple[int, int] | None = None,
    more: Sequence[Record] = (),
) -> bytes:
    """The part of a sheet; places of merges and hidden rows count from 1."""
    last = dimension or (len(rows), max(map(len, rows), default=1))
    records: list[Record] = [
        (129, b""),
        (148, struct.pack("<4I", 0, max(last[0] - 1, 0), 0, max(last[1] - 1, 0))),
    ]
    if hidden_columns:
        columns = [(60, struct.pack("<IIIIH", c - 1, c - 1, 2048, 0, 1)) for c in hidden_columns]
        records += [(390, b""), *columns, (391, b"")]
    records.append((145, b""))
    for row, values in enumerate(rows):
        flags = 0x10 if row + 1 in hidden_rows else 0
        records.append((0, struct.pack("<IIHBBBI", row, 0, 300, 0, flags, 0, 0)))
        records += [_cell(c, v, strings) for c, v in enumerate(values) if v is not None]
    records += [*more, (146, b"")]
    if merges:
        ranges = [(176, struct.pack("<4I", t - 1, b - 1, le - 1, r - 1)) for t, le, b, r in merges]
        records += [(177, struct.pack("<I", len(merges))), *ranges, (178, b"")]
    return packed([*records, (130, b"")])


def _cell(column: int, value: Value, strings: list[str]) -> Record:
    place = struct.pack("<II", column, int(isinstance(value, Styled)))
    if isinstance(value, bool):
        return 4, place + bytes([value])
    if isinstance(value, str) and value in ERRORS:
        return 3, place + bytes([ERRORS[value]])
    if isinstance(value, str):
        if value not in strings:
            strings.append(value)
        return 7, place + struct.pack("<I", strings.index(value))
    return 5, place + struct.pack("<d", float(value or 0))


def cell_at(row: int, column: int) -> list[Record]:
    """Records of a figure somewhere (places from 0)."""
    return [
        (0, struct.pack("<IIHBBBI", row, 0, 300, 0, 0, 0, 0)),
        (5, struct.pack("<IId", column, 0, 1.0)),
    ]


def parts(
    rows: Sequence[Sequence[Value]],
    *,
    name: str = "Sheet1",
    epoch_1904: bool = False,
    strings_claimed: int | None = None,
    **options: object,
) -> dict[str, bytes]:
    """The parts of a workbook of one sheet; options as of ``sheet``."""
    strings: list[str] = []
    page = sheet(rows, strings, **options)  # type: ignore[arg-type]
    claimed = len(strings) if strings_claimed is None else strings_claimed
    book = packed(
        [
            (131, b""),
            (153, struct.pack("<II", int(epoch_1904), 0) + wide("")),
            (143, b""),
            (156, struct.pack("<II", 0, 1) + wide("rId1") + wide(name)),
            (144, b""),
            (132, b""),
        ]
    )
    styles = packed(
        [
            (278, b""),
            (615, struct.pack("<I", 1)),
            (44, struct.pack("<H", 164) + wide("0.0%")),
            (616, b""),
            (617, struct.pack("<I", 2)),
            (47, struct.pack("<HHHHHBBBBBB", 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)),
            (47, struct.pack("<HHHHHBBBBBB", 0, 164, 0, 0, 0, 0, 0, 0, 0, 0, 0)),
            (618, b""),
            (279, b""),
        ]
    )
    shared = packed(
        [
            (159, struct.pack("<II", claimed, claimed)),
            *((19, b"\0" + wide(text)) for text in strings),
            (160, b""),
        ]
    )
    targets = {"rId1": ("worksheet", "worksheets/sheet1.bin"), "rId2": ("styles", "styles.bin"),
               "rId3": ("sharedStrings", "sharedStrings.bin")}  # fmt: skip
    return {
        "[Content_Types].xml": _TYPES.encode(),
        "_rels/.rels": _related({"rId1": ("officeDocument", "xl/workbook.bin")}),
        "xl/workbook.bin": book,
        "xl/_rels/workbook.bin.rels": _related(targets),
        "xl/worksheets/sheet1.bin": page,
        "xl/styles.bin": styles,
        "xl/sharedStrings.bin": shared,
    }


def _related(targets: Mapping[str, tuple[str, str]]) -> bytes:
    listed = "".join(
        f'<Relationship Id="{key}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for key, (kind, target) in targets.items()
    )
    return f"{_RELATIONS}{listed}</Relationships>".encode()


def xlsb(path: Path, rows: Sequence[Sequence[Value]], **options: object) -> Path:
    """An .xlsb of one sheet; options as of ``parts``."""
    path.parent.mkdir(parents=True, exist_ok=True)
    return package(path, parts(rows, **options))  # type: ignore[arg-type]
