"""Kinds of error that falsify several cells: rows, columns, totals, whole sheets."""

from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from bench.seeding.errors import Draw, Error, Kind, retyped, step
from bench.seeding.figures import LEVEL, Catalogue, Figure
from bench.seeding.workbook import Doubled, Moved
from govstats.numbers import plain

MONTH, YTD = "month", "ytd"
#: Roles of a register that hold the month's and the year's figure.
MONTH_ROLE, YTD_ROLE = "month_value", "done_value"
#: Rows between which people mix up two areas.
NEAR_ROWS = 3
#: By how much a part is revised, at least and at most, as a share of it.
REVISED = (0.05, 0.3)
#: Units of the last digit, per term, within which a sum is a sum.
ROUNDING = Decimal(1)


def shift_rows(draw: Draw, catalogue: Catalogue, figure: Figure) -> Error | None:
    """The figures of one column, from a row on, one row too low; the last falls off."""
    run = _run(catalogue, figure)
    start = draw.randrange(len(run) - 2)
    moved = list(pairwise(run[start:]))
    wrong = [
        (source, target)
        for source, target in moved
        if abs(source.value - target.value) > step(catalogue, target)
    ]
    if len(wrong) < 2:
        return None
    return Error(
        kind="row_shifted",
        anchor=wrong[0][1],
        cells=frozenset((target.sheet, target.cell) for _, target in wrong),
        series=frozenset(target.series for _, target in wrong),
        edits=tuple(Moved(a.sheet, a.cell, b.cell) for a, b in moved),
        note=f"{figure.sheet}!{run[start].cell}:{run[-1].cell} one row lower",
    )


def swap_areas(draw: Draw, catalogue: Catalogue, figure: Figure) -> Error | None:
    """The figures of two areas near each other exchanged, one figure or the whole row."""
    others = [
        other
        for other in catalogue.beside(figure)
        if _kind_of(other) == _kind_of(figure)
        and other.column == figure.column
        and 0 < abs(other.row - figure.row) <= NEAR_ROWS
    ]
    if not others:
        return None
    other = draw.choice(others)
    pairs = [(figure, other)]
    if draw.random() < 0.5:
        below = {f.column: f for f in catalogue.beside(figure) if f.row == other.row}
        pairs += [
            (f, below[f.column])
            for f in catalogue.beside(figure)
            if f.row == figure.row and f.column in below and f is not figure
        ]
    changes = [change for a, b in pairs for change in ((a, b.value), (b, a.value))]
    return retyped("area_swapped", catalogue, changes)


def _kind_of(figure: Figure) -> tuple[str, ...]:
    return figure.series[:3] + figure.series[4:]


def swap_columns(draw: Draw, catalogue: Catalogue, figure: Figure) -> Error | None:
    """The month's and the year's figure exchanged, in one row or in the whole column."""
    pairs = _month_pairs(catalogue, figure)
    own = [pair for pair in pairs if figure in pair]
    chosen = own if draw.random() < 0.5 else [*own, *(p for p in pairs if p not in own)]
    if len(chosen) > len(own):
        columns = {own[0][0].column, own[0][1].column}
        chosen = [pair for pair in chosen if {pair[0].column, pair[1].column} == columns]
    changes = [change for a, b in chosen for change in ((a, b.value), (b, a.value))]
    return retyped("columns_swapped", catalogue, changes)


def _month_pairs(catalogue: Catalogue, figure: Figure) -> list[tuple[Figure, Figure]]:
    rows: defaultdict[tuple[object, ...], dict[str, Figure]] = defaultdict(dict)
    for each in catalogue.beside(figure):
        side = _side(each)
        if side:
            rows[each.row, each.series[2:5]][side] = each
    return [(sides[MONTH], sides[YTD]) for sides in rows.values() if len(sides) == 2]


def _side(figure: Figure) -> str:
    if figure.is_entry:
        return {MONTH_ROLE: MONTH, YTD_ROLE: YTD}.get(figure.measure, "")
    return figure.period_type if figure.measure == LEVEL else ""


