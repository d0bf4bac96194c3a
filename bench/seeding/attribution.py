"""Which finding is about which planted error."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from bench.seeding.errors import Error
from bench.seeding.world import Found

#: Weights of findings, strongest first; the last only tells and counts as nothing found.
SEVERITIES = ("hard", "soft", "info")


@dataclass
class Outcome:
    """What became of one error; ``located`` by a finding that names one of its very cells."""

    error: Error
    file: str
    findings: list[Found] = field(default_factory=list)
    located_by: list[Found] = field(default_factory=list)

    @property
    def severity(self) -> str:
        """The weightiest finding's, empty where there is none."""
        return _weightiest(self.findings)

    @property
    def is_found(self) -> bool:
        """Whether a finding that asks for something is about it."""
        return self.severity in SEVERITIES[:2]

    @property
    def is_located(self) -> bool:
        """Whether a finding that asks for something names one of its cells."""
        return _weightiest(self.located_by) in SEVERITIES[:2]


def _weightiest(findings: Sequence[Found]) -> str:
    here = {found.severity for found in findings}
    return next((severity for severity in SEVERITIES if severity in here), "")


def attributed(
    errors: Iterable[Error],
    files: dict[str, str],
    findings: Iterable[Found],
    known: frozenset[str],
) -> tuple[list[Outcome], list[Found]]:
    """Put every finding that is new down to an error.

    A finding is about an error when it names the error's workbook, or, without one, its
    department and period; or when it is about a figure of the error's series, or its entry, in a
    report that is compared with it: within two months, or the same month of another year.

    Args:
        errors: those of the world; no two in one workbook.
        files: path of each submission's workbook below ``raw``.
        findings: what the audit of the world found.
        known: keys of what it finds without any error.

    Returns:
        One outcome per error, and the new findings that are about none.
    """
    outcomes = [Outcome(error, files[error.submission_id]) for error in errors]
    strays = []
    for found in findings:
        if found.key in known:
            continue
        owner = _owner(found, outcomes)
        if owner is None:
            strays.append(found)
            continue
        owner.findings.append(found)
        if _names(found, owner):
            owner.located_by.append(found)
    return outcomes, strays


def _owner(found: Found, outcomes: Sequence[Outcome]) -> Outcome | None:
    for outcome in outcomes:
        if found.file == outcome.file:
            return outcome
    for outcome in outcomes:
        anchor = outcome.error.anchor
        if found.department_code != anchor.department_code or found.period_end is None:
            continue
        if found.file is None and found.period_end == anchor.period_end:
            return outcome
        if found.about in _about(outcome.error) and _compared(found.period_end, anchor.period_end):
            return outcome
    for outcome in outcomes:  # the same figure in another department's report
        anchor = outcome.error.anchor
        if found.about in _about(outcome.error) and found.period_end == anchor.period_end:
            return outcome
    return None


def _about(error: Error) -> set[tuple[str, str]]:
    return {about(key) for key in error.series}


def about(key: tuple[str, ...]) -> tuple[str, str]:
    """What a series is of: indicator and area, or entry and layout."""
    return (key[2], key[1]) if key[0] == "entry" else (key[2], key[3])


def _compared(one: date, other: date) -> bool:
    months = (one.year - other.year) * 12 + one.month - other.month
    return abs(months) <= 3 or one.month == other.month


def _names(found: Found, outcome: Outcome) -> bool:
    if found.file != outcome.file:
        return False
    if outcome.error.is_whole:
        return True
    if found.cell is None:  # a refused workbook: the reader's words name the cells
        words = set(re.findall(r"\b[A-Z]{1,3}[0-9]+\b", found.message, re.ASCII))
        return any(sheet in found.message and cell in words for sheet, cell in outcome.error.cells)
    return (found.sheet, found.cell) in outcome.error.cells


__all__ = ["SEVERITIES", "Outcome", "about", "attributed"]
