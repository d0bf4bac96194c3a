"""What a field of a register or ledger says, by its type: figures, texts, days, targets, codes."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from govstats.layouts.facts import EntryField
from govstats.layouts.labels import squeeze
from govstats.observations.codes import Codes
from govstats.observations.columns import FIGURE
from govstats.observations.fields import FieldColumn
from govstats.workbooks.values import MISSING_KINDS, STATUSES, stored
from govstats.workbooks.values_bulk import FigureColumn, date_column, interpret_column
from govstats.workbooks.values_targets import TargetPart, parse_target

T = TypeVar("T")
Indices = npt.NDArray[np.int32]

_FIGURE, _ABSENT = STATUSES.index("A"), STATUSES.index("O")
#: What decimal(28, 8) cannot hold.
_LIMIT = 10**20
#: No sign or word for a missing figure is longer.
_SHORT = 16
_WORDS = MISSING_KINDS.index("text")
_NAME = pa.dictionary(pa.int32(), pa.string())
_NULLS = {
    "value_number": FIGURE, "value_high": FIGURE, "operator": _NAME, "value_unit": _NAME,
    "value_per": _NAME, "value_date": pa.date32(), "value_code": _NAME,
}  # fmt: skip


@dataclass(frozen=True)
class FieldValues:
    """The value columns of raw.entry_value for one field.

    ``entry`` gives the position of the entry each row belongs to; None where that is its own.
    ``joint`` are positions of entries over which a figure of the one above is merged: whether it
    is their sum or the same for each is not written, so it is that of the first alone.
    """

    arrays: dict[str, pa.Array]
    entry: pa.Array | None = None
    joint: frozenset[int] = frozenset()

    def first_texts(self) -> pa.Array:
        """One text per entry."""
        texts = self.arrays["value_text"]
        if self.entry is None:
            return texts
        return texts.filter(pc.equal(self.arrays["part_number"], 1))


def values_of(field: EntryField, column: FieldColumn, codes: Codes) -> FieldValues:
    """Interpret a field.

    Returns:
        One row per entry, in their order; a compound target has one for each of its parts. What
        is no figure, day or code where the type asks for one is missing with the kind ``text``.
    """
    read = _read(field, column, codes.units)
    count = len(column.values)
    arrays = {name: pa.nulls(count, kind) for name, kind in _NULLS.items()}
    arrays["part_number"] = pa.array(np.ones(count, np.int32))
    arrays["value_text"] = read.value_text
    arrays["obs_status"], arrays["missing_kind"] = read.obs_status, read.missing_kind
    match field.type:
        case "number":
            arrays["value_number"] = read.value_number
            arrays["value_unit"] = _units(read.unit, field.unit)
            if column.spoken and not field.is_key:
                return _of_first(arrays, column)
        case "target":
            return _targets(arrays, column, codes)
        case "text":
            arrays |= _said(arrays, pc.is_valid(read.value_text))
        case "date":
            arrays["value_date"] = date_column(column.values, codes.epoch_1904, column.special)
            arrays |= _said(arrays, pc.is_valid(arrays["value_date"]))
        case "area" | "department":
            known = codes.areas if field.type == "area" else codes.departments
            found = _each_once(read.value_text.to_pylist(), lambda text: known.get(squeeze(text)))
            arrays["value_code"] = pa.array(found, pa.string()).dictionary_encode()
            arrays |= _said(arrays, pc.is_valid(arrays["value_code"]))
    return FieldValues(arrays)


def _read(field: EntryField, column: FieldColumn, units: frozenset[str]) -> FigureColumn:
    if field.type == "number" or column.special or set(map(type, column.values)) != {str}:
        return interpret_column(column.values, units, column.special)
    # Only short texts can be a sign or a word for what is missing, so only they are looked at.
    texts = pa.array(column.values, pa.string())
    short = pc.less_equal(pc.utf8_length(pc.utf8_trim_whitespace(texts)), _SHORT)
    if pc.all(short).as_py():
        return interpret_column(column.values, units)
    looked = interpret_column(texts.filter(short).to_pylist(), units)
    statuses, kinds = (np.full(len(texts), code, np.int32) for code in (_ABSENT, _WORDS))
    where = short.to_numpy(zero_copy_only=False)
    statuses[where] = _indices(looked.obs_status)
    kinds[where] = _indices(looked.missing_kind)
    shown = pc.if_else(pc.equal(texts, ""), None, texts)
    nothing = pa.nulls(len(texts), FIGURE)
    return FigureColumn(
        nothing, shown, _coded(statuses, STATUSES), _coded(kinds, MISSING_KINDS), nothing
    )


def _indices(coded: pa.Array) -> Indices:
    found: Indices = coded.indices.fill_null(-1).to_numpy(zero_copy_only=False)
    return found.astype(np.int32)


def _units(stated: pa.Array, otherwise: str | None) -> pa.Array:
    """The unit in the cell, else that of the field."""
    if otherwise is None:
        return stated
    if stated.null_count == len(stated):
        return pa.DictionaryArray.from_arrays(
            pa.array(np.zeros(len(stated), np.int32)), pa.array([otherwise], pa.string())
        )
    return pc.fill_null(pc.cast(stated, pa.string()), otherwise).dictionary_encode()


def _said(arrays: Mapping[str, pa.Array], understood: pa.Array) -> dict[str, pa.Array]:
    """Status and kind of absence where a word counts if it is understood, not if a figure.

    Blank, "—", "…" and errors stay what they are whatever was asked for.
    """
    kinds, statuses = _indices(arrays["missing_kind"]), _indices(arrays["obs_status"])
    sound = understood.to_numpy(zero_copy_only=False)
    open_to_reading = (kinds == -1) | (kinds == _WORDS)
    kinds = np.where(open_to_reading, np.where(sound, -1, _WORDS), kinds).astype(np.int32)
    statuses = np.where(open_to_reading, np.where(sound, _FIGURE, _ABSENT), statuses)
    return {
        "obs_status": _coded(statuses.astype(np.int32), STATUSES),
        "missing_kind": _coded(kinds, MISSING_KINDS),
    }


def _of_first(arrays: dict[str, pa.Array], column: FieldColumn) -> FieldValues:
    """Figures, each that of the first entry over which it is merged."""
    is_figure = _indices(arrays["missing_kind"]) == -1
    joint = frozenset(at for at in column.spoken if is_figure[at])
    is_figure[list(joint)] = False
    arrays |= _said(arrays, pa.array(is_figure))
    for name in ("value_number", "value_text"):
        arrays[name] = _without(arrays[name], joint)
    return FieldValues(arrays, joint=joint)


def _without(array: pa.Array, places: Collection[int]) -> pa.Array:
    taken = np.zeros(len(array), bool)
    taken[list(places)] = True
    return pc.if_else(pa.array(taken), pa.scalar(None, array.type), array)


def _coded(indices: Indices, names: Sequence[str]) -> pa.Array:
    places = pa.array(indices, mask=indices < 0)
    return pa.DictionaryArray.from_arrays(places, pa.array(names, pa.string()))


def _each_once(texts: Sequence[str | None], read: Callable[[str], T]) -> list[T | None]:
    known = {text: read(text) for text in dict.fromkeys(texts) if text is not None}
    return [known[text] if text is not None else None for text in texts]


def _targets(arrays: dict[str, pa.Array], column: FieldColumn, codes: Codes) -> FieldValues:
    """A row for each part of each target; a text without any is kept as such."""
    texts = arrays["value_text"].to_pylist()
    parsed = _each_once(texts, lambda text: parse_target(text, codes.units))
    joint = frozenset(at for at in column.spoken if parsed[at])
    arrays["value_text"] = _without(arrays["value_text"], joint)
    shown = (() if at in joint else found or () for at, found in enumerate(parsed))
    parts = [tuple(map(_kept, found)) or (None,) for found in shown]
    entry = np.repeat(np.arange(len(texts)), [len(found) for found in parts])
    flat: list[TargetPart | None] = [part for found in parts for part in found]
    wide = {name: array.take(pa.array(entry)) for name, array in arrays.items()}
    wide["part_number"] = pa.array(
        [n for found in parts for n in range(1, len(found) + 1)], pa.int32()
    )
    for name, attribute in _OF_PART.items():
        values = [None if part is None else getattr(part, attribute) for part in flat]
        wide[name] = pa.array(values, pa.string()).dictionary_encode()
    for name, attribute in (("value_number", "low"), ("value_high", "high")):
        values = [None if part is None else getattr(part, attribute) for part in flat]
        kept = [None if value is None else stored(value) for value in values]
        wide[name] = pa.array(kept, FIGURE)
    understood = [part is not None and part.operator is not None for part in flat]
    wide |= _said(wide, pa.array(understood, pa.bool_()))
    return FieldValues(wide, pa.array(entry), joint)


def _kept(part: TargetPart) -> TargetPart | None:
    """A part whose figures facts can hold."""
    figures = [figure for figure in (part.low, part.high) if figure is not None]
    return part if all(abs(figure) < _LIMIT for figure in figures) else None


_OF_PART = {"operator": "operator", "value_unit": "unit", "value_per": "per"}
