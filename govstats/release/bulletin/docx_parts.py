"""Pieces of the document: running text, tables, pictures, page numbers."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from docx.document import Document as Docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Twips
from docx.table import _Cell, _Row
from docx.text.paragraph import Paragraph

from govstats.release.bulletin import widths
from govstats.release.bulletin.docx_page import FIGURE, TEXT_WIDTH, element, indent
from govstats.release.bulletin.drawing import share_of_width
from govstats.release.bulletin.model import Table, Text
from govstats.release.reference import Figure
from govstats.xlsxtext import clean

#: Tables with more columns than this are set smaller.
_MANY = 6
_ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}


def say(document: Docx, style: str, text: Text, mark: str = "") -> Paragraph:
    """Add a paragraph; every figure in it is a run of its own in the style of figures."""
    paragraph = document.add_paragraph(style=style)
    _fill(paragraph, (mark, *text) if mark else text)
    return paragraph


def _fill(paragraph: Paragraph, text: Text) -> None:
    for piece in text:
        if isinstance(piece, Figure):
            # By its id: looking a style up by name takes longer than all the rest.
            paragraph.add_run(clean(piece.text))._r.style = FIGURE
        elif piece:
            paragraph.add_run(clean(piece))


def table(document: Docx, given: Table) -> None:
    """Add a three-line table: its header comes again on every page, no row is split."""
    made = document.add_table(1 + len(given.rows), len(given.columns))
    style, size = ("Table Small", 9) if len(given.columns) > _MANY else ("Table Text", 10.5)
    shares = widths.shares(given, TEXT_WIDTH / 20 / size)
    twips = [int(TEXT_WIDTH * share) for share in shares]
    _shape(made._tbl, given, twips)
    rows: list[_Row] = list(made.rows)
    for row in rows:
        row._tr.get_or_add_trPr().append(element("w:cantSplit"))
    rows[0]._tr.get_or_add_trPr().append(element("w:tblHeader"))
    for cell, column in zip(rows[0].cells, given.columns, strict=True):
        heading = f"{column.heading}\n（{column.unit}）" if column.unit else column.heading
        _cell(cell, (heading,), style, "center", is_head=True)
    for row, texts in zip(rows[1:], given.rows, strict=True):
        for cell, text, column in zip(row.cells, texts, given.columns, strict=True):
            _cell(cell, text, style, column.align)
    for row in rows:
        for cell, width in zip(row.cells, twips, strict=True):
            cell.width = Twips(width)


def _shape(properties_of: Any, given: Table, twips: Sequence[int]) -> None:  # noqa: ANN401
    properties = properties_of.tblPr
    for child in list(properties):
        properties.remove(child)
    line = "w:val='single' w:space='0' w:color"
    parts = (
        f"<w:tblW w:w='{sum(twips)}' w:type='dxa' {nsdecls('w')}/>",
        f"<w:jc w:val='center' {nsdecls('w')}/>",
        f"<w:tblBorders {nsdecls('w')}><w:top {line}='000000' w:sz='12'/>"
        f"<w:bottom {line}='000000' w:sz='12'/><w:insideH {line}='B0B5BA' w:sz='2'/>"
        "</w:tblBorders>",
        f"<w:tblLayout w:type='fixed' {nsdecls('w')}/>",
        f"<w:tblCellMar {nsdecls('w')}><w:left w:w='45' w:type='dxa'/>"
        "<w:right w:w='45' w:type='dxa'/></w:tblCellMar>",
        f"<w:tblLook {nsdecls('w')} w:val='0020' w:firstRow='1' w:lastRow='0' "
        "w:firstColumn='0' w:lastColumn='0' w:noHBand='1' w:noVBand='1'/>",
    )
    for part in parts:
        properties.append(parse_xml(part))
    properties.append(element("w:tblCaption", val=clean(f"{given.table_id} {given.title}")))
    for place, width in zip(properties_of.tblGrid.findall(qn("w:gridCol")), twips, strict=True):
        place.set(qn("w:w"), str(width))


def _cell(cell: _Cell, text: Text, style: str, align: str, *, is_head: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    paragraph._p.style = style.replace(" ", "")
    _fill(paragraph, text)
    paragraph.paragraph_format.alignment = _ALIGN[align]
    of_cell = cell._tc.get_or_add_tcPr()
    if is_head:
        border = element("w:tcBorders")
        border.append(element("w:bottom", val="single", sz=6, space=0, color="000000"))
        of_cell.append(border)
        paragraph.paragraph_format.keep_with_next = True  # no page ends with a header alone
        for run in paragraph.runs:
            run.bold = True
    of_cell.append(element("w:vAlign", val="center"))


def picture(document: Docx, content: bytes, name: str, alt: str) -> None:
    """Add a PNG in the middle of the line, as wide as it is, at most the type area."""
    width = Twips(int(TEXT_WIDTH * share_of_width(content)))
    paragraph = document.add_paragraph(style="Picture")
    shape = paragraph.add_run().add_picture(BytesIO(content), width=width)
    told = shape._inline.docPr
    told.set("name", clean(name))
    told.set("descr", clean(alt))


def page_number(footer: Any, *, is_even: bool) -> None:  # noqa: ANN401 - python-docx's footer
    """Set the page number — 1 —: outside, one character in from the edge of the type area."""
    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]
    paragraph.style = "Footer"
    paragraph.paragraph_format.alignment = _ALIGN["left" if is_even else "right"]
    indent(paragraph._p, **{"left" if is_even else "right": 0.875})  # a character of its own size
    paragraph.add_run("— ")
    field = element("w:fldSimple", instr=" PAGE ")
    run = element("w:r")
    run.append(element("w:t"))
    run[0].text = "1"
    field.append(run)
    paragraph._p.append(field)
    paragraph.add_run(" —")


def notice(header: Any, text: str) -> None:  # noqa: ANN401 - python-docx's header
    """Say something at the head of every page; nothing where there is nothing to say."""
    header.is_linked_to_previous = False
    paragraph = header.paragraphs[0]
    paragraph.style = "Header"
    paragraph.add_run(clean(text))
