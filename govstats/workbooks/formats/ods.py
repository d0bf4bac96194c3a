"""OpenDocument spreadsheets (.ods), as LibreOffice and WPS write them."""

import re
from xml.parsers import expat

from govstats.workbooks.formats.archive import Package, damaged
from govstats.workbooks.formats.ods_table import TableReader
from govstats.workbooks.formats.scan import Scan
from govstats.workbooks.formats.xlsx import checked, windows
from govstats.workbooks.limits import Limits
from govstats.workbooks.refusals import Refused, words

CONTENT, MIMETYPE = "content.xml", "mimetype"
_MANIFEST = "META-INF/manifest.xml"
_SPREADSHEET = b"application/vnd.oasis.opendocument.spreadsheet"
_NULL_DATE = re.compile(rb"<table:null-date\b[^>]*date-value=[\"']1904-01-01")


def scan_ods(package: Package, limits: Limits) -> Scan:
    """What an .ods holds; macros in it are never run.

    Raises:
        Refused: ``encrypted``, ``not_a_spreadsheet``, ``unsafe_archive``, ``active_content``,
            ``external_link`` or ``cell_too_long``.
    """
    if MIMETYPE in package.members:
        kind = package.read(MIMETYPE).strip()
        if not kind.startswith(_SPREADSHEET):
            raise Refused("not_a_spreadsheet", variant="kind", kind=words("document"))
    if _MANIFEST in package.members and b"encryption-data" in checked(package, _MANIFEST):
        raise Refused("encrypted")
    reader = TableReader(limits)
    epoch_1904 = _parse(package, reader)
    for name in package.members:
        if name not in (MIMETYPE, _MANIFEST, CONTENT):
            checked(package, name)
    return Scan("ods", package.content, reader.sheets, epoch_1904, package.unpacked)


def _parse(package: Package, reader: TableReader) -> bool:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    epoch_1904 = False
    try:
        for chunk in windows(package, CONTENT):
            epoch_1904 = epoch_1904 or bool(_NULL_DATE.search(chunk))
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise damaged(error) from error
    return epoch_1904
