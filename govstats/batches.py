"""Submissions that are read together: one batch per department and period, named by them.

A mapped task costs the orchestrator 0.7 to 2 s whatever it reads, and starting its readers 1 s
of processor time, so where there are more batches than ``MOST`` neighbours are put together:
first periods of one department that follow one another, then whole departments.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TypedDict

from govstats.intake import LedgerEntry

#: Batches at most in one scan.
MOST = 8


class Batch(TypedDict):
    """What one task reads: a label for people (某局 2020-12（3 份）) and the submissions."""

    label: str
    submission_ids: list[str]


@dataclass(frozen=True)
class Within:
    """The part of what was received that is wanted; None stands for all."""

    department_code: str | None = None
    time_period: str | None = None

    def holds(self, entry: LedgerEntry) -> bool:
        """Whether an entry belongs to the part."""
        return self.department_code in (None, entry.department_code) and self.time_period in (
            None,
            entry.time_period,
        )


def divide(
    entries: Iterable[LedgerEntry], names: Mapping[str, str], most: int = MOST
) -> list[Batch]:
    """Divide entries into at most ``most`` batches, each of neighbours, none empty.

    Args:
        entries: the submissions, in any order.
        names: short Chinese names of departments by code; the code serves where one is missing.
        most: batches at most, 1 or more.

    Returns:
        Batches in order of department and period; submissions in order of registration.
    """
    ordered = sorted(entries, key=lambda e: (_place(e), e.sequence_number))
    groups = [list(members) for _, members in groupby(ordered, key=_place)]
    groups = _merged(groups, most, lambda a, b: a[-1].department_code == b[0].department_code)
    groups = _merged(groups, most, lambda a, b: True)
    return [
        {"label": _label(group, names), "submission_ids": [e.submission_id for e in group]}
        for group in groups
    ]


def _place(entry: LedgerEntry) -> tuple[str, str]:
    return entry.department_code, entry.time_period


def _merged(
    groups: list[list[LedgerEntry]],
    most: int,
    together: Callable[[Sequence[LedgerEntry], Sequence[LedgerEntry]], bool],
) -> list[list[LedgerEntry]]:
    """Join the two smallest neighbours that may be joined, until there are few enough."""
    groups = list(groups)
    while len(groups) > most:
        pairs = [
            (len(groups[i]) + len(groups[i + 1]), i)
            for i in range(len(groups) - 1)
            if together(groups[i], groups[i + 1])
        ]
        if not pairs:
            break
        i = min(pairs)[1]
        groups[i : i + 2] = [groups[i] + groups[i + 1]]
    return groups


def _label(group: Sequence[LedgerEntry], names: Mapping[str, str]) -> str:
    periods = sorted({entry.time_period for entry in group})
    departments = list(
        dict.fromkeys(names.get(e.department_code, e.department_code) for e in group)
    )
    who = "、".join(departments[:3]) + (f"等 {len(departments)} 个部门" if departments[3:] else "")
    when = periods[0] if len(periods) == 1 else f"{periods[0]} 至 {periods[-1]}"
    return f"{who} {when}（{len(group)} 份）"
