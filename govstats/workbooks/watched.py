"""Plain figures, and figures that remember whether anybody looked at their value."""

from collections.abc import Callable, Sequence
from types import MethodDescriptorType, WrapperDescriptorType
from typing import Any

from govstats.workbooks.cell import Stored

#: Sheet, row and column, counted from 0.
Spot = tuple[int, int, int]
#: From here on a double is no figure that facts can hold.
_LIMIT = 1e20


class Watched(float):
    """A plain figure whose place is noted once its value, and not only its being there, matters.

    What was worked out from a sheet of these depends on no figure but on those noted.
    """

    place: Spot
    seen: set[Spot]

    def __eq__(self, other: object) -> bool:
        """Compare; that a figure is no text, its type says."""
        if isinstance(other, str):
            return False
        self.seen.add(self.place)
        return float.__eq__(self, other)

    def __ne__(self, other: object) -> bool:
        """The opposite."""
        return not self == other

    def __hash__(self) -> int:
        """Only finds what is then compared."""
        return float.__hash__(self)


def _noting(name: str) -> Callable[..., Any]:
    method = getattr(float, name)

    def noting(self: Watched, *others: object) -> object:
        self.seen.add(self.place)
        return method(self, *others)

    return noting


for _name, _method in vars(float).items():
    is_method = isinstance(_method, MethodDescriptorType | WrapperDescriptorType)
    if is_method and _name not in vars(Watched) and _name != "__getattribute__":
        setattr(Watched, _name, _noting(_name))


def is_plain(value: Stored) -> bool:
    """Whether a stored value is a double that is read as a figure, whatever its digits."""
    kind = type(value)
    if kind is float:
        return -_LIMIT < value < _LIMIT  # type: ignore[operator]
    return kind is Watched


def watched(grid: Sequence[Sequence[Stored]], number: int, seen: set[Spot]) -> list[list[Stored]]:
    """A grid with its plain figures watched.

    Args:
        grid: of a sheet.
        number: of that sheet; see ``Spot``.
        seen: where places are noted.
    """

    def watch(value: Stored, row: int, column: int) -> Stored:
        if not is_plain(value):
            return value
        figure = Watched(value)  # type: ignore[arg-type]
        figure.place, figure.seen = (number, row, column), seen
        return figure

    return [
        [watch(value, row, column) for column, value in enumerate(values)]
        for row, values in enumerate(grid)
    ]
