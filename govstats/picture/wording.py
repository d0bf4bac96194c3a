"""The reader's remarks on a cell, said in Chinese."""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

_TEXTS = Path(__file__).with_name("details.toml")


def detail_zh(detail: str) -> str:
    """The Chinese form of a fate's detail; as it is where none is known."""
    for pattern, chinese in _patterns():
        if match := pattern.fullmatch(detail):
            return match.expand(chinese)
    return detail


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    details = _loaded()["detail"]
    return tuple((re.compile(entry["en"], re.DOTALL), entry["zh"]) for entry in details)


@cache
def _loaded() -> dict[str, Any]:
    return tomllib.loads(_TEXTS.read_text(encoding="utf-8"))


def period_place_zh(place: str) -> str:
    """The Chinese name of a place that states a period."""
    return str(_loaded()["places"].get(place, place))
