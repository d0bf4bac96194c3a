"""The document: layout of the standard, every figure in its place, nothing of its making."""

import shutil
import subprocess
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Emu

from govstats.release.bulletin import docx_file, drawing
from tests.unit.release.bulletin.made import BULLETIN, CHART


@pytest.fixture(scope="module")
def content() -> bytes:
    return docx_file.made(BULLETIN, {CHART.chart_id: drawing.png(drawing.svg(CHART))})


@pytest.fixture
def document(content: bytes) -> Any:
    return Document(BytesIO(content))


def test_page_margins_and_grid(document: Any) -> None:
    page = document.sections[0]
    sizes = (page.page_width, page.page_height, page.top_margin, page.left_margin)
    assert [round(size.mm) for size in sizes] == [210, 297, 37, 28]
    assert round(Emu(page.page_width - page.left_margin - page.right_margin).mm) == 156
    assert round(Emu(page.page_height - page.top_margin - page.bottom_margin).mm) == 225
    grid = page._sectPr.find(qn("w:docGrid"))
    assert grid.get(qn("w:type")) == "linesAndChars"
    lines = Emu(page.page_height - page.top_margin - page.bottom_margin).pt * 20
    assert int(lines // int(grid.get(qn("w:linePitch")))) == 22
    width = Emu(page.page_width - page.left_margin - page.right_margin).pt
    pitch = 16 + int(grid.get(qn("w:charSpace"))) / 4096
    assert width / pitch == pytest.approx(28, abs=0.02)


@pytest.mark.parametrize(
    ("style", "font", "size"),
    [
        ("Normal", "仿宋_GB2312", 16),
        ("Title", "方正小标宋简体", 22),
        ("Heading 1", "黑体", 16),
        ("Heading 2", "楷体_GB2312", 16),
        ("Heading 3", "仿宋_GB2312", 16),
        ("Footer", "宋体", 14),
    ],
)
def test_fonts_and_sizes(document: Any, style: str, font: str, size: float) -> None:
    found = document.styles[style]
    assert found.font.size.pt == size
    assert found.element.rPr.rFonts.get(qn("w:eastAsia")) == font


def test_lines_of_text_have_the_pitch_of_the_grid(document: Any) -> None:
    body = document.styles["Body Text"]
    assert body.paragraph_format.line_spacing.pt * 20 == 579
    indent = body.element.pPr.find(qn("w:ind"))
    assert indent.get(qn("w:firstLineChars")) == "200"


def test_headings_are_numbered_and_in_the_outline(document: Any) -> None:
    headings = [(p.style.name, p.text) for p in document.paragraphs if "Heading" in p.style.name]
    assert headings == [
        ("Heading 1", "一、总体评价"),
        ("Heading 2", "（一）进展"),
        ("Heading 3", "1．分项"),
        ("Heading 3", "2．分项"),
        ("Heading 2", "（二）其他"),
        ("Heading 3", "1．分项"),
        ("Heading 1", "二、街道"),
        ("Heading 1", "附件"),
    ]


def test_figures_are_those_of_the_bulletin_in_their_order(document: Any) -> None:
    runs = document.element.body.iter(qn("w:r"))
    shown = [
        "".join(text.text or "" for text in run.iter(qn("w:t")))
        for run in runs
        if (style := run.find(f"{qn('w:rPr')}/{qn('w:rStyle')}")) is not None
        and style.get(qn("w:val")) == "Figure"
    ]
    assert shown == [figure.text for figure in BULLETIN.figures()]


def test_tables_repeat_their_header_and_split_no_row(document: Any) -> None:
    for table in document.tables:
        rows = [row._tr.trPr for row in table.rows]
        assert all(row.find(qn("w:cantSplit")) is not None for row in rows)
        assert [row.find(qn("w:tblHeader")) is not None for row in rows] == [
            True, *([False] * (len(rows) - 1)),
        ]  # fmt: skip
    assert document.tables[0].rows[0].cells[1].text == "数值\n（亿元）"
    aligned = [cell.paragraphs[0].alignment for cell in document.tables[0].rows[1].cells]
    assert [int(place) for place in aligned] == [0, 2, 2, 1]


def test_texts_from_sheets_carry_no_controls(content: bytes) -> None:
    with zipfile.ZipFile(BytesIO(content)) as archive:
        text = archive.read("word/document.xml").decode()
    assert "\u202e" not in text
    assert "&lt;/script&gt;" in text


def test_page_numbers_lie_outside_and_the_notice_on_every_page(document: Any) -> None:
    page = document.sections[0]
    assert document.settings.odd_and_even_pages_header_footer
    assert int(page.footer.paragraphs[0].alignment) == 2
    assert int(page.even_page_footer.paragraphs[0].alignment) == 0
    assert page.header.paragraphs[0].text == page.even_page_header.paragraphs[0].text == "演示数据"


def test_pictures_have_words(document: Any) -> None:
    told = [item.get("descr") for item in document.element.body.iter(qn("wp:docPr"))]
    assert told == [CHART.alt]


def test_same_bulletin_same_bytes(content: bytes) -> None:
    assert docx_file.made(BULLETIN, {CHART.chart_id: drawing.png(drawing.svg(CHART))}) == content
    with zipfile.ZipFile(BytesIO(content)) as archive:
        assert {entry.date_time[:3] for entry in archive.infolist()} == {(1980, 1, 1)}
        assert not any("thumbnail" in name for name in archive.namelist())


def test_a_word_processor_sets_it(content: bytes, tmp_path: Path) -> None:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("no LibreOffice here: the document is not rendered")
    (tmp_path / "made.docx").write_bytes(content)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    order = [office, "--headless", profile, "--convert-to", "pdf", "--outdir", str(tmp_path)]
    done = subprocess.run(
        [*order, str(tmp_path / "made.docx")], capture_output=True, timeout=240, check=False
    )
    made = tmp_path / "made.pdf"
    assert made.is_file(), done.stderr.decode(errors="replace")
    assert made.read_bytes().startswith(b"%PDF")
