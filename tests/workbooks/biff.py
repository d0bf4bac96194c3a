"""Minimal .xls files, byte by byte: BIFF5 and BIFF8 in a compound file."""

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

Record = tuple[int, bytes]
_SECTOR = 512
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
ERRORS = {"#NULL!": 0, "#DIV/0!": 7, "#VALUE!": 0x0F, "#REF!": 0x17, "#NAME?": 0x1D, "#N/A": 0x2A}
#: XF numbers of the builder: General, a percentage, two decimals, a date.
GENERAL, PERCENT, DECIMALS, DATE = 0, 1, 2, 3
_FORMATS = (0, 10, 2, 14)


@dataclass(frozen=True)
class Styled:
    """A figure under one of the builder's formats."""

    value: float
    style: int


Value = str | float | bool | Styled | None


@dataclass
class Page:
    """A sheet: its rows, and records of its own."""

    name: str
    rows: Sequence[Sequence[Value]] = ()
    kind: int = 0
    state: int = 0
    merges: Sequence[tuple[int, int, int, int]] = ()
    more: Sequence[Record] = field(default_factory=tuple)


def compound(streams: Mapping[str, bytes]) -> bytes:
    """A compound file of some streams, each padded so that none is a short one."""
    bodies = {name: body.ljust(4096, b"\0") for name, body in streams.items()}
    padded = [body.ljust(-(-len(body) // _SECTOR) * _SECTOR, b"\0") for body in bodies.values()]
    directory_sectors = (len(streams) + 1 + 3) // 4
    data_sectors = sum(len(body) // _SECTOR for body in padded)
    fats = 1
    while fats * 128 < fats + directory_sectors + data_sectors:
        fats += 1
    fat = [_FAT] * fats + _chain(fats, directory_sectors)
    entries = [_entry("Root Entry", 5, _END, 0, child=1)]
    position = fats + directory_sectors
    for number, (name, body) in enumerate(zip(bodies, padded, strict=True), start=1):
        sectors = len(body) // _SECTOR
        fat += _chain(position, sectors)
        following = number + 1 if number < len(streams) else _FREE
        entries.append(_entry(name, 2, position, len(bodies[name]), right=following))
        position += sectors
    fat += [_FREE] * (fats * 128 - len(fat))
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6,
        0, fats, fats, 0, 4096, _END, 0, _END, 0,
    ) + struct.pack("<109I", *range(fats), *[_FREE] * (109 - fats))  # fmt: skip
    table = struct.pack(f"<{len(fat)}I", *fat)
    listed = b"".join(entries).ljust(directory_sectors * _SECTOR, b"\0")
    return header + table + listed + b"".join(padded)


def _chain(start: int, length: int) -> list[int]:
    return [*range(start + 1, start + length), _END] if length else []


def _entry(
    name: str, kind: int, start: int, size: int, *, right: int = _FREE, child: int = _FREE
) -> bytes:
    raw = name.encode("utf-16-le") + b"\0\0"
    return struct.pack(
        "<64sHBBIII16xIQQIQ", raw, len(raw), kind, 1, _FREE, right, child, 0, 0, 0, start, size
    )


def stream(
    pages: Sequence[Page],
    *,
    version: int = 8,
    codepage: int | None = 1200,
    epoch_1904: bool = False,
    more: Sequence[Record] = (),
    strings_claimed: int | None = None,
    split_strings_at: int = 8000,
) -> bytes:
    """The stream of a workbook.

    Args:
        pages: its sheets.
        version: 5 or 8.
        codepage: what the CODEPAGE record says; None leaves it out.
        epoch_1904: whether dates count from 1904.
        more: further records of the globals.
        strings_claimed: the number of shared texts to claim instead of the true one.
        split_strings_at: bytes of the table of texts in one record.
    """
    strings: dict[str, int] = {}
    bodies = [_page(page, version, strings, codepage) for page in pages]
    head: list[Record] = [_bof(version, 5)]
    if codepage is not None:
        head.append((0x42, struct.pack("<H", codepage)))
    head.append((0x22, struct.pack("<H", int(epoch_1904))))
    head += [(0xE0, struct.pack("<HH", 0, code).ljust(20 if version == 8 else 16, b"\0"))
             for code in _FORMATS]  # fmt: skip
    tail: list[Record] = list(more)
    if version == 8:
        tail += _strings(list(strings), strings_claimed, split_strings_at)
    tail.append((0x0A, b""))
    sheets = [_boundsheet(page, version, codepage, 0) for page in pages]
    start = len(packed([*head, *sheets, *tail]))
    for number, body in enumerate(bodies):
        sheets[number] = _boundsheet(pages[number], version, codepage, start)
        start += len(body)
    return packed([*head, *sheets, *tail]) + b"".join(bodies)


def packed(records: Sequence[Record]) -> bytes:
    """Records in the form of a stream."""
    return b"".join(struct.pack("<HH", kind, len(data)) + data for kind, data in records)


def _bof(version: int, kind: int) -> Record:
    number = 0x0600 if version == 8 else 0x0500
    return 0x0809, struct.pack("<HHHHII", number, kind, 0x0DBB, 0x07CC, 0, 6)[
        : 16 if version == 8 else 8
    ]


def _boundsheet(page: Page, version: int, codepage: int | None, position: int) -> Record:
    if version == 8:
        name = struct.pack("<BB", len(page.name), 1) + page.name.encode("utf-16-le")
    else:
        raw = page.name.encode(_encoding(codepage))
        name = struct.pack("<B", len(raw)) + raw
    return 0x85, struct.pack("<IBB", position, page.state, page.kind) + name


def _encoding(codepage: int | None) -> str:
    return {936: "gb18030", None: "cp1252"}.get(codepage, f"cp{codepage}")


def _page(page: Page, version: int, strings: dict[str, int], codepage: int | None) -> bytes:
    records: list[Record] = [_bof(version, 0x10 if page.kind == 0 else 0x40)]
    for row, values in enumerate(page.rows):
        for column, value in enumerate(values):
            if value is not None:
                records.append(_cell(row, column, value, version, strings, codepage))
    records += page.more
    if page.merges:
        ranges = b"".join(
            struct.pack("<4H", top - 1, bottom - 1, left - 1, right - 1)
            for top, left, bottom, right in page.merges
        )
        records.append((0xE5, struct.pack("<H", len(page.merges)) + ranges))
    return packed([*records, (0x0A, b"")])


def _cell(
    row: int, column: int, value: Value, version: int, strings: dict[str, int], codepage: int | None
) -> Record:
    place = struct.pack("<HH", row, column)
    if isinstance(value, bool):
        return 0x205, place + struct.pack("<HBB", 0, value, 0)
    if isinstance(value, Styled):
        return 0x203, place + struct.pack("<Hd", value.style, value.value)
    if isinstance(value, str) and value in ERRORS:
        return 0x205, place + struct.pack("<HBB", 0, ERRORS[value], 1)
    if isinstance(value, str) and version == 8:
        return 0xFD, place + struct.pack("<HI", 0, strings.setdefault(value, len(strings)))
    if isinstance(value, str):
        raw = value.encode(_encoding(codepage))
        return 0x204, place + struct.pack("<HH", 0, len(raw)) + raw
    return 0x203, place + struct.pack("<Hd", 0, float(value or 0))


def _strings(texts: list[str], claimed: int | None, split_at: int) -> list[Record]:
    """The table of texts; a text that is cut goes on behind its flags in the next record."""
    total = len(texts) if claimed is None else claimed
    pieces = [struct.pack("<II", total, total)]
    for text in texts:
        raw = text.encode("utf-16-le")
        if len(pieces[-1]) + 3 > split_at:
            pieces.append(b"")
        pieces[-1] += struct.pack("<HB", len(raw) // 2, 1)
        while len(pieces[-1]) + len(raw) > split_at:
            room = max((split_at - len(pieces[-1])) // 2 * 2, 0)
            pieces[-1] += raw[:room]
            raw = raw[room:]
            pieces.append(b"\x01")
        pieces[-1] += raw
    return [(0xFC if number == 0 else 0x3C, piece) for number, piece in enumerate(pieces)]


def xls(path: Path, *pages: Page, **options: object) -> Path:
    """An .xls of some sheets; options as of ``stream``."""
    version = options.get("version", 8)
    name = "Workbook" if version == 8 else "Book"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(compound({name: stream(pages, **options)}))  # type: ignore[arg-type]
    return path


def formula(row: int, column: int, *, error: str = "", number: float = 0.0) -> Record:
    """A formula cell (places from 0) with its last result."""
    if error:
        result = struct.pack("<BBBBHH", 2, 0, ERRORS[error], 0, 0, 0xFFFF)
    else:
        result = struct.pack("<d", number)
    return 0x06, struct.pack("<HHH", row, column, 0) + result + struct.pack("<HIH", 0, 0, 0)


def hidden_row(row: int) -> Record:
    """A row (from 0) that is hidden."""
    return 0x208, struct.pack("<HHHHHHI", row, 0, 4, 255, 0, 0, 0x20)


def hidden_columns(first: int, last: int) -> Record:
    """Columns (from 0) that are hidden."""
    return 0x7D, struct.pack("<HHHHHH", first, last, 2048, 0, 1, 0)


def supbook(path: str) -> Record:
    """A source outside the workbook."""
    return 0x1AE, struct.pack("<HHB", 1, len(path), 1) + path.encode("utf-16-le")
