"""Which tables of a workbook count, or why none: those of the folder's department, each once."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from govstats.layouts.index import SheetIndex
from govstats.layouts.match import LIKE, Match, overlapping
from govstats.layouts.model import Layout
from govstats.layouts.overlap import by_overlap
from govstats.layouts.periods import last_day
from govstats.layouts.reasons import copies, duplicate, faulty, rivals, stray, unknown
from govstats.layouts.seeds import Seeds
from govstats.layouts.tables import Search
from govstats.workbooks.cells import Workbook
from govstats.workbooks.refusals import Refused

__all__ = ["LIKE", "Chosen", "choose", "every_match", "find_tables"]


@dataclass(frozen=True)
class Chosen:
    """The tables of a file that are read, in the order of the file.

    ``is_form`` where it is a form of the bureau's own, for whose sake its other sheets are left.
    """

    matches: tuple[Match, ...]
    is_form: bool = False

    @property
    def layout(self) -> Layout:
        """Of the first table."""
        return self.matches[0].layout

    @property
    def title_text(self) -> str:
        """Of the first table."""
        return self.matches[0].title_text


def find_tables(
    workbook: Workbook, layouts: Sequence[Layout], department: str, period: str, seeds: Seeds
) -> Chosen:
    """The tables that count.

    Raises:
        Refused: see ``choose``.
    """
    own = [
        layout for layout in layouts if layout.department == department and layout.is_valid(period)
    ]
    indexes = _indexes(workbook, layouts, seeds)
    matches = _search(indexes, own, period, seeds)
    if not any(match.is_full for match in matches):
        matches = _compared(indexes, layouts, period, seeds)
    return choose(matches, department, period, seeds)


def every_match(
    workbook: Workbook, layouts: Sequence[Layout], period: str, seeds: Seeds
) -> tuple[Match, ...]:
    """Every sheet with content against every layout, the best first."""
    return tuple(_compared(_indexes(workbook, layouts, seeds), layouts, period, seeds))


def choose(matches: Sequence[Match], department: str, period: str, seeds: Seeds) -> Chosen:
    """The tables that count.

    Args:
        matches: as ``every_match`` gives them.
        department: code of the department whose folder the file lies in.
        period: YYYY-MM of the folder.
        seeds: names of departments.

    Raises:
        Refused: ``empty_file``, ``ambiguous_layout``, ``wrong_department``, ``missing_labels``,
            ``duplicate_labels`` or ``unknown_layout``.
    """
    if not matches:
        raise Refused("empty_file", variant="cells")
    valid = [match for match in matches if match.layout.is_valid(period)]
    own = [match for match in valid if match.layout.department == department]
    full = _best([match for match in own if match.is_full])
    if full:
        return _checked(full, own, seeds)
    nearest = max(valid, key=lambda match: match.score, default=None)
    nearest_own = max(own, key=lambda match: match.score, default=None)
    if nearest and nearest.score >= LIKE:
        if nearest_own and nearest_own.score >= nearest.score:
            raise faulty(nearest_own, seeds)
        raise stray(nearest, period, seeds)
    raise unknown(matches, valid, department, period, seeds)


def _indexes(workbook: Workbook, layouts: Sequence[Layout], seeds: Seeds) -> tuple[SheetIndex, ...]:
    anchors = frozenset(text for layout in layouts for text in layout.anchor.labels)
    return tuple(
        SheetIndex(sheet, seeds.unit_symbols, anchors, number)
        for number, sheet in enumerate(workbook.sheets)
        if sheet.last_row
    )


def _search(
    indexes: Sequence[SheetIndex], layouts: Sequence[Layout], period: str, seeds: Seeds
) -> list[Match]:
    search = Search(indexes, last_day(int(period[:4]), int(period[5:])), seeds)
    return search.matches([layout.at(period) for layout in layouts])


def _compared(
    indexes: Sequence[SheetIndex], layouts: Sequence[Layout], period: str, seeds: Seeds
) -> list[Match]:
    """All matches, and a likeness where no header of a layout was found, the best first."""
    matches: list[Match] = []
    for department in dict.fromkeys(layout.department for layout in layouts):
        own = [layout for layout in layouts if layout.department == department]
        matches += _search(indexes, own, period, seeds)
    met = {(match.layout.id, match.layout.valid_from, match.sheet.name) for match in matches}
    matches += [
        by_overlap(index, layout.at(period))
        for layout in layouts
        for index in indexes
        if (layout.id, layout.valid_from, index.sheet.name) not in met
    ]
    return sorted(matches, key=lambda match: (not match.is_full, -match.score))


def _best(full: Sequence[Match]) -> list[Match]:
    """Tables with all labels; one that lacks some only where none of those stands.

    An empty form of a register counts only where no filled one is there.
    """
    filled = {match.layout.id for match in full if match.has_rows}
    full = [match for match in full if match.has_rows or match.layout.id not in filled]
    whole = [match for match in full if not match.missing]
    return whole + [
        match
        for match in full
        if match.missing and not any(_same_cells(match, other) for other in whole)
    ]


def _checked(full: Sequence[Match], own: Sequence[Match], seeds: Seeds) -> Chosen:
    by_layout: dict[str, list[Match]] = {}
    for match in full:
        by_layout.setdefault(match.layout.id, []).append(match)
    for same in by_layout.values():
        if len(same) > 1:
            raise copies(same)
    for one, other in combinations(full, 2):
        if _same_cells(one, other):
            raise rivals(one, other)
    for match in full:
        if match.twice:
            raise duplicate(match)
    for match in own:
        is_near = match.parts and match.score >= LIKE and not match.is_full
        if is_near and not any(_same_cells(match, other) for other in full):
            raise faulty(match, seeds)
    return Chosen(tuple(sorted(full, key=_place)))


def _place(match: Match) -> tuple[int, int, int]:
    header = match.parts[0].header
    return match.parts[0].index.number, header.top, header.left


def _same_cells(one: Match, other: Match) -> bool:
    return any(overlapping(part, piece) for part in one.parts for piece in other.parts)
