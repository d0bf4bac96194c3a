"""A look at a submitted file as a stream of bytes, before any parser sees it.

A parser of spreadsheets trusts what a file claims: one cell at XFD1048576 or a false count of
shared strings lets it ask for more memory than there is. So sizes, counts and addresses are
read from the bytes first and held against ``Limits``. What a file is, its bytes say; its name
only must not say otherwise.
"""

from pathlib import Path

from govstats.workbooks.formats.archive import Package
from govstats.workbooks.formats.delimited import scan_delimited
from govstats.workbooks.formats.ods import CONTENT, MIMETYPE, scan_ods
from govstats.workbooks.formats.scan import Format, Scan, unsafe
from govstats.workbooks.formats.xls import scan_xls
from govstats.workbooks.formats.xlsb import BOOK as BINARY_BOOK
from govstats.workbooks.formats.xlsb import scan_xlsb
from govstats.workbooks.formats.xlsx import BOOK, scan_xlsx
from govstats.workbooks.limits import Limits
from govstats.workbooks.refusals import Refused, words
from govstats.workbooks.sniff import FileKind, file_kind, formats_named, may_carry_macros

__all__ = ["Scan", "prescan"]

_HEAD = 8 * 1024
#: What a package holds that is no spreadsheet.
_DOCUMENTS = ("word/document.xml", "ppt/presentation.xml")


def prescan(path: Path, limits: Limits, name: str = "") -> Scan:
    """Check a file before it is parsed.

    Args:
        path: the file.
        limits: what it may ask for.
        name: the name it was sent under, where that is not the path's.

    Raises:
        Refused: ``empty_file``, ``not_a_spreadsheet``, ``wrong_extension``, ``encrypted``,
            ``unsupported_format``, ``unsafe_archive``, ``cell_too_long``, ``active_content``
            or ``external_link``.
    """
    return scan_content(read_content(path, limits), limits, name or path.name)


def read_content(path: Path, limits: Limits) -> bytes:
    """A file's bytes, unless there are none or too many; see ``prescan``."""
    size = path.stat().st_size
    if size == 0:
        raise Refused("empty_file", variant="bytes")
    if size > limits.file_bytes:
        raise unsafe("file_bytes", size, limits.file_bytes)
    return path.read_bytes()


def scan_content(content: bytes, limits: Limits, name: str) -> Scan:
    """Check a file's bytes; see ``prescan``."""
    kind = file_kind(content[:_HEAD])
    if kind == "zip":
        return _package(content, limits, name)
    if kind == "ole":
        return _named(scan_xls(content, limits), name)
    # Of what is named a text the reader of texts says best what is wrong with it.
    if kind == "text" or (kind == "unknown" and formats_named(name) == {"csv"}):
        if formats_named(name) - {"csv"}:
            raise _wrong_extension("csv", name)
        return scan_delimited(content, limits, name)
    raise _no_spreadsheet(kind)


def _no_spreadsheet(kind: FileKind) -> Refused:
    if kind in ("sheet_xml", "old_xls"):
        return Refused("unsupported_format", variant="other", kind=words(kind))
    return Refused("not_a_spreadsheet", variant="kind", kind=words(kind))


def _package(content: bytes, limits: Limits, name: str) -> Scan:
    package = Package(content, limits)
    package.check_nested()
    members = package.members
    if BOOK in members:
        allowed = may_carry_macros(name)
        return _named(scan_xlsx(package, limits, macros_allowed=allowed), name)
    if BINARY_BOOK in members:
        return _named(scan_xlsb(package, limits), name)
    if any(document in members for document in _DOCUMENTS):
        raise Refused("not_a_spreadsheet", variant="kind", kind=words("document"))
    if MIMETYPE in members and CONTENT in members:
        return _named(scan_ods(package, limits), name)
    raise Refused("not_a_spreadsheet", variant="parts")


def _named(scan: Scan, name: str) -> Scan:
    expected = formats_named(name)
    if expected and scan.format not in expected:
        raise _wrong_extension(scan.format, name)
    return scan


def _wrong_extension(found: Format, name: str) -> Refused:
    suffix = Path(name).suffix
    return Refused("wrong_extension", kind=words(found), extension=suffix)
