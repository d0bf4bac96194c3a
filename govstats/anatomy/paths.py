"""The full name of a row: headings and parents above it, by indentation, 其中 and repetition."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from govstats.anatomy.lines import Line
from govstats.anatomy.words import closed, rank, width
from govstats.layouts.labels import label

_WHOLE = re.compile(
    r"^(合计|小计|总计|总数|共计|((SUB|SYSTEM|GRAND)[-\s]?)?TOTA(L|AL|LE|ALE)|GESAMT|INSGESAMT)$",
    re.IGNORECASE,
)
_WHOLE_OF_ALL = re.compile(r"^(合计|总计|共计|总合计)$")
_PART = re.compile(r"^(\s*)(其中\s*[:：]?\s*)")
#: Half-width columns by which a row must stand in from one with figures to be its part.
_STEP = 2
_ALIKE = 0.5


@dataclass(slots=True)
class _Parent:
    text: str
    depth: int
    is_heading: bool
    rank: int | None
    is_flat: bool = False


def row_paths(lines: Sequence[Line]) -> dict[int, tuple[str, ...]]:
    """Row → segments of its name, outermost first, for every row that a line covers."""
    depths = _depths(lines)
    paths = _by_depth(lines, depths)
    heads = _by_repetition(lines, paths)
    named: dict[int, tuple[str, ...]] = {}
    for at, line in enumerate(lines):
        own = paths[at]
        head = heads.get(at, ())
        path = (*line.groups, *head, *own)
        for row in line.rows:
            named[row] = path
    return named


def _depths(lines: Sequence[Line]) -> list[int]:
    """How far each line stands in; where 一、 (一) 1. are mixed, they say it."""
    ranks = [rank(line.text) for line in lines if line.has_figures]
    is_ranked = len({found for found in ranks if found is not None}) > 1
    depths: list[int] = []
    last = 0
    for line in lines:
        own = rank(line.text) if line.has_figures else None
        if is_ranked and own is not None:
            last = 4 * own
            depths.append(last)
        elif is_ranked and line.has_figures and line.spaces:
            depths.append(last + line.spaces)
        else:
            depths.append(line.spaces)
    return depths


def _by_depth(lines: Sequence[Line], depths: Sequence[int]) -> list[tuple[str, ...]]:
    parents: list[_Parent] = []
    paths: list[tuple[str, ...]] = []
    groups: tuple[str, ...] = ()
    is_first = True
    for at, (line, depth) in enumerate(zip(lines, depths, strict=True)):
        if line.groups != groups and line.groups:
            parents.clear()
            groups, is_first = line.groups, True
        text = name_of(line)
        if not line.has_figures:
            _open_heading(parents, text, depth, _next_depth(lines, depths, at))
            paths.append(tuple(parent.text for parent in parents))
            continue
        _leave(parents, line, depth)
        is_whole = bool(_WHOLE.match(text)) and not is_first
        is_of_all = is_whole and bool(_WHOLE_OF_ALL.match(text)) and lines[at - 1].has_figures
        while is_whole and parents and (is_of_all or not parents[-1].is_heading):
            parents.pop()
        paths.append((*(parent.text for parent in parents), text) if text else ())
        if is_whole:
            _close(parents)
        elif text:
            inner = depth + (_part_width(line) if line.is_part else 0)
            parents.append(_Parent(text, inner, is_heading=False, rank=None))
        is_first = False
    return paths


def name_of(line: Line) -> str:
    """The words of a line as a label: closed, without 其中 and marks before them."""
    text = closed(line.text)
    return label(text).text if text != line.text.strip() or text[:1] in "#其▲△★☆*●○◆" else text


def _part_width(line: Line) -> int:
    found = _PART.match(line.text)
    return width(found[2]) if found else 0


def _next_depth(lines: Sequence[Line], depths: Sequence[int], at: int) -> int:
    following = range(at + 1, len(lines))
    return next((depths[n] for n in following if lines[n].has_figures), depths[at])


def _open_heading(parents: list[_Parent], text: str, depth: int, child: int) -> None:
    """A heading ends what stood as far in as it, but not a heading straight above it."""
    own = rank(text)
    while parents and not _nests(parents[-1], depth, own):
        parents.pop()
    parents.append(_Parent(text, depth, is_heading=True, rank=own, is_flat=child <= depth))


def _nests(parent: _Parent, depth: int, own: int | None) -> bool:
    if not parent.is_heading:
        return parent.depth < depth
    if parent.rank is not None and own is not None:
        return parent.rank < own
    return parent.depth < depth


def _leave(parents: list[_Parent], line: Line, depth: int) -> None:
    """Drop parents that this row is no part of."""
    while parents:
        last = parents[-1]
        if last.is_heading and (last.is_flat or last.depth < depth):
            return
        if not last.is_heading and depth - last.depth >= _STEP:
            return
        if line.is_part and not last.is_heading and last.depth <= depth:
            return
        parents.pop()


def _close(parents: list[_Parent]) -> None:
    """A total below its parts ends their section."""
    if parents:
        parents.pop()


def _by_repetition(
    lines: Sequence[Line], paths: Sequence[tuple[str, ...]]
) -> dict[int, tuple[str, ...]]:
    """Where the same names come again below 合计, 男 and 女, each of these heads its group."""
    counts = Counter(path for path in paths if path)
    again = next((path for path in paths if path and counts[path] > 1), None)
    if again is None:
        return {}
    heads = [at - 1 for at, path in enumerate(paths) if path == again]
    if heads[0] < 0 or not all(_may_head(lines, paths, counts, at) for at in heads):
        return {}
    ends = [*heads[1:], len(lines)]
    groups = [range(head + 1, end) for head, end in zip(heads, ends, strict=True)]
    names = [{paths[at] for at in group} for group in groups]
    if any(len(names[0] & found) < _ALIKE * len(found) for found in names):
        return {}
    return {at: paths[head] for head, group in zip(heads, groups, strict=True) for at in group}


def _may_head(
    lines: Sequence[Line],
    paths: Sequence[tuple[str, ...]],
    counts: "Counter[tuple[str, ...]]",
    at: int,
) -> bool:
    """A name of its own, first below a blank row (or at the top), with figures."""
    is_apart = at == 0 or lines[at].after_blank
    return is_apart and lines[at].has_figures and counts[paths[at]] == 1
