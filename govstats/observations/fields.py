"""What stands in the fields of a register or ledger, column by column, not yet interpreted."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter, itemgetter

from govstats.layouts.facts import EntryField, EntryTable
from govstats.workbooks.cells import Cell, Merge, Sheet, Stored


@dataclass(frozen=True)
class FieldColumn:
    """One field of some entries, in their order.

    ``values`` are as in the sheet's grid, '' where nothing is stored; ``special`` the cells, by
    position, that the grid cannot express; ``spoken`` the sheet row, by position, of a value
    that a merged range states for the rows below its first.
    """

    values: list[Stored]
    special: dict[int, Cell]
    spoken: dict[int, int]


class Fields:
    """The fields of a register or ledger.

    Args:
        table: located; its rows ascend.
    """

    def __init__(self, table: EntryTable) -> None:
        self._sheet = table.sheet
        self._merges: dict[int, list[Merge]] = {field.column: [] for field in table.fields}
        for merge in sorted(table.sheet.merges, key=attrgetter("top")):
            if merge.left in self._merges and merge.top < merge.bottom:
                self._merges[merge.left].append(merge)

    def column(self, field: EntryField, rows: Sequence[int]) -> FieldColumn:
        """The cells of a field in the given rows of the sheet, which ascend.

        A range merged down the column speaks for each of its rows; whether its figure is meant
        for each is for others to say.
        """
        if not rows:
            return FieldColumn([], {}, {})
        special = dict(self._special(field, rows))
        found = FieldColumn(_values(self._sheet, field.column - 1, rows), special, {})
        self._speak_for_merged(field, rows, found)
        return found

    def _special(self, field: EntryField, rows: Sequence[int]) -> Iterator[tuple[int, Cell]]:
        known = self._sheet.special_rows(field.column)
        for row in known[bisect_left(known, rows[0]) : bisect_right(known, rows[-1])]:
            position = bisect_left(rows, row)
            if rows[position] == row:
                yield position, self._sheet.special[row, field.column]

    def _speak_for_merged(self, field: EntryField, rows: Sequence[int], found: FieldColumn) -> None:
        merges = self._merges[field.column]
        first = bisect_left(merges, rows[0], key=attrgetter("bottom"))
        last = bisect_right(merges, rows[-1], key=attrgetter("top"))
        for merge in merges[first:last]:
            place = (merge.top, merge.left)
            value, cell = self._sheet.value_at(*place), self._sheet.special.get(place)
            if value == "" and cell is None:
                continue
            for position in range(bisect_right(rows, merge.top), bisect_right(rows, merge.bottom)):
                if found.values[position] == "" and position not in found.special:
                    found.values[position] = value
                    found.spoken[position] = merge.top
                    if cell:
                        found.special[position] = cell


def filled(table: EntryTable) -> int:
    """Non-empty cells in the fields of a register or ledger."""
    sheet, rows = table.sheet, table.rows
    total = 0
    for field in table.fields if rows else ():
        values = _values(sheet, field.column - 1, rows)
        total += len(values) - values.count("")
        wanted = set(rows).intersection(sheet.special_rows(field.column))
        total += sum(sheet.value_at(row, field.column) == "" for row in wanted)
    return total


def _values(sheet: Sheet, index: int, rows: Sequence[int]) -> list[Stored]:
    lines = sheet.grid[rows[0] - 1 : rows[-1]]
    if len(lines) != len(rows):  # other rows between the entries, such as headings of sections
        grid = sheet.grid
        lines = [grid[row - 1] if row <= len(grid) else () for row in rows]
    try:
        return list(map(itemgetter(index), lines))
    except IndexError:  # rows of different lengths
        return [line[index] if index < len(line) else "" for line in lines]
