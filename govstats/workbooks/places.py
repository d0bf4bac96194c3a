"""Places in a sheet and merged ranges of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

#: (row, column), both counted from 1 as people do.
Place = tuple[int, int]
#: Merged ranges up to this many places are indexed place by place, larger ones searched.
_INDEXED = 4_096


@lru_cache(maxsize=20_000)
def column_letters(column: int) -> str:
    """1 → A, 27 → AA, 16384 → XFD."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


@lru_cache(maxsize=20_000)
def column_number(letters: str) -> int:
    """A → 1, XFD → 16384."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def address(row: int, column: int) -> str:
    """The A1 address of a place."""
    return f"{column_letters(column)}{row}"


def addresses(rows: Iterable[int], columns: Iterable[int]) -> list[str]:
    """The A1 addresses of many places."""
    letters: dict[int, str] = {}
    return [
        f"{letters[column] if column in letters else _kept(letters, column)}{row}"
        for row, column in zip(rows, columns, strict=True)
    ]


def _kept(letters: dict[int, str], column: int) -> str:
    return letters.setdefault(column, column_letters(column))


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged range; its content stands in its top left cell."""

    top: int
    left: int
    bottom: int
    right: int

    def covers(self, row: int, column: int) -> bool:
        """Whether a place lies in the range."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right


class MergeIndex:
    """Finds the merged range of a place without a search through all of them."""

    def __init__(self, merges: Sequence[Merge]) -> None:
        self._places: dict[Place, Merge] = {}
        self._large: list[Merge] = []
        for merge in merges:
            height, width = merge.bottom - merge.top + 1, merge.right - merge.left + 1
            if height * width > _INDEXED:
                self._large.append(merge)
                continue
            for row in range(merge.top, merge.bottom + 1):
                for column in range(merge.left, merge.right + 1):
                    self._places.setdefault((row, column), merge)

    def at(self, row: int, column: int) -> Merge | None:
        """The range that covers a place, the first where several do."""
        found = self._places.get((row, column))
        if found is None and self._large:
            return next((merge for merge in self._large if merge.covers(row, column)), None)
        return found
