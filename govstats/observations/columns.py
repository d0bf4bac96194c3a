"""Facts as Arrow columns: the schemas of the Parquet files and how rows become tables."""

from datetime import date
from decimal import Decimal
from typing import get_args, get_type_hints

import pyarrow as pa

from govstats.layouts.facts import CellFate, Observation

Row = Observation | CellFate

FIGURE = pa.decimal128(28, 8)
_NAME = pa.dictionary(pa.int32(), pa.string())
_ARROW = {int: pa.int32(), date: pa.date32(), Decimal: FIGURE}

ENTRY_SCHEMA: pa.Schema = pa.schema(
    [
        pa.field("submission_id", _NAME, nullable=False),
        pa.field("department_code", _NAME, nullable=False),
        pa.field("layout_id", _NAME, nullable=False),
        pa.field("source_precedence", pa.int32(), nullable=False),
        pa.field("sheet", _NAME, nullable=False),
        pa.field("entry_number", pa.int32(), nullable=False),
        pa.field("entry_key", _NAME),
        pa.field("section", _NAME),
        pa.field("is_total", pa.bool_(), nullable=False),
        pa.field("row_number", pa.int32(), nullable=False),
        pa.field("column_number", pa.int32(), nullable=False),
        pa.field("cell", pa.string(), nullable=False),
        pa.field("field_id", _NAME, nullable=False),
        pa.field("column_label", _NAME, nullable=False),
        pa.field("field_type", _NAME, nullable=False),
        pa.field("part_number", pa.int32(), nullable=False),
        pa.field("value_text", pa.string()),
        pa.field("value_number", FIGURE),
        pa.field("value_high", FIGURE),
        pa.field("operator", _NAME),
        pa.field("value_unit", _NAME),
        pa.field("value_per", _NAME),
        pa.field("value_date", pa.date32()),
        pa.field("value_code", _NAME),
        pa.field("obs_status", _NAME, nullable=False),
        pa.field("missing_kind", _NAME),
        pa.field("period_end", pa.date32(), nullable=False),
    ]
)


def _schema(kind: type[Row]) -> pa.Schema:
    hints = {name: get_args(hint) or (hint,) for name, hint in get_type_hints(kind).items()}
    return pa.schema(
        [
            pa.field(name, _kind(name, kinds[0]), nullable=type(None) in kinds)
            for name, kinds in hints.items()
        ]
    )


def _kind(name: str, kind: type) -> pa.DataType:
    """Texts that stand in many rows are stored once."""
    return _ARROW.get(kind) or (pa.string() if name == "value_text" else _NAME)


#: The fields of a kind of row in their order, null where they may be None.
OBSERVATION_SCHEMA, CELL_SCHEMA = _schema(Observation), _schema(CellFate)
