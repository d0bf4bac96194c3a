"""Workbooks of Excel 2007 and later (.xlsx, .xlsm), and of WPS, which writes the same."""

import re
from collections.abc import Iterator

from govstats.workbooks.formats.active import command_refused, sends_command, types_command
from govstats.workbooks.formats.archive import Package
from govstats.workbooks.formats.scan import Format, Scan, SheetFacts, unsafe
from govstats.workbooks.formats.xlsx_book import (
    Book,
    Styles,
    external_target,
    read_book,
    read_styles,
    unescape,
)
from govstats.workbooks.formats.xlsx_sheet import SheetScan, TooFar, check_text
from govstats.workbooks.limits import Limits
from govstats.workbooks.refusals import Refused

BOOK = "xl/workbook.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
_STYLES = "xl/styles.xml"
_STRINGS = "xl/sharedstrings.xml"
_MACROS = "xl/vbaproject.bin"
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_HEAD = re.compile(rb"<(?:\w+:)?sst\b[^>]*>")
_CLAIM = re.compile(rb"\b(?:uniqueCount|count)=[\"'](\d+)[\"']")
_TEXT = re.compile(r">([^<]*\|[^<]*)<")
_NAMED = re.compile(r"<(?:\w+:)?definedName\b[^>]*>([^<]*\|[^<]*)<")
#: Bytes carried over so that nothing is cut by the end of a piece.
_CARRY = 1024


def scan_xlsx(package: Package, limits: Limits, *, macros_allowed: bool) -> Scan:
    """What an .xlsx or .xlsm holds.

    Args:
        package: the archive.
        limits: what it may ask for.
        macros_allowed: its name says that it may carry macros; they are never run.

    Raises:
        Refused: ``not_a_spreadsheet``, ``unsafe_archive``, ``active_content``,
            ``external_link`` or ``cell_too_long``.
    """
    names = {name.lower(): name for name in package.members}
    has_macros = check_active(package, names, macros_allowed=macros_allowed)
    styles = _styles(package, names, limits)
    book = _book(package, names)
    done = {BOOK, RELATIONS, names.get(_STYLES, "")}
    sheets: dict[str | int, SheetFacts] = {}
    for sheet, part in book.parts.items():
        if part in package.members and part not in done:
            sheets[sheet] = _sheet(package, sheet, part, styles, limits)
            done.add(part)
    if not sheets:
        raise Refused("not_a_spreadsheet", variant="parts")
    _others(package, done, limits)
    kind: Format = "xlsm" if has_macros else "xlsx"
    return Scan(kind, package.content, sheets, book.epoch_1904, package.unpacked)


def check_active(package: Package, names: dict[str, str], *, macros_allowed: bool) -> bool:
    """Refuse what acts or takes figures from elsewhere; whether there are macros.

    Args:
        package: the archive of an .xlsx, .xlsm or .xlsb.
        names: its members by their names in lower case.
        macros_allowed: its name says that it may carry macros.

    Raises:
        Refused: ``active_content`` or ``external_link``.
    """
    for name in package.members:
        folder = name.lower()
        if folder.startswith(("xl/macrosheets/", "xl/dialogsheets/")):
            raise Refused("active_content", variant="macro_sheet", part=name)
        if folder.startswith("xl/externallinks/") and not folder.endswith(".rels"):
            raise _link(package, name)
    has_macros = _MACROS in names
    if has_macros and not macros_allowed:
        raise Refused("active_content", variant="macros", part=names[_MACROS])
    return has_macros


def _link(package: Package, part: str) -> Refused:
    content = checked(package, part)
    is_binary = part.lower().endswith(".bin")
    if b"ddeLink" in content or b"oleLink" in content or (is_binary and _is_program(content)):
        return Refused("active_content", variant="link", part=part)
    folder, _, name = part.rpartition("/")
    relations = f"{folder}/_rels/{name}.rels"
    known = relations in package.members
    target = external_target(checked(package, relations)) if known else ""
    return Refused("external_link", part=part, target=target or part)


