"""Arrow columns of many files, joined from pieces that come again and again."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

#: Numbers of figures; below 0, of other things, from -1 downwards.
Numbers = npt.NDArray[np.int64]


def plain(kind: pa.DataType) -> pa.DataType:
    """The type of values that a column stores once, or as they are."""
    return kind.value_type if pa.types.is_dictionary(kind) else kind


def joined(pieces: Sequence[pa.Array], kind: pa.DataType) -> pa.Array:
    """Arrays one behind the other; those that come again are encoded once."""
    if not pa.types.is_dictionary(kind):
        return pa.concat_arrays(pieces)
    different = {id(piece): piece for piece in pieces}
    encoded = pa.concat_arrays(list(different.values())).dictionary_encode()
    if len(different) == len(pieces):
        return encoded
    slices, first = {}, 0
    for name, piece in different.items():
        slices[name] = encoded.slice(first, len(piece))
        first += len(piece)
    return pa.concat_arrays([slices[id(piece)] for piece in pieces])


def repeated(values: Sequence[Any], counts: Sequence[int], kind: pa.DataType) -> pa.Array:
    """Each value so many times."""
    number = {value: at for at, value in enumerate(dict.fromkeys(values))}
    codes = pa.array(np.repeat([number[value] for value in values], counts).astype(np.int32))
    if pa.types.is_dictionary(kind):
        return pa.DictionaryArray.from_arrays(codes, pa.array(list(number), kind.value_type))
    return pa.array(list(number), kind).take(codes)


def chosen(numbers: Numbers, figures: pa.Array, others: pa.Array) -> pa.Array:
    """For each number its figure, or its other thing where it is below 0."""
    places = np.where(numbers < 0, len(figures) - 1 - numbers, numbers)
    if not len(others) and np.array_equal(places, np.arange(len(figures))):
        return figures
    return pa.concat_arrays([figures, others]).take(pa.array(places))
