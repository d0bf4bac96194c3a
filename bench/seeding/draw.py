"""Choose errors at random cells and pack them into worlds where they do not disturb each other."""

import random
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from bench.seeding import many_cells, one_cell, whole_sheet
from bench.seeding.errors import Error, Kind
from bench.seeding.figures import Catalogue, Figure

KINDS: dict[str, Kind] = {
    kind.name: kind for kind in (*one_cell.KINDS, *many_cells.KINDS, *whole_sheet.KINDS)
}
#: Errors of one world, at most.
WORLD = 36
#: Draws for one error before its kind is taken to have no more cells.
TRIES = 60


@dataclass(frozen=True)
class Drawn:
    """The errors of one kind: in worlds, with the cells there were and those chosen, by layout."""

    kind: str
    worlds: tuple[tuple[Error, ...], ...]
    applicable: Counter[str]
    chosen: Counter[str]


def drawn(catalogue: Catalogue, kind: Kind, number: int, seed: int) -> Drawn:
    """Draw errors of one kind; the same seed draws the same ones.

    A layout is drawn in proportion to the square root of its cells that the kind applies to, so
    that large registers do not crowd the others out; the cell uniformly among those.
    """
    draw = random.Random(f"{seed}/{kind.name}")
    cells: defaultdict[str, list[Figure]] = defaultdict(list)
    for figure in kind.anchors(catalogue):
        cells[figure.layout_id].append(figure)
    applicable = Counter({layout: len(figures) for layout, figures in sorted(cells.items())})
    layouts = sorted(cells)
    errors: list[Error] = []
    seen: set[object] = set()
    for _ in range(number * TRIES if layouts else 0):
        if len(errors) == number:
            break
        (layout,) = draw.choices(layouts, [sqrt(len(cells[name])) for name in layouts])
        error = kind.plant(draw, catalogue, draw.choice(cells[layout]))
        if error is not None and (key := _identity(error)) not in seen:
            seen.add(key)
            errors.append(error)
    chosen = Counter(error.anchor.layout_id for error in errors)
    return Drawn(kind.name, packed(catalogue, errors), applicable, chosen)


def _identity(error: Error) -> tuple[object, ...]:
    return error.submission_id, error.edits, error.copy_of


def packed(catalogue: Catalogue, errors: Sequence[Error]) -> tuple[tuple[Error, ...], ...]:
    """Spread errors over as few worlds as keep them apart."""
    order = {day: number for number, day in enumerate(catalogue.periods)}
    families = _families(catalogue)
    worlds: list[list[Error]] = []
    for error in errors:
        for world in worlds:
            if len(world) < WORLD and not any(_disturb(e, error, order, families) for e in world):
                world.append(error)
                break
        else:
            worlds.append([error])
    return tuple(tuple(world) for world in worlds)


def _families(catalogue: Catalogue) -> dict[str, str]:
    """Layouts that ever stood in one workbook, each by the first of them."""
    files: defaultdict[str, set[str]] = defaultdict(set)
    for figure in (*catalogue.figures, *catalogue.entries):
        files[figure.submission_id].add(figure.layout_id)
    first: dict[str, str] = {}
    for layouts in sorted(map(sorted, files.values()), key=len, reverse=True):
        for layout in layouts:
            first.setdefault(layout, layouts[0])
    return first


def _disturb(a: Error, b: Error, order: dict, families: dict[str, str]) -> bool:  # type: ignore[type-arg]
    """Whether a check of one could see the other: the same workbook or one that is compared with
    it, the report before or after or the same one of another year; or the same figure elsewhere.
    A copied sheet is judged against all its other periods: two copies would excuse each other.
    """
    is_same_family = families[a.anchor.layout_id] == families[b.anchor.layout_id]
    if is_same_family and a.copy_of and b.copy_of:
        return True
    near = abs(order[a.period_end] - order[b.period_end]) <= 1
    if not near and a.period_end.month != b.period_end.month:
        return False
    if is_same_family:
        return True
    return bool({key[2:4] for key in a.series} & {key[2:4] for key in b.series})
