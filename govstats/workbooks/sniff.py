"""What kind of file the first bytes say it is, and what its name claims."""

import re
from collections.abc import Mapping
from pathlib import PurePath
from typing import Literal

FileKind = Literal[
    "zip", "ole", "old_xls", "pdf", "html", "xml", "sheet_xml", "rtf", "image", "archive", "text",
    "unknown",
]  # fmt: skip

#: What a file under this extension may be; any other extension says nothing.
EXTENSIONS: Mapping[str, frozenset[str]] = {
    ".xlsx": frozenset(("xlsx",)),
    ".xltx": frozenset(("xlsx",)),
    ".xlsm": frozenset(("xlsx", "xlsm")),
    ".xltm": frozenset(("xlsx", "xlsm")),
    ".xlsb": frozenset(("xlsb",)),
    ".xls": frozenset(("xls",)),
    ".xlt": frozenset(("xls",)),
    ".et": frozenset(("xls", "xlsx")),
    ".ett": frozenset(("xls", "xlsx")),
    ".ods": frozenset(("ods",)),
    ".ots": frozenset(("ods",)),
    ".csv": frozenset(("csv",)),
    ".tsv": frozenset(("csv",)),
    ".txt": frozenset(("csv",)),
}

_MAGIC: tuple[tuple[bytes, FileKind], ...] = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    # Excel 2 to 4: one sheet without a container.
    (b"\x09\x00\x04\x00", "old_xls"),
    (b"\x09\x02\x06\x00", "old_xls"),
    (b"\x09\x04\x06\x00", "old_xls"),
    (b"%PDF", "pdf"),
    (b"{\\rtf", "rtf"),
    (b"\xff\xd8\xff", "image"),
    (b"\x89PNG", "image"),
    (b"GIF8", "image"),
    (b"BM", "image"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"\x1f\x8b", "archive"),
)
_SHEET_XML = re.compile(rb"progid=[\"']Excel\.Sheet|schemas-microsoft-com:office:spreadsheet")
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|table|meta|style)\b", re.IGNORECASE)


def formats_named(name: str) -> frozenset[str]:
    """The formats that a file's extension stands for; none where it says nothing."""
    return EXTENSIONS.get(PurePath(name).suffix.lower(), frozenset())


def may_carry_macros(name: str) -> bool:
    """Whether a file's name says that there may be macros in it, or says nothing."""
    named = formats_named(name)
    return not named or "xlsm" in named


def file_kind(head: bytes) -> FileKind:
    """Kind of a file.

    Args:
        head: its first kilobytes.
    """
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    plain = _without_mark(head).lstrip()
    if _SHEET_XML.search(plain):
        return "sheet_xml"
    if _HTML.search(plain[:2048]):
        return "html"
    if plain.startswith(b"<?xml"):
        return "xml"
    return "text" if _is_text(head) else "unknown"


def _without_mark(head: bytes) -> bytes:
    for mark in (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"):
        if head.startswith(mark):
            head = head[len(mark) :]
    return head.replace(b"\x00", b"")


def _is_text(head: bytes) -> bool:
    """Text in one of the encodings that departments use (a character may be cut at the end)."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    if b"\x00" in head and _is_wide(head):
        return True
    # What control characters there are, the reader of text names with their line.
    if sum(byte < 32 and byte not in (9, 10, 12, 13, 26) for byte in head) > len(head) // 100 + 1:
        return False
    for encoding in ("utf-8", "gb18030"):
        for cut in range(4):
            try:
                head[: len(head) - cut].decode(encoding)
            except UnicodeDecodeError:
                continue
            return True
    return False


def _is_wide(head: bytes) -> bool:
    """UTF-16 without a mark: separators and line ends are ASCII between zero bytes."""
    return any(
        head[start::2].count(0) and not head[1 - start :: 2].count(0)
        and re.search(rb"[\r\n\t,;]", head[1 - start :: 2])
        for start in (0, 1)
    )  # fmt: skip
