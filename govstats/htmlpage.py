"""The ground of every page the program writes: templates that escape what comes from a sheet."""

import re
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

#: Controls and direction marks: in a label they could hide or turn round what is printed.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


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
