"""What an error is, and what every kind of error is drawn from."""

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bench.seeding.figures import Catalogue, Figure, SeriesKey
from bench.seeding.workbook import Edit, Typed
from govstats.numbers import plain

Cells = frozenset[tuple[str, str]]


@dataclass(frozen=True)
class Error:
    """One planted error. ``cells`` are the sheets and cells that are wrong, ``series`` what they
    are figures of. ``edits`` go into the submission's own workbook, or ``copy_of`` names the
    submission that is handed in again instead. ``is_whole`` where no cell alone is wrong.
    """

    kind: str
    anchor: Figure
    cells: Cells
    series: frozenset[SeriesKey]
    edits: tuple[Edit, ...]
    note: str
    copy_of: str | None = None
    is_whole: bool = False

    @property
    def submission_id(self) -> str:
        """The submission whose workbook holds it."""
        return self.anchor.submission_id

    @property
    def period_end(self) -> date:
        """The period it is reported for."""
        return self.anchor.period_end


Draw = random.Random
Anchors = Callable[[Catalogue], list[Figure]]
Plant = Callable[[Draw, Catalogue, Figure], Error | None]


@dataclass(frozen=True)
class Kind:
    """One kind of error: where it can be made, and how. ``is_impossible``: what it leaves cannot
    be true, whatever the figures, so that the audit must find it. ``plant`` gives nothing where
    the error would change nothing.
    """

    name: str
    anchors: Anchors
    plant: Plant
    is_impossible: bool = False


def step(catalogue: Catalogue, figure: Figure) -> Decimal:
    """One unit of the last digit a series is printed with."""
    return Decimal(1).scaleb(-catalogue.places[figure.series])


def differs(catalogue: Catalogue, figure: Figure, value: Decimal) -> bool:
    """Whether a value differs from a figure by more than the rounding of its last digit."""
    return abs(value - figure.value) > step(catalogue, figure)


def retyped(
    kind: str,
    catalogue: Catalogue,
    changes: Iterable[tuple[Figure, Decimal]],
    *,
    bare: bool = False,
) -> Error | None:
    """An error of figures typed wrong; those that would stay as they are do not count.

    The first figure is the anchor. Nothing where none changes.
    """
    wrong = [(figure, value) for figure, value in changes if differs(catalogue, figure, value)]
    if not wrong:
        return None
    return Error(
        kind=kind,
        anchor=wrong[0][0],
        cells=frozenset((figure.sheet, figure.cell) for figure, _ in wrong),
        series=frozenset(figure.series for figure, _ in wrong),
        edits=tuple(Typed(figure.sheet, figure.cell, value, bare) for figure, value in wrong),
        note="; ".join(
            f"{figure.sheet}!{figure.cell} {plain(figure.value)} → {plain(value)}"
            for figure, value in wrong[:4]
        ),
    )
