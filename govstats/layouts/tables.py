"""Every place of a file where a layout's table stands, and the tables that its parts make."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from govstats.layouts.anchors import HeaderFinder
from govstats.layouts.context import Context, context_of
from govstats.layouts.drift import aliased
from govstats.layouts.entries import Entries, find_entries
from govstats.layouts.header import Header
from govstats.layouts.index import Line, SheetIndex
from govstats.layouts.labels import squeeze
from govstats.layouts.match import LIKE, Match, Part, judged
from govstats.layouts.model import Layout
from govstats.layouts.rowmatch import Rows, match_rows
from govstats.layouts.seeds import Seeds

#: 续表, (续), 续1 …: what stands above a further part of a table.
_CONTINUED = re.compile(
    r"^\(?(续表?|接上表)[\d一二三四五六七八九十()]*$|\(续[\d一二三四五六七八九十]*\)$|^\(?continued",
    re.I,
)


@dataclass(frozen=True)
class Spot:
    """A header block that may be that of a layout's table.

    ``above`` is the first row below the table before it, ``titles`` and ``marks`` the lines
    between that the layout's title matches or that say 续表. ``is_end`` where it ends the table
    above.
    """

    layout: Layout
    index: SheetIndex
    header: Header
    above: int = 1
    titles: tuple[Line, ...] = ()
    marks: tuple[Line, ...] = ()
    is_end: bool = False

    @property
    def span(self) -> tuple[int, int]:
        """First and last column that the layout declares."""
        found = [heading.column for heading in self.header.found.values()]
        return min(found), max(found)

    @property
    def top(self) -> int:
        """The first row that belongs to it."""
        return min([self.header.top, *(line.row for line in (*self.titles, *self.marks))])

    def is_likely(self) -> bool:
        """Whether enough of the header is there to end the table above."""
        wanted = sum(column.required for column in self.layout.columns)
        return self.layout.continued or len(self.header.found) >= LIKE * wanted

    def is_below(self, other: "Spot") -> bool:
        """Whether it stands under another one, in columns of that."""
        (left, right), (other_left, other_right) = self.span, other.span
        return self.header.top > other.header.bottom and left <= other_right and other_left <= right


class Search:
    """Looks for tables in a file.

    Args:
        indexes: one per sheet with content.
        period_end: last day of the folder's period.
        seeds: aliases and units.
    """

    def __init__(self, indexes: Sequence[SheetIndex], period_end: date, seeds: Seeds) -> None:
        self._indexes = indexes
        self._period_end = period_end
        self._seeds = seeds

    def matches(self, layouts: Sequence[Layout]) -> list[Match]:
        """Each layout at each place where a header of it was recognised.

        Args:
            layouts: already those of the period; what one of them claims ends another.
        """
        spots = self._spots(layouts)
        found: list[Match] = []
        for layout in layouts:
            own = [spot for spot in spots if spot.layout is layout]
            for together in _tables(layout, own, spots):
                match = self._table(layout, together, spots)
                if match:
                    found.append(match)
        return found

    def _spots(self, layouts: Sequence[Layout]) -> list[Spot]:
        walls = frozenset(text for layout in layouts for text in layout.anchor.labels)
        spots = [
            Spot(layout, index, header)
            for index in self._indexes
            for layout in layouts
            for header in HeaderFinder(index, layout, self._period_end, self._seeds, walls).every()
        ]
        likely = [spot for spot in spots if spot.is_likely()]
        spots = [_titled(spot, likely) for spot in spots]
        if len(spots) > 1:
            # A word that looks like a header has no rows below it.
            spots = [replace(spot, is_end=self._is_end(spot)) for spot in spots]
            ends = [spot for spot in spots if spot.is_end]
            spots = [_titled(spot, ends) for spot in spots]
        return spots

    def _is_end(self, spot: Spot) -> bool:
        if not spot.is_likely() or spot.titles:
            return spot.is_likely()
        context = context_of(spot.layout, self._period_end, self._seeds)
        part = _part(spot.layout, spot, spot.index.sheet.last_row, context, None)
        return bool(part.row_numbers or part.rows.extra)

    def _table(
        self, layout: Layout, spots: Sequence[Spot], all_spots: Sequence[Spot]
    ) -> Match | None:
        parts = self._parts(layout, spots, all_spots)
        renamed: frozenset[str] = frozenset()
        if layout.drift.renamed and any(part.rows.extra for part in parts):
            # Also of a part in which no row has the name that the layout knows.
            layout, renamed = aliased(judged(layout, parts, renamed), self._seeds)
            parts = self._parts(layout, spots, all_spots) if renamed else parts
        parts = _filled(parts) if len(parts) > 1 else parts
        return judged(layout, parts, renamed) if parts else None

    def _parts(
        self, layout: Layout, spots: Sequence[Spot], all_spots: Sequence[Spot]
    ) -> tuple[Part, ...]:
        context = context_of(layout, self._period_end, self._seeds)
        parts: list[Part] = []
        section: str | None = None
        for spot in spots:
            part = _part(layout, spot, _last(spot, all_spots), context, section)
            if part.entries.sections:
                section = part.entries.sections[-1]
            parts.append(part)
        return tuple(parts)


def _part(layout: Layout, spot: Spot, last: int, context: Context, section: str | None) -> Part:
    rows, entries = Rows(), Entries()
    if layout.shape == "table":
        rows = match_rows(
            spot.index, spot.header, last, context,
            lambda cell: layout.is_aside(squeeze(cell.text)),
        )  # fmt: skip
    else:
        entries = find_entries(spot.index, layout, spot.header, last, layout.is_aside, section)
    titles = tuple(spot.index.cell(line) for line in spot.titles)
    marks = tuple(spot.index.cell(line) for line in spot.marks)
    return Part(spot.index, spot.header, rows, titles, marks, spot.above, last, entries)


def _filled(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """The parts with rows; one with unknown rows alone counts where it has the table's title."""
    filled = tuple(part for part in parts if part.row_numbers)
    if not filled or any(part.titles for part in filled):
        return filled
    return tuple(part for part in parts if part.row_numbers or (part.titles and part.rows.extra))


