"""Number formats of spreadsheets: what is a percentage, and what a plain one shows."""

import re
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

#: Built-in formats by number, those that are plain or percentages.
BUILT_IN: Mapping[int, str] = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    37: "#,##0_);(#,##0)",
    38: "#,##0_);[Red](#,##0)",
    39: "#,##0.00_);(#,##0.00)",
    40: "#,##0.00_);[Red](#,##0.00)",
}
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.')
#: Padding and colours print nothing; ``\-`` and ``"-"`` print the sign.
_SILENT = re.compile(
    r"_.|\*.|\[(?:Black|Blue|Cyan|Green|Magenta|Red|White|Yellow|红色|黑色)\]", re.I
)
_QUOTED = re.compile(r'"([-() ]*)"|\\([-() ])')
_PLAIN = re.compile(r"([-(]?)(#,##0|#,##|#,#|#|0)(\.0+)?(%?)(\)?)")


def is_percentage(code: str) -> bool:
    """Whether a format shows 0.081 as 8.1%; a sign that is only printed does not count."""
    return "%" in code and "%" in _LITERAL.sub("", code)


@lru_cache(maxsize=1024)
def _sections(code: str) -> tuple[re.Match[str] | None, ...]:
    plain = _QUOTED.sub(lambda match: match[1] or match[2] or "", _SILENT.sub("", code))
    if '"' in plain or "\\" in plain:
        return ()
    return tuple(_PLAIN.fullmatch(part.strip()) for part in plain.split(";"))


def is_plain(code: str) -> bool:
    """Whether ``shown`` knows what a format shows of a figure."""
    sections = _sections(code)
    return bool(sections) and sections[0] is not None


def shown(value: Decimal, code: str) -> str | None:
    """What a plain format shows of a figure: 22.157 under ``0.0`` is 22.2.

    Args:
        value: the stored figure, exactly.
        code: the number format.

    Returns:
        the text, or None where the format is not a plain one.
    """
    sections = _sections(code)
    chosen = 1 if value < 0 and len(sections) > 1 else 2 if value == 0 and len(sections) > 2 else 0
    section = sections[chosen] if sections else None
    if section is None or abs(value) >= 10**15:
        return None
    before, whole, decimals, percent, after = section.groups()
    scaled = value * 100 if percent else value
    places = len(decimals) - 1 if decimals else 0
    rounded = scaled.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    if chosen == 1:
        rounded = abs(rounded)
    digits = f"{rounded:,f}" if "," in whole else f"{rounded:f}"
    return f"{before}{digits}{percent}{after}"
