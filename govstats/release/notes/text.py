"""The notes as a text in Markdown: Chinese first, English after."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal

from govstats.htmlpage import printable
from govstats.numbers import plain
from govstats.release.notes.model import Notes
from govstats.release.notes.view import news
from govstats.release.report.figures import Figure
from govstats.release.report.names import Names
from govstats.release.report.news import Table
from govstats.release.report.sheets import Column, Value
from govstats.release.report.signs import Sign
from govstats.release.report.words import Both, Text, both, en, typeset, zh

#: What Markdown, or HTML within it, would take for more than a sign.
_LIVE = re.compile(r"[\\`*\[\]<>|&~#]|(?<=:)(?=//)|(?<=www)[.]|(?<=\w)@")

Say = Callable[[object], str]


def markdown(notes: Notes) -> str:
    """Return the text; what a sheet said is never a mark, a link or a tag in it."""
    whole = news(notes)
    said = whole.said if whole else ()
    tables = whole.tables if whole else ()
    parts = [_edition(notes, said, tables, say) for say in (zh, en)]
    return "\n---\n\n".join(parts)


def _edition(notes: Notes, said: tuple[Text, ...], tables: tuple[Table, ...], say: Say) -> str:
    title = both("发布说明 {id}", "Release notes {id}", id=notes.release.release_id)
    lines = [f"# {safe(say(title))}", ""]
    for sentence in said:
        lines += [safe(say(typeset(sentence))), ""]
    for table in tables:
        lines += [*_table(table, notes.names, say), ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def _table(table: Table, names: Names, say: Say) -> list[str]:
    rows = [
        "| " + " | ".join(safe(_shown(value, names, say)) for value in line) + " |"
        for line in table.lines
    ]
    heads = "| " + " | ".join(_head(column, say) for column in table.columns) + " |"
    rule = "|" + "|".join(_aligned(table, place) for place in range(len(table.columns))) + "|"
    lines = [f"## {safe(say(table.title))}", "", heads, rule, *rows]
    if table.more:
        more = both("另有 {n} 项，见 notes.json。", "{n} more are in notes.json.", n=table.more)
        lines += ["", say(more)]
    return lines


def _head(column: Column, say: Say) -> str:
    return safe(say(Both(column.zh, column.en)))


def _aligned(table: Table, place: int) -> str:
    return " ---: " if table.is_number(place) else " --- "


def _shown(value: Value, names: Names, say: Say) -> str:
    match value:
        case Sign():
            return f"{value.shape} {say(value.word)}"
        case Figure():
            gap = "" if value.unit_attached or not value.unit else " "
            return f"{say(value.number)}{gap}{say(names.unit(value.unit))}"
        case None:
            return "—"
        case Decimal() | int() | date():
            return plain(value)
        case _:
            return say(value)


def safe(text: str) -> str:
    """Return a text as one line in which Markdown and HTML find nothing of theirs."""
    flat = " ".join(str(printable(text)).split())
    return _LIVE.sub(lambda found: f"\\{found[0]}" if found[0] else "\\", flat)