def _tables(layout: Layout, own: Sequence[Spot], spots: Sequence[Spot]) -> Iterable[Sequence[Spot]]:
    """Spots that make a table each, or all together where the layout is continued."""
    if not layout.continued:
        return [(spot,) for spot in own]
    parts = [spot for spot in own if spot.titles or not _is_anothers(spot, spots)]
    if layout.sheet:
        named = [spot for spot in parts if layout.sheet.search(squeeze(spot.index.sheet.name))]
        parts = named or parts
    return [parts] if parts else []


def _is_anothers(spot: Spot, spots: Sequence[Spot]) -> bool:
    """Whether a header is that of another layout's table by its title."""
    return any(
        other.titles
        and other.layout is not spot.layout
        and other.index is spot.index
        and other.header.top == spot.header.top
        and other.header.label_column == spot.header.label_column
        for other in spots
    )


def _titled(spot: Spot, likely: Sequence[Spot]) -> Spot:
    """A spot with the lines above it that are its title."""
    before = [other for other in likely if other.index is spot.index and spot.is_below(other)]
    above = max((other.header.bottom for other in before), default=0) + 1
    lines = list(spot.index.lines_between(above, spot.header.top - 1))
    titles = [line for line in lines if spot.layout.title.search(line.text)]
    titles = [line for line in titles if not spot.layout.is_aside(line.text)] or titles
    if before:
        # The rows of the table above lie between: the title is what stands nearest.
        nearest = max((line.row for line in titles), default=0)
        titles = [line for line in titles if line.row == nearest]
    left, right = spot.span
    over = [line for line in titles if _reaches(spot.index, line, left, right)]
    marks = [line for line in lines if spot.layout.continued and _CONTINUED.search(line.text)]
    return replace(
        spot, above=above, titles=tuple(over or titles),
        marks=tuple(marks[-1:] if before else marks),
    )  # fmt: skip


def _reaches(index: SheetIndex, line: Line, left: int, right: int) -> bool:
    merge = index.sheet.merge_at(line.row, line.column)
    return line.column <= right and (merge.right if merge else line.column) >= left


def _last(spot: Spot, spots: Sequence[Spot]) -> int:
    """The last row before the next table below."""
    below = [
        other.top
        for other in spots
        if other.is_end and other.index is spot.index and other.is_below(spot)
    ]
    return min(below, default=spot.index.sheet.last_row + 1) - 1
