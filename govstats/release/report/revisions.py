"""Revised figures, in words."""

from dataclasses import dataclass
from itertools import groupby

from govstats.release.report.figures import Figure, difference, figure, minute
from govstats.release.report.names import Names
from govstats.release.report.records import Marts, Revision
from govstats.release.report.words import Both, Text, both, joined

_EMPTY = Both("空", "empty")


@dataclass(frozen=True)
class RevisionLine:
    """One revised figure: what, from which cell to which."""

    revision: Revision
    indicator: Both
    context: Text
    basis: Both
    scope: Both
    old: Figure
    new: Figure
    difference: Figure
    revised: str


@dataclass(frozen=True)
class RevisionGroup:
    """The revisions of one department."""

    code: str
    name: Both
    lines: list[RevisionLine]


def revisions(marts: Marts) -> list[RevisionGroup]:
    """Return one group of revisions per department, newest first."""
    return [
        RevisionGroup(
            code=code,
            name=marts.names.department(code),
            lines=[_revision(item, marts.names) for item in found],
        )
        for code, found in groupby(marts.revisions, key=lambda item: item.department_code)
    ]


def _revision(revision: Revision, names: Names) -> RevisionLine:
    unit = revision.unit_measure
    return RevisionLine(
        revision=revision,
        indicator=names.indicator(revision.indicator_code),
        context=joined([names.area(revision.ref_area), names.period(revision.period_end)]),
        basis=basis(revision.period_type, revision.measure, names),
        scope=names.word("scope", revision.scope),
        old=figure(revision.old_value, unit, missing=_EMPTY),
        new=figure(revision.new_value, unit, missing=_EMPTY),
        difference=difference(revision.difference, unit),
        revised=minute(revision.revised_at),
    )


def basis(period_type: str, measure: str, names: Names) -> Both:
    """Return what of an indicator a figure is: cumulative level, growth of the month."""
    kind, what = names.word("period_type", period_type), names.word("measure", measure)
    return both("{kind}{what}", "{what}, {kind}", kind=kind, what=what)
