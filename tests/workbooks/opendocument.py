"""Minimal .ods files: one content.xml in a zip archive."""

import zipfile
from collections.abc import Mapping
from pathlib import Path
from xml.sax.saxutils import escape

_NAMES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (("office", "office"), ("table", "table"), ("text", "text"))
)
_CALC = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
MIMETYPE = b"application/vnd.oasis.opendocument.spreadsheet"
_MANIFEST = (
    b'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    b'<manifest:file-entry manifest:full-path="/" manifest:media-type="' + MIMETYPE + b'"/>'
    b'<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    b"</manifest:manifest>"
)


def text(value: str, attributes: str = "") -> str:
    """A cell with a text."""
    shown = f"<text:p>{escape(value)}</text:p>"
    return f'<table:table-cell office:value-type="string" {attributes}>{shown}</table:table-cell>'


def number(value: float, shown: str = "", kind: str = "float", attributes: str = "") -> str:
    """A cell with a figure."""
    return (
        f'<table:table-cell office:value-type="{kind}" office:value="{value!r}" {attributes}>'
        f"<text:p>{shown or value}</text:p></table:table-cell>"
    )


def error(shown: str) -> str:
    """A formula whose result is an error."""
    return (
        '<table:table-cell table:formula="of:=1/0" office:value-type="string" '
        'office:string-value="" calcext:value-type="error">'
        f"<text:p>{shown}</text:p></table:table-cell>"
    )


def empty(repeated: int = 1) -> str:
    """Cells without content."""
    return f'<table:table-cell table:number-columns-repeated="{repeated}"/>'


def row(*cells: str, attributes: str = "") -> str:
    """A row."""
    return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"


def table(*rows: str, name: str = "Sheet1", columns: str = "<table:table-column/>") -> str:
    """A sheet."""
    return f'<table:table table:name="{name}">{columns}{"".join(rows)}</table:table>'


def content(*tables: str) -> bytes:
    """content.xml of some sheets."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_NAMES} {_CALC} '
        'office:version="1.3" xmlns:xlink="http://www.w3.org/1999/xlink">'
        f"<office:body><office:spreadsheet>{''.join(tables)}"
        "</office:spreadsheet></office:body></office:document-content>"
    ).encode()


def ods(path: Path, *tables: str, more: Mapping[str, bytes] | None = None) -> Path:
    """An .ods of some sheets and further parts."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", MIMETYPE, zipfile.ZIP_STORED)
        archive.writestr("content.xml", content(*tables))
        archive.writestr("META-INF/manifest.xml", _MANIFEST)
        for name, part in (more or {}).items():
            archive.writestr(name, part)
    return path
