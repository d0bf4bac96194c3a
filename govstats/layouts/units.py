"""The unit of a figure: cell, header, unit column or row label, corner, title or layout.

The most specific statement counts. One that holds for the whole table does not speak for a
figure whose own unit the layout gives while others of the table have the stated one: 元 for
income in a table headed 单位:亿元.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from govstats.layouts.labels import squeeze
from govstats.workbooks.refusals import Refused, Words, words

_SEPARATOR = re.compile(r"[、,;/]|或|和")
_IN_TITLE = re.compile(r"\((?P<said>(?:计量)?单位:)?(?P<units>[^()]+)\)")
#: Places that speak for all figures of a table.
_OF_TABLE = ("corner", "title")


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement of units: one, or the several of a line such as 单位:亿元、%.

    A unit that no table knows is claimed as it is written. ``cell`` is where the claim stands.
    """

    place: str
    units: tuple[str, ...]
    cell: str = ""


@dataclass(frozen=True, slots=True)
class Resolved:
    """The unit that counts; ``against`` is the claim that contradicts it.

    ``is_sure`` is False where no figure can be read: another kind, an unknown unit, or two
    statements of which neither is the more specific.
    """

    unit: str
    against: Claim | None = None
    is_sure: bool = True


def claimed(text: str, units: Collection[str]) -> tuple[str, ...]:
    """The units a text lists; empty where it is anything else than a list of units."""
    listed = tuple(part for part in _SEPARATOR.split(squeeze(text)) if part)
    return listed if all(part in units for part in listed) else ()


def claim(place: str, text: str, units: Collection[str], cell: str = "") -> Claim:
    """The claim of a text that states units; one that no table knows as it is written."""
    return Claim(place, claimed(text, units) or (squeeze(text),), cell)


def in_title(text: str, units: Collection[str], cell: str = "") -> Claim | None:
    """What a title says in brackets: (单位:万元), (亿元)."""
    for found in _IN_TITLE.finditer(squeeze(text)):
        if found["said"] or claimed(found["units"], units):
            return claim("title", found["units"], units, cell)
    return None


def resolve(
    claims: Sequence[Claim],
    expected: str,
    kinds: Mapping[str, str],
    others: Collection[str] = (),
) -> Resolved:
    """The unit of one figure.

    Args:
        claims: those that speak for it, the most specific first.
        expected: the layout's unit for it.
        kinds: unit → what it measures; units of one kind convert into each other.
        others: the layout's units for all figures of the table.
    """
    kind = kinds.get(expected)
    measured = {kinds.get(other) for other in others}
    claims = [entry for entry in claims if not _is_for_others(entry, kind, kinds, measured)]
    speaking = next((entry for entry in claims if _says(entry, kind, kinds)), None)
    if speaking is None:
        return Resolved(expected)
    alike = [unit for unit in speaking.units if kinds.get(unit) == kind]
    if expected in speaking.units or len(alike) > 1:
        return Resolved(expected)
    if not alike:
        return Resolved(speaking.units[0], speaking, is_sure=False)
    is_of_table = speaking.place in _OF_TABLE
    settled = _of_table(speaking, alike[0], expected, kinds, others) if is_of_table else None
    if settled:
        return settled
    unit = alike[0]
    against = next((entry for entry in claims if unit not in entry.units), None)
    rival = against is not None and against.place == speaking.place
    return Resolved(unit, against, is_sure=not rival)


def _of_table(
    speaking: Claim,
    unit: str,
    expected: str,
    kinds: Mapping[str, str],
    others: Collection[str],
) -> Resolved | None:
    """What a statement for the whole table settles for one figure, None where nothing."""
    kind = kinds.get(expected)
    same_kind = {other for other in others if kinds.get(other) == kind} | {expected}
    if unit in same_kind:
        return Resolved(expected)
    # A third unit of a kind may mean either of two.
    return None if same_kind == {expected} else Resolved(unit, speaking, is_sure=False)


def _is_for_others(
    entry: Claim, kind: str | None, kinds: Mapping[str, str], measured: Collection[str | None]
) -> bool:
    """Whether a statement for the table means others: 单位:亿元 over a table with rows in %."""
    stated = {kinds.get(unit) for unit in entry.units}
    return entry.place in _OF_TABLE and kind not in stated and not stated.isdisjoint(measured)


def _says(entry: Claim, kind: str | None, kinds: Mapping[str, str]) -> bool:
    """Whether a claim states the unit of a kind of figure.

    A list of several units speaks for the kinds it names; a single one for every figure.
    """
    return len(entry.units) == 1 or any(kinds.get(unit) == kind for unit in entry.units)


def mismatch(
    sheet: str, cell: str, layout_id: str, expected: str, against: Claim, kinds: Collection[str]
) -> Refused:
    """The refusal of a unit of another kind, or of one that no table knows."""
    unknown = [unit for unit in against.units if unit not in kinds]
    if unknown:
        at = against.cell or cell
        return Refused(
            "unit_conflict", variant="unknown", sheet=sheet, cell=at, unit="、".join(unknown)
        )
    return Refused(
        "unit_conflict",
        variant="dimension",
        sheet=sheet,
        cell=cell,
        unit="、".join(against.units),
        place=words(against.place),
        expected=expected,
        layout=layout_id,
    )


def listed(claims: Sequence[Claim]) -> Words:
    """Claims as messages name them."""
    chinese = "、".join(f"{words(c.place).zh}“{'、'.join(c.units)}”" for c in claims)
    english = ", ".join(f"{words(c.place).en} “{'、'.join(c.units)}”" for c in claims)
    return Words(chinese, english)
