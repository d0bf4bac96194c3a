"""The marks of a picture, and numbers of rows and columns as people write them."""

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from govstats.workbooks.cells import column_letters

_TEXTS = Path(__file__).with_name("marks.toml")


@dataclass(frozen=True)
class Mark:
    """One kind of meaning: the letter in the cell, its name and what it stands for.

    ``tried_*`` is what it stands for in a file that is refused, '' where that is the same.
    """

    code: str
    letter: str
    zh: str
    en: str
    said_zh: str
    said_en: str
    tried_zh: str = ""
    tried_en: str = ""


@cache
def marks() -> dict[str, Mark]:
    """Every mark by its code, in the order of the legend."""
    loaded = tomllib.loads(_TEXTS.read_text(encoding="utf-8"))
    return {code: Mark(code, **texts) for code, texts in loaded.items()}


def spans(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """1, 2, 3, 7 → (1, 3), (7, 7); ``numbers`` ascend."""
    first = last = 0
    for number in numbers:
        if last and number == last + 1:
            last = number
            continue
        if last:
            yield first, last
        first = last = number
    if last:
        yield first, last


def rows_said(rows: Iterable[int]) -> str:
    """3, 5, 6, 7 → "3, 5-7"."""
    return ", ".join(f"{a}" if a == b else f"{a}-{b}" for a, b in spans(rows))


def columns_said(columns: Iterable[int]) -> str:
    """3, 5, 6, 7 → "C, E-G"."""
    return ", ".join(
        column_letters(a) if a == b else f"{column_letters(a)}-{column_letters(b)}"
        for a, b in spans(columns)
    )
