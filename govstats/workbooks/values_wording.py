"""The words and signs of ``wording.toml``, read once."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).with_name("wording.toml")
Words = frozenset[str]


@dataclass(frozen=True)
class Numbers:
    """Words beside a figure: for a minus, for powers of ten, other spellings of units.

    ``scales`` gives the exponents of ten, shorter words first.
    """

    minus: Words
    scales: Mapping[str, int]
    spellings: Mapping[str, str]


@dataclass(frozen=True)
class Missing:
    """Texts that say why there is no figure."""

    not_applicable: Words
    error: Words


@dataclass(frozen=True)
class Zero:
    """Words for "none must happen", behind or before what must not."""

    operator: str
    behind: Words
    before: Words


@dataclass(frozen=True)
class Rank:
    """How a place in an order is written."""

    operator: str
    unit: str
    before: Words
    after: Words
    numerals: Mapping[str, int]


@dataclass(frozen=True)
class Peer:
    """Texts of a target that is relative to another area."""

    operator: str
    texts: Words


@dataclass(frozen=True)
class Subject:
    """Signs that free words before a figure must not have, and words in which they may stand."""

    never: str
    allowed: Words


@dataclass(frozen=True)
class Targets:
    """Words of targets; the comments of ``wording.toml`` say what each list is for."""

    whole: Words
    idle: Words
    reach: Words
    sink: Words
    up: Words
    added: Words
    down: Words
    rates: Words
    bare: Mapping[str, str]
    before: Mapping[str, list[str]]
    after: Mapping[str, list[str]]
    falling: Mapping[str, str]
    zero: Zero
    rank: Rank
    peer: Peer
    subject: Subject


@dataclass(frozen=True)
class Per:
    """What a figure is counted by."""

    words: Words
    before: Mapping[str, str]


@dataclass(frozen=True)
class Wording:
    """All of ``wording.toml``."""

    numbers: Numbers
    missing: Missing
    targets: Targets
    measures: Words
    per: Per


@cache
def wording() -> Wording:
    """The tables. A key that no table has is a TypeError, which the tests would show."""
    content = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    numbers, targets = content.pop("numbers"), content.pop("targets")
    scales = sorted(numbers["scales"].items(), key=lambda item: len(item[0]))
    numbers["scales"] = {word: len(str(power)) - 1 for word, power in scales}
    parts: dict[str, Any] = {
        "zero": Zero(**_sets(targets.pop("zero"))),
        "rank": Rank(**_sets(targets.pop("rank"))),
        "peer": Peer(**_sets(targets.pop("peer"))),
        "subject": Subject(**_sets(targets.pop("subject"))),
    }
    return Wording(
        numbers=Numbers(**_sets(numbers)),
        missing=Missing(**_sets(content.pop("missing"))),
        targets=Targets(**_sets(targets), **parts),
        measures=frozenset(content.pop("measures")["words"]),
        per=Per(**_sets(content.pop("per"))),
        **content,
    )


def measure_words() -> Words:
    """Measure words such as 个 and 公里, units of targets that units.csv need not know."""
    return wording().measures


def _sets(table: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key: frozenset(value) if isinstance(value, list) else value for key, value in table.items()
    }