def _is_program(content: bytes) -> bool:
    """Whether a binary link begins with a source that is a program: DDE 1, OLE 2."""
    return content[:2] == b"\xe8\x02" and content[3:5] in (b"\x01\x00", b"\x02\x00")


def checked(package: Package, part: str) -> bytes:
    """A small part, without declarations that could expand into anything.

    Raises:
        Refused: ``unsafe_archive``.
    """
    return b"".join(windows(package, part))


def windows(package: Package, part: str) -> Iterator[bytes]:
    """A part by the piece, each looked through for declarations.

    Raises:
        Refused: ``unsafe_archive``.
    """
    tail = b""
    for chunk in package.chunks(part):
        if b"!" in chunk or b"!" in tail:
            window = (tail + chunk).replace(b"\x00", b"")
            if _DECLARATION.search(window):
                raise Refused("unsafe_archive", variant="declaration", part=part)
        tail = chunk[-32:]
        yield chunk


def _styles(package: Package, names: dict[str, str], limits: Limits) -> Styles:
    if _STYLES not in names:
        return Styles(frozenset(), {})
    parts, count, tail = [], 0, b""
    for chunk in windows(package, names[_STYLES]):
        count += (tail + chunk).count(b"<xf ") + (tail + chunk).count(b":xf ")
        tail = chunk[-3:]
        if count > limits.styles:
            raise unsafe("styles", count, limits.styles)
        parts.append(chunk)
    return read_styles(parts[0] if len(parts) == 1 else b"".join(parts))


def _book(package: Package, names: dict[str, str]) -> Book:
    if BOOK not in package.members or RELATIONS not in package.members:
        raise Refused("not_a_spreadsheet", variant="parts")
    content = checked(package, BOOK)
    if b"|" in content:
        for formula in _NAMED.findall(content.decode("utf-8", "replace")):
            if sends_command(unescape(formula)):
                raise command_refused("=" + unescape(formula))
    return read_book(content, checked(package, RELATIONS))


def _sheet(
    package: Package, sheet: str, part: str, styles: Styles, limits: Limits
) -> SheetFacts:  # fmt: skip
    spent = package.unpacked
    try:
        return SheetScan(sheet, styles, limits).scan(windows(package, part))
    except TooFar:
        package.unpacked = spent
        return SheetScan(sheet, styles, limits, exact=True).scan(windows(package, part))


def _others(package: Package, done: set[str], limits: Limits) -> None:
    """Every other part is unpacked once too: only so its size is known."""
    for name in package.members:
        if name in done:
            continue
        lower = name.lower()
        if lower == _STRINGS:
            _strings(package, name, limits)
        elif lower.endswith((".xml", ".rels", ".vml")):
            for _ in windows(package, name):
                pass
        else:
            for _ in package.chunks(name):
                pass


def _strings(package: Package, part: str, limits: Limits) -> None:
    """Shared texts: as many as claimed, none too long, none a command."""
    claimed, found, tail = -1, 0, b""
    for chunk in windows(package, part):
        window = tail + chunk.replace(b"\x00", b"")
        head = _HEAD.search(window) if claimed < 0 else None
        if head:
            claimed = max((int(n[:18]) for n in _CLAIM.findall(head.group())), default=0)
        cut = window.rfind(b"<")
        if len(window) - cut > _CARRY:
            check_text(window, limits, part)
        window, tail = window[:cut], window[cut:]
        check_text(window, limits, part)
        found += window.count(b"<si") + window.count(b":si")
        if b"|" in window:
            _check_texts(window)
    if claimed > max(found, limits.trusted_string_claim):
        raise Refused("unsafe_archive", variant="strings", claimed=claimed, found=found)


def _check_texts(window: bytes) -> None:
    for text in _TEXT.findall(window.decode("utf-8", "replace")):
        if types_command(unescape(text)):
            raise command_refused(unescape(text))
