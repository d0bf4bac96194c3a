"""Units that contradict each other: settled, set aside or refused, and each told once."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from govstats.layouts.facts import Note
from govstats.layouts.match import Match
from govstats.layouts.notes import note
from govstats.layouts.units import Claim, Resolved, listed, mismatch, resolve


@dataclass
class _Doubt:
    """One contradiction, at its first cell."""

    sheet: str
    cell: str
    expected: str
    resolved: Resolved
    claims: Sequence[Claim]
    count: int = 0


class Doubts:
    """The contradictions of one table.

    Args:
        match: the table.
        kinds: unit → what it measures.
    """

    def __init__(self, match: Match, kinds: Mapping[str, str]) -> None:
        self._match = match
        self._kinds = kinds
        self._doubts: dict[tuple[object, ...], _Doubt] = {}

    def settle(
        self,
        sheet: str,
        cell: str,
        expected: str,
        claims: Sequence[Claim],
        others: Collection[str],
    ) -> str | None:
        """The unit of the figure at a cell, None where it is set aside.

        Raises:
            Refused: ``unit_conflict``, where the layout does not set figures aside.
        """
        resolved = resolve(claims, expected, self._kinds, others)
        if resolved.against is None:
            return resolved.unit
        layout = self._match.layout
        if not resolved.is_sure and not layout.drift.conflict:
            raise mismatch(sheet, cell, layout.id, expected, resolved.against, self._kinds)
        said = tuple((claim.place, claim.units) for claim in claims)
        key = sheet, expected, resolved.unit, resolved.is_sure, said
        doubt = self._doubts.setdefault(key, _Doubt(sheet, cell, expected, resolved, claims))
        doubt.count += 1
        return resolved.unit if resolved.is_sure else None

    def notes(self) -> Iterator[Note]:
        """One note for each contradiction."""
        for doubt in self._doubts.values():
            yield note(
                "unit_conflict" if doubt.resolved.is_sure else "unit_mismatch",
                self._match,
                doubt.sheet,
                doubt.cell,
                count=doubt.count,
                unit=doubt.resolved.unit,
                expected=doubt.expected,
                stated=listed(doubt.claims),
            )
