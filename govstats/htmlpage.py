"""The ground of every page the program writes: templates that escape what comes from a sheet."""

import re
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

#: Controls, direction marks, hidden line ends, halves of signs: in a label they could command a
#: terminal, hide or turn round what is printed, or begin a line of their own in a log.
_UNPRINTABLE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)


def environment(templates: Path) -> Environment:
    """Return Jinja's environment for a folder of templates; unknown names are errors."""
    return Environment(
        loader=FileSystemLoader(templates),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=printable,
    )


def printable(value: object) -> object:
    """Return a text without characters that hide or turn round others; markup is our own."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return _UNPRINTABLE.sub("\ufffd", value)
    return value


def spelled(text: str) -> str:
    """Return JSON in which such characters are written as escapes: nothing of it is lost."""
    return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
