"""Stored doubles to exact decimals and to the texts they read as, many at once.

A decimal of at most 15 digits is the only one so short that reads back as its double, hence the
one a person typed: it is found through integers. What has more places goes through the shortest
text of the double and Arrow's decimals. Very large or small doubles are left to the caller.
"""

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Positions = npt.NDArray[np.int64]
Doubles = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
#: (n, 2): low and high half of each decimal(28, 8), as Arrow lays it out.
Words = npt.NDArray[np.int64]

NUMBER = pa.decimal128(28, 8)
_WIDE = pa.decimal128(38, 18)
_PLACES = 10**8
_FIFTEEN_DIGITS = 1e15
#: Where Arrow writes a double without exponent.
_PLAIN_FROM, _PLAIN_TO = 1e-5, 1e10
#: From here 17 digits fit the places of the wide decimal.
_WIDE_FROM = 0.01


def read_doubles(numbers: Doubles) -> tuple[Words, pa.Array, Positions]:
    """Decimals, texts and what is left over.

    Returns:
        the decimals with 8 places, half rounded away from zero; the texts without exponent and
        trailing zeros (Arrow strings); positions for which neither was found.
    """
    texts, has_text = _texts(numbers)
    words = np.empty((len(numbers), 2), dtype=np.int64)
    left = _scaled(words, numbers, np.arange(len(numbers)), _PLACES)
    left = _scaled(words, numbers, left, 10**5)
    left = _whole(words, numbers, left)
    left = _long(words, numbers, texts, left)
    is_left = ~has_text
    is_left[left] = True
    return words, texts, np.flatnonzero(is_left)


def to_array(words: Words, missing: Flags | None = None) -> pa.Array:
    """The Arrow array of decimals laid out in ``words``, null where ``missing``."""
    valid = None
    if missing is not None and missing.any():
        valid = pa.py_buffer(np.packbits(~missing, bitorder="little").tobytes())
    content = pa.py_buffer(np.ascontiguousarray(words))
    return pa.Array.from_buffers(NUMBER, len(words), [valid, content])


def to_words(numbers: pa.Array) -> Words:
    """The words of an Arrow array of decimals(28, 8) without nulls and without offset."""
    words: Words = np.frombuffer(numbers.buffers()[1], dtype=np.int64)[: 2 * len(numbers)]
    return words.reshape(-1, 2)


def _texts(numbers: Doubles) -> tuple[pa.Array, Flags]:
    size = np.abs(numbers)
    texts = pa.array(numbers).cast(pa.string())
    plain = (size >= _PLAIN_FROM) & (size < _PLAIN_TO)
    plain |= (numbers == 0) & ~np.signbit(numbers)
    if plain.all():
        return texts, plain
    whole = (size >= _PLAIN_TO) & (size < _FIFTEEN_DIGITS) & (numbers == np.rint(numbers))
    if whole.any():
        longer = pa.array(numbers[whole].astype(np.int64)).cast(pa.string())
        texts = pc.replace_with_mask(texts, pa.array(whole), longer)
    return texts, plain | whole


def _scaled(words: Words, numbers: Doubles, at: Positions, scale: int) -> Positions:
    """Fill in what has no more places than ``scale``; positions of the others."""
    if not len(at):
        return at
    part = numbers if len(at) == len(numbers) else numbers[at]
    with np.errstate(all="ignore"):
        scaled = np.rint(part * scale)
        fits = (scaled / scale == part) & (np.abs(scaled) < _FIFTEEN_DIGITS)
    if fits.all():
        found, left = at, at[:0]
    else:
        found, left, scaled = at[fits], at[~fits], scaled[fits]
    low = scaled.astype(np.int64) * (_PLACES // scale)
    words[found, 0] = low
    words[found, 1] = low >> 63
    return left


def _whole(words: Words, numbers: Doubles, at: Positions) -> Positions:
    """Fill in whole numbers too large for one word."""
    part = numbers[at]
    with np.errstate(all="ignore"):
        fits = (np.abs(part) < _FIFTEEN_DIGITS) & (part == np.rint(part))
    if fits.any():
        words[at[fits]] = to_words(pa.array(part[fits].astype(np.int64)).cast(NUMBER))
    rest: Positions = at[~fits]
    return rest


def _long(words: Words, numbers: Doubles, texts: pa.Array, at: Positions) -> Positions:
    """Fill in numbers with more places than facts keep, rounded as ``stored`` rounds."""
    size = np.abs(numbers[at])
    fits = (size >= _WIDE_FROM) & (size < _PLAIN_TO)
    if fits.any():
        exact = texts.take(pa.array(at[fits])).cast(_WIDE)
        rounded = pc.round(exact, ndigits=8, round_mode="half_towards_infinity")
        words[at[fits]] = to_words(rounded.cast(NUMBER))
    return at[~fits]
