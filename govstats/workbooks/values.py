"""From what is in a cell to a figure, its unit and its status. Nothing is guessed.

Statuses are those of SDMX CL_OBS_STATUS as used here: A a figure, M cannot exist or does not
apply ("—"), N less than the unit ("…"), O missing: blank, an error value, or a text that is no
figure. What is ambiguous stays text: "▲5.2" is up in one bureau and minus in another, "12,34"
may be a slip for 1,234 or for 12.34. All forms: docs/cell-values.md.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal, localcontext

from govstats.workbooks.cells import Cell
from govstats.workbooks.values_dates import parse_date
from govstats.workbooks.values_numbers import plain_signs, read_number
from govstats.workbooks.values_targets import TargetPart, parse_target
from govstats.workbooks.values_wording import measure_words, wording

__all__ = [
    "MISSING_KINDS",
    "PLACES",
    "STATUSES",
    "Figure",
    "TargetPart",
    "counted",
    "differs_from_shown",
    "interpret",
    "measure_words",
    "parse_date",
    "parse_target",
    "stored",
]

#: Places of raw.observation.cell_value, decimal(28, 8).
PLACES = Decimal(1).scaleb(-8)
_LIMIT = Decimal(10) ** 20
#: SDMX observation statuses that a cell alone can have, and the kinds of absence.
STATUSES = ("A", "M", "N", "O")
MISSING_KINDS = ("blank", "not_applicable", "less_than_unit", "error", "text")

_DIGIT = re.compile("[0-9]")
_DASHES = re.compile(r"-{1,3}|[\u2212\u2010-\u2012—–―─━]{1,3}")
_DOTS = re.compile(r"\.{3,6}|…{1,2}|⋯{1,2}")
#: What a column too narrow for its figure shows, as text files keep it.
_TOO_NARROW = re.compile(r"#{3,}")


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


def interpret(
    cell: Cell | None, units: Collection[str], signs: Mapping[str, int] | None = None
) -> Figure:
    """Understand a cell where a figure belongs.

    Args:
        cell: None where nothing is stored.
        units: unit symbols that may follow a number, e.g. 人 in "8950人".
        signs: what marks before a figure mean in this bureau, e.g. ``{"▲": -1}``.

    Returns:
        the figure; "3.5万" has the unit 万, see ``counted``.
    """
    if cell is None:
        return _missing("O", "blank", None)
    if cell.kind == "error":
        return _missing("O", "error", cell.text)
    if cell.kind in ("date", "other"):
        return _missing("O", "text", cell.text)
    number = cell.number
    if number is not None:
        return _figure(number, "%" if cell.is_percent else None, cell.text)
    return _from_text(cell.text, units, signs)


def stored(value: Decimal) -> Decimal:
    """The value with the 8 places that facts keep, half rounded away from zero."""
    with localcontext() as context:
        context.prec = 60
        return value.quantize(PLACES, rounding=ROUND_HALF_UP)


def counted(figure: Figure, unit: str | None) -> Figure:
    """A figure written with a power of ten alone, in the unit that its place states.

    "3.5万" in a column of 人, or of no unit, is 35,000. In a column of 万元 it may be 3.5 or
    35,000 of them: there the figure is given back as it is, with the unit 万.
    """
    scales = wording().numbers.scales
    if figure.value is None or figure.unit is None or figure.unit not in scales:
        return figure
    if unit and any(unit.startswith(scale) for scale in scales):
        return figure
    sign, digits, exponent = figure.value.as_tuple()
    places = int(exponent) + scales[figure.unit]
    value = Decimal((sign, digits, places))
    if abs(value) >= _LIMIT:
        return _missing("O", "text", figure.text)
    return replace(figure, value=value, unit=unit)


def differs_from_shown(cell: Cell) -> bool:
    """Whether a reader sees another figure than the one stored, as 12.35 for 12.345678.

    False where the displayed text is not known or is no figure.
    """
    number = cell.number
    if number is None or cell.shown is None:
        return False
    shown = read_number(plain_signs(cell.shown), ("%",))
    return shown is not None and shown.value != number


def _from_text(text: str, units: Collection[str], signs: Mapping[str, int] | None) -> Figure:
    plain = plain_signs(text)
    tight = "".join(plain.split())
    if not tight:
        return _missing("O", "blank", text)
    number = read_number(plain, units, signs) if _DIGIT.search(plain) else None
    if number is not None:
        return _figure(number.value, number.unit, text)
    return _missing(*_absence(tight.upper()), text)


def _absence(text: str) -> tuple[str, str]:
    """Status and kind of a text that is no figure."""
    words = wording().missing
    if _DASHES.fullmatch(text) or text in words.not_applicable:
        return "M", "not_applicable"
    if _DOTS.fullmatch(text):
        return "N", "less_than_unit"
    if text in words.error or _TOO_NARROW.fullmatch(text):
        return "O", "error"
    return "O", "text"


def _figure(value: Decimal, unit: str | None, text: str) -> Figure:
    if not value.is_finite() or abs(value) >= _LIMIT:
        return _missing("O", "text", text)
    return Figure(value or Decimal(0), unit, "A", None, text)


def _missing(status: str, kind: str, text: str | None) -> Figure:
    return Figure(None, None, status, kind, text)
