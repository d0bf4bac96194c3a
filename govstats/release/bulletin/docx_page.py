"""An empty document in the layout of official documents, GB/T 9704-2012: page, grid, styles.

Sizes are those of the standard: A4, 37 mm above and 28 mm at the binding of a type area of
156 x 225 mm, 22 lines of 28 characters. Fonts are named, never embedded; a second name is given
for machines without the first.
"""

from dataclasses import dataclass
from typing import Any

from docx import Document
from docx.document import Document as Docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Emu, Mm, Pt, Twips

#: The type area in twips of 1/20 point, and its grid.
TEXT_WIDTH = 8844
LINE = 579
CHARACTERS, LINES = 28, 22
#: Size of the text: 三号.
BODY = 16.0
#: Twentieths of a point by which characters of the text stand closer, so that 28 fill a line.
_CLOSER = -5
#: Character style of every figure, so that a document can be compared with its marts.
FIGURE = "Figure"

FANG, KAI, HEI, XIAOBIAO, SONG = "仿宋_GB2312", "楷体_GB2312", "黑体", "方正小标宋简体", "宋体"
#: Names of the same or nearest face on machines without the first.
_ALSO = {FANG: "仿宋", KAI: "楷体", HEI: "SimHei", XIAOBIAO: "华文中宋", SONG: "SimSun"}
_LEFT, _CENTER = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER
_NEXT = ("kinsoku", "wordWrap", "overflowPunct", "topLinePunct", "autoSpaceDE", "autoSpaceDN",
         "bidi", "adjustRightInd", "snapToGrid", "spacing", "ind", "contextualSpacing",
         "mirrorIndents", "suppressOverlap", "jc", "textDirection", "textAlignment",
         "textboxTightWrap", "outlineLvl", "divId", "cnfStyle", "rPr", "sectPr",
         "pPrChange")  # fmt: skip


@dataclass(frozen=True)
class _Style:
    """A paragraph style: name, font, size in points, alignment; ``indent`` in characters."""

    name: str
    font: str
    size: float
    align: Any
    indent: int = 0
    bold: bool = False
    on_grid: bool = True
    with_next: bool = False


_JUSTIFIED = WD_ALIGN_PARAGRAPH.JUSTIFY
STYLES = (
    _Style("Normal", FANG, BODY, _JUSTIFIED),
    _Style("Body Text", FANG, BODY, _JUSTIFIED, indent=2),
    _Style("Title", XIAOBIAO, 22, _CENTER),
    _Style("Heading 1", HEI, BODY, _JUSTIFIED, indent=2, with_next=True),
    _Style("Heading 2", KAI, BODY, _JUSTIFIED, indent=2, with_next=True),
    _Style("Heading 3", FANG, BODY, _JUSTIFIED, indent=2, bold=True, with_next=True),
    _Style("Caption", HEI, 12, _CENTER, on_grid=False),
    _Style("Table Text", FANG, 10.5, _LEFT, on_grid=False),
    _Style("Table Small", FANG, 9, _LEFT, on_grid=False),
    _Style("Table Note", FANG, 10.5, _LEFT, on_grid=False),
    _Style("Gap", FANG, 5, _LEFT, on_grid=False),
    _Style("Picture", FANG, BODY, _CENTER, on_grid=False, with_next=True),
    _Style("Footer", SONG, 14, _LEFT, on_grid=False),
    _Style("Header", KAI, 12, _CENTER, on_grid=False),
)


def blank() -> Docx:
    """Return an empty document with page, grid, styles, language and no trace of its maker."""
    document = Document()
    for paragraph in list(document.element.body.iterchildren(qn("w:p"))):
        document.element.body.remove(paragraph)
    for style in STYLES:
        _define(document, style)
    document.styles.add_style(FIGURE, WD_STYLE_TYPE.CHARACTER)
    document.settings.odd_and_even_pages_header_footer = True
    _defaults(document)
    _second_names(document)
    page(document.sections[0])
    return document


def page(section: Section) -> None:
    """Give a section the paper, margins and grid of the standard."""
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    # The dash of the page number lies 7 mm below the type area, in the middle of its line.
    section.header_distance, section.footer_distance = Mm(20), Mm(25)
    properties = section._sectPr  # python-docx has no word for the grid
    for old in properties.findall(qn("w:docGrid")):
        properties.remove(old)
    pitch = TEXT_WIDTH / 20 / CHARACTERS - BODY
    grid = element("w:docGrid", type="linesAndChars", linePitch=LINE, charSpace=int(pitch * 4096))
    properties.append(grid)


def element(tag: str, **attributes: object) -> Any:  # noqa: ANN401 - lxml has no types here
    """Return an element of WordprocessingML with attributes of its namespace."""
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    return made


