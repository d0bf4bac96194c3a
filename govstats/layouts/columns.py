"""Which column of a layout stands under which heading."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from govstats.layouts.header import HeaderColumn
from govstats.layouts.model import ANY, LAST_PERIOD, Column, Layout
from govstats.layouts.periods import as_period
from govstats.layouts.seeds import Seeds


@dataclass(frozen=True)
class Found:
    """Headings by key, those without a meaning, and labels that stand more than once."""

    found: dict[str, HeaderColumn]
    extra: tuple[HeaderColumn, ...]
    twice: tuple[str, ...]


class ColumnFinder:
    """Finds a layout's columns among headings.

    Args:
        layout: whose columns.
        period_end: of the folder; its year is that of headings which name months alone.
        seeds: aliases of areas and indicators.
    """

    def __init__(self, layout: Layout, period_end: date, seeds: Seeds) -> None:
        self._layout = layout
        self._period_end = period_end
        self._seeds = seeds
        plain = [column for column in layout.columns if column.each is None]
        self._by_label = {text: column for column in plain for text in column.labels}
        self._each = [column for column in layout.columns if column.each]

    def find(self, headings: Sequence[HeaderColumn]) -> Found:
        """Hold headings against the layout's columns; a heading has one meaning at most."""
        named: dict[int, HeaderColumn] = {}
        for heading in headings:
            meanings = (
                self._meant(heading, text) for text in heading.spellings(self._period_end) if text
            )
            meant = next(filter(None, meanings), None)
            if meant:
                named[heading.column] = meant
        if self._layout.drift.renamed:
            named |= self._renamed(headings, named)
        named |= {entry.column: _passed(entry) for entry in headings if _is_last_period(entry)}
        counts = Counter(entry.key for entry in named.values())
        return Found(
            found=_leftmost(named),
            extra=tuple(entry for entry in headings if entry.column not in named),
            twice=tuple(
                _shown(entry)
                for entry in {entry.key: entry for entry in named.values()}.values()
                if counts[entry.key] > 1
            ),
        )

    def doubled(self, found: Found, filled: Sequence[HeaderColumn]) -> tuple[str, ...]:
        """Columns found that stand once more, below a heading that was not merged.

        Args:
            found: as each column's own words read.
            filled: the headings with those left of them that may speak for them too.
        """
        own = {entry.column: entry.levels for entry in found.extra}
        read = [entry for entry in filled if own.get(entry.column, entry.levels) != entry.levels]
        again = (self.find([entry]).found.items() for entry in read)
        keys = [key for items in again for key, entry in items if not entry.is_renamed]
        return tuple(_shown(found.found[key]) for key in dict.fromkeys(keys) if key in found.found)

    def _meant(self, heading: HeaderColumn, text: str) -> HeaderColumn | None:
        column = self._by_label.get(text)
        if column:
            return replace(heading, declared=column)
        for column in self._each:
            for label in column.labels:
                before, _, after = label.partition(ANY)
                if len(text) > len(before) + len(after) and text.startswith(before):
                    middle = text[len(before) : len(text) - len(after)]
                    meant = replace(heading, declared=column)
                    read = self._read(meant, middle) if text.endswith(after) else None
                    if read:
                        return read
        return None

    def _read(self, heading: HeaderColumn, text: str) -> HeaderColumn | None:
        """The column with the period or area that its header names, None where it names none."""
        if heading.declared and heading.declared.each == "period":
            period = as_period(text, self._period_end.year)
            return replace(heading, period_end=period) if period else None
        area = self._seeds.area_codes.get(text)
        return replace(heading, ref_area=area) if area else None

    def _renamed(
        self, headings: Sequence[HeaderColumn], named: Mapping[int, HeaderColumn]
    ) -> dict[int, HeaderColumn]:
        """Absent columns whose header is there under another name of the same indicator."""
        there = {entry.declared.id for entry in named.values() if entry.declared}
        absent = [
            column
            for column in self._layout.columns
            if column.id not in there and column.dims.indicator and column.each is None
        ]
        found: dict[int, HeaderColumn] = {}
        for column in absent:
            wanted = self._by_indicator(column.levels)
            for heading in headings:
                if heading.column in named or column.dims.indicator not in wanted:
                    continue
                without = (level for level in heading.levels if level != heading.unit)
                if wanted in (self._by_indicator(heading.levels), self._by_indicator(without)):
                    found[heading.column] = replace(heading, declared=column, is_renamed=True)
        return found

    def _by_indicator(self, levels: Iterable[str]) -> tuple[str, ...]:
        aliases = self._seeds.indicator_aliases
        return tuple(aliases.get(level, level) for level in levels)


def _is_last_period(heading: HeaderColumn) -> bool:
    return heading.levels[0].startswith(LAST_PERIOD)


def _passed(heading: HeaderColumn) -> HeaderColumn:
    """A grey column of a form, which shows the period before: known and not read."""
    name = f"last_period_{heading.column}"
    column = Column(name, "ignore", heading.levels, heading.shown, required=False)
    return replace(heading, declared=column)


def _leftmost(named: Mapping[int, HeaderColumn]) -> dict[str, HeaderColumn]:
    found: dict[str, HeaderColumn] = {}
    for column in sorted(named):
        found.setdefault(named[column].key, named[column])
    return found


def _shown(heading: HeaderColumn) -> str:
    if heading.declared is None or heading.declared.each:
        return heading.shown
    return heading.declared.shown
