"""Grids of a form that was filled in again: its words are known, its figures are new."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import overload

from govstats.workbooks.cell import Stored
from govstats.workbooks.places import Place

Grid = Sequence[Sequence[Stored]]


class Blank:
    """A grid of which some places hold a figure of the list that each file brings.

    Args:
        grid: of the file that came first.
        spots: the number in that list, by place.
    """

    def __init__(self, grid: Grid, spots: Mapping[Place, int]) -> None:
        self.grid = grid
        self.spots = spots
        self._picked: dict[Hashable, Picked] = {}

    def picked(
        self, key: Hashable, places: Iterable[Place], look: Callable[[], Sequence[object]]
    ) -> "Picked":
        """Where what is read at some places comes from.

        Args:
            key: names the places, so that they are looked up once.
            places: in the order in which they are wanted.
            look: what is read at each in any file of the form.
        """
        found = self._picked.get(key)
        if found is None:
            fixed = look()
            numbers = [
                self.spots.get(place, -1) if type(value) is float else -1
                for place, value in zip(places, fixed, strict=True)
            ]
            found = self._picked[key] = Picked(numbers, fixed)
        return found


@dataclass(frozen=True, eq=False)
class Picked:
    """Places of a blank: ``numbers`` in the list of figures, -1 where ``fixed`` says what is."""

    numbers: Sequence[int]
    fixed: Sequence[object]


class Refilled(Sequence[Sequence[Stored]]):
    """A blank with the figures of one file; rows are made where somebody asks for one."""

    def __init__(self, blank: Blank, figures: Sequence[float]) -> None:
        self.blank = blank
        self.figures = figures

    @cached_property
    def _rows(self) -> list[list[Stored]]:
        rows = [list(values) for values in self.blank.grid]
        for (row, column), number in self.blank.spots.items():
            rows[row - 1][column - 1] = self.figures[number]
        return rows

    def __len__(self) -> int:
        """How many rows."""
        return len(self.blank.grid)

    @overload
    def __getitem__(self, place: int) -> Sequence[Stored]: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[Sequence[Stored]]: ...

    def __getitem__(self, place: int | slice) -> Sequence[Stored] | Sequence[Sequence[Stored]]:
        """One row, or several."""
        return self._rows[place]
