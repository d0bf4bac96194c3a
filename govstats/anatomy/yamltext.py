"""YAML as a person would write it: one line per column or row, remarks behind it."""

import json
import re
from collections.abc import Mapping, Sequence

_PLAIN = re.compile(r"[^\W\d][\w()%·/、.-]*")
#: What YAML does not take as it is.
_UNPRINTABLE = re.compile(
    "[^\\t\\n\\r\\x20-\\x7e\\x85\\xa0-\\ud7ff\\ue000-\\ufefe\\uff00-\\ufffd\\U00010000-\\U0010ffff]"
)
_WORDS = frozenset(("true", "false", "yes", "no", "on", "off", "null", "none", "y", "n"))
Value = str | bool | int | Sequence["Value"] | Mapping[str, "Value"]


def scalar(text: str) -> str:
    """A text as YAML reads it, in quotes only where it needs them."""
    if _PLAIN.fullmatch(text) and text.lower() not in _WORDS:
        return text
    return _UNPRINTABLE.sub(_escaped, json.dumps(text, ensure_ascii=False))


def _escaped(match: re.Match[str]) -> str:
    return f"\\u{ord(match.group()):04x}"


def flow(value: Value) -> str:
    """A value on one line.

    >>> flow({"label": ["累计", "增长(%)"], "key": True})
    '{label: [累计, 增长(%)], key: true}'
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return scalar(value)
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {flow(entry)}" for key, entry in value.items()) + "}"
    return "[" + ", ".join(flow(entry) for entry in value) + "]"


def single_quoted(pattern: str) -> str:
    """A regular expression, where a backslash must stay one."""
    return "'" + _UNPRINTABLE.sub("", pattern).replace("'", "''") + "'"


class Draft:
    """Lines of a draft; ``todo`` marks what must be filled in, ``check`` what is assumed."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.todos = 0
        self.checks = 0

    def add(self, depth: int, text: str, todo: str = "", check: str = "") -> None:
        """A line; what is to do or to check goes behind it."""
        remarks = []
        if todo:
            self.todos += 1
            remarks.append(f"TODO {_one_line(todo)}")
        if check:
            self.checks += 1
            remarks.append(f"CHECK {_one_line(check)}")
        behind = f"  # {'; '.join(remarks)}" if remarks else ""
        self.lines.append(f"{'  ' * depth}{text}{behind}")


def _one_line(text: str) -> str:
    return " ".join(_UNPRINTABLE.sub("", text).split())
