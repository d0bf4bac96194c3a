"""Rows kept as columns: objects of them are made only where somebody asks for some."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any, Generic, TypeAlias, TypeVar, overload

T = TypeVar("T")


class LazyRows(Sequence[T], Generic[T]):
    """A sequence that compares, slices and pickles as the tuple of its rows."""

    def __len__(self) -> int:
        raise NotImplementedError

    def _make(self) -> Iterator[T]:
        """The rows in their order."""
        raise NotImplementedError

    @cached_property
    def _rows(self) -> tuple[T, ...]:
        return tuple(self._make())

    @overload
    def __getitem__(self, place: int) -> T: ...

    @overload
    def __getitem__(self, place: slice) -> tuple[T, ...]: ...

    def __getitem__(self, place: int | slice) -> T | tuple[T, ...]:
        """One row, or several as a tuple."""
        return self._rows[place]

    def __iter__(self) -> Iterator[T]:
        """Every row in order."""
        return iter(self._rows)

    def __eq__(self, other: object) -> bool:
        """Whether the other holds equal rows in the same order."""
        return isinstance(other, Sequence) and self._rows == tuple(other)

    def __hash__(self) -> int:
        """That of the rows as a tuple."""
        return hash(self._rows)

    def __repr__(self) -> str:
        """The rows as a tuple writes them."""
        return repr(self._rows)

    def __reduce__(self) -> tuple[Any, ...]:
        """Other processes get the rows alone, not the sheets they were read from."""
        return tuple, (self._rows,)


#: Rows of either kind.
Rows: TypeAlias = LazyRows[T] | tuple[T, ...]
