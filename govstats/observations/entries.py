"""Registers and ledgers → rows of raw.entry_value, some thousand entries at a time.

A sheet may have two million field cells, so nothing here makes an object of a cell: what is the
same in many rows is stored once, addresses are joined as columns, figures are read as columns.
"""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from govstats.layouts.facts import EntryField, EntryTable
from govstats.observations.codes import Codes
from govstats.observations.columns import ENTRY_SCHEMA
from govstats.observations.fields import FieldColumn, Fields
from govstats.observations.fieldvalues import FieldValues, values_of
from govstats.workbooks.cells import column_letters

Arrays = dict[str, pa.Array]

#: Entries in one piece: enough for columns to pay, few enough for memory that is used again and
#: for the dictionary of keys that Parquet keeps on one page.
PIECE = 16_384
#: Between the texts of the key fields of one entry.
_BETWEEN = " / "
_KEY = "entry_key"


def entry_tables(
    table: EntryTable, submission_id: str, department_code: str, codes: Codes
) -> Iterator[tuple[pa.Table, int]]:
    """Rows of raw.entry_value as Arrow tables.

    Args:
        table: a register or ledger, located; its rows ascend.
        submission_id: of its file.
        department_code: who sent it.
        codes: what the words in its fields may mean.

    Yields:
        (rows, number of non-empty cells they come from); a field has one row per entry, and
        further ones for the further parts of a compound target.
    """
    fields = Fields(table)
    for start in range(0, len(table.rows), PIECE):
        piece = _Piece(table, slice(start, start + PIECE))
        columns = [fields.column(field, piece.rows) for field in table.fields]
        values = [values_of(*pair, codes) for pair in zip(table.fields, columns, strict=True)]
        common = piece.common(submission_id, department_code)
        yield piece.rows_of(columns, values, common), _filled(columns, values)


class _Piece:
    """Some consecutive entries of a table."""

    def __init__(self, table: EntryTable, part: slice) -> None:
        self.table = table
        self.part = part
        self.rows = table.rows[part]

    def common(self, submission_id: str, department_code: str) -> Arrays:
        """What an entry says in all its fields, by column name."""
        table, count = self.table, len(self.rows)
        rows = pa.array(np.array(self.rows, dtype=np.int32))
        first = self.part.start + 1
        return {
            "submission_id": constant(submission_id, count),
            "department_code": constant(department_code, count),
            "layout_id": constant(table.layout_id, count),
            "source_precedence": _numbers(table.source_precedence, count),
            "sheet": constant(table.sheet.name, count),
            "entry_number": pa.array(np.arange(first, first + count, dtype=np.int32)),
            "section": pa.array(table.sections[self.part], pa.string()).dictionary_encode(),
            "is_total": pa.array([row in table.totals for row in self.rows], pa.bool_()),
            "row_number": rows,
            "cell": pc.cast(rows, pa.string()),
            "period_end": pa.array([table.period_end] * count, pa.date32()),
        }

    def rows_of(
        self, columns: Sequence[FieldColumn], values: Sequence[FieldValues], common: Arrays
    ) -> pa.Table:
        """All fields, one below the other."""
        found = zip(self.table.fields, columns, values, strict=True)
        below = [_field_arrays(*each, common) for each in found]
        names = [name for name in ENTRY_SCHEMA.names if name != _KEY]
        joined = pa.table({name: _joined(name, below) for name in names})
        texts = _keys(self.table.fields, values, len(self.rows))
        places = np.concatenate([_entries(each, len(self.rows)) for each in values])
        # Each text once and no null in the dictionary: for what is there twice, or null, Parquet
        # reserves bytes that it never writes, and no two runs are alike.
        keys = texts.dictionary_encode().take(pa.array(places))
        place = ENTRY_SCHEMA.get_field_index(_KEY)
        return joined.unify_dictionaries().add_column(place, _KEY, keys).cast(ENTRY_SCHEMA)


def _joined(name: str, below: Sequence[Arrays]) -> pa.ChunkedArray:
    kind = ENTRY_SCHEMA.field(name).type
    return pa.chunked_array([_as(arrays[name], kind) for arrays in below])


def _as(array: pa.Array, kind: pa.DataType) -> pa.Array:
    if array.type == kind or not pa.types.is_dictionary(kind):
        return array
    return pa.DictionaryArray.from_arrays(array.indices.cast(kind.index_type), array.dictionary)


def _field_arrays(
    field: EntryField, column: FieldColumn, found: FieldValues, common: Mapping[str, pa.Array]
) -> Arrays:
    count = len(column.values)
    rows, written = common["row_number"], common["cell"]
    spoken = {at: row for at, row in column.spoken.items() if at not in found.joint}
    if spoken:
        said = np.array(rows)
        said[list(spoken)] = list(spoken.values())
        rows = pa.array(said)
        written = pc.cast(rows, pa.string())
    letters = pa.scalar(column_letters(field.column))
    arrays = {
        **common,
        "row_number": rows,
        "column_number": _numbers(field.column, count),
        "cell": pc.binary_join_element_wise(letters, written, ""),
        "field_id": constant(field.id, count),
        "column_label": constant(field.label, count),
        "field_type": constant(field.type, count),
    }
    if found.entry is not None:  # some entries have several parts
        arrays = {name: array.take(found.entry) for name, array in arrays.items()}
    return arrays | found.arrays


def _keys(fields: Sequence[EntryField], values: Sequence[FieldValues], count: int) -> pa.Array:
    """The text by which people know each entry, null where its key fields are empty."""
    pairs = zip(fields, values, strict=True)
    texts = [found.first_texts() for field, found in pairs if field.is_key]
    if not texts:
        return pa.nulls(count, pa.string())
    keys = texts[0]
    for more in texts[1:]:
        both = pc.binary_join_element_wise(keys, more, _BETWEEN)  # null where one of them is
        keys = pc.coalesce(both, keys, more)
    return keys


def _entries(found: FieldValues, count: int) -> npt.NDArray[np.int32]:
    own: npt.NDArray[np.int32] = np.arange(count, dtype=np.int32)
    return own if found.entry is None else own[np.asarray(found.entry)]


def _filled(columns: Sequence[FieldColumn], values: Sequence[FieldValues]) -> int:
    return sum(
        len(column.values)
        - found.first_texts().null_count
        - len(column.spoken.keys() - found.joint)
        for column, found in zip(columns, values, strict=True)
    )


def constant(text: str | None, count: int) -> pa.Array:
    """The same text in every row, stored once."""
    return pa.DictionaryArray.from_arrays(_numbers(0, count), pa.array([text], pa.string()))


def _numbers(number: int, count: int) -> pa.Array:
    return pa.array(np.full(count, number, np.int32))
