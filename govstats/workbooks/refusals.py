"""Reasons for not reading a file, and their texts in Chinese and English.

The texts themselves are data: ``refusals.toml`` beside this module.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from govstats.errors import Refusal

_PARTS = ("found", "expected", "remedy")
#: Characters of one fact, and of one label in a list, that a message shows.
_LONGEST, _LONGEST_LABEL = 1_000, 80
_TEXTS = Path(__file__).with_name("refusals.toml")


class Words(NamedTuple):
    """One fact named in both languages."""

    zh: str
    en: str


Fact = str | int | Words


class Refused(Exception):
    """This file cannot be read; ``refusal`` says why once its name is known.

    Raised wherever the reason is found, turned into a ``Refusal`` where the file's shown name
    and its department are known. ``code`` and ``variant`` choose the text, ``facts`` and
    ``more`` fill it; ``lines`` see ``Refusal``.
    """

    def __init__(
        self,
        code: str,
        *,
        variant: str = "",
        sheet: str = "",
        cell: str = "",
        lines: str = "",
        more: Mapping[str, Fact] | None = None,
        **facts: Fact,
    ) -> None:
        self.code = code
        self.variant = variant
        self.sheet = sheet
        self.cell = cell
        self.lines = lines
        self.facts = {**(more or {}), **facts}
        super().__init__(f"{code}.{variant}" if variant else code)

    def refusal(self, file: str, department: Words) -> Refusal:
        """The reason with its texts.

        Args:
            file: path below data/raw, as people know it.
            department: whose folder the file lay in.
        """
        template = _template(self.code, self.variant)
        facts: dict[str, Fact] = {
            "file": file,
            "department": department,
            "sheet": self.sheet,
            "cell": self.cell,
            **self.facts,
        }
        texts = {
            f"{part}_{language}": template[f"{part}_{language}"].format(**_said(facts, language))
            for part in _PARTS
            for language in ("zh", "en")
        }
        return Refusal(code=self.code, sheet=self.sheet, cell=self.cell, lines=self.lines, **texts)


def words(key: str) -> Words:
    """A named pair of words from the ``[words]`` table of the texts."""
    pair = _texts()["words"][key]
    return Words(pair["zh"], pair["en"])


def quoted(items: tuple[str, ...] | list[str], limit: int = 8) -> Words:
    """A list of labels for both languages, cut after ``limit``."""
    if not items:
        return words("none")
    shown = [printable(item, _LONGEST_LABEL) for item in items[:limit]]
    more = len(items) - len(shown)
    chinese = "、".join(f"“{item}”" for item in shown) + (f"等{len(items)}个" if more else "")
    english = ", ".join(f"“{item}”" for item in shown) + (f" and {more} more" if more else "")
    return Words(chinese, english)


def codes() -> dict[str, tuple[str, ...]]:
    """Every reason code with its variants ('' where it has a single text)."""
    return {
        code: tuple(table) if "found_zh" not in table else ("",)
        for code, table in _texts().items()
        if code != "words"
    }


def printable(text: str, limit: int = _LONGEST) -> str:
    """A text out of a file as it may stand in a message: no control signs, not endless."""
    shown = "".join(
        sign if sign.isprintable() else " " if sign.isspace() else repr(sign)[1:-1] for sign in text
    )
    return shown if len(shown) <= limit else f"{shown[:limit]}…"


def _said(facts: dict[str, Fact], language: str) -> dict[str, str]:
    return {
        name: printable(getattr(fact, language) if isinstance(fact, Words) else str(fact))
        for name, fact in facts.items()
    }


def _template(code: str, variant: str) -> dict[str, str]:
    table = _texts()[code]
    chosen: dict[str, str] = table[variant] if variant else table
    return chosen


@cache
def _texts() -> dict[str, dict[str, Any]]:
    loaded: dict[str, dict[str, Any]] = tomllib.loads(_TEXTS.read_text("utf-8"))
    return loaded
