"""Fates of a sheet's cells as columns; the cells' texts stay in the sheet until asked for."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from govstats.layouts.facts import CellFate, Fate
from govstats.layouts.lazy import LazyRows
from govstats.workbooks.cells import Cell, Place, Sheet, Stored, stored_cell
from govstats.workbooks.places import addresses
from govstats.workbooks.refilled import Picked, Refilled


@dataclass(frozen=True, eq=False)
class Fates:
    """Cells by row and column, what became of each, and the detail where there is any."""

    rows: Sequence[int]
    columns: Sequence[int]
    fates: Sequence[Fate]
    details: Sequence[str | None]

    @cached_property
    def addresses(self) -> list[str]:
        """The A1 addresses."""
        return addresses(self.rows, self.columns)

    @cached_property
    def counts(self) -> Mapping[Fate, int]:
        """Cells by fate."""
        return Counter(self.fates)


@dataclass(frozen=True)
class Fated:
    """The fates of one sheet's cells; their texts stand in the sheet."""

    sheet: Sheet
    cells: Fates

    def __len__(self) -> int:
        """How many cells."""
        return len(self.cells.rows)

    def again(self) -> tuple[Picked, Sequence[float]] | None:
        """What the cells of a form filled in again hold, None for any other sheet."""
        grid = self.sheet.grid
        if not isinstance(grid, Refilled):
            return None
        places = zip(self.cells.rows, self.cells.columns, strict=True)
        return grid.blank.picked(self.cells, places, self.values), grid.figures

    def values(self) -> list[Stored | Cell]:
        """What the grid holds for each cell; the cell itself where a grid cannot express it."""
        grid, special = self.sheet.grid, self.sheet.special
        places = zip(self.cells.rows, self.cells.columns, strict=True)
        if not special:
            return [grid[row - 1][column - 1] for row, column in places]
        return [
            special[place] if place in special else grid[place[0] - 1][place[1] - 1]
            for place in places
        ]


def places_beside(sheet: Sheet, fields: Mapping[int, frozenset[int]]) -> list[Place]:
    """Cells that are no fields of entries, by row and column, without a look at those.

    Args:
        sheet: any.
        fields: columns with fields of entries, by row.
    """
    width = max(map(len, sheet.grid), default=0)
    others = {
        columns: tuple(column for column in range(1, width + 1) if column not in columns)
        for columns in set(fields.values())
    }
    places: list[Place] = []
    for row, values in enumerate(sheet.grid, start=1):
        own = fields.get(row)
        if own is None:
            places += [(row, c) for c, value in enumerate(values, start=1) if value != ""]
        elif among := others[own]:
            length = len(values)
            places += [(row, c) for c in among if c <= length and values[c - 1] != ""]
    more = [
        (row, column)
        for row, column in sheet.special
        if column not in fields.get(row, ()) and sheet.value_at(row, column) == ""
    ]
    return sorted(places + more) if more else places


class CellFates(LazyRows[CellFate]):
    """The fates of a file's cells.

    Args:
        submission_id: of the file.
        sheets: in the order of the file.
    """

    def __init__(self, submission_id: str, sheets: Sequence[Fated]) -> None:
        self.submission_id = submission_id
        self.sheets = tuple(sheets)

    def __len__(self) -> int:
        """How many cells, without making an object for any."""
        return sum(map(len, self.sheets))

    def _make(self) -> Iterator[CellFate]:
        for sheet in self.sheets:
            found = sheet.cells
            lists = found.addresses, found.rows, found.columns, found.fates, found.details
            for value, said in zip(sheet.values(), zip(*lists, strict=True), strict=True):
                cell, row, column, fate, detail = said
                text = (value if isinstance(value, Cell) else stored_cell(row, column, value)).text
                yield CellFate(
                    self.submission_id, sheet.sheet.name, cell, row, column, text, fate, detail
                )

    @property
    def counts(self) -> dict[Fate, int]:
        """Cells by fate."""
        total: Counter[Fate] = Counter()
        for sheet in self.sheets:
            total.update(sheet.cells.counts)
        return dict(total)
