"""Read docker-compose.yml as Compose does: anchors, variables, defaults, refusals."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


class MissingVariable(Exception):
    """A variable that the file insists on is not set; the text is the file's own."""


def interpolated(text: str, variables: Mapping[str, str]) -> str:
    """Replace ``$NAME``, ``${NAME:-default}``, ``${NAME:?message}``, nested too; ``$$`` is ``$``.

    Raises:
        MissingVariable: a variable with ``?`` is unset (with ``:?`` also where it is empty).
        ValueError: a ``$`` that Compose would not take either.
    """
    result, rest = "", text
    while rest:
        before, dollar, rest = rest.partition("$")
        result += before
        if not dollar:
            break
        if rest.startswith("$"):
            result, rest = result + "$", rest[1:]
        elif rest.startswith("{"):
            inside, rest = _braced(rest)
            result += _value(inside, variables)
        elif plain := _NAME.match(rest):
            result, rest = result + variables.get(plain[0], ""), rest[plain.end() :]
        else:
            raise ValueError(f"a lone $ in {text!r}")
    return result


def _braced(text: str) -> tuple[str, str]:
    depth = 0
    for at, letter in enumerate(text):
        depth += {"{": 1, "}": -1}.get(letter, 0)
        if depth == 0:
            return text[1:at], text[at + 1 :]
    raise ValueError(f"no closing brace after $ in {text!r}")


def _value(inside: str, variables: Mapping[str, str]) -> str:
    name = _NAME.match(inside)
    if name is None:
        raise ValueError(f"no name in ${{{inside}}}")
    operator, value = inside[name.end() :], variables.get(name[0])
    counts_empty = operator.startswith(":")
    kind, operand = operator[counts_empty : counts_empty + 1], operator[counts_empty + 1 :]
    if value is not None and (value or not counts_empty):
        return interpolated(operand, variables) if kind == "+" else value
    if kind == "?":
        raise MissingVariable(f"{name[0]}: {operand}")
    return interpolated(operand, variables) if kind == "-" else ""


def load(path: Path, variables: Mapping[str, str]) -> dict[str, Any]:
    """Return the file with every variable replaced, extensions (``x-…``) left out.

    A variable of a service's environment that has no value is taken from ``variables``, and
    left out where they do not have it either.

    Raises:
        MissingVariable: the file refuses to be used without a variable.
    """
    plain = yaml.safe_load(path.read_text(encoding="utf-8"))
    whole = {key: part for key, part in plain.items() if not key.startswith("x-")}
    result: dict[str, Any] = _everywhere(whole, variables)
    for service in result["services"].values():
        given = service.get("environment", {})
        service["environment"] = {
            name: str(variables[name] if value is None else value)
            for name, value in given.items()
            if value is not None or name in variables
        }
    return result


def _everywhere(part: Any, variables: Mapping[str, str]) -> Any:  # noqa: ANN401 (YAML is anything)
    if isinstance(part, str):
        return interpolated(part, variables)
    if isinstance(part, list):
        return [_everywhere(one, variables) for one in part]
    if isinstance(part, dict):
        return {key: _everywhere(value, variables) for key, value in part.items()}
    return part


def settings_of(path: Path) -> dict[str, str]:
    """Read a ``.env`` file: ``NAME=value`` lines, ``#`` comments."""
    lines = path.read_text(encoding="utf-8").splitlines()
    pairs = (line.partition("=") for line in lines if line.strip() and line[0] != "#")
    return {name.strip(): value.strip() for name, _, value in pairs}


def image_settings(dockerfile: Path) -> dict[str, str]:
    """Return the variables that the last stage of the Dockerfile sets."""
    stage = dockerfile.read_text(encoding="utf-8").rpartition("\nFROM ")[2]
    block = re.findall(r"^ENV ((?:.*\\\n)*.*)$", stage, re.MULTILINE)
    return dict(re.findall(r'([A-Z_]+)=("[^"]*"|\S+)', " ".join(block)))
