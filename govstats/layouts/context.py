"""What a row label means where it stands.

The same "其中:" row means one thing below one total and another below the next, so a label is
looked for among the parts of the row above it first, then among the parts of that row's parents,
at last among the rows that stand alone.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Protocol

from govstats.layouts.labels import ReadLabel
from govstats.layouts.model import Dims, Layout, Row
from govstats.layouts.periods import as_period
from govstats.layouts.seeds import Seeds


class Context(Protocol):
    """Where in a layout's rows a sheet has got to; the parts of one table share one."""

    def find(self, read: ReadLabel) -> Row | None:
        """The row that a label means here, None for none."""

    def enter(self, groups: Sequence[str]) -> tuple[Row, ...] | None:
        """The groups that labels in columns of their own name; None where one is unknown."""

    def lose(self) -> None:
        """A row stands here of which nobody can say what it is."""

    def knows(self, text: str) -> bool:
        """Whether a label is that of any row."""


def context_of(layout: Layout, period_end: date, seeds: Seeds) -> Context:
    """The context that a layout's axis asks for, at the top of a table."""
    if layout.axis == "period":
        return _Periods(period_end)
    if layout.axis == "area":
        return _Areas(layout, seeds)
    return _Tree(layout)


class _Plain:
    """Rows without levels."""

    #: The row above, of which 其中: tells a part, is none that the layout knows.
    _after_unknown = False
    _part_follows = False

    def enter(self, groups: Sequence[str]) -> tuple[Row, ...] | None:
        return ()

    def find(self, read: ReadLabel) -> Row | None:
        is_part = read.is_part or self._part_follows
        self._part_follows = read.is_part and not read.text
        if not read.text or (is_part and self._after_unknown):
            return None
        row = self._row(read.text)
        self._after_unknown = row is None and not is_part
        return row

    def lose(self) -> None:
        self._after_unknown = True

    def knows(self, text: str) -> bool:
        return self._row(text) is not None

    def _row(self, text: str) -> Row | None:
        raise NotImplementedError


class _Periods(_Plain):
    def __init__(self, period_end: date) -> None:
        self._year = period_end.year

    def _row(self, text: str) -> Row | None:
        period = as_period(text, self._year)
        return Row(period.isoformat(), (text,), text) if period else None


class _Areas(_Plain):
    def __init__(self, layout: Layout, seeds: Seeds) -> None:
        self._declared = {text: row for row in layout.rows for text in row.labels}
        self._others = seeds.area_codes if layout.any_area else {}

    def _row(self, text: str) -> Row | None:
        row = self._declared.get(text)
        if row is None and (area := self._others.get(text)):
            row = Row(area, (text,), text, Dims(ref_area=area))
        return row


class _Tree:
    """Rows with parts."""

    def __init__(self, layout: Layout) -> None:
        self._roots = layout.rows
        self._labels = layout.row_labels
        #: Groups that the sheet is in, by labels in columns of their own.
        self._groups: tuple[Row, ...] = ()
        #: The last row found and its parents, outermost first.
        self._chain: tuple[Row, ...] = ()
        self._after_unknown = False
        #: Indent of the last part that the layout does not know.
        self._unknown_part: int | None = None
        self._part_follows = False

    def knows(self, text: str) -> bool:
        return text in self._labels

    def enter(self, groups: Sequence[str]) -> tuple[Row, ...] | None:
        entered: tuple[Row, ...] = ()
        for name in groups:
            among = entered[-1].children if entered else self._roots
            group = next((row for row in among if row.is_group and name in row.labels), None)
            if group is None:
                return None
            entered = (*entered, group)
        if entered != self._groups:
            self._groups = self._chain = entered
            self._after_unknown = self._part_follows = False
            self._unknown_part = None
        return entered

    def find(self, read: ReadLabel) -> Row | None:
        is_part = read.is_part or self._part_follows
        # "其中:" alone in its cell belongs to the label below.
        self._part_follows = read.is_part and not read.text
        if not read.text:
            return None
        if is_part and self._after_unknown:
            # Parts of a row the layout does not know: nothing below is what it seems.
            self._chain = self._groups
            return None
        if is_part and self._unknown_part is not None and read.indent > self._unknown_part:
            return None  # a part of an unknown part
        row = self._among_parts(read.text) or (None if is_part else self._alone(read.text))
        self._after_unknown = row is None and not is_part
        self._unknown_part = read.indent if row is None and is_part else None
        return row

    def lose(self) -> None:
        self._chain = self._groups  # nothing below is what it seems
        self._after_unknown, self._part_follows, self._unknown_part = True, False, None

    def _among_parts(self, text: str) -> Row | None:
        for depth in range(len(self._chain), 0, -1):
            for child in self._chain[depth - 1].children:
                if text in child.labels and not child.is_group:
                    self._chain = (*self._chain[:depth], child)
                    return child
        return None

    def _alone(self, text: str) -> Row | None:
        for row in () if self._groups else self._roots:
            if text in row.labels and not row.is_group:
                self._chain = (row,)
                return row
        return None


def row_paths(rows: Sequence[Row], above: tuple[Row, ...] = ()) -> Iterator[tuple[Row, ...]]:
    """Every row with its parents before it, outermost first."""
    for row in rows:
        yield (*above, row)
        yield from row_paths(row.children, (*above, row))


def path_shown(path: tuple[Row, ...]) -> str:
    """A row as messages name it, with its parents."""
    return "/".join(row.shown for row in path)


def missed(rows: Sequence[Row], found: set[str]) -> tuple[tuple[Row, ...], ...]:
    """Paths of required rows that were not found, unless a branch is optional and absent."""
    return tuple(
        path
        for path in row_paths(rows)
        if path[-1].required
        and path[-1].id not in found
        and all(parent.id in found or parent.required for parent in path[:-1])
    )
