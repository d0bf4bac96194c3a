"""Reading ``expectations/*.yml``: every mistake is named with file, rule, place and a cure."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from govstats.errors import KnowledgeError
from govstats.rules.problems import in_words, nearest
from govstats.rules.rule import KINDS, Rule, places
from govstats.yamlfile import read_yaml

#: Mistakes named at once; more would bury the first.
SHOWN = 12


def load_rules(folder: Path) -> tuple[Rule, ...]:
    """Return all rules below ``folder``, in order of their ids.

    Args:
        folder: the rule files ``*.yml`` and their ``schema.json``.

    Raises:
        KnowledgeError: a file is not YAML, breaks the schema, or an id is used twice.
    """
    validator = _validator(folder)
    rules: list[Rule] = []
    mistakes: list[str] = []
    for path in sorted(folder.glob("*.yml")):
        document = read_yaml(path, path.name)
        found = _mistakes(validator, path.name, document)
        mistakes.extend(found)
        if not found:
            rules.extend(_rule(document, entry, path.name) for entry in document["rules"])
    mistakes.extend(_used_twice(rules))
    if mistakes:
        shown = mistakes[:SHOWN]
        left = [f"… and {len(mistakes) - SHOWN} more"] if len(mistakes) > SHOWN else []
        raise KnowledgeError(
            "audit rules cannot be used:\n" + "\n".join([*shown, *left]),
            f"mend the files in {folder.name}/; see {folder.name}/README.md",
        )
    if not rules:
        raise KnowledgeError(f"no audit rules in {folder}", "a release is never made unaudited")
    return tuple(sorted(rules, key=lambda rule: rule.id))


def _validator(folder: Path) -> Draft202012Validator:
    schema = json.loads((folder / "schema.json").read_text(encoding="utf-8"))
    return Draft202012Validator(schema)


def _mistakes(validator: Draft202012Validator, file: str, document: object) -> list[str]:
    errors = sorted(validator.iter_errors(document), key=lambda error: list(map(str, error.path)))
    if errors:
        return [text for error in errors for text in in_words(error, file, document)]
    assert isinstance(document, Mapping)  # noqa: S101 - the schema has just said so
    return [text for entry in document["rules"] for text in _text_mistakes(entry, file)]


def _text_mistakes(entry: Mapping[str, Any], file: str) -> list[str]:
    found = []
    for key in ("value", "expected", "message_zh", "message_en"):
        try:
            places(entry.get(key, ""))
        except ValueError as error:
            found.append(f"{file} {entry['id']}: {key}: {error}; write {{column}}")
    if entry["severity"] != "hard" and entry.get("holds", "none") != "none":
        found.append(
            f"{file} {entry['id']}: holds: {entry['holds']} with severity {entry['severity']}; "
            "only a hard rule may hold a submission or a release"
        )
    if entry["kind"] not in KINDS:
        found.append(f"{file} {entry['id']}: kind {entry['kind']}{nearest(entry['kind'], KINDS)}")
    return found


def _rule(document: Mapping[str, Any], entry: Mapping[str, Any], file: str) -> Rule:
    default_holds = "submission" if entry["severity"] == "hard" else "none"
    return Rule(
        id=entry["id"],
        name_zh=entry["name_zh"],
        name_en=entry["name_en"],
        kind=entry["kind"],
        severity=entry["severity"],
        holds=entry.get("holds", default_holds),
        basis=entry["basis"],
        table=entry["table"],
        where=entry.get("where", ""),
        expectation=entry["expectation"],
        args=entry["args"],
        value=entry.get("value", ""),
        expected=entry.get("expected", ""),
        message_zh=entry["message_zh"],
        remedy_zh=entry["remedy_zh"],
        source=f"expectations/{file}",
        message_en=entry.get("message_en", ""),
        remedy_en=entry.get("remedy_en", ""),
        basis_en=entry.get("basis_en", ""),
        covers=entry.get("covers", "").strip(),
    )


def _used_twice(rules: list[Rule]) -> list[str]:
    files: dict[str, list[str]] = {}
    for rule in rules:
        files.setdefault(rule.id, []).append(rule.source)
    return [
        f"{rule_id} is used {len(where)} times: {', '.join(where)}; give one of them a new number"
        for rule_id, where in sorted(files.items())
        if len(where) > 1
    ]
