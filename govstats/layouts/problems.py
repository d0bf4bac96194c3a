"""What is wrong with a layout file, in words: file, line, place, found, allowed, nearest."""

import difflib
import json
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError, best_match

from govstats.errors import KnowledgeError
from govstats.yamlfile import Step, line_of

_TYPES = {
    "object": "a mapping",
    "array": "a list",
    "string": "text (in quotes if it looks like a number)",
}


def check_schema(content: Any, path: Path, schema: Path, shown: str) -> None:  # noqa: ANN401
    """Hold a file's content against the JSON Schema.

    Raises:
        KnowledgeError: the first problem, with the line it stands in.
    """
    errors = list(_validator(schema).iter_errors(content))
    if not errors:
        return
    first = min(errors, key=lambda error: [str(step) for step in error.absolute_path])
    cause = best_match([first]) or first
    raise problem(path, shown, list(cause.absolute_path), *_words(cause))


def problem(
    path: Path, shown: str, steps: Sequence[Step], what: str, remedy: str
) -> KnowledgeError:
    """An error that names file, line and place."""
    place = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)
    where = f"{shown}, line {line_of(path, steps)}"
    return KnowledgeError(f"{where}, at {place.lstrip('.') or 'top'}: {what}", remedy)


def nearest(word: str, allowed: Iterable[str]) -> str:
    """' (did you mean …?)' where something allowed is spelt alike, else nothing."""
    close = difflib.get_close_matches(word, list(allowed), n=1, cutoff=0.6)
    return f" (did you mean “{close[0]}”?)" if close else ""


def _words(error: ValidationError) -> tuple[str, str]:
    """(what was found, what to do) for one schema error."""
    kind = str(error.validator)
    rule: Any = error.validator_value
    found: Any = error.instance
    if kind == "additionalProperties":
        return _unknown_key(error)
    if kind == "required":
        missing = [f"“{name}”" for name in rule if name not in found]
        return f"{', '.join(missing)} is missing", "add it; docs/layouts.md says what it means"
    if kind in ("enum", "const"):
        allowed = rule if kind == "enum" else [rule]
        listed = ", ".join(str(value) for value in allowed)
        hint = nearest(str(found), map(str, allowed))
        return f"found “{found}”{hint}", f"use one of: {listed}"
    if kind == "type":
        expected = _TYPES.get(str(rule), str(rule))
        return f"found {json.dumps(found, ensure_ascii=False)}", f"give {expected}"
    if kind == "pattern":
        described = error.schema.get("description", "") if isinstance(error.schema, dict) else ""
        return f"found “{found}”", described or f"it must match {rule}"
    return error.message, "see docs/layouts.md"


def _unknown_key(error: ValidationError) -> tuple[str, str]:
    schema = error.schema if isinstance(error.schema, dict) else {}
    allowed = sorted(schema.get("properties", {}))
    found: Any = error.instance
    unknown = sorted(str(key) for key in found if key not in allowed)
    hints = ", ".join(f"“{key}”{nearest(key, allowed)}" for key in unknown)
    return f"unknown key {hints}", f"allowed here: {', '.join(allowed)}"


@cache
def _validator(schema: Path) -> Draft202012Validator:
    content = json.loads(schema.read_text("utf-8"))
    Draft202012Validator.check_schema(content)
    return Draft202012Validator(content)
