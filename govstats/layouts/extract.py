"""A table that was found → observations with their units and status, or entries, and notes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from govstats.layouts.claims import TableClaims
from govstats.layouts.crossings import Crossings
from govstats.layouts.crossread import CrossingReader
from govstats.layouts.doubts import Doubts
from govstats.layouts.facts import EntryTable, TableRead
from govstats.layouts.match import Match
from govstats.layouts.periods import last_day
from govstats.layouts.registers import entry_tables
from govstats.workbooks.cells import Place, address


@dataclass(frozen=True)
class Origin:
    """Where observations come from: part of every row."""

    submission_id: str
    department: str
    period: str

    @property
    def period_end(self) -> date:
        """Last day of the period's last month."""
        return last_day(int(self.period[:4]), int(self.period[5:]))


class Extraction:
    """Reads one table.

    Args:
        match: a full match.
        origin: submission, department and period.
        kinds: unit → what it measures.
    """

    def __init__(self, match: Match, origin: Origin, kinds: Mapping[str, str]) -> None:
        self.match = match
        self.claims = TableClaims(match, kinds)
        self.doubts = Doubts(match, kinds)
        self._period_end = origin.period_end
        self._crossings = CrossingReader(
            match, self._period_end, kinds, self.claims, self.doubts, _provisional(match)
        )

    @property
    def aside(self) -> frozenset[tuple[str, Place]]:
        """Places, by sheet name, of figures whose unit is of another kind."""
        return frozenset(self._crossings.aside)

    def entries(self) -> Iterator[EntryTable]:
        """The entries of a register or ledger, one table per part.

        Raises:
            Refused: ``unit_conflict``.
        """
        if self.match.layout.shape != "table":
            yield from entry_tables(self.match, self._period_end, self.claims, self.doubts)

    def table(self) -> TableRead:
        """What was found where."""
        match, part = self.match, self.match.parts[0]
        title = match.title
        lines = next((lines for lines in self.claims.lines if lines), ())
        left, right = part.columns
        columns = {key for piece in match.parts for key in piece.header.found}
        return TableRead(
            layout_id=match.layout.id,
            shape=match.layout.shape,
            sheet=part.sheet.name,
            title=match.title_text,
            title_cell=title.address if title else None,
            unit_line=lines[0][0].text if lines else None,
            first_cell=address(part.header.top, left),
            last_cell=address(max((part.header.bottom, *part.row_numbers)), right),
            parts=len(match.parts),
            rows_found=sum(len(piece.row_numbers) for piece in match.parts),
            columns_found=len(columns),
        )

    def crossings(self) -> Iterator[Crossings]:
        """What stands where declared rows and columns cross, one table per part.

        Raises:
            Refused: ``unit_conflict``.
        """
        if self.match.layout.shape == "table":
            for number in range(len(self.match.parts)):
                yield self._crossings.part(number)


def _provisional(match: Match) -> frozenset[tuple[str, str]]:
    layout = match.layout
    if not layout.provisional:
        return frozenset()
    texts = [
        line.text
        for index in {id(part.index): part.index for part in match.parts}.values()
        for line in index.lines_between(1, index.sheet.last_row)
    ]
    rows = {found.row.id for part in match.parts for found in part.rows.found}
    return frozenset(
        (row, column.id)
        for entry in layout.provisional
        if any(entry.pattern.search(text) for text in texts)
        for row in rows
        if not entry.rows or row in entry.rows
        for column in layout.figures()
        if not entry.columns or column.id in entry.columns
    )
