"""Content that would do something in a spreadsheet program: commands sent by a formula."""

import re

from govstats.workbooks.refusals import Refused

_STRINGS = re.compile(r'"[^"]*"')
#: ``program|'topic'!item``, how a formula talks to another program.
_COMMAND = re.compile(r"(?<![\w\"])[A-Za-z][\w.]*\s*\|[^|!<>]*!")
_TYPED = re.compile(r"\s*[=+@-]")


def sends_command(formula: str) -> bool:
    """Whether a formula starts or addresses another program (DDE)."""
    return "|" in formula and bool(_COMMAND.search(_STRINGS.sub("", formula)))


def types_command(text: str) -> bool:
    """Whether a text would become such a formula where it is pasted or imported."""
    return "|" in text and bool(_TYPED.match(text)) and sends_command(text)


def command_refused(text: str, sheet: str = "", cell: str = "") -> Refused:
    """The refusal of a formula that sends commands."""
    short = text if len(text) <= 60 else f"{text[:57]}..."
    variant = "command" if cell else "command_somewhere"
    return Refused("active_content", variant=variant, sheet=sheet, cell=cell, formula=short)