def leave_total(draw: Draw, catalogue: Catalogue, whole: Figure) -> Error | None:
    """A part revised and its total left, or the total of the report before kept."""
    parts = _parts(catalogue, whole)
    before = catalogue.neighbour(whole, -1)
    is_kept = draw.random() < 0.5
    if is_kept and before is not None and before.period_end.year == whole.period_end.year:
        return retyped("total_not_updated", catalogue, [(whole, before.value)])
    part = draw.choice([part for part in parts if part.value] or [whole])
    change = Decimal(str(round(draw.uniform(*REVISED), 3))) * draw.choice((-1, 1))
    value = (part.value * (1 + change)).quantize(step(catalogue, part), rounding=ROUND_HALF_UP)
    # what rounding lets a sum miss anyway is no error
    if part is whole or abs(value - part.value) <= (len(parts) + 1) * step(catalogue, whole):
        return None
    error = retyped("total_not_updated", catalogue, [(part, value)])
    if error is None:
        return None
    return Error(
        kind=error.kind,
        anchor=error.anchor,
        cells=error.cells | {(whole.sheet, whole.cell)},
        series=error.series | {whole.series},
        edits=error.edits,
        note=f"{error.note}; total {whole.cell} {plain(whole.value)} left",
    )


def _parts(catalogue: Catalogue, whole: Figure) -> list[Figure]:
    """The figures that sum to a total of the same sheet; none where they do not."""
    beside = [f for f in catalogue.beside(whole) if f.measure == whole.measure and f is not whole]
    if whole.is_entry:
        found = [f for f in beside if f.column == whole.column and not f.is_total]
    else:
        terms = {
            part
            for part, is_exhaustive in catalogue.identities.get(whole.series[2], [])
            if is_exhaustive
        }
        found = [f for f in beside if f.series[2] in terms and f.series[3:] == whole.series[3:]]
        if len(found) < len(terms):
            return []
    total = sum((part.value for part in found), Decimal(0))
    tolerance = ROUNDING * (len(found) + 1) * step(catalogue, whole)
    return found if found and abs(total - whole.value) <= tolerance else []


def double_row(_draw: Draw, catalogue: Catalogue, figure: Figure) -> Error | None:
    """One row copied below itself."""
    row = [f for f in catalogue.beside(figure) if f.row == figure.row]
    cells = {(f.sheet, _at(f, down)) for f in row for down in (0, 1)}
    # the name in the row is as wrong as the figures beside it
    names = {(figure.sheet, f"{letter}{figure.row + down}") for letter in "ABC" for down in (0, 1)}
    return Error(
        kind="duplicate_row",
        anchor=figure,
        cells=frozenset(cells | names),
        series=frozenset(f.series for f in row),
        edits=(Doubled(figure.sheet, figure.row),),
        note=f"{figure.sheet} row {figure.row} twice",
    )


def _at(figure: Figure, down: int) -> str:
    return figure.cell.rstrip("0123456789") + str(figure.row + down)


def _run(catalogue: Catalogue, figure: Figure) -> list[Figure]:
    """The figures above and below a figure without a gap, itself among them."""
    column = {f.row: f for f in catalogue.beside(figure) if f.column == figure.column}
    first = last = figure.row
    while first - 1 in column:
        first -= 1
    while last + 1 in column:
        last += 1
    return [column[row] for row in range(first, last + 1)]


def _in_columns(catalogue: Catalogue) -> list[Figure]:
    return [f for f in catalogue.figures if len(_run(catalogue, f)) > 2]


def _of_areas(catalogue: Catalogue) -> list[Figure]:
    found: list[Figure] = []
    for figures in catalogue.by_sheet.values():
        areas: defaultdict[tuple[object, ...], set[str]] = defaultdict(set)
        tables = [figure for figure in figures if not figure.is_entry]
        for figure in tables:
            areas[figure.column, *_kind_of(figure)].add(figure.series[3])
        found += [f for f in tables if len(areas[f.column, *_kind_of(f)]) > 1]
    return found


def _with_month(catalogue: Catalogue) -> list[Figure]:
    return [
        figure
        for figures in catalogue.by_sheet.values()
        for pair in _month_pairs(catalogue, figures[0])
        for figure in pair[:1]
    ]


def _totals(catalogue: Catalogue) -> list[Figure]:
    return [
        figure
        for figure in catalogue.figures
        if (figure.is_total or figure.series[2] in catalogue.identities)
        and figure.measure != "completion"
        and _parts(catalogue, figure)
    ]


def _entry_rows(catalogue: Catalogue) -> list[Figure]:
    rows: dict[tuple[str, str, int], Figure] = {}
    for figure in (*catalogue.figures, *catalogue.entries):
        if not figure.is_total:
            rows.setdefault((figure.submission_id, figure.sheet, figure.row), figure)
    return list(rows.values())


KINDS = (
    Kind("row_shifted", _in_columns, shift_rows),
    Kind("total_not_updated", _totals, leave_total, is_impossible=True),
    Kind("area_swapped", _of_areas, swap_areas),
    Kind("columns_swapped", _with_month, swap_columns),
    Kind("duplicate_row", _entry_rows, double_row, is_impossible=True),
)
