"""Observations and fates of cells as Arrow tables, those of many submissions at once.

What is read comes as columns (``Crossings``, ``Fated``); those that many files of one form share
become Arrow arrays once. All plain figures are written as texts and decimals together.
"""

from collections.abc import Mapping, Sequence
from operator import attrgetter
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from govstats.layouts.cellfates import CellFates, Fated, Fates
from govstats.layouts.crossings import NAMES, Crossings, Frame, Observations, given
from govstats.layouts.facts import CellFate, Observation
from govstats.observations.columns import CELL_SCHEMA, OBSERVATION_SCHEMA, Row
from govstats.observations.figures import Figures
from govstats.observations.pieces import Numbers, chosen, joined, plain, repeated
from govstats.workbooks.cells import Cell, stored_cell
from govstats.workbooks.refilled import Picked
from govstats.workbooks.values_bulk import FigureColumn

#: Arrow arrays of what files of one form have in common; gone with the form.
_frames: "WeakKeyDictionary[Frame, dict[str, pa.Array]]" = WeakKeyDictionary()
_fates: "WeakKeyDictionary[Fates, dict[str, pa.Array]]" = WeakKeyDictionary()
_Flags = npt.NDArray[np.bool_]


class _Rows:
    """Rows on their way into a Parquet file, those of many submissions.

    What is the same in all rows of a sheet is kept once, what files of a form share as Arrow
    arrays, and of what a cell holds only the number.
    """

    def __init__(self, schema: pa.Schema, figures: Figures) -> None:
        self._schema = schema
        self._figures = figures
        self._clear()

    def _clear(self) -> None:
        self._same: dict[str, list[Any]] = {}
        self._arrays: dict[str, list[pa.Array]] = {}
        self._counts: list[int] = []
        self._count = 0
        self._held: list[Numbers] = []
        self._others: list[Any] = []
        self._known: dict[Picked, Numbers] = {}

    def __len__(self) -> int:
        return self._count

    def _join(
        self,
        counts: Sequence[int],
        same: Mapping[str, Sequence[Any]],
        arrays: Mapping[str, pa.Array],
    ) -> None:
        """Take in rows: what so many of them have in common, and what they do not."""
        self._count += sum(counts)
        self._counts += counts
        for name, values in same.items():
            self._same.setdefault(name, []).extend(values)
        for name, array in arrays.items():
            self._arrays.setdefault(name, []).append(array)

    def _hold(self, values: Sequence[Any]) -> None:
        """Take in what the cells of the rows hold: figures and other things."""
        is_figure = np.array([type(value) is float for value in values], np.bool_)
        first = self._figures.add([value for value in values if type(value) is float])
        self._held.append(self._numbered(np.cumsum(is_figure) + (first - 1), ~is_figure, values))

    def _hold_again(self, picked: Picked, figures: Sequence[float]) -> None:
        """``_hold`` for one of the files of a form."""
        known = self._known.get(picked)
        if known is None:
            numbers = np.array(picked.numbers, np.int64)
            known = self._known[picked] = self._numbered(numbers, numbers < 0, picked.fixed)
        self._held.append(np.where(known < 0, known, known + self._figures.add(figures)))

    def _numbered(self, numbers: Numbers, is_other: _Flags, values: Sequence[Any]) -> Numbers:
        """Number the other things among the values, and keep them."""
        places = np.flatnonzero(is_other)
        numbers[places] = -1 - len(self._others) - np.arange(len(places))
        self._others += [values[at] for at in places.tolist()]
        return numbers

    def _table(self, found: Mapping[str, tuple[pa.Array, Sequence[Any]]]) -> pa.Table:
        """All that was taken in; ``found`` are figures and other things by column."""
        numbers = np.concatenate(self._held)
        columns = []
        for field in self._schema:
            if field.name in found:
                figures, others = found[field.name]
                columns.append(chosen(numbers, figures, pa.array(others, field.type)))
            elif field.name in self._same:
                columns.append(repeated(self._same[field.name], self._counts, field.type))
            else:
                columns.append(joined(self._arrays[field.name], field.type))
        self._clear()
        return pa.Table.from_arrays(columns, schema=self._schema)


