"""Observations and fates of cells as Arrow tables, those of many submissions at once.

What is read comes as columns (``Crossings``, ``Fated``); those that many files of one form share
become Arrow arrays once. All plain figures are written as texts and decimals together.
"""

from collections.abc import Mapping, Sequence
from operator import attrgetter
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
import pyarrow as pa

from govstats.layouts.cellfates import CellFates, Fated, Fates
from govstats.layouts.crossings import NAMES, Crossings, Frame, Observations
from govstats.layouts.facts import CellFate, Observation
from govstats.observations.columns import CELL_SCHEMA, FIGURE, OBSERVATION_SCHEMA, Row
from govstats.workbooks.cells import Cell, stored_cell
from govstats.workbooks.values_bulk import FigureColumn, interpret_column

#: Arrow arrays of what files of one form have in common; gone with the form.
_frames: "WeakKeyDictionary[Frame, dict[str, pa.Array]]" = WeakKeyDictionary()
_fates: "WeakKeyDictionary[Fates, dict[str, pa.Array]]" = WeakKeyDictionary()


class _Rows:
    """Rows as pieces of Arrow arrays, one list for each column of a schema.

    A column of plain figures and other things is kept as what its cells hold until all are read.
    """

    def __init__(self, schema: pa.Schema) -> None:
        self._schema = schema
        self._pieces: dict[str, list[pa.Array]] = {name: [] for name in schema.names}
        self._texts: list[Any] = []
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def _join(self, count: int, constants: Mapping[str, Any], arrays: Mapping[str, Any]) -> None:
        """Take in ``count`` rows: what is the same in all of them, and what is not."""
        for name, value in constants.items():
            kind = self._schema.field(name).type
            self._pieces[name].append(pa.repeat(pa.scalar(value, kind), count))
        for name, array in arrays.items():
            self._pieces[name].append(array)
        self._count += count

    def _table(self, read: Mapping[str, pa.Array]) -> pa.Table:
        arrays = [
            read[name] if name in read else pa.concat_arrays(self._pieces[name])
            for name in self._schema.names
        ]
        self._pieces = {name: [] for name in self._schema.names}
        self._texts, self._count = [], 0
        return pa.Table.from_arrays(arrays, schema=self._schema)

    def _read(self) -> tuple["_Indices", FigureColumn]:
        """Positions of the plain figures, and what they read as."""
        places = np.flatnonzero(np.array([type(value) is float for value in self._texts]))
        return places, interpret_column([self._texts[at] for at in places.tolist()], ())


_Indices = Any


class ObservationRows(_Rows):
    """Observations on their way into a Parquet file."""

    def __init__(self) -> None:
        super().__init__(OBSERVATION_SCHEMA)
        self._values: list[Any] = []

    def add(self, rows: Sequence[Observation]) -> None:
        """Take in those of a submission."""
        if isinstance(rows, Observations):
            for table in rows.tables:
                self._add(rows, table)
        elif rows:
            lists = _lists(self._schema, rows)
            self._texts += lists.pop("value_text")
            self._values += lists.pop("cell_value")
            self._join(len(rows), {}, _arrays(self._schema, lists))

    def _add(self, rows: Observations, table: Crossings) -> None:
        constants = {
            "submission_id": rows.submission_id,
            "department_code": rows.department,
            "layout_id": table.layout_id,
            "source_precedence": table.source_precedence,
            "sheet": table.sheet.name,
        }
        if table.frame not in _frames:
            lists = {name: table.frame.columns[name] for name in NAMES}
            _frames[table.frame] = _arrays(self._schema, lists)
        self._join(len(table), constants, _frames[table.frame])
        figures: list[Any] = table.figures()
        first, given = len(self._texts), table.frame.given
        self._texts += figures
        self._values += [None] * len(figures)
        for at, (text, value) in given.items():
            self._texts[first + at], self._values[first + at] = text, value

    def table(self) -> pa.Table:
        """All that was taken in; there is nothing left then."""
        places, read = self._read()
        found = {
            "value_text": _filled(self._texts, pa.string(), places, read.value_text),
            "cell_value": _filled(self._values, FIGURE, places, read.value_number),
        }
        self._values = []
        return self._table(found)


class CellRows(_Rows):
    """Fates of cells on their way into a Parquet file."""

    def __init__(self) -> None:
        super().__init__(CELL_SCHEMA)

    def add(self, rows: Sequence[CellFate]) -> None:
        """Take in those of a submission."""
        if isinstance(rows, CellFates):
            for sheet in rows.sheets:
                self._add(rows.submission_id, sheet)
        elif rows:
            lists = _lists(self._schema, rows)
            self._texts += lists.pop("value_text")
            self._join(len(rows), {}, _arrays(self._schema, lists))

    def _add(self, submission_id: str, fated: Fated) -> None:
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
        constants = {"submission_id": submission_id, "sheet": fated.sheet.name}
        self._join(len(fated), constants, _fates[cells])
        self._texts += [
            value if type(value) in _AS_THEY_ARE else _text(value) for value in fated.values()
        ]

    def table(self) -> pa.Table:
        """All that was taken in; there is nothing left then."""
        places, read = self._read()
        texts = _filled(self._texts, pa.string(), places, read.value_text)
        return self._table({"value_text": texts})


_AS_THEY_ARE = (str, float)


def _text(value: Any) -> str:  # noqa: ANN401 - whatever a grid may hold
    return (value if isinstance(value, Cell) else stored_cell(1, 1, value)).text


def _lists(schema: pa.Schema, rows: Sequence[Row]) -> dict[str, Sequence[Any]]:
    columns = zip(*map(attrgetter(*schema.names), rows), strict=True)
    return dict(zip(schema.names, columns, strict=True))


def _arrays(schema: pa.Schema, lists: Mapping[str, Sequence[Any]]) -> dict[str, pa.Array]:
    return {name: pa.array(values, schema.field(name).type) for name, values in lists.items()}


def _filled(values: list[Any], kind: pa.DataType, places: _Indices, found: pa.Array) -> pa.Array:
    """Values as an array, with others at some places; most often those are all there is."""
    if len(places) == len(values):
        return found
    order = np.arange(len(values))
    order[places] = np.arange(len(found))
    others = np.delete(np.arange(len(values)), places)
    order[others] = len(found) + np.arange(len(others))
    rest = pa.array([values[at] for at in others.tolist()], kind)
    return pa.concat_arrays([found, rest]).take(pa.array(order))
