"""Rows of a sheet by what they are: figures, years that head columns, lines above a table."""

import itertools

from govstats.anatomy import times
from govstats.anatomy.view import BLANK, DATE, MISSING, NUMBER, TEXT, View
from govstats.anatomy.words import header_role, is_bracketed, property_of, remark_kind

#: Rows around a row that are compared with it.
_NEIGHBOURS = 8
#: Columns 1, 2, 3 … below a header number its columns.
_FEWEST_COLUMN_NUMBERS = 3
#: What stands over columns of labels where 1, 2 … stands over those of figures.
_COLUMN_SIGNS = frozenset("甲乙丙丁戊") | {"栏次", "栏目", "列次"}
#: Words in a row of figures that name it, where there are more words than figures.
_MOST_NAMES = 2


def columns_of(kinds: str, wanted: str) -> list[int]:
    """Columns of a row whose kind is one of those wanted."""
    return [column for column, kind in enumerate(kinds, start=1) if kind in wanted]


def is_single(view: View, row: int) -> bool:
    """One text and nothing else in a row."""
    return view.kinds[row].strip() == TEXT


def numbers_columns(view: View, row: int) -> bool:
    """Whether a row only counts columns: 甲 over the labels, 1, 2, 3 over the figures."""
    kinds = view.kinds[row]
    words = {view.raw(row, column).strip() for column in columns_of(kinds, TEXT)}
    values = [view.value(row, column) for column in columns_of(kinds, NUMBER)]
    is_run = values == list(range(1, len(values) + 1))
    return bool(words) and words <= _COLUMN_SIGNS and ("甲" in words or len(words) == 1) and is_run


def heads_columns(view: View, row: int) -> bool:
    """Whether the numbers of a row name columns: years, dates, or 1, 2, 3 …"""
    kinds = view.kinds[row]
    numbers = columns_of(kinds, NUMBER)
    if not numbers:
        dates = columns_of(kinds, DATE)
        return len(dates) > 1 and dates[0] > 1 and not _has_own_header(view, row, dates)
    whole: list[int] = []
    for column in numbers:
        value = view.value(row, column)
        # The first number already tells most rows of figures from a header.
        if value is None or not (
            value in (1, 2) or times.is_time_number(value) or whole[:1] == [1]
        ):
            return False
        whole.append(int(value))
    if numbers_columns(view, row):
        return True
    if _are_column_numbers(kinds, numbers, whole):
        return True
    if not all(times.is_time_number(value) for value in whole) or not _is_monotone(whole):
        return False
    texts = [view.raw(row, column) for column in columns_of(kinds[numbers[0] :], TEXT)]
    if len(whole) == 1:
        return _is_lone_year(view, row, numbers[0])
    return len(texts) <= len(whole) and not _has_own_header(view, row, numbers)


def is_data(view: View, row: int) -> bool:
    """Whether a row holds figures, as against numbers inside header words."""
    kinds = view.kinds[row]
    if NUMBER not in kinds or heads_columns(view, row):
        return False
    first = kinds.index(NUMBER)
    rest = kinds[first:]
    figures = rest.count(NUMBER) + rest.count(MISSING)
    if figures >= rest.count(TEXT) and figures >= kinds.count(TEXT) - _MOST_NAMES:
        return True
    return _resembles(view, row, 1) or _resembles(view, row, -1)


def is_preamble(view: View, row: int) -> bool:
    """A line above a header: 单位：…, 时间：…, (person) in a corner, 填报单位：… with a period."""
    filled = view.filled(row)
    if not filled or any(view.kind(row, column) not in (TEXT, DATE) for column in filled):
        return False
    texts = [view.raw(row, column) for column in filled if view.kind(row, column) == TEXT]
    stated = [text for text in texts if property_of(text) or remark_kind(text)]
    brackets = [text for text in texts if is_bracketed(text)]
    rest = len(texts) - len(stated) - len([text for text in brackets if text not in stated])
    if not stated:
        in_corners = bool(brackets) and rest == 0 and len(filled) <= 2
        return in_corners and not is_below_header(view, row)
    periods = [text for text in texts if text not in stated and times.in_text(text)]
    return rest <= len(periods) + (1 if len(filled) == 2 else 0) and len(filled) <= 4


def is_below_header(view: View, row: int) -> bool:
    """Whether a row with several words stands above, no blank row between."""
    above = row - 1
    while above > 0 and 0 < len(view.filled(above)) <= 2:
        above -= 1
    return above > 0 and bool(view.kinds[above])


def _are_column_numbers(kinds: str, numbers: list[int], whole: list[int]) -> bool:
    run = list(range(whole[0], whole[0] + len(whole)))
    return (
        len(whole) >= _FEWEST_COLUMN_NUMBERS
        and whole == run
        and whole[0] in (1, 2)
        and numbers[-1] - numbers[0] + 1 == len(numbers)
        and kinds[numbers[-1] :].strip() == ""
        and TEXT not in kinds
    )


def _is_monotone(values: list[int]) -> bool:
    pairs = list(itertools.pairwise(values))
    return all(a < b for a, b in pairs) or all(a > b for a, b in pairs)


def _has_own_header(view: View, row: int, columns: list[int]) -> bool:
    """Whether each of the columns has words of its own straight above."""
    above = row - 1
    while above > 0 and not view.kinds[above]:
        above -= 1
    return above > 0 and all(view.kind(above, column) in (TEXT, NUMBER) for column in columns)


def _is_lone_year(view: View, row: int, column: int) -> bool:
    texts = columns_of(view.kinds[row], TEXT)
    if not texts or column < max(texts) or _has_own_header(view, row, [column]):
        return False
    below = [view.value(lower, column) for lower in range(row + 1, row + 6)]
    values = [value for value in below if value is not None]
    is_named = any(header_role(view.raw(row, text)) == "time" for text in texts)
    return (
        bool(values) and not any(times.is_time_number(value) for value in values) and not is_named
    )


def _resembles(view: View, row: int, step: int) -> bool:
    """Whether most of the rows that follow (or come before) have the same kinds of cells."""
    kinds = view.kinds[row]
    alike = seen = 0
    other = row + step
    while 0 < other < len(view.kinds) and seen < _NEIGHBOURS and abs(other - row) < 4 * _NEIGHBOURS:
        neighbour = view.kinds[other]
        if len(neighbour.replace(BLANK, "")) > 1:
            seen += 1
            alike += _same_kinds(kinds, neighbour)
        other += step
    return seen > 0 and 2 * alike >= seen


def _same_kinds(kinds: str, other: str) -> bool:
    pairs = [(kind, other[at : at + 1] or BLANK) for at, kind in enumerate(kinds)]
    numbers = [there for here, there in pairs if here == NUMBER]
    texts = [there for here, there in pairs if here == TEXT]
    if TEXT in numbers or NUMBER not in numbers:
        return False
    return sum(there in (TEXT, BLANK) for there in texts) >= 0.7 * len(texts)
