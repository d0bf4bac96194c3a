"""Footers: what is demonstration, what was published, what is provisional."""

import re
from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from fnmatch import fnmatchcase
from typing import Any

from demo.book import Book
from demo.grid import RANK_OF, Cell, Row, heading
from demo.periods import Period
from govstats.numbers import plain

PROVISIONAL = "注:本期数据为预计数"
BASES = {"published": "公布数", "implied": "推算数(由公布数推算)"}


def footers(
    book: Book, sheet: dict[str, Any], period: Period, rows: list[Row], edition: str
) -> list[str]:
    """The note lines of one sheet, the demonstration notice first."""
    declared = declared_figures(book, sheet, period, rows)
    lines = [notice(sheet, declared), *(_sources(basis, declared) for basis in declared)]
    if edition == "revised":
        lines.append(revised_note(sheet, period))
    elif str(period) in sheet.get("provisional", []):
        lines.append(PROVISIONAL)
    for note in sheet.get("notes", []):
        if note.get("edition", edition) == edition and any(
            fnmatchcase(str(period), pattern) for pattern in note.get("periods", ["*"])
        ):
            lines.append(note["text"])
    return lines


def revised_note(sheet: dict[str, Any], period: Period) -> str:
    """What a second edition says of itself: one text, or one for each period."""
    note = sheet["revised_note"]
    return str(note if isinstance(note, str) else note[str(period)])


def declared_figures(
    book: Book, sheet: dict[str, Any], period: Period, rows: list[Row]
) -> dict[str, dict[str, list[str]]]:
    """Figures that are not simulated, as text: by basis, then by source."""
    found: dict[str, dict[str, list[str]]] = {}
    for row in rows:
        for column, cell in zip(sheet["columns"], row.cells, strict=True):
            origin = _origin(book, cell, period)
            if origin and cell.figure is not None:
                basis, source = origin
                text = _named(row, column, cell.figure, cell.unit)
                found.setdefault(basis, defaultdict(list))[source].append(text)
    return {basis: found[basis] for basis in BASES if basis in found}


def _named(row: Row, column: dict[str, Any], figure: Decimal, unit: str) -> str:
    """A figure in words: 地区生产总值累计绝对量121.9亿元."""
    measure = re.sub(r"\(.*?\)", "", heading(column).replace("/", ""))
    unit = "" if column["measure"] in RANK_OF else unit
    part = row.label.removeprefix("其中:")
    label = part if part == row.whole else f"{row.whole}:{part}"
    return f"{label}{measure}{plain(figure)}{unit}"


def _origin(book: Book, cell: Cell, period: Period) -> tuple[str, str] | None:
    if cell.key is None:
        return None
    published = book.published.get((cell.key, cell.measure, period))
    if published is not None:
        return published.basis, published.source
    anchor = None
    if cell.measure == "plan":
        anchor = book.knowledge.plans.get((cell.key, period.year))
    elif cell.measure == "level" and period.is_year_end:
        anchor = book.knowledge.annual.get((cell.key, period.year))
    if anchor is None or anchor.basis == "simulated":
        return None
    return anchor.basis, anchor.note


def notice(sheet: dict[str, Any], declared: Iterable[str]) -> str:
    """The first note of every sheet: what it is, and whose it is not."""
    declared = list(declared)
    maker = sheet["maker"].partition(":")[2]
    others = "、".join(BASES[basis].partition("(")[0] for basis in declared)
    simulated = f"除下列{others}外均为模拟数" if declared else "全部为模拟数"
    return f"注:演示数据,不是{maker}发布的统计资料;表中数字{simulated}"


def _sources(basis: str, declared: dict[str, dict[str, list[str]]]) -> str:
    parts = [f"{'、'.join(names)}(来源:{source})" for source, names in declared[basis].items()]
    return f"注:{BASES[basis]}:{';'.join(parts)}"
