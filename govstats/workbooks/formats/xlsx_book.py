"""The parts of an .xlsx beside its sheets: names, relations, number formats."""

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from xml.etree import ElementTree

from govstats.workbooks.formats.archive import damaged
from govstats.workbooks.numberformat import BUILT_IN, is_percentage, is_plain

_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_REL = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_1904 = re.compile(rb"\bdate1904=[\"'](?:1|true|on)[\"']")
_FORMAT = re.compile(r"<(?:\w+:)?numFmt\s[^>]*>")
_STYLE = re.compile(r"<(?:\w+:)?xf\b([^>]*)>")
_STYLES = re.compile(r"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.DOTALL)


@dataclass(frozen=True)
class Book:
    """Sheet name → part, in the order of the workbook, and the beginning of its calendar."""

    parts: Mapping[str, str]
    epoch_1904: bool


@dataclass(frozen=True)
class Styles:
    """Number formats by number of the cell style."""

    #: Styles that show a figure as a percentage.
    percents: frozenset[int]
    #: Styles whose format is a plain one, with it.
    plain: Mapping[int, str]


@lru_cache(maxsize=64)
def read_book(workbook: bytes, relations: bytes, folder: str = "xl") -> Book:
    """Names and parts of the sheets.

    Args:
        workbook: ``xl/workbook.xml``; ``prescan`` has ruled out declarations in it.
        relations: ``xl/_rels/workbook.xml.rels``.
        folder: where the workbook part lies.
    """
    targets = read_relations(relations, folder)
    parts = {}
    for sheet in _tree(workbook).iter():
        if sheet.tag.endswith("}sheet"):
            relation = sheet.get(_REL) or sheet.get(_STRICT_REL) or ""
            if relation in targets:
                parts[sheet.get("name", "")] = targets[relation]
    return Book(parts, bool(_1904.search(workbook)))


def read_relations(relations: bytes, folder: str) -> dict[str, str]:
    """Identifier → part, for the relations that stay within the archive."""
    targets = {}
    for relation in _tree(relations):
        target = relation.get("Target", "")
        if relation.get("TargetMode") != "External":
            part = target[1:] if target.startswith("/") else f"{folder}/{target}"
            targets[relation.get("Id", "")] = posixpath.normpath(part)
    return targets


def external_target(relations: bytes) -> str:
    """The file that a part takes figures from, as the part names it."""
    for relation in _tree(relations):
        if relation.get("TargetMode") == "External":
            return relation.get("Target", "")
    return ""


@lru_cache(maxsize=64)
def read_styles(styles: bytes) -> Styles:
    """Which cell styles show percentages, and which have a plain format.

    Departments fill in the same form every month: equal parts are read once.
    """
    text = styles.decode("utf-8", "replace")
    codes = dict(BUILT_IN)
    for entry in _FORMAT.findall(text):
        number, code = _attribute(entry, "numFmtId"), _attribute(entry, "formatCode")
        if number.isdigit():
            codes[int(number)] = code
    section = _STYLES.search(text)
    used = [
        codes.get(int(_attribute(style, "numFmtId") or 0), "")
        for style in _STYLE.findall(section.group() if section else "")
    ]
    return Styles(
        frozenset(number for number, code in enumerate(used) if is_percentage(code)),
        {number: code for number, code in enumerate(used) if code and is_plain(code)},
    )


def _attribute(tag: str, name: str) -> str:
    found = re.search(rf"\b{name}\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", tag)
    return unescape(found[1] if found[1] is not None else found[2]) if found else ""


def unescape(text: str) -> str:
    """XML's character references resolved."""
    if "&" not in text:
        return text
    return _ENTITY.sub(_character, text)


_ENTITY = re.compile(r"&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(amp|lt|gt|quot|apos));")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}


def _character(match: re.Match[str]) -> str:
    if match[3]:
        return _NAMED[match[3]]
    code = int(match[1]) if match[1] else int(match[2], 16)
    return chr(code) if 0 < code < 0x110000 else match[0]


def _tree(part: bytes) -> ElementTree.Element:
    try:
        # Safe: declarations of entities were refused before.
        return ElementTree.fromstring(part)  # noqa: S314
    except ElementTree.ParseError as error:
        raise damaged(error) from error
