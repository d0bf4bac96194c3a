"""Texts in csv that a spreadsheet program opens as texts, never as formulas or commands."""

import re

#: A program that opens a csv takes what begins so for a formula; the wide forms too, in China.
_LIVE = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_NUMBER = re.compile(r"[+-]?[0-9]+([.][0-9]+)?(e[+-]?[0-9]+)?%?", re.IGNORECASE)


def inert(text: str) -> str:
    """Return a text with an apostrophe before it where a spreadsheet program would run it.

    A plain number stays as it is, with its sign; so does every text that begins harmlessly. The
    method is that of OWASP's page on CSV injection.
    """
    begins_live = text.startswith(_LIVE) or text.lstrip().startswith(_LIVE)
    return f"'{text}" if begins_live and not _NUMBER.fullmatch(text) else text
