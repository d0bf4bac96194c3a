"""One spelling for labels: what two bureaus mean by the same word must compare equal."""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass

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
_BARE_RATE = re.compile(r"[%‰]$")


@dataclass(frozen=True, slots=True)
class Label:
    """A label in its one spelling.

    ``is_part`` remembers 其中 ("of which"), ``mark`` a sign like ▲ before the words.
    """

    text: str
    is_part: bool = False
    mark: str = ""


def squeeze(text: str) -> str:
    """NFKC, no white space of any width, one kind of bracket, colon and dash."""
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
