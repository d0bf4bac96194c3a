"""Notes on a table that is read all the same; the texts are data: ``notes.toml``."""

import tomllib
from functools import cache
from pathlib import Path

from govstats.layouts.facts import Note
from govstats.layouts.match import Match
from govstats.workbooks.refusals import Fact, Words

_TEXTS = Path(__file__).with_name("notes.toml")
_PARTS = ("found", "expected", "remedy")


def note(kind: str, match: Match, sheet: str, cell: str | None, **facts: Fact) -> Note:
    """One note.

    Args:
        kind: a table of ``notes.toml``.
        match: the table that it is about.
        sheet: name of the sheet.
        cell: A1 address, None where no single cell is meant.
        facts: what its texts name in braces; sheet, cell and layout are always there.
    """
    layout = match.layout
    given: dict[str, Fact] = {
        "sheet": sheet,
        "cell": cell or "",
        "layout": layout.id,
        "layout_name": Words(layout.name_zh, layout.name_en),
        **facts,
    }
    texts = {
        f"{part}_{language}": _texts()[kind][f"{part}_{language}"].format(
            **{name: _said(fact, language) for name, fact in given.items()}
        )
        for part in _PARTS
        for language in ("zh", "en")
    }
    return Note(kind=kind, layout_id=layout.id, sheet=sheet, cell=cell, **texts)


def kinds() -> tuple[str, ...]:
    """Every kind of note."""
    return tuple(_texts())


def _said(fact: Fact, language: str) -> str:
    return str(getattr(fact, language)) if isinstance(fact, Words) else str(fact)


@cache
def _texts() -> dict[str, dict[str, str]]:
    loaded: dict[str, dict[str, str]] = tomllib.loads(_TEXTS.read_text("utf-8"))
    return loaded
