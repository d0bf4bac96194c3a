"""Tables of a sheet from top to bottom: lines above, header, body, lines below."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from govstats.anatomy import times
from govstats.anatomy.evidence import sample
from govstats.anatomy.headrows import header_rows
from govstats.anatomy.rows import (
    columns_of,
    heads_columns,
    is_data,
    is_preamble,
    is_single,
)
from govstats.anatomy.view import DATE, MISSING, NUMBER, TEXT, View
from govstats.anatomy.words import closed, remark_kind, width

#: Share of the rows in which a column must hold numbers to count as one of figures.
_REGULAR = 0.3
_WIDEST_LABEL = 44
#: Columns of figures of which half must be headed anew, where there are more.
_WIDE = 8


@dataclass(frozen=True, slots=True)
class Band:
    """One table's rows; ``numeric`` are columns that hold numbers in its body."""

    preamble: range
    header: range
    body: range
    data: tuple[int, ...]
    numeric: frozenset[int]


def find_bands(view: View) -> list[Band]:
    """The tables of a sheet, one below the other."""
    groups = _groups(view)
    if not groups:
        return _worded(view)
    bands: list[Band] = []
    start = 1
    for at, data in enumerate(groups):
        limit = groups[at + 1][0] if at + 1 < len(groups) else view.last_row + 1
        band = _band(view, start, data, limit)
        bands.append(band)
        start = band.body.stop
    return bands


def _groups(view: View) -> list[list[int]]:
    """Rows of figures, parted where a new header stands between two of them."""
    groups: list[list[int]] = []
    seen: Counter[int] = Counter()
    for row in range(1, view.last_row + 1):
        if not is_data(view, row):
            continue
        if groups and row - groups[-1][-1] > 1:
            regular = {c for c, count in seen.items() if count >= _REGULAR * len(groups[-1])}
            if _is_reheaded(view, range(groups[-1][-1] + 1, row), regular, groups[-1]):
                if _is_lone_year(view, groups[-1]):
                    groups.pop()
                groups.append([])
                seen.clear()
        elif not groups:
            groups.append([])
        groups[-1].append(row)
        seen.update(columns_of(view.kinds[row], NUMBER + MISSING))
    return groups


def _is_lone_year(view: View, data: list[int]) -> bool:
    """A year in a line above a table looks like a figure at first."""
    if len(data) > 1:
        return False
    numbers = columns_of(view.kinds[data[0]], NUMBER)
    value = view.value(data[0], numbers[0])
    return len(numbers) == 1 and value is not None and times.is_time_number(value)


def _is_reheaded(view: View, gap: range, regular: set[int], data: list[int]) -> bool:
    is_apart = False
    for row in gap:
        kinds = view.kinds[row]
        if not kinds or is_single(view, row) or is_preamble(view, row):
            is_apart = True
            continue
        texts = len([c for c in columns_of(kinds, TEXT) if c in regular])
        numbers = len([c for c in columns_of(kinds, NUMBER) if c in regular])
        if remark_kind(view.raw(row, view.filled(row)[0])):
            is_apart = True
        elif (numbers > 1 and heads_columns(view, row)) or (
            texts > numbers
            and 2 * texts >= min(len(regular), _WIDE)
            and len(view.filled(row)) > 1
            and (is_apart or _repeats_header(view, row, data[0]))
        ):
            return True
    return False


def _repeats_header(view: View, row: int, first: int) -> bool:
    """Whether the words of a row stand in the same columns of a row above the first figures."""
    columns = columns_of(view.kinds[row], TEXT)
    words = [closed(view.raw(row, column)) for column in columns]
    return any(
        [closed(view.raw(above, column)) for column in columns] == words
        for above in range(max(1, first - 15), first)
    )


def _band(view: View, start: int, data: list[int], limit: int) -> Band:
    numeric = numeric_columns(view, data)
    header = header_rows(view, start, data[0], numeric)
    body = range(header.stop, _body_end(view, data[-1], limit, min(numeric)) + 1)
    first = next((row for row in body if view.kinds[row]), data[0])
    return Band(range(start, header.start), header, range(first, body.stop), tuple(data), numeric)


def numeric_columns(view: View, data: Sequence[int]) -> frozenset[int]:
    """Columns in which numbers (or signs for missing ones) are no rarer than words."""
    counts: dict[str, Counter[int]] = {kind: Counter() for kind in (NUMBER, MISSING, TEXT, DATE)}
    for row in sample(data):
        for column, kind in enumerate(view.kinds[row], start=1):
            if kind in counts:
                counts[kind][column] += 1
    return frozenset(
        column
        for column, count in counts[NUMBER].items()
        if count + counts[MISSING][column] >= counts[TEXT][column] + counts[DATE][column]
    )


def _body_end(view: View, last: int, limit: int, left: int) -> int:
    """The last data row, and labels straight below it that have no figures (yet)."""
    end = last
    for row in range(last + 1, limit):
        filled = view.filled(row)
        words = [column for column in filled if view.kind(row, column) != MISSING]
        if not words or words[-1] >= left:
            break
        texts = [view.raw(row, column) for column in words]
        if any(remark_kind(text) or width(text) > _WIDEST_LABEL for text in texts):
            break
        before = view.raw(last, words[0])
        if len(words) == 1 and times.of_label(texts[0]) and not times.of_label(before):
            break
        end = row
    return end


def _worded(view: View) -> list[Band]:
    """A table without a single number: its first row of several words is its header."""
    rows = [row for row in range(1, view.last_row + 1) if len(view.filled(row)) > 1]
    rows = [row for row in rows if not is_preamble(view, row)]
    if len(rows) < 2:
        return []
    head, body = rows[0], range(rows[1], rows[-1] + 1)
    return [Band(range(1, head), range(head, head + 1), body, tuple(rows[1:]), frozenset())]
