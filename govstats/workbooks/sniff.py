"""What kind of file the first bytes say it is, whatever its name claims."""

import re
from typing import Literal

FileKind = Literal[
    "zip", "ole", "pdf", "html", "xml", "sheet_xml", "rtf", "image", "archive", "text", "unknown"
]

_MAGIC: tuple[tuple[bytes, FileKind], ...] = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
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
    if any(byte < 32 and byte not in (9, 10, 12, 13) for byte in head):
        return False
    for encoding in ("utf-8", "gb18030"):
        for cut in range(4):
            try:
                head[: len(head) - cut].decode(encoding)
            except UnicodeDecodeError:
                continue
            return True
    return False
