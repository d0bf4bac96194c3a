"""A bulletin before it becomes a document: sections of sentences, tables and charts.

``Figure`` in any text is a figure of a mart with its address; everything else is words.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from govstats.release.reference import Figure

#: A piece of running text: words, or a figure.
Inline = str | Figure
Text = tuple[Inline, ...]


@dataclass(frozen=True)
class Paragraph:
    """Running text; ``level`` 0 is body text, 2 and 3 are headings within a section
    (（一） and 1.)."""

    text: Text
    level: int = 0


@dataclass(frozen=True)
class Column:
    """A column of a table: heading, unit of its figures (shown in the heading), how it is set.

    ``width`` is its share of the table's width, relative to the others'.
    """

    heading: str
    unit: str = ""
    align: Literal["left", "center", "right"] = "left"
    width: float = 1.0


@dataclass(frozen=True)
class Table:
    """A table of the bulletin; ``table_id`` also names its sheet in the workbook (≤ 31 signs)."""

    table_id: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Text, ...], ...]
    note: str = ""


@dataclass(frozen=True)
class Chart:
    """A chart as a Vega-Lite specification with its data inside; ``alt`` says what it shows."""

    chart_id: str
    title: str
    spec: dict[str, Any]
    alt: str


Block = Paragraph | Table | Chart


@dataclass(frozen=True)
class Section:
    """A numbered section (一、二、…); the number is the document's matter."""

    section_id: str
    heading: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Bulletin:
    """A bulletin of one period of one district.

    ``kind`` is month, quarter or year; ``issuer`` the body that signs; ``annexes`` are tables
    that follow the text as 附件.
    """

    release_id: str
    period_end: date
    time_period: str
    kind: Literal["month", "quarter", "year"]
    title: str
    issuer: str
    sections: tuple[Section, ...]
    annexes: tuple[Table, ...] = ()
    #: Said on every page where the data are not real (演示数据), else empty.
    notice: str = ""
    #: Whom it is sent to, a line of its own before the text; ends with a colon.
    addressee: str = ""
    #: Text before the first section, without a heading.
    opening: tuple[Paragraph, ...] = ()
    #: The line of the date below the issuer, left open for the signature.
    dated: str = ""

    def tables(self) -> Iterator[Table]:
        """Return every table, those of the text first."""
        for section in self.sections:
            yield from (block for block in section.blocks if isinstance(block, Table))
        yield from self.annexes

    def figures(self) -> Iterator[Figure]:
        """Return every figure shown, in the order of the document."""
        for paragraph in self.opening:
            yield from _figures(paragraph)
        for section in self.sections:
            for block in section.blocks:
                yield from _figures(block)
        for table in self.annexes:
            yield from _figures(table)


def _figures(block: Block) -> Iterator[Figure]:
    if isinstance(block, Paragraph):
        yield from (piece for piece in block.text if isinstance(piece, Figure))
    elif isinstance(block, Table):
        for row in block.rows:
            for cell in row:
                yield from (piece for piece in cell if isinstance(piece, Figure))