class ObservationRows(_Rows):
    """Observations on their way into a Parquet file.

    Args:
        figures: read once for these and for the cells.
    """

    def __init__(self, figures: Figures) -> None:
        super().__init__(OBSERVATION_SCHEMA, figures)

    def add(self, rows: Sequence[Observation]) -> None:
        """Take in those of a submission."""
        if isinstance(rows, Observations):
            for table in rows.tables:
                self._add(rows, table)
        elif rows:
            lists = _lists(self._schema, rows)
            texts, values = lists.pop("value_text"), lists.pop("cell_value")
            self._hold(list(zip(texts, values, strict=True)))
            same = {name: lists.pop(name) for name in _SAME_IN_TABLE}
            self._join([1] * len(rows), same, _arrays(self._schema, lists))

    def _add(self, rows: Observations, table: Crossings) -> None:
        if not len(table):
            return
        if table.frame not in _frames:
            lists = {name: table.frame.columns[name] for name in NAMES}
            _frames[table.frame] = _arrays(self._schema, lists)
        said = (
            rows.submission_id, rows.department, table.layout_id, table.source_precedence,
            table.sheet.name,
        )  # fmt: skip
        same = {name: (value,) for name, value in zip(_SAME_IN_TABLE, said, strict=True)}
        self._join([len(table)], same, _frames[table.frame])
        again = table.again()
        if again:
            self._hold_again(*again)
        else:
            self._hold(table.figures())

    def table(self, read: FigureColumn) -> pa.Table:
        """All that was taken in; there is nothing left then."""
        others = [given(other) for other in self._others]
        texts, values = [text for text, _ in others], [value for _, value in others]
        return self._table(
            {"value_text": (read.value_text, texts), "cell_value": (read.value_number, values)}
        )


class CellRows(_Rows):
    """Fates of cells on their way into a Parquet file.

    Args:
        figures: read once for these and for the observations.
    """

    def __init__(self, figures: Figures) -> None:
        super().__init__(CELL_SCHEMA, figures)

    def add(self, rows: Sequence[CellFate]) -> None:
        """Take in those of a submission."""
        if isinstance(rows, CellFates):
            for sheet in rows.sheets:
                self._add(rows.submission_id, sheet)
        elif rows:
            lists = _lists(self._schema, rows)
            self._hold(lists.pop("value_text"))
            same = {name: lists.pop(name) for name in _SAME_IN_SHEET}
            self._join([1] * len(rows), same, _arrays(self._schema, lists))

    def _add(self, submission_id: str, fated: Fated) -> None:
        if not len(fated):
            return
        cells = fated.cells
        if cells not in _fates:
            lists: dict[str, Sequence[Any]] = {
                "cell": cells.addresses,
                "row_number": cells.rows,
                "column_number": cells.columns,
                "fate": cells.fates,
                "fate_detail": cells.details,
            }
            _fates[cells] = _arrays(self._schema, lists)
        same = dict(zip(_SAME_IN_SHEET, ([submission_id], [fated.sheet.name]), strict=True))
        self._join([len(fated)], same, _fates[cells])
        again = fated.again()
        if again:
            self._hold_again(*again)
        else:
            self._hold(fated.values())

    def table(self, read: FigureColumn) -> pa.Table:
        """All that was taken in; there is nothing left then."""
        texts = [other if type(other) is str else _text(other) for other in self._others]
        return self._table({"value_text": (read.value_text, texts)})


_SAME_IN_TABLE = ("submission_id", "department_code", "layout_id", "source_precedence", "sheet")
_SAME_IN_SHEET = ("submission_id", "sheet")


def _text(value: Any) -> str:  # noqa: ANN401 - whatever a grid may hold
    return (value if isinstance(value, Cell) else stored_cell(1, 1, value)).text


def _lists(schema: pa.Schema, rows: Sequence[Row]) -> dict[str, Sequence[Any]]:
    columns = zip(*map(attrgetter(*schema.names), rows), strict=True)
    return dict(zip(schema.names, columns, strict=True))


def _arrays(schema: pa.Schema, lists: Mapping[str, Sequence[Any]]) -> dict[str, pa.Array]:
    return {
        name: pa.array(values, plain(schema.field(name).type)) for name, values in lists.items()
    }
