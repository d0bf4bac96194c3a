"""Compound files, the container of .xls: their allocation table is checked as it is followed."""

import struct
from array import array
from collections.abc import Iterator
from dataclasses import dataclass

from govstats.workbooks.refusals import Refused

_HEADER = struct.Struct("<8s16xHHHHH6xIIIIIIIII")
_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENTRY = struct.Struct("<64sHBxIII16x4x8x8xIQ")
#: Sector numbers from here on mean: free, end of a chain, part of the table itself.
_LAST_SECTOR = 0xFFFFFFFA
_END = 0xFFFFFFFE
_FREE = 0xFFFFFFFF
_STORAGE, _STREAM, _ROOT = 1, 2, 5


def broken(what: str) -> Refused:
    """The container contradicts itself."""
    return Refused("not_a_spreadsheet", variant="container", detail=what)


@dataclass(frozen=True)
class Entry:
    """A stream or storage of the directory."""

    name: str
    kind: int
    start: int
    size: int


class Compound:
    """The streams of a compound file.

    Every chain that is followed lies within the file and never meets itself again.

    Raises:
        Refused: ``not_a_spreadsheet`` where the allocation table is broken.
    """

    def __init__(self, content: bytes) -> None:
        self._content = content
        if len(content) < 512:
            raise broken("header")
        (
            magic, _, _, order, shift, mini_shift, _, fats, self._directory, _, self._cutoff,
            mini_start, minis, self._difat, difats,
        ) = _HEADER.unpack_from(content)  # fmt: skip
        if magic != _MAGIC or order != 0xFFFE or shift not in (9, 12) or mini_shift != 6:
            raise broken("header")
        self._size: int = 1 << shift
        self._sectors = max((len(content) + self._size - 1) // self._size - 1, 0)
        self._fat = self._table(self._fat_sectors(fats, difats))
        self.entries = self._entries()
        root = next((entry for entry in self.entries if entry.kind == _ROOT), None)
        if root is None:
            raise broken("directory")
        self._mini_fat = self._table(self._chain(mini_start)) if minis else array("I")
        self._mini = self._joined(root.start)[: root.size] if minis else b""

    def has(self, name: str) -> bool:
        """Whether a stream or storage of this name exists anywhere, whatever its case."""
        return any(entry.name.lower() == name.lower() for entry in self.entries)

    def stream(self, *names: str) -> bytes | None:
        """The content of the first stream that exists under one of the names.

        Raises:
            Refused: ``not_a_spreadsheet`` where its chain is broken or too short.
        """
        return next((self._stream(entry) for entry in self._named(*names)), None)

    def patched(self, position: int, replacement: bytes, *names: str) -> bytes:
        """The file with some bytes of a stream replaced by as many others.

        Args:
            position: where they stand in the stream.
            replacement: what to put there.
            names: see ``stream``.
        """
        content = bytearray(self._content)
        for offset, byte in enumerate(replacement, start=position):
            content[self._place(offset, *names)] = byte
        return bytes(content)

    def _place(self, offset: int, *names: str) -> int:
        """Where a byte of a stream lies in the file."""
        entry = next(entry for entry in self._named(*names))
        if entry.size >= self._cutoff:
            sectors = list(self._chain(entry.start))
        else:
            minis = list(self._chain(entry.start, self._mini_fat, len(self._mini) // 64 + 1))
            offset = minis[offset // 64] * 64 + offset % 64
            root = next(entry for entry in self.entries if entry.kind == _ROOT)
            sectors = list(self._chain(root.start))
        sector: int = sectors[offset // self._size]
        return (sector + 1) * self._size + offset % self._size

    def _named(self, *names: str) -> Iterator[Entry]:
        for name in names:
            for entry in self.entries:
                if entry.kind == _STREAM and entry.name.lower() == name.lower():
                    yield entry

    def _stream(self, entry: Entry) -> bytes:
        if entry.size < self._cutoff:
            chain = self._chain(entry.start, self._mini_fat, len(self._mini) // 64 + 1)
            content = b"".join(self._mini[64 * sector : 64 * sector + 64] for sector in chain)
        else:
            content = self._joined(entry.start)
        # A last sector may be cut short by programs that do not fill it up.
        if len(content) + self._size < entry.size:
            raise broken(f"stream {entry.name}: {len(content)} < {entry.size}")
        return content[: entry.size]

    def _fat_sectors(self, fats: int, difats: int) -> list[int]:
        sectors = list(struct.unpack_from("<109I", self._content, 76))
        position, seen = self._difat, 0
        per_sector = self._size // 4
        while position < _LAST_SECTOR and seen <= min(difats, self._sectors):
            entries = struct.unpack(f"<{per_sector}I", self._padded(position))
            sectors += entries[:-1]
            position, seen = entries[-1], seen + 1
        if position < _LAST_SECTOR:
            raise broken("table of tables has a loop")
        used = [sector for sector in sectors if sector < _LAST_SECTOR]
        if len(used) < min(fats, 1) or len(used) != len(set(used)):
            raise broken("table listed twice or not at all")
        return used

    def _table(self, sectors: Iterator[int] | list[int]) -> "array[int]":
        table = array("I", b"".join(self._padded(sector) for sector in sectors))
        if array("I", b"\x01\x00\x00\x00")[0] != 1:
            table.byteswap()
        return table

    def _padded(self, sector: int) -> bytes:
        if sector >= self._sectors:
            raise broken(f"sector {sector} of {self._sectors}")
        start = (sector + 1) * self._size
        return self._content[start : start + self._size].ljust(self._size, b"\x00")

    def _chain(self, start: int, table: "array[int] | None" = None, most: int = 0) -> Iterator[int]:
        """Sectors of a chain in order; one that meets itself is longer than the file."""
        follow = self._fat if table is None else table
        left = most or self._sectors + 1
        sector = start
        while sector not in (_END, _FREE):
            if sector >= len(follow) or not left:
                raise broken(f"sector {sector}: chain leaves the table or has a loop")
            yield sector
            left -= 1
            sector = follow[sector]

    def _joined(self, start: int) -> bytes:
        """The content of a chain; neighbouring sectors are copied together."""
        pieces, first, last = [], -1, -2
        for sector in self._chain(start):
            if sector >= self._sectors:
                raise broken(f"sector {sector} of {self._sectors}")
            if sector != last + 1:
                if first >= 0:
                    pieces.append(self._content[(first + 1) * self._size : (last + 2) * self._size])
                first = sector
            last = sector
        if first >= 0:
            pieces.append(self._content[(first + 1) * self._size : (last + 2) * self._size])
        return b"".join(pieces)

    def _entries(self) -> list[Entry]:
        directory = self._joined(self._directory)
        entries = []
        for start in range(0, len(directory) - 127, 128):
            raw, length, kind, *_, first, size = _ENTRY.unpack_from(directory, start)
            if kind in (_STORAGE, _STREAM, _ROOT):
                name = raw[: max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")
                # Files with short sectors use only half of the size; the rest may be anything.
                size = size & 0xFFFFFFFF if self._size == 512 else size
                entries.append(Entry(name, kind, first, size))
        return entries
