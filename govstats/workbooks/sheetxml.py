"""What the fast parser does not tell: error values, formulas never computed, percent formats.

Read straight from the parts of the workbook, after ``prescan`` has bounded their size and
ruled out declarations.
"""

import html
import re
import zipfile
from dataclasses import dataclass, field
from xml.etree import ElementTree

from govstats.workbooks.cells import Place, column_number

_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_ATTRIBUTE = re.compile(rb"\b(r|s|t)=[\"']([^\"']*)[\"']")
_FORMULA = rb"(?:<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>([^<]*)</(?:\w+:)?f>))"
_VALUE = rb"<(?:\w+:)?v(?:\s[^>]*)?>([^<]*)</(?:\w+:)?v>"
_ERROR = re.compile(
    rb"<(?:\w+:)?c\s([^>]*\bt=[\"']e[\"'][^>]*)>" + _FORMULA + rb"?(?:" + _VALUE + rb")?"
)
_UNCOMPUTED = re.compile(
    rb"<(?:\w+:)?c\s([^>]*)>"
    + _FORMULA
    + rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?</(?:\w+:)?c>"
)
_STYLED = re.compile(rb"<(?:\w+:)?c\s([^>]*\bs=[\"']\d+[\"'][^>]*)(?<!/)>")
_PLACE = re.compile(r"([A-Za-z]{1,3})(\d{1,7})")
#: Built-in number formats 0% and 0.00%.
_PERCENT_FORMATS = {9, 10}
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.')


@dataclass(frozen=True)
class SpecialCells:
    """Places whose meaning is not in the stored value alone."""

    #: Error text (#N/A, #DIV/0! …), or ``=formula`` where no result was ever stored.
    errors: dict[Place, str] = field(default_factory=dict)
    #: Numbers shown as percentages: 0.081 that people read as 8.1%.
    percents: frozenset[Place] = frozenset()


def sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Sheet name → name of its part in the archive."""
    # Safe: prescan refuses DOCTYPE and ENTITY.
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314
    targets = _relations(archive)
    return {
        sheet.get("name", ""): targets[sheet.get(_REL, "")]
        for sheet in book.iter()
        if sheet.tag.endswith("}sheet") and sheet.get(_REL, "") in targets
    }


def percent_styles(archive: zipfile.ZipFile) -> frozenset[int]:
    """Numbers of the cell styles that show a figure as a percentage."""
    if "xl/styles.xml" not in archive.namelist():
        return frozenset()
    root = ElementTree.fromstring(archive.read("xl/styles.xml"))  # noqa: S314
    formats = set(_PERCENT_FORMATS)
    for entry in root.iter():
        if entry.tag.endswith("}numFmt") and "%" in _LITERAL.sub("", entry.get("formatCode", "")):
            formats.add(int(entry.get("numFmtId", "-1")))
    styles = next((entry for entry in root if entry.tag.endswith("}cellXfs")), None)
    if styles is None:
        return frozenset()
    return frozenset(
        number for number, style in enumerate(styles) if int(style.get("numFmtId", "0")) in formats
    )


def special_cells(sheet_xml: bytes, percents: frozenset[int]) -> SpecialCells:
    """Errors, uncomputed formulas and percentages of one sheet.

    Args:
        sheet_xml: the sheet's part, unpacked.
        percents: see ``percent_styles``.
    """
    errors: dict[Place, str] = {}
    for match in _ERROR.finditer(sheet_xml):
        errors.update(_at(match.group(1), _text(match.group(3)) or "#ERROR"))
    if b"<f" in sheet_xml or b":f" in sheet_xml:
        for match in _UNCOMPUTED.finditer(sheet_xml):
            if dict(_ATTRIBUTE.findall(match.group(1))).get(b"t") != b"str":
                errors.update(_at(match.group(1), "=" + _text(match.group(2))))
    return SpecialCells(errors, _percent_places(sheet_xml, percents))


def _percent_places(sheet_xml: bytes, percents: frozenset[int]) -> frozenset[Place]:
    if not percents:
        return frozenset()
    places: dict[Place, str] = {}
    for match in _STYLED.finditer(sheet_xml):
        attributes = dict(_ATTRIBUTE.findall(match.group(1)))
        if int(attributes.get(b"s", b"0")) in percents:
            places.update(_at(match.group(1), ""))
    return frozenset(places)


def _at(attributes: bytes, text: str) -> dict[Place, str]:
    reference = dict(_ATTRIBUTE.findall(attributes)).get(b"r", b"").decode("ascii", "replace")
    match = _PLACE.fullmatch(reference)
    return {(int(match.group(2)), column_number(match.group(1))): text} if match else {}


def _text(raw: bytes | None) -> str:
    return html.unescape((raw or b"").decode("utf-8", "replace"))


def _relations(archive: zipfile.ZipFile) -> dict[str, str]:
    root = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    names = set(archive.namelist())
    targets = {}
    for relation in root:
        target = relation.get("Target", "")
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if part in names:
            targets[relation.get("Id", "")] = part
    return targets
