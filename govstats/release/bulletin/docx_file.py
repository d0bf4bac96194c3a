"""The bulletin as a document of word processors."""

import zipfile
from collections.abc import Mapping
from datetime import datetime
from io import BytesIO

from docx.document import Document as Docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.shared import Pt

from govstats.release.bulletin import outline
from govstats.release.bulletin.docx_page import BODY, blank, indent
from govstats.release.bulletin.docx_parts import notice, page_number, picture, say, table
from govstats.release.bulletin.model import Block, Bulletin, Chart, Paragraph, Table
from govstats.xlsxtext import clean

_HEADINGS = {2: "Heading 2", 3: "Heading 3"}
_EPOCH = (1980, 1, 1, 0, 0, 0)


def made(bulletin: Bulletin, pictures: Mapping[str, bytes]) -> bytes:
    """Return the document; the same bulletin and pictures give the same bytes.

    Args:
        bulletin: sections, tables and charts.
        pictures: PNG by ``chart_id``.
    """
    document = blank()
    _margins(document, bulletin)
    say(document, "Title", (bulletin.title,))
    document.add_paragraph(style="Normal")
    if bulletin.addressee:
        say(document, "Normal", (bulletin.addressee,))
    for paragraph in bulletin.opening:
        say(document, "Body Text", paragraph.text)
    for numbered in outline.sections(bulletin):
        say(document, "Heading 1", (numbered.section.heading,), numbered.mark)
        for line in numbered.blocks:
            _block(document, line.mark, line.block, pictures)
    _list_of_annexes(document, bulletin)
    _signature(document, bulletin)
    _annexes(document, bulletin)
    return _file(document, bulletin)


def _margins(document: Docx, bulletin: Bulletin) -> None:
    section = document.sections[0]
    page_number(section.footer, is_even=False)
    page_number(section.even_page_footer, is_even=True)
    notice(section.header, bulletin.notice)
    notice(section.even_page_header, bulletin.notice)


def _block(document: Docx, mark: str, block: Block, pictures: Mapping[str, bytes]) -> None:
    if isinstance(block, Paragraph):
        say(document, _HEADINGS.get(block.level, "Body Text"), block.text, mark)
    elif isinstance(block, Chart):
        picture(document, pictures[block.chart_id], f"{mark} {block.title}", block.alt)
        say(document, "Caption", (f"{mark}　{block.title}",))
    else:
        caption = say(document, "Caption", (f"{block.table_id}　{block.title}",))
        caption.paragraph_format.keep_with_next = True
        _table(document, block)


def _table(document: Docx, block: Table) -> None:
    table(document, block)
    if block.note:
        say(document, "Table Note", (f"注：{block.note}",))
    # A little room below; a file may not end with a table.
    document.add_paragraph(style="Gap")


def _list_of_annexes(document: Docx, bulletin: Bulletin) -> None:
    if not bulletin.annexes:
        return
    document.add_paragraph(style="Normal")
    for number, annex in enumerate(bulletin.annexes, 1):
        head = "附件：" if number == 1 else ""
        mark = f"{number}．" if len(bulletin.annexes) > 1 else ""
        line = say(document, "Normal", (f"{head}{mark}{annex.title}",))
        # Two characters in, the names below each other behind the word 附件.
        behind = 1.5 if mark else 0
        shape = line.paragraph_format
        shape.left_indent = Pt(BODY * (5 + behind))
        shape.first_line_indent = -Pt(BODY * (behind + (3 if head else 0)))


def _signature(document: Docx, bulletin: Bulletin) -> None:
    """Issuer above the date, which is left open; four characters in from the right."""
    for _ in range(2):
        document.add_paragraph(style="Normal").paragraph_format.keep_with_next = True
    longer = (len(bulletin.issuer) - len(bulletin.dated)) / 2
    right = (4 - min(longer, 2), 4 + max(0, longer - 2))
    for text, edge in zip((bulletin.issuer, bulletin.dated), right, strict=True):
        if text:
            line = say(document, "Normal", (text,))
            line.paragraph_format.keep_with_next = text != bulletin.dated
            line.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            indent(line._p, right=edge)


def _annexes(document: Docx, bulletin: Bulletin) -> None:
    for number, annex in enumerate(bulletin.annexes, 1):
        mark = outline.annex_mark(number, len(bulletin.annexes))
        head = say(document, "Heading 1", (mark,))
        head.paragraph_format.page_break_before = True
        indent(head._p, firstLine=0)
        document.add_paragraph(style="Normal").paragraph_format.keep_with_next = True
        title = say(document, "Title", (annex.title,))
        title.paragraph_format.keep_with_next = True
        _table(document, annex)


def _file(document: Docx, bulletin: Bulletin) -> bytes:
    """Write the file without anything of its making: no clock, no maker, no preview."""
    core = document.core_properties
    core.title, core.author = (
        clean(bulletin.title.replace("\n", ""), 255),
        clean(bulletin.issuer, 255),
    )
    core.language, core.subject, core.comments = "zh-CN", bulletin.release_id, bulletin.notice
    core.last_modified_by, core.revision, core.keywords = "", 1, ""
    day = bulletin.period_end
    core.created = core.modified = datetime(day.year, day.month, day.day)
    rels = document.part.package.rels
    for key in [k for k, rel in rels.items() if rel.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
        del rels[key]
    buffer, sealed = BytesIO(), BytesIO()
    document.save(buffer)
    with zipfile.ZipFile(buffer) as source, zipfile.ZipFile(sealed, "w") as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return sealed.getvalue()