def indent(paragraph: Any, **characters: float) -> None:  # noqa: ANN401 - a style or a paragraph
    """Set ``firstLine``, ``left`` or ``right`` in characters of the text, and the same in twips."""
    properties = paragraph.get_or_add_pPr()
    found = properties.find(qn("w:ind"))
    if found is None:
        found = element("w:ind")
        properties.insert_element_before(found, *(f"w:{name}" for name in _NEXT[11:]))
    for name, count in characters.items():
        found.set(qn(f"w:{name}Chars"), str(round(count * 100)))
        found.set(qn(f"w:{name}"), str(round(count * BODY * 20)))


def fonts(properties: Any, font: str) -> None:  # noqa: ANN401 - run properties of lxml
    """Name one font for all scripts; the standard knows no second one for digits."""
    found = properties.find(qn("w:rFonts"))
    if found is not None:
        properties.remove(found)
    named = {"ascii": font, "hAnsi": font, "eastAsia": font, "cs": font, "hint": "eastAsia"}
    properties.insert(0, element("w:rFonts", **named))


def _define(document: Docx, wanted: _Style) -> None:
    names = [style.name for style in document.styles]
    style: Any = (
        document.styles[wanted.name]
        if wanted.name in names
        else document.styles.add_style(wanted.name, WD_STYLE_TYPE.PARAGRAPH)
    )
    if wanted.name != "Normal":
        style.base_style = document.styles["Normal"]
    for part in ("w:pPr", "w:rPr"):
        for old in style.element.findall(qn(part)):
            if part == "w:rPr":
                style.element.remove(old)
            else:
                _empty(old)
    style.font.size, style.font.bold = Pt(wanted.size), wanted.bold
    of_runs = style.element.get_or_add_rPr()
    fonts(of_runs, wanted.font)
    close = _CLOSER if wanted.on_grid and wanted.size == BODY else 0
    of_runs.insert_element_before(element("w:spacing", val=close), "w:sz", "w:szCs")
    shape = style.paragraph_format
    shape.alignment, shape.keep_with_next = wanted.align, wanted.with_next
    shape.space_before = shape.space_after = Emu(0)
    shape.widow_control = False
    if wanted.on_grid:
        shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Twips(LINE)
    else:
        shape.line_spacing = 1.0
    _east_asian(style.element.get_or_add_pPr())
    if wanted.indent:
        indent(style.element, firstLine=wanted.indent)


def _empty(properties: Any) -> None:  # noqa: ANN401
    """Drop what the library's own template says of a style, except its place in the outline."""
    for child in list(properties):
        if child.tag != qn("w:outlineLvl"):
            properties.remove(child)


def _east_asian(properties: Any) -> None:  # noqa: ANN401
    """Set what only East Asian text has.

    No space is put between digits and Chinese. The paragraphs themselves do not snap to the
    grid of the page: they have its pitch by exact lines and closer characters. So every program
    sets 22 lines of 28; some double the pitch of a grid that is narrower than the font.
    """
    for place, name in ((5, "autoSpaceDE"), (6, "autoSpaceDN"), (9, "snapToGrid")):
        properties.insert_element_before(
            element(f"w:{name}", val=0), *(f"w:{later}" for later in _NEXT[place:])
        )


def _defaults(document: Docx) -> None:
    """Set language and size of all text; the grid is reckoned from this size."""
    root = document.styles.element
    of_runs = next(root.iter(qn("w:rPrDefault"))).find(qn("w:rPr"))
    fonts(of_runs, FANG)
    for name in ("w:sz", "w:szCs"):
        for old in of_runs.findall(qn(name)):
            old.set(qn("w:val"), str(round(BODY * 2)))
    settings = document.settings.element
    # Chinese for Chinese; digits and Latin keep rules of their own, or numbers break at lines.
    for old in [*root.iter(qn("w:lang")), *settings.findall(qn("w:themeFontLang"))]:
        old.set(qn("w:val"), "en-US")
        old.set(qn("w:eastAsia"), "zh-CN")


def _second_names(document: Docx) -> None:
    """Enter the fonts into the document's font table, each with its second name."""
    parts = [rel.target_part for rel in document.part.rels.values()]
    table = next(part for part in parts if str(part.partname).endswith("fontTable.xml"))
    entries = "".join(
        f'<w:font w:name="{font}"><w:altName w:val="{also}"/><w:charset w:val="86"/></w:font>'
        for font, also in _ALSO.items()
    )
    text = table.blob.decode("utf-8")
    table._blob = text.replace("</w:fonts>", f"{entries}</w:fonts>").encode()
