"""From what is in a cell to a figure, its unit and its status. Nothing is guessed.

Statuses are those of SDMX CL_OBS_STATUS as used here: A a figure, M cannot exist or does not
apply ("—"), N less than the unit ("…"), O missing: blank, an error value, or a text that is no
figure. What is ambiguous stays text: "▲5.2" is up in one bureau and minus in another, "12,34"
may be a slip for 1,234 or for 12.34.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext

from govstats.workbooks.cells import Cell

#: Places of raw.observation.cell_value, decimal(28, 8).
PLACES = Decimal(1).scaleb(-8)
_LIMIT = Decimal(10) ** 20

_SPACE = re.compile(r"[\s\u200b\ufeff]+")
_DASHES = re.compile(r"-{1,3}|[—–―─━]{1,3}")
_DOTS = re.compile(r"\.{3,6}|…{1,2}|⋯{1,2}")
_ERROR = re.compile(r"#(?:DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!|SPILL!|CALC!|GETTING_DATA)")
_DIGITS = r"(?:0|[1-9]\d*|[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d{0,2}(?: \d{3})+)(?:\.\d+)?"
_NUMBER = re.compile(
    rf"(?P<open>\()?(?P<sign>[+-])? ?(?P<digits>{_DIGITS}) ?(?P<unit>[^\d\s().,+-]*)(?(open)\))"
)
#: Full-width forms one by one: NFKC would also turn the footnote mark in 12² into a digit.
_FULL_WIDTH = {0xFF01 + i: 0x21 + i for i in range(94)} | {0x2212: "-", 0xFE63: "-"}


@dataclass(frozen=True, slots=True)
class Figure:
    """One cell understood: a value with the unit written beside it, or the kind of its absence.

    ``missing_kind`` is None exactly where ``value`` is not: blank | not_applicable |
    less_than_unit | error | text.
    """

    value: Decimal | None
    unit: str | None
    obs_status: str
    missing_kind: str | None
    text: str | None


def interpret(cell: Cell | None, units: Collection[str]) -> Figure:
    """Understand a cell where a figure belongs.

    Args:
        cell: None where nothing is stored.
        units: unit symbols that may follow a number, e.g. 人 in "8950人".
    """
    if cell is None:
        return _missing("O", "blank", None)
    if cell.kind == "error":
        return _missing("O", "error", cell.text)
    if cell.kind == "other":
        return _missing("O", "text", cell.text)
    number = cell.number
    if number is not None:
        return _figure(number, "%" if cell.is_percent else None, cell.text)
    return _from_text(cell.text, units)


def stored(value: Decimal) -> Decimal:
    """The value with the 8 places that facts keep, half rounded away from zero."""
    with localcontext() as context:
        context.prec = 60
        return value.quantize(PLACES, rounding=ROUND_HALF_UP)


def _from_text(text: str, units: Collection[str]) -> Figure:
    plain = _SPACE.sub(" ", text.translate(_FULL_WIDTH)).strip()
    tight = plain.replace(" ", "")
    if not tight:
        return _missing("O", "blank", text)
    if _DASHES.fullmatch(tight):
        return _missing("M", "not_applicable", text)
    if _DOTS.fullmatch(tight):
        return _missing("N", "less_than_unit", text)
    if _ERROR.fullmatch(tight.upper()):
        return _missing("O", "error", text)
    match = _NUMBER.fullmatch(plain)
    if not match or (match["unit"] and match["unit"] not in units):
        return _missing("O", "text", text)
    if match["open"] and match["sign"]:
        return _missing("O", "text", text)
    digits = match["digits"].replace(",", "").replace(" ", "")
    value = Decimal(("-" if match["open"] or match["sign"] == "-" else "") + digits)
    return _figure(value, match["unit"] or None, text)


def _figure(value: Decimal, unit: str | None, text: str) -> Figure:
    if not value.is_finite() or abs(value) >= _LIMIT:
        return _missing("O", "text", text)
    return Figure(value or Decimal(0), unit, "A", None, text)


def _missing(status: str, kind: str, text: str | None) -> Figure:
    return Figure(None, None, status, kind, text)
