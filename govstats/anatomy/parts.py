"""Tables that stand side by side: where one ends and the next begins."""

from collections.abc import Mapping
from dataclasses import dataclass

from govstats.anatomy.bands import Band
from govstats.anatomy.evidence import Column, sample
from govstats.anatomy.rows import numbers_columns
from govstats.anatomy.stubs import STUB_ROLES, column_roles
from govstats.anatomy.view import BLANK, DATE, TEXT, View
from govstats.anatomy.words import closed, has_han, is_prose
from govstats.layouts.labels import squeeze


@dataclass(frozen=True, slots=True)
class Part:
    """Columns of one table of a band; ``roles`` of those that hold anything."""

    columns: range
    roles: Mapping[int, str]
    is_apart: bool = False


def header_texts(view: View, band: Band) -> dict[int, str]:
    """What stands over each column, cells joined, translations left out."""
    found: dict[int, list[str]] = {}
    for row in band.header:
        if numbers_columns(view, row):
            continue
        for column in view.filled(row):
            found.setdefault(column, []).append(view.raw(row, column))
    texts: dict[int, str] = {}
    for column, cells in found.items():
        # "Site:" beside a line of the header names that line, not the column below.
        cells = [text for text in cells if not text.rstrip().endswith((":", "："))] or cells
        is_chinese = any(map(has_han, cells))
        kept = [closed(text) for text in cells if not (is_chinese and is_prose(text))]
        texts[column] = "".join(kept) if is_chinese else " ".join(kept)
    return texts


def side_by_side(view: View, band: Band) -> list[Part]:
    """The tables of a band from left to right."""
    heads = header_texts(view, band)
    rows = [*band.header, *band.data]
    headings, joined = _headings(view, band), _joined(view, band)
    used = sorted({c for row in rows for c in view.filled(row)} | set(heads) | headings)
    if not used:
        return []
    left, right = used[0], used[-1]
    parts: list[Part] = []
    is_apart = False
    while left <= right:
        columns = range(left, right + 1)
        roles = column_roles(view, columns, heads, band.data, headings, joined)
        cut, cut_apart = _cut(view, band, roles, heads)
        if cut is None:
            parts.append(Part(columns, roles, is_apart))
            break
        columns = range(left, cut)
        roles = column_roles(view, columns, heads, band.data, headings, joined)
        parts.append(Part(columns, roles, is_apart))
        left, is_apart = cut, cut_apart
    return parts


def _headings(view: View, band: Band) -> frozenset[int]:
    """Columns of labels in which words stand beside rows of figures: groups, sections."""
    data = set(band.data)
    between = [row for row in band.body if row not in data]
    first = min(band.numeric, default=0)
    return frozenset(c for row in between for c in view.filled(row) if c < first)


def _joined(view: View, band: Band) -> frozenset[int]:
    """Columns over which the lowest words of the header are merged from the column to the left."""
    found: set[int] = set()
    for row in band.header:
        for column in range(1, view.last_column + 1):
            merge = view.sheet.merge_at(row, column)
            if merge and merge.left < column:
                found.add(column)
            elif view.kind(row, column) != BLANK:
                found.discard(column)
    return frozenset(found)


def _cut(
    view: View, band: Band, roles: Mapping[int, str], heads: Mapping[int, str]
) -> tuple[int | None, bool]:
    """The first column of the next table to the right, and whether a blank one parts the two."""
    columns = sorted(roles)
    stubs = [column for column in columns if roles[column] in STUB_ROLES]
    figures = [column for column in columns if roles[column] == "figure"]
    if not stubs or not figures:
        return None, False
    first = squeeze(heads.get(stubs[0], ""))
    rows = sample(band.data)
    for column in columns:
        if column <= figures[0]:
            continue
        is_repeated = bool(first) and squeeze(heads.get(column, "")) == first
        is_apart = column - 1 not in roles and bool(heads.get(column))
        cells = Column(view, column, rows, heads.get(column, ""))
        has_words = cells.count(TEXT + DATE) > 0 and not cells.is_numeric
        follows = any(other > column and roles[other] == "figure" for other in columns)
        if is_repeated and follows and cells.kinds.strip(BLANK):
            return column, is_apart
        if is_apart and has_words and follows and _has_other_rows(view, band, column):
            return column, True
    return None, False


def _has_other_rows(view: View, band: Band, column: int) -> bool:
    """A blank column parts two tables where both have a header of their own in full."""
    return any(
        view.kind(row, column) == TEXT and view.kind(row, column + 1) == TEXT for row in band.header
    )
