"""The label of a column: its levels, its unit, its period."""

import re
from dataclasses import dataclass, replace

from govstats.anatomy import times
from govstats.anatomy.heads import Header, Piece
from govstats.anatomy.measures import is_lone_unit, is_unit, take_unit
from govstats.anatomy.words import has_han, is_bracketed, is_open
from govstats.layouts.labels import squeeze
from govstats.layouts.periods import Statement

_WORD = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Caption:
    """What stands over a column: levels from top to bottom, unit and period if they say so."""

    levels: tuple[str, ...] = ()
    unit: str | None = None
    period: Statement | None = None

    @property
    def label(self) -> str:
        """The levels as one path."""
        return "/".join(self.levels)


@dataclass(frozen=True, slots=True)
class _Level:
    text: str
    unit: str | None
    left: int
    right: int
    row: int


def captions_of(header: Header) -> dict[int, Caption]:
    """The captions of all columns of a header; school years among them are no months."""
    found = {column: caption(header, column) for column in header.columns}
    last = [one.levels[-1] for one in found.values() if one.levels]
    if times.are_school_years(last):
        return {column: replace(one, period=None) for column, one in found.items()}
    return found


def caption(header: Header, column: int) -> Caption:
    """The caption of a column."""
    units = frozenset(header.view.units)
    levels: list[_Level] = []
    for piece in header.over(column):
        _add(levels, piece, header, units)
    split = [_split(level, units) for level in levels]
    texts: list[str] = []
    for level in split:
        if level.text and (not texts or texts[-1] != level.text):
            texts.append(level.text)
    stated = [level.unit for level in split if level.unit]
    row_unit = squeeze(header.unit_over(column))
    if row_unit and is_unit(row_unit, units):
        stated.append(row_unit)
    return Caption(tuple(texts), stated[-1] if stated else None, _period(texts))


def _add(levels: list[_Level], piece: Piece, header: Header, units: frozenset[str]) -> None:
    """A further piece: the end of broken words, a unit, or a level of its own."""
    text = piece.text
    inner = text[1:-1] if is_bracketed(text) else text
    if levels:
        last = levels[-1]
        is_same = (last.left, last.right) == (piece.left, piece.right)
        # 1-8 + 小时 is one name; 总户数 + 户 a name and its unit.
        is_bare = is_same and is_lone_unit(text, units) and has_han(last.text)
        if is_bare or (is_bracketed(text) and is_unit(inner, units)):
            levels[-1] = replace(last, unit=inner)
            return
        is_apart = last.row in header.level_rows or _is_level(piece, header)
        if is_same and (_is_unfinished(last.text) or not is_apart):
            levels[-1] = replace(last, text=_run_on(last.text, text))
            return
    levels.append(_Level(text, None, piece.left, piece.right, piece.row))


def _is_unfinished(text: str) -> bool:
    return is_open(text) or not _WORD.search(text)


def _is_level(piece: Piece, header: Header) -> bool:
    """Whether words below words name a thing of their own: other columns have the same ones."""
    is_attribute = piece.row in header.attribute_rows or piece.row in header.level_rows
    return is_attribute or (not piece.is_wide and header.repeats(piece))


def _run_on(first: str, second: str) -> str:
    return f"{first}{second}" if has_han(first + second) else f"{first} {second}"


def _split(level: _Level, units: frozenset[str]) -> _Level:
    text, unit = take_unit(level.text, units)
    return replace(level, text=text, unit=level.unit or unit)


def _period(texts: list[str]) -> Statement | None:
    period = None
    for text in reversed(texts):
        period = times.joined(period, times.of_label(text))
    return period
