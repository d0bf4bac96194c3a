"""Targets in words: "不低于3480元/年，不低于185元/月" is two, each with operator, figure and unit.

The words are those of ``wording.toml``. A text is cut into clauses; a clause is understood only
where every sign of it is accounted for, else it is handed back as it stands.
"""

import re
from collections.abc import Collection, Iterator
from decimal import Decimal
from functools import cache

from govstats.workbooks.values_clause import (
    SUBJECT,
    TargetPart,
    alternatives,
    bare,
    is_subject,
    read_clause,
    vocabulary,
)
from govstats.workbooks.values_numbers import LEVEL, plain_signs
from govstats.workbooks.values_wording import wording

__all__ = ["TargetPart", "parse_target"]

_CLAUSES = re.compile(r"[;。!\n]|,(?![0-9]{3}(?![0-9]))|(?<![0-9]),")
_QUOTES = dict.fromkeys(map(ord, "\"'“”‘’「」"))
#: Two figures with nothing but a space between them, or one with its groups apart.
_SIDE_BY_SIDE = re.compile(r"[0-9]\s+[0-9]")
#: A longer clause is a story, not a target.
_LONGEST = 80


def parse_target(text: str, units: Collection[str]) -> tuple[TargetPart, ...]:
    """The targets that a text states, in its order; empty where none was understood.

    Args:
        text: what a cell says.
        units: unit symbols; measure words are known besides.
    """
    if any(found in wording().targets.whole for found in _one_whole().findall(text)):
        return ()
    parts = tuple(_part(clause, units) for clause in _clauses(text))
    return parts if any(part.operator for part in parts) else ()


@cache
def _one_whole() -> re.Pattern[str]:
    """Finds words that keep a text from being taken apart; 或以上 is found before its 或."""
    whole = wording().targets.whole
    longer = [word for words in vocabulary() for word in words if any(w in word for w in whole)]
    return re.compile(alternatives([*longer, *whole]))


def _clauses(text: str) -> Iterator[str]:
    level = text.translate(LEVEL)  # sign for sign, so that places are the same
    start = 0
    for cut in [*_CLAUSES.finditer(level), None]:
        clause = text[start : cut.start() if cut else len(text)].strip()
        if clause:
            yield clause
        start = cut.end() if cut else start


def _part(text: str, units: Collection[str]) -> TargetPart:
    plain = plain_signs(text)
    tight = "".join(plain.translate(_QUOTES).split())
    found = None
    if len(tight) <= _LONGEST and not _SIDE_BY_SIDE.search(plain):
        found = _rank(tight, text) or _named(tight, text) or read_clause(tight, units, text)
    return found or TargetPart(None, None, None, None, None, text)


def _rank(tight: str, text: str) -> TargetPart | None:
    """A place in an order: 全市第一, 前3名."""
    match = _ranks().fullmatch(tight)
    if match is None or not is_subject(match["subject"]):
        return None
    rank = wording().targets.rank
    place = Decimal(rank.numerals.get(match["place"], match["place"]))
    subject = bare(match["subject"]) or None
    return TargetPart(rank.operator, place, None, rank.unit, None, text, "rank", subject)


def _named(tight: str, text: str) -> TargetPart | None:
    """Without a figure: none must happen (零拖欠), or above another area."""
    zero, peer = wording().targets.zero, wording().targets.peer
    behind, before = _names()
    match = behind.fullmatch(tight)
    if match and is_subject(match["subject"]):
        operator, low = (zero.operator, Decimal(0)) if match["zero"] else (peer.operator, None)
        subject = bare(match["subject"]) or None
        return TargetPart(operator, low, None, None, None, text, subject=subject)
    match = before.fullmatch(bare(tight))
    if match is None:
        return None
    return TargetPart(zero.operator, Decimal(0), None, None, None, text, subject=match["subject"])


@cache
def _ranks() -> re.Pattern[str]:
    rank = wording().targets.rank
    place = rf"(?P<place>[1-9][0-9]?|{alternatives(rank.numerals)})"
    return re.compile(
        rf"{SUBJECT}(?:{alternatives(rank.before)}){place}(?:{alternatives(rank.after)})"
    )


@cache
def _names() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Words behind a subject, words before one."""
    zero, peer = wording().targets.zero, wording().targets.peer
    behind = rf"(?:(?P<zero>{alternatives(zero.behind)})|{alternatives(peer.texts)})"
    before = rf"(?:{alternatives(zero.before)})(?P<subject>\D+)"
    return re.compile(SUBJECT + behind), re.compile(before)
