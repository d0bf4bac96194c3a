"""Numbers of headings, figures and annexes: the same in every document of a bulletin."""

from collections.abc import Iterator
from dataclasses import dataclass

from govstats.release.bulletin.model import Block, Bulletin, Chart, Paragraph, Section

_DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True)
class Numbered:
    """A block with what stands before it: （一）, 1．, 图1, or nothing."""

    mark: str
    block: Block


@dataclass(frozen=True)
class NumberedSection:
    """A section with its number 一、 and its blocks."""

    mark: str
    section: Section
    blocks: tuple[Numbered, ...]


def chinese(number: int) -> str:
    """Write 1 to 99 in Chinese, as headings are counted."""
    tens, ones = divmod(number, 10)
    head = ("" if tens == 1 else _DIGITS[tens]) + "十" if tens else ""
    return head + (_DIGITS[ones] if ones else "")


def sections(bulletin: Bulletin) -> list[NumberedSection]:
    """Number the sections of a bulletin and what is in them; charts count over all of it."""
    charts = iter(range(1, 1000))
    return [
        NumberedSection(f"{chinese(number)}、", section, tuple(_blocks(section, charts)))
        for number, section in enumerate(bulletin.sections, 1)
    ]


def _blocks(section: Section, charts: Iterator[int]) -> Iterator[Numbered]:
    second = third = 0
    for block in section.blocks:
        mark = ""
        if isinstance(block, Chart):
            mark = f"图{next(charts)}"
        elif isinstance(block, Paragraph) and block.level == 2:
            second, third = second + 1, 0
            mark = f"（{chinese(second)}）"
        elif isinstance(block, Paragraph) and block.level == 3:
            third += 1
            mark = f"{third}．"
        yield Numbered(mark, block)


def annex_mark(place: int, of: int) -> str:
    """Name an annex: by its number where there are several."""
    return f"附件{place}" if of > 1 else "附件"
