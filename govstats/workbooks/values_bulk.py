"""The same reading as ``interpret``, for a column of a long ledger at once.

Doubles are read together (``values_doubles``), texts once for each different one, everything
else cell by cell. No value is read otherwise than ``interpret`` reads its cell.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from govstats.workbooks.cells import Cell, Stored, stored_cell
from govstats.workbooks.values import (
    MISSING_KINDS,
    STATUSES,
    Figure,
    counted,
    interpret,
    parse_date,
    stored,
)
from govstats.workbooks.values_doubles import (
    NUMBER,
    Doubles,
    Positions,
    read_doubles,
    to_array,
    to_words,
)

Codes = npt.NDArray[Any]
_DOUBLE, _TEXT, _OTHER, _SPECIAL = 1, 2, 3, 4
_STATUS = {code: at for at, code in enumerate(STATUSES)}
_MISSING = {kind: at for at, kind in enumerate(MISSING_KINDS)}
#: A text that is a figure of facts as it stands; text files hold nothing else for numbers.
_PLAIN = r"^-?(?:0|[1-9][0-9]{0,18})(?:\.[0-9]{1,8})?$"
_NOTHING = Decimal(0)


@dataclass(frozen=True)
class FigureColumn:
    """What ``interpret`` says of each value, as Arrow arrays of one length.

    ``value_number`` decimal128(28, 8) as ``stored`` rounds, null without a figure; ``value_text``
    what is in the cell, null where nothing is; ``obs_status``, ``missing_kind`` and ``unit``
    dictionaries of strings, the first two always with the same dictionary.
    """

    value_number: pa.Array
    value_text: pa.Array
    obs_status: pa.Array
    missing_kind: pa.Array
    unit: pa.Array


def interpret_column(
    values: Sequence[Stored],
    units: Collection[str],
    special: Mapping[int, Cell] | None = None,
    *,
    counts: bool = False,
    unit: str | None = None,
) -> FigureColumn:
    """Understand many cells where figures belong.

    Args:
        values: as they stand in a sheet's grid; '' where nothing is stored.
        units: unit symbols that may follow a number.
        special: by position from 0, cells that a grid cannot express (errors, percentages);
            each counts in place of the value.
        counts: whether a power of ten alone ("3.5万") is ``counted`` in the column's ``unit``.
        unit: what the column says; None where it says none.
    """
    finish = partial(counted, unit=unit) if counts else None
    column = _Column(len(values), units, finish)
    if not special and set(map(type, values)) == {float}:
        column.add_doubles(np.arange(len(values)), np.array(values, dtype=np.float64))
    else:
        _add_by_type(column, values, special or {})
    return column.result()


def interpret_doubles(numbers: Doubles) -> FigureColumn:
    """``interpret_column`` for plain figures alone."""
    column = _Column(len(numbers), (), None)
    column.add_doubles(np.arange(len(numbers)), numbers)
    return column.result()


def date_column(
    values: Sequence[Stored], epoch_1904: bool = False, special: Mapping[int, Cell] | None = None
) -> pa.Array:
    """The day each cell names, as ``parse_date`` says: an Arrow array of date32 with nulls."""
    known: dict[tuple[type, Stored], date | None] = {}
    for value, kind in zip(values, map(type, values), strict=True):
        if (kind, value) not in known:
            known[kind, value] = parse_date(_cell(value), epoch_1904)
    days = [known[kind, value] for value, kind in zip(values, map(type, values), strict=True)]
    for position, cell in (special or {}).items():
        days[position] = parse_date(cell, epoch_1904)
    return pa.array(days, pa.date32())


def _add_by_type(column: "_Column", values: Sequence[Stored], special: Mapping[int, Cell]) -> None:
    codes = {float: _DOUBLE, int: _DOUBLE, str: _TEXT}
    kinds = np.fromiter(
        (codes.get(kind, _OTHER) for kind in map(type, values)), np.int8, len(values)
    )
    kinds[list(special)] = _SPECIAL
    doubles, texts, others = (np.flatnonzero(kinds == kind) for kind in (_DOUBLE, _TEXT, _OTHER))
    if len(doubles):
        column.add_doubles(doubles, np.array([values[at] for at in doubles.tolist()], np.float64))
    if len(texts):
        column.add_texts(texts, pa.array([values[at] for at in texts.tolist()], pa.string()))
    column.add_cells(others, [_cell(values[at]) for at in others.tolist()])
    column.add_cells(np.array(list(special), np.int64), list(special.values()))


def _cell(value: Stored) -> Cell | None:
    """The cell to interpret; where it stands does not matter."""
    return None if value == "" else stored_cell(1, 1, value)


class _Column:
    """A column while its parts are read; texts lie in pools and are put in order at the end."""

    def __init__(
        self, count: int, units: Collection[str], finish: Callable[[Figure], Figure] | None
    ) -> None:
        self._units = units
        self._finish = finish
        self._words = np.zeros((count, 2), np.int64)
        self._status = np.zeros(count, np.int8)
        self._missing = np.full(count, -1, np.int8)
        self._unit = np.full(count, -1, np.int32)
        self._symbols: dict[str, int] = {}
        self._pools: list[Any] = []
        self._text = np.full(count, -1, np.int64)

    def add_doubles(self, at: Positions, numbers: Doubles) -> None:
        """Read stored doubles that stand at these positions."""
        words, texts, rest = read_doubles(numbers)
        self._words[at] = words
        self._status[at] = _STATUS["A"]
        self._add_texts(at, texts)
        if len(rest):
            different, codes = np.unique(numbers[rest], return_inverse=True)
            cells = [_cell(number) for number in different.tolist()]
            self.add_cells(at[rest], cells, codes)

    def add_texts(self, at: Positions, texts: pa.Array) -> None:
        """Read texts, each different one once and plain figures together."""
        listed = texts.dictionary_encode()
        different, codes = listed.dictionary, listed.indices.to_numpy()
        plain = pc.match_substring_regex(different, _PLAIN)
        is_plain = plain.to_numpy(zero_copy_only=False)
        at_plain, at_rest = at[is_plain[codes]], at[~is_plain[codes]]
        if len(at_plain):
            which = (np.cumsum(is_plain) - 1)[codes[is_plain[codes]]]
            figures = different.filter(plain)
            self._words[at_plain] = to_words(figures.cast(NUMBER))[which]
            self._status[at_plain] = _STATUS["A"]
            self._add_texts(at_plain, figures, which)
        which = (np.cumsum(~is_plain) - 1)[codes[~is_plain[codes]]]
        rest = different.filter(pc.invert(plain)).to_pylist()
        self.add_cells(at_rest, [_cell(text) for text in rest], which)

    def add_cells(
        self, at: Positions, cells: Sequence[Cell | None], codes: Codes | None = None
    ) -> None:
        """Read cells one by one; ``codes`` tells for each position which of them it holds."""
        if not len(at):
            return
        figures = [interpret(cell, self._units) for cell in cells]
        if self._finish:
            figures = [self._finish(figure) for figure in figures]
        which = np.arange(len(figures)) if codes is None else codes
        values = [_NOTHING if f.value is None else stored(f.value) for f in figures]
        self._words[at] = to_words(pa.array(values, NUMBER))[which]
        self._status[at] = self._coded(figures, "obs_status", _STATUS)[which]
        self._missing[at] = self._coded(figures, "missing_kind", _MISSING)[which]
        for figure in figures:
            if figure.unit is not None:
                self._symbols.setdefault(figure.unit, len(self._symbols))
        self._unit[at] = self._coded(figures, "unit", self._symbols)[which]
        self._add_texts(at, pa.array([f.text for f in figures], pa.string()), which)

    def result(self) -> FigureColumn:
        """The finished column."""
        return FigureColumn(
            to_array(self._words, self._missing >= 0),
            self._texts(),
            _named(self._status, STATUSES),
            _named(self._missing, MISSING_KINDS),
            _named(self._unit, tuple(self._symbols)),
        )

    @staticmethod
    def _coded(
        figures: Sequence[Figure], name: str, codes: Mapping[str, int]
    ) -> npt.NDArray[np.int32]:
        return np.array([codes.get(getattr(figure, name), -1) for figure in figures], np.int32)

    def _add_texts(self, at: Positions, texts: pa.Array, which: Codes | None = None) -> None:
        first = sum(map(len, self._pools))
        self._text[at] = first + (np.arange(len(texts)) if which is None else which)
        self._pools.append(texts)

    def _texts(self) -> pa.Array:
        if not self._pools:
            return pa.nulls(0, pa.string())
        is_in_order = np.array_equal(self._text, np.arange(len(self._pools[0])))
        if len(self._pools) == 1 and is_in_order:
            return self._pools[0]
        return pa.concat_arrays(self._pools).take(pa.array(self._text))


def _named(codes: Codes, names: Sequence[str]) -> pa.Array:
    missing = codes < 0
    indices = pa.array(codes, mask=missing) if missing.any() else pa.array(codes)
    return pa.DictionaryArray.from_arrays(indices, pa.array(names, pa.string()))
