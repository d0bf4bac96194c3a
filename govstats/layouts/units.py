"""The unit of a figure: cell, header, unit column, unit line or layout, in that order.

The most specific statement counts. Another statement may differ only where the layout expects
the one that counts, as with 元 for income in a table headed 单位:亿元; a unit of another kind
than the layout's is refused, so is one that no table knows.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from govstats.layouts.labels import squeeze
from govstats.workbooks.refusals import Refused, Words, words

_SEPARATOR = re.compile(r"[、,;/]|或|和")


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement of units: one, or the several of a line such as 单位:亿元、%."""

    place: str
    units: tuple[str, ...]


def claimed(text: str, units: Collection[str]) -> tuple[str, ...]:
    """The units a text lists; empty where it is anything else than a list of units."""
    listed = tuple(part for part in _SEPARATOR.split(squeeze(text)) if part)
    return listed if all(part in units for part in listed) else ()


def resolve(
    claims: Sequence[Claim], expected: str, kinds: Mapping[str, str]
) -> tuple[str, Claim | None]:
    """(unit that counts, None) or (unit, the claim that makes it a conflict).

    Args:
        claims: of one cell, the most specific first.
        expected: the layout's unit for the cell.
        kinds: unit → what it measures; units of one kind convert into each other.
    """
    single = next((claim for claim in claims if len(claim.units) == 1), None)
    if single is None:
        return expected, None
    unit = single.units[0]
    if kinds.get(unit) != kinds.get(expected):
        return unit, single
    if unit != expected:
        against = next((claim for claim in claims if unit not in claim.units), None)
        return unit, against
    return unit, None


def conflict(
    sheet: str, cell: str, layout_id: str, expected: str, claims: Sequence[Claim], against: Claim
) -> Refused:
    """The refusal for a conflict that ``resolve`` found."""
    if len(claims) > 1 and len({claim.units for claim in claims}) > 1:
        return Refused(
            "unit_conflict",
            variant="sources",
            sheet=sheet,
            cell=cell,
            stated=_listed(claims),
            expected=expected,
            layout=layout_id,
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


def unknown(sheet: str, cell: str, text: str) -> Refused:
    """The refusal for a unit that the table of units does not have."""
    return Refused("unit_conflict", variant="unknown", sheet=sheet, cell=cell, unit=text)


def _listed(claims: Sequence[Claim]) -> Words:
    chinese = "、".join(f"{words(c.place).zh}“{'、'.join(c.units)}”" for c in claims)
    english = ", ".join(f"{words(c.place).en} “{'、'.join(c.units)}”" for c in claims)
    return Words(chinese, english)
