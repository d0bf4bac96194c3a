"""The plain figures of many files, each read once however many rows speak of it."""

from collections.abc import Sequence
from itertools import chain

import numpy as np

from govstats.workbooks.values_bulk import FigureColumn, interpret_doubles


class Figures:
    """Figures on their way into several tables, which know them by their numbers."""

    def __init__(self) -> None:
        self._pieces: list[Sequence[float]] = []
        self._first = self._count = 0

    def add(self, figures: Sequence[float]) -> int:
        """Take in some; the list that was taken in last is known again.

        Returns:
            The number of the first.
        """
        if not self._pieces or self._pieces[-1] is not figures:
            self._pieces.append(figures)
            self._first, self._count = self._count, self._count + len(figures)
        return self._first

    def read(self) -> FigureColumn:
        """What all of them say; there are none left then."""
        numbers = np.fromiter(chain.from_iterable(self._pieces), np.float64, self._count)
        self._pieces, self._first, self._count = [], 0, 0
        return interpret_doubles(numbers)
