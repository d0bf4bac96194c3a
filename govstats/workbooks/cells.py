"""Sheets as grids of cells with their addresses: what a layout works on."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain

from govstats.workbooks.cell import Cell, Kind, Stored, exact, stored_cell
from govstats.workbooks.numberformat import shown
from govstats.workbooks.places import (
    Merge,
    MergeIndex,
    Place,
    address,
    column_letters,
    column_number,
)

__all__ = [
    "Cell",
    "Kind",
    "Merge",
    "Place",
    "Sheet",
    "Stored",
    "Workbook",
    "address",
    "column_letters",
    "column_number",
    "exact",
    "stored_cell",
]


@dataclass(frozen=True)
class Sheet:
    """One worksheet as a grid of what its cells hold.

    Row 1 is ``grid[0]``, column A ``grid[0][0]``; rows may be of different lengths. ``special``
    are the cells that a grid cannot express (errors, formulas never computed, percentages) and
    go before the grid. ``formats`` gives the plain number formats of cells and ``shown_texts``
    what cells show where the file itself says it; both are only asked for a cell by ``at``.
    """

    name: str
    grid: Sequence[Sequence[Stored]] = ()
    merges: tuple[Merge, ...] = ()
    is_visible: bool = True
    special: Mapping[Place, Cell] = field(default_factory=dict)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    formats: Callable[[], Mapping[Place, str]] | None = field(default=None, compare=False)
    shown_texts: Mapping[Place, str] = field(default_factory=dict, compare=False)

    @classmethod
    def from_cells(
        cls,
        name: str,
        cells: Mapping[Place, Cell] | Iterable[Cell],
        merges: Iterable[Merge] = (),
        *,
        is_visible: bool = True,
        hidden_rows: Iterable[int] = (),
        hidden_columns: Iterable[int] = (),
    ) -> "Sheet":
        """A sheet of single cells: for small things and tests."""
        given = list(cells.values() if isinstance(cells, Mapping) else cells)
        height = max((cell.row for cell in given), default=0)
        width = max((cell.column for cell in given), default=0)
        grid: list[list[Stored]] = [[""] * width for _ in range(height)]
        special: dict[Place, Cell] = {}
        for cell in given:
            if cell.kind in ("number", "text"):
                grid[cell.row - 1][cell.column - 1] = cell.content
            if cell.kind not in ("number", "text") or cell.is_percent or cell.shown is not None:
                special[cell.row, cell.column] = cell
        hidden = frozenset(hidden_rows), frozenset(hidden_columns)
        return cls(name, grid, tuple(merges), is_visible, special, *hidden)

    @cached_property
    def last_row(self) -> int:
        """The last row with a non-empty cell, 0 without one."""
        last = len(self.grid)
        while last and all(value == "" for value in self.grid[last - 1]):
            last -= 1
        return max(chain((last,), (row for row, _ in self.special)))

    @cached_property
    def last_column(self) -> int:
        """The last column with a non-empty cell, 0 without one."""
        last = max(map(len, self.grid), default=0)
        while last and all(len(row) < last or row[last - 1] == "" for row in self.grid):
            last -= 1
        return max(chain((last,), (column for _, column in self.special)))

    @cached_property
    def count(self) -> int:
        """Number of non-empty cells."""
        filled = sum(len(row) - row.count("") for row in self.grid)
        return filled + sum(self.value_at(*place) == "" for place in self.special)

    @property
    def cells(self) -> dict[Place, Cell]:
        """Every non-empty cell by place, in order; costly for large sheets."""
        return self._cells

    @cached_property
    def _cells(self) -> dict[Place, Cell]:
        return {(cell.row, cell.column): cell for cell in self.in_order()}

    def value_at(self, row: int, column: int) -> Stored:
        """What the grid holds at a place, ``''`` outside it; ``special`` is not looked at."""
        if 0 < row <= len(self.grid):
            values = self.grid[row - 1]
            if 0 < column <= len(values):
                return values[column - 1]
        return ""

    def column_values(self, column: int, first: int, last: int) -> list[Stored]:
        """What the grid holds in a column, from one row to another, both included."""
        index = column - 1
        rows = self.grid[first - 1 : last]
        values = [row[index] if index < len(row) else "" for row in rows]
        return values + [""] * (last - first + 1 - len(values))

    def special_rows(self, column: int) -> tuple[int, ...]:
        """Rows of a column whose cells are ``special``, ascending."""
        return self._special_rows.get(column, ())

    @cached_property
    def _special_rows(self) -> dict[int, tuple[int, ...]]:
        rows: dict[int, list[int]] = {}
        for row, column in sorted(self.special):
            rows.setdefault(column, []).append(row)
        return {column: tuple(found) for column, found in rows.items()}

    def at(self, row: int, column: int) -> Cell | None:
        """The cell stored at a place."""
        if self.special and (special := self.special.get((row, column))):
            return self._shown(special)
        value = self.value_at(row, column)
        return None if value == "" else self._cell(row, column, value)

    def _cell(self, row: int, column: int, value: Stored) -> Cell:
        cell = stored_cell(row, column, value)
        return self._shown(cell) if self._is_formatted else cell

    def _shown(self, cell: Cell) -> Cell:
        """The cell with the text it shows, where that is known."""
        if cell.kind != "number" or cell.shown is not None or isinstance(cell.content, str):
            return cell
        place = (cell.row, cell.column)
        text = self.shown_texts.get(place) if self.shown_texts else None
        if text is None and self._formats and (code := self._formats.get(place)):
            text = shown(exact(cell.content), code)
        return cell if text is None else replace(cell, shown=text)

    @cached_property
    def _is_formatted(self) -> bool:
        return self.formats is not None or bool(self.shown_texts)

    @cached_property
    def _formats(self) -> Mapping[Place, str]:
        return self.formats() if self.formats else {}

    def merge_at(self, row: int, column: int) -> Merge | None:
        """The merged range that covers a place."""
        if not self.merges:
            return None
        return self._merge_index.at(row, column)

    @cached_property
    def _merge_index(self) -> MergeIndex:
        return MergeIndex(self.merges)

    def shown_at(self, row: int, column: int) -> Cell | None:
        """The cell a reader sees at a place: that of the merged range where there is one."""
        merge = self.merge_at(row, column)
        return self.at(merge.top, merge.left) if merge else self.at(row, column)

    def in_order(self) -> Iterator[Cell]:
        """Cells by row, then column."""
        rest = sorted(self.special, reverse=True)
        for row, values in enumerate(self.grid, start=1):
            for column, value in enumerate(values, start=1):
                while rest and rest[-1] < (row, column):
                    yield self._shown(self.special[rest.pop()])
                if rest and rest[-1] == (row, column):
                    yield self._shown(self.special[rest.pop()])
                elif value != "":
                    yield self._cell(row, column, value)
        while rest:
            yield self._shown(self.special[rest.pop()])


@dataclass(frozen=True)
class Workbook:
    """The worksheets of one file in their order.

    ``epoch_1904`` where its dates count from 1904; ``format`` is what the bytes are: ``xlsx``,
    ``xlsm``, ``xlsb``, ``xls``, ``ods`` or ``csv``.
    """

    sheets: tuple[Sheet, ...]
    epoch_1904: bool = False
    format: str = "xlsx"

    def without_formats(self) -> "Workbook":
        """The same without what its cells show, for those who only read what is stored."""
        if not any(sheet.formats or sheet.shown_texts for sheet in self.sheets):
            return self
        sheets = (replace(sheet, formats=None, shown_texts={}) for sheet in self.sheets)
        return replace(self, sheets=tuple(sheets))
