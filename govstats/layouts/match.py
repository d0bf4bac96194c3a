"""A layout held against the places of a file where its table may stand."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from govstats.layouts.context import missed, path_shown, row_paths
from govstats.layouts.entries import Entries
from govstats.layouts.header import Header
from govstats.layouts.index import SheetIndex
from govstats.layouts.labels import squeeze
from govstats.layouts.model import Layout
from govstats.layouts.rowmatch import Rows
from govstats.workbooks.cells import Cell, Sheet, address

#: Share of its labels from which a place is taken for a faulty table of a layout.
LIKE = 0.6


@dataclass(frozen=True)
class Part:
    """One piece of a table: a header block and what stands below it.

    ``titles`` are the cells above it that the layout's title matches, the first being the title,
    ``marks`` those that say 续表;
    ``above`` and ``last`` the first and last row in which its title, unit lines and rows stand.
    """

    index: SheetIndex
    header: Header
    rows: Rows
    titles: tuple[Cell, ...]
    marks: tuple[Cell, ...]
    above: int
    last: int
    entries: Entries

    @property
    def sheet(self) -> Sheet:
        """Where it stands."""
        return self.index.sheet

    @property
    def row_numbers(self) -> tuple[int, ...]:
        """Rows with figures or entries, ascending."""
        return self.entries.rows or tuple(sorted(found.number for found in self.rows.found))

    @property
    def columns(self) -> tuple[int, int]:
        """First and last column that the layout declares."""
        found = [heading.column for heading in self.header.found.values()]
        return min(found), max(found)


@dataclass(frozen=True)
class Match:
    """A layout held against a file.

    ``layout`` has the rows of the period and ``sheet`` is that of the first part. ``missing``
    names what the layout declares and is not there (``missing_rows`` and ``missing_columns`` are
    those of it that a table can be read without), ``extra`` labels that it does not declare,
    ``twice`` labels that stand more than once. Without ``parts`` no header was recognised.
    """

    layout: Layout
    sheet: Sheet
    parts: tuple[Part, ...]
    missing: tuple[str, ...]
    extra: tuple[str, ...]
    twice: tuple[str, ...] = ()
    missing_rows: tuple[str, ...] = ()
    missing_columns: tuple[str, ...] = ()
    renamed: frozenset[str] = frozenset()

    @property
    def title(self) -> Cell | None:
        """The title's cell."""
        return next((part.titles[0] for part in self.parts if part.titles), None)

    @property
    def title_text(self) -> str:
        """The title as it stands in the sheet, '' without one."""
        return self.title.text.strip() if self.title else ""

    @property
    def header(self) -> Header | None:
        """The header block of the first part."""
        return self.parts[0].header if self.parts else None

    @property
    def rows(self) -> Rows | None:
        """The rows of the first part."""
        return self.parts[0].rows if self.parts else None

    @property
    def has_rows(self) -> bool:
        """Whether there is more than a header."""
        return any(part.row_numbers for part in self.parts)

    @property
    def is_full(self) -> bool:
        """Whether the table has everything that the layout cannot do without."""
        if not self.missing or not self.parts:
            return bool(self.parts)
        tolerated = {*self.missing_rows, *self.missing_columns}
        return (
            self.layout.drift.missing
            and tolerated.issuperset(self.missing)
            and self.score >= LIKE
            and self.has_rows
        )

    @cached_property
    def score(self) -> float:
        """Share of the declared labels that are there, 0 to 1."""
        return 1 - len(self.missing) / declared(self.layout)


def declared(layout: Layout) -> int:
    """How many labels a layout asks for; the title is one."""
    columns = sum(column.required for column in layout.columns)
    return 1 + columns + sum(row.required for row in layout.every_row())


def judged(layout: Layout, parts: tuple[Part, ...], renamed: frozenset[str]) -> Match:
    """What is missing, extra or twice in the union of a table's parts.

    Args:
        layout: already that of the period.
        parts: at least one.
        renamed: spellings that only the alias table knows.
    """
    headings = [heading for part in parts for heading in part.header.found.values()]
    there = {heading.declared.id for heading in headings if heading.declared}
    columns = tuple(
        column.shown
        for column in layout.columns
        if column.required and column.id not in there and column is not layout.anchor
    )
    found = {found.row.id for part in parts for found in part.rows.found}
    found |= _groups(layout, parts)
    rows = tuple(path_shown(path) for path in missed(layout.rows, found))
    if not any(part.row_numbers or part.entries.is_blank for part in parts):
        rows = rows or (f"{layout.anchor.shown}:*",)
    has_title = any(part.titles for part in parts)
    missing: tuple[str, ...] = () if has_title else (layout.name_zh,)
    if layout.sheet and not layout.sheet.search(squeeze(parts[0].sheet.name)):
        missing += (layout.sheet.pattern,)
    extra = [column.shown for part in parts for column in part.header.extra]
    extra += [cell.text.strip() for part in parts for cell in part.rows.extra]
    return Match(
        layout, parts[0].sheet, parts, missing + columns + rows, tuple(extra), _twice(parts),
        rows, columns, renamed,
    )  # fmt: skip


def _groups(layout: Layout, parts: tuple[Part, ...]) -> set[str]:
    named = {part.index.label(cell.text).text for part in parts for cell in part.rows.groups}
    groups = (path[-1] for path in row_paths(layout.rows) if path[-1].is_group)
    return {row.id for row in groups if named.intersection(row.labels)}


def _twice(parts: tuple[Part, ...]) -> tuple[str, ...]:
    """Labels that stand twice in one part, and crossings that two parts state."""
    found = [label for part in parts for label in (*part.header.twice, *part.rows.twice)]
    if len(parts) > 1:
        crossings = Counter(
            (entry.row.id, heading.key)
            for part in parts
            for entry in part.rows.found
            for heading in part.header.with_role("figure")
        )
        shown = {entry.row.id: entry.text for part in parts for entry in part.rows.found}
        found += [shown[row] for (row, _), count in crossings.items() if count > 1]
    return tuple(dict.fromkeys(found))


def overlapping(first: Part, second: Part) -> bool:
    """Whether two parts claim the same cells."""
    if first.sheet is not second.sheet:
        return False
    (left, right), (other_left, other_right) = first.columns, second.columns
    if right < other_left or other_right < left:
        return False
    rows = {*range(first.header.top, first.header.bottom + 1), *first.row_numbers}
    top, bottom = second.header.top, second.header.bottom
    return not rows.isdisjoint({*range(top, bottom + 1), *second.row_numbers})


def begin(match: Match) -> str:
    """Where a table begins, for messages."""
    header = match.header
    return address(header.top, header.left) if header else ""
