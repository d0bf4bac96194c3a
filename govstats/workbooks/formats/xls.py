"""Workbooks of Excel 5 to 2003 (.xls), and of WPS under the name .et."""

from govstats.workbooks.formats.compound import Compound, broken
from govstats.workbooks.formats.scan import Scan, SheetFacts, check_area, unsafe
from govstats.workbooks.formats.xls_records import Globals, read_globals
from govstats.workbooks.formats.xls_sheet import CellStyles, read_sheet
from govstats.workbooks.limits import Limits
from govstats.workbooks.refusals import Refused, words

_STREAMS = ("Workbook", "Book")
_WORKSHEET, _MACROS = 0, 1
#: BIFF5 and BIFF8; older workbooks are no compound files.
_VERSIONS = (0x0500, 0x0600)
_UNICODE = 1200
#: A text takes at least three bytes in the table of shared texts.
_SHORTEST = 3


def scan_xls(content: bytes, limits: Limits) -> Scan:
    """What an .xls holds.

    Raises:
        Refused: ``not_a_spreadsheet``, ``encrypted``, ``unsupported_format``,
            ``active_content``, ``external_link`` or ``unsafe_archive``.
    """
    container = Compound(content)
    if container.has("EncryptedPackage"):
        raise Refused("encrypted")
    stream = container.stream(*_STREAMS)
    if stream is None:
        raise Refused("not_a_spreadsheet", variant="kind", kind=words("document"))
    found = read_globals(stream)
    _check(found, limits)
    styles = CellStyles.of(found.formats)
    sheets: dict[str | int, SheetFacts] = {}
    for number, sheet in enumerate(found.sheets):
        if sheet.kind == _WORKSHEET:
            if sheet.position >= len(stream):
                raise broken(f"sheet {sheet.name}")
            facts = read_sheet(stream, sheet.position, styles, found)
            check_area(facts.last_row, facts.last_column, limits, sheet.name)
            facts.name = sheet.name
            sheets[number] = facts
    if found.version == _VERSIONS[-1] and found.codepage_at and found.codepage != _UNICODE:
        # Its texts are Unicode whatever it says; the parser would believe what it says.
        mark = _UNICODE.to_bytes(2, "little")
        content = container.patched(found.codepage_at, mark, *_STREAMS)
    return Scan("xls", content, sheets, found.epoch_1904, len(stream))


def _check(found: Globals, limits: Limits) -> None:
    if found.is_encrypted:
        raise Refused("encrypted")
    if found.version not in _VERSIONS:
        raise Refused("unsupported_format", variant="other", kind=words("old_xls"))
    for sheet in found.sheets:
        if sheet.kind == _MACROS:
            raise Refused(
                "active_content", variant="macro_sheet", sheet=sheet.name, part=sheet.name
            )
    for source in found.sources:
        readable = source.lstrip("\x01\x05").replace("\x03", "|").replace("\x02", ":")
        readable = "".join(sign if sign.isprintable() else "/" for sign in readable)
        if "\x03" in source[1:]:
            raise Refused("active_content", variant="link", part=readable)
        raise Refused("external_link", part="SUPBOOK", target=readable)
    if len(found.formats) > limits.styles:
        raise unsafe("styles", len(found.formats), limits.styles)
    held = found.strings_bytes // _SHORTEST
    if found.strings_claimed > max(held, limits.trusted_string_claim):
        claimed = found.strings_claimed
        raise Refused("unsafe_archive", variant="strings", claimed=claimed, found=held)
