"""A schema's complaint in words a statistician can act on."""

import difflib
from collections.abc import Iterable, Iterator
from typing import Any

from jsonschema import ValidationError


def nearest(word: object, known: Iterable[str]) -> str:
    """Return a hint with the known word most like ``word``, or all of them; ready to append."""
    names = sorted(known)
    close = difflib.get_close_matches(str(word), names, n=1, cutoff=0.5)
    return f"; nearest: {close[0]}" if close else f"; known: {', '.join(names)}"


def in_words(error: ValidationError, file: str, document: object) -> Iterator[str]:
    """Yield one sentence per mistake: file, rule, place, what is wrong, nearest valid key."""
    for leaf in _leaves(error):
        path = list(leaf.absolute_path)
        yield f"{file} {_rule_name(path, document)}{_inner(path)}{_complaint(leaf)}"


def _leaves(error: ValidationError) -> list[ValidationError]:
    """Return the complaints below an ``if/then`` or ``allOf``, where the cause is."""
    if not error.context or error.validator in ("oneOf", "anyOf"):
        return [error]
    return [leaf for inner in error.context for leaf in _leaves(inner)]


def _rule_name(path: list[Any], document: object) -> str:
    if len(path) < 2 or path[0] != "rules" or not isinstance(document, dict):
        return ""
    entry = document["rules"][path[1]]
    name = entry.get("id") if isinstance(entry, dict) else None
    return f"{name or f'rule no. {path[1] + 1}'}: "


def _inner(path: list[Any]) -> str:
    places = path[2:] if path[:1] == ["rules"] else path
    return "".join(f"{place}: " for place in places)


def _complaint(error: ValidationError) -> str:
    found: Any = error.instance
    wanted: Any = error.validator_value
    schema: Any = error.schema
    match error.validator:
        case "additionalProperties":
            known = schema.get("properties", {})
            extra = [key for key in found if key not in known]
            return ", ".join(f"unknown key {key}{nearest(key, known)}" for key in extra)
        case "required":
            return f"missing {', '.join(key for key in wanted if key not in found)}"
        case "enum":
            return f"{found!r} is not a known value{nearest(found, map(str, wanted))}"
        case "pattern":
            return f"{found!r} is not of the form: {schema.get('description', wanted)}"
        case _:
            return error.message
