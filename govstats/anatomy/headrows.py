"""The rows of a header: which words above the figures stand over them."""

from collections.abc import Iterator

from govstats.anatomy import times
from govstats.anatomy.rows import columns_of, is_below_header, is_preamble, is_single
from govstats.anatomy.view import DATE, NUMBER, TEXT, View
from govstats.anatomy.words import has_han, header_role, is_open

#: Blank rows that may part a header from its body, or the lines of a header.
_GAP = 2
#: Words in a line apart from a header: more of them head columns.
_FEWEST_HEADS = 2


def header_rows(view: View, start: int, first: int, numeric: frozenset[int]) -> range:
    """The rows of a header; empty where there is none.

    Args:
        start: the first row that can belong to this table.
        first: its first row of figures.
        numeric: columns that hold numbers.
    """
    top = bottom = first
    left = min(numeric)
    for row, blanks in _upwards(view, start, first):
        if top == first and _is_section(view, row, first):
            continue
        if is_preamble(view, row) or _is_title(view, row, numeric):
            if top < first or not _is_heading_above_body(view, row, left):
                break
            continue
        if top < first and (blanks > _GAP or (blanks and _is_loose(view, row, range(top, bottom)))):
            break
        if any(c >= left for c in columns_of(view.kinds[row], TEXT + NUMBER + DATE)):
            bottom = row + 1 if top == first else bottom
            top = row
        elif top < first and (blanks == 0 or _reaches(view, row, top)):
            top = row
    if bottom - top > 1 and _is_title_row(view, top):
        top += 1
    if bottom < first and _heads_labels(view, range(top, bottom), bottom, left):
        bottom += 1
    return range(top, bottom)


def _upwards(view: View, start: int, first: int) -> Iterator[tuple[int, int]]:
    """(row that is not blank, blank rows below it), from the first row of figures upwards."""
    blanks = 0
    for row in range(first - 1, start - 1, -1):
        if view.kinds[row]:
            yield row, blanks
            blanks = 0
        else:
            blanks += 1


def _is_section(view: View, row: int, first: int) -> bool:
    """A heading in the first column, straight below the header: 一、 in the column of numbers."""
    if not is_single(view, row):
        return False
    column = view.filled(row)[0]
    return column == view.filled(first)[0] and is_below_header(view, row)


def _is_title_row(view: View, top: int) -> bool:
    """A title with other words in its row, above a header that names its first column itself."""
    upper, lower = view.filled(top), view.filled(top + 1)
    if not upper or not lower or upper[0] != lower[0] or 2 * len(upper) > len(lower):
        return False
    merge = view.sheet.merge_at(top, upper[0])
    words = [view.raw(row, upper[0]) for row in (top, top + 1)]
    is_tall = merge is not None and merge.bottom > top
    return all(map(has_han, words)) and not is_tall and not is_open(words[0])


def _is_loose(view: View, row: int, header: range) -> bool:
    """A title and its year, or a remark beside it, apart from a header that has all its words."""
    filled = view.filled(row)
    if len(filled) > _FEWEST_HEADS or any(view.sheet.merge_at(row, c) for c in filled):
        return False
    heads = max((view.filled(lower) for lower in header), key=len)
    if len(heads) <= 2 * _FEWEST_HEADS:
        return False
    is_timed = any(times.of_label(view.raw(row, column)) for column in filled)
    return is_timed or filled[-1] > heads[-1]


def _heads_labels(view: View, header: range, row: int, left: int) -> bool:
    """Words straight below a header over the labels alone, where it says nothing of them."""
    filled = view.filled(row)
    if len(filled) < 2 or filled[-1] >= left:
        return False
    above = [view.raw(r, c) for r in header for c in filled if view.kind(r, c) == TEXT]
    # "Site:" beside a line of the header names that line, not the column below.
    return bool(header) and all(text.rstrip().endswith((":", "：")) for text in above)


def _reaches(view: View, row: int, lower: int) -> bool:
    merges = (view.sheet.merge_at(row, column) for column in view.filled(row))
    return any(merge is not None and merge.bottom >= lower for merge in merges)


def _is_heading_above_body(view: View, row: int, left: int) -> bool:
    """A single label between header and figures is the heading of a section, not a title."""
    column = view.filled(row)[0]
    return (
        column < left
        and not is_preamble(view, row)
        and not view.sheet.merge_at(row, column)
        and any(len(view.filled(above)) > 1 for above in range(max(1, row - 4), row))
    )


def _is_title(view: View, row: int, numeric: frozenset[int]) -> bool:
    """One cell in a row of its own, that is not a heading over some of the columns."""
    if not is_single(view, row):
        return False
    column = view.filled(row)[0]
    merge = view.sheet.merge_at(row, column)
    if merge and merge.left > 1 and merge.left < merge.right < max(numeric):
        return False
    if merge and merge.bottom > merge.top and merge.left == merge.right:
        return False
    if column >= min(numeric) and is_below_header(view, row):
        return False
    return column in numeric or column != 1 or header_role(view.raw(row, column)) is None
