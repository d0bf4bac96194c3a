"""One spelling for labels: what two bureaus mean by the same word must compare equal."""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

_SPACE = re.compile(r"[\s\u200b\u200c\u200d\ufeff\u00ad]+")
#: Signs that differ in code point and not in meaning, after NFKC.
_SAME = str.maketrans(
    {
        "∶": ":",
        "︰": ":",
        "〔": "(",
        "【": "(",
        "[": "(",
        "〈": "(",
        "〕": ")",
        "】": ")",
        "]": ")",
        "〉": ")",
        "—": "-",
        "–": "-",
        "―": "-",
        "─": "-",
        "−": "-",
        "‐": "-",
        "‑": "-",
        "~": "-",
        "〜": "-",
    }
)
_MARK = re.compile(r"^[▲△★☆*＊●○◆#]+")
_PART = re.compile(r"^其中:?")
_BRACKET = re.compile(r"\(([^()]*)\)$")
#: Longer texts are remarks; remembering them would cost more than reading them again.
_LONGEST = 60
_BARE_RATE = re.compile(r"[%‰]$")


@dataclass(frozen=True, slots=True)
class Label:
    """A label in its one spelling.

    ``is_part`` remembers 其中 ("of which"), ``mark`` a sign like ▲ before the words.
    """

    text: str
    is_part: bool = False
    mark: str = ""


@dataclass(frozen=True, slots=True)
class ReadLabel:
    """A label with the unit that stood behind it taken off."""

    text: str
    unit: str | None
    is_part: bool
    mark: str
    #: Width of the blanks before the words, a full-width one counting two.
    indent: int = 0


def read_label(text: str, units: frozenset[str]) -> ReadLabel:
    """``label`` and ``split_unit`` in one, remembered: a sheet asks for a label many times."""
    return (
        _read_label(text, units) if len(text) <= _LONGEST else _read_label.__wrapped__(text, units)
    )


def squeeze(text: str) -> str:
    """NFKC, no white space of any width, one kind of bracket, colon and dash."""
    # Letters and digits alone, already in their one form: most labels of a long sheet.
    if text.isalnum() and unicodedata.is_normalized("NFKC", text):
        return text
    return _squeeze(text) if len(text) <= _LONGEST else _squeeze.__wrapped__(text)


@lru_cache(maxsize=50_000)
def _squeeze(text: str) -> str:
    tight = _SPACE.sub("", unicodedata.normalize("NFKC", text))
    # Once more: without the space between them, a letter and its accent become one.
    return unicodedata.normalize("NFKC", tight).translate(_SAME)


def label(text: str) -> Label:
    """The label in a cell, with what stood before it."""
    rest = squeeze(text)
    mark = ""
    is_part = False
    while rest:
        if found := _MARK.match(rest):
            mark += found.group()
        elif found := _PART.match(rest):
            is_part = True
        else:
            break
        rest = rest[found.end() :]
    return Label(rest, is_part, mark)


def split_unit(text: str, units: Collection[str]) -> tuple[str, str | None]:
    """(label without its unit, unit): "总量(亿元)" → ("总量", "亿元"); "位次" is both.

    Args:
        text: a squeezed label.
        units: known unit symbols; a bracket with anything else stays part of the label.
    """
    if text in units:
        return text, text
    bracket = _BRACKET.search(text)
    if bracket:
        inner = bracket.group(1).removeprefix("计量").removeprefix("单位:")
        if inner in units:
            return text[: bracket.start()], inner
    elif _BARE_RATE.search(text):
        return text[:-1], text[-1]
    return text, None


@lru_cache(maxsize=20_000)
def _read_label(text: str, units: frozenset[str]) -> ReadLabel:
    read = label(text)
    plain, unit = split_unit(read.text, units)
    blanks = text[: len(text) - len(text.lstrip())]
    indent = sum(2 if unicodedata.east_asian_width(sign) in "FW" else 1 for sign in blanks)
    return ReadLabel(plain, unit, read.is_part, read.mark, indent)
