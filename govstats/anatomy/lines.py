"""Rows of a body with their names: broken labels joined, headings told from entries."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from govstats.anatomy.stubs import NAMING_ROLES
from govstats.anatomy.view import BLANK, DATE, MISSING, NUMBER, TEXT, View
from govstats.anatomy.words import closed, has_han, indent, is_code, is_open, rank, width
from govstats.layouts.labels import label, squeeze

#: Evidence from which on a label without figures ends the one above it.
_ENOUGH = 2
_NEARLY_FULL = 0.85


@dataclass(frozen=True, slots=True)
class Line:
    """One name in the label column, over one row or several.

    ``groups`` are the names left of it, ``spaces`` the white space before it, ``foreign`` its
    translation as typed.
    """

    rows: tuple[int, ...]
    text: str
    groups: tuple[str, ...]
    spaces: int
    has_figures: bool
    after_blank: bool
    foreign: str
    is_part: bool = False


def read_lines(view: View, body: range, roles: Mapping[int, str]) -> list[Line]:
    """The names of a body from top to bottom, broken ones joined."""
    lines = list(_lines(view, body, roles))
    has_foreign = "english" in roles.values()
    widest = max((width(line.text.strip()) for line in lines), default=0)
    joined: list[Line] = []
    for at, line in enumerate(lines):
        following = lines[at + 1] if at + 1 < len(lines) else None
        if joined and not line.has_figures:
            evidence = _continues(joined[-1], line, following, widest, has_foreign=has_foreign)
            if evidence >= _ENOUGH:
                joined[-1] = _run_on(joined[-1], line)
                continue
        if joined and _begins(joined[-1], line):
            joined[-1] = _run_on(joined[-1], line)
            continue
        joined.append(line)
    return joined


def _lines(view: View, body: range, roles: Mapping[int, str]) -> Iterator[Line]:
    names = [column for column, role in roles.items() if role in NAMING_ROLES]
    keys = [column for column, role in roles.items() if role in ("code", "serial")]
    foreign = next((column for column, role in roles.items() if role == "english"), None)
    figures = [column for column, role in roles.items() if role == "figure"]
    others = [column for column, role in roles.items() if role == "text"]
    above: dict[int, str] = {}
    after_blank = False
    for row in body:
        if not view.kinds[row]:
            after_blank = True
            continue
        name, groups = _named(view, row, names, above, roles)
        has_figures = any(view.kind(row, c) in NUMBER + MISSING + DATE for c in figures)
        is_entry = not squeeze(name).endswith(":") and _is_entry(view, row, keys, others, figures)
        if not name and has_figures | is_entry:
            name = _key(view, row, keys)
        elif not name:
            name = next((view.raw(row, c) for c in keys if view.kind(row, c) == TEXT), "")
        english = view.raw(row, foreign) if foreign else ""
        if name or has_figures:
            text = squeeze(name)
            is_part = label(text).is_part
            spaces = indent(name) + (1 if text.startswith("#") else 0)
            yield Line(
                (row,), name, groups, spaces, has_figures or is_entry, after_blank, english, is_part
            )
        # Only a row that names something ends the gap: a lone translation does not.
        after_blank = after_blank and not (name or has_figures)


def _named(
    view: View, row: int, names: Sequence[int], above: dict[int, str], roles: Mapping[int, str]
) -> tuple[str, tuple[str, ...]]:
    """(name in the last label column, names in the columns left of it, carried down)."""
    if not names:
        return "", ()
    texts = {column: _text(view, row, column, roles[column]) for column in names}
    main = names[-1]
    groups = []
    for column in names[:-1]:
        if texts[column]:
            above[column] = texts[column]
        groups.append(closed(above.get(column, "")))
    if not texts[main] and len(names) > 1:
        last = next((column for column in reversed(names[:-1]) if texts[column]), None)
        if last is not None:
            return texts[last], tuple(g for g in groups[: names.index(last)] if g)
    return texts[main], tuple(group for group in groups if group)


def _text(view: View, row: int, column: int, role: str) -> str:
    if view.kind(row, column) != BLANK:
        text = view.raw(row, column)
        return f"{text}月" if role == "month" and text.strip().isdecimal() else text
    merge = view.sheet.merge_at(row, column)
    if merge and merge.top < row and merge.left == column:
        return view.raw(merge.top, merge.left)
    return ""


def _key(view: View, row: int, keys: Sequence[int]) -> str:
    return next((view.raw(row, c) for c in reversed(keys) if view.kind(row, c) != BLANK), "")


def _is_entry(
    view: View, row: int, keys: Sequence[int], others: Sequence[int], figures: Sequence[int]
) -> bool:
    """A row of a register or a form that is not filled in: it has a number, a code, texts."""
    if any(is_code(view.raw(row, column)) for column in keys if view.kind(row, column) != BLANK):
        return True
    filled = sum(view.kind(row, column) != BLANK for column in others)
    return filled > (1 if figures else 0)


def _continues(
    before: Line, line: Line, following: Line | None, widest: int, *, has_foreign: bool
) -> int:
    """Evidence that a label without figures goes on from the one above."""
    if line.after_blank or rank(line.text) is not None or squeeze(line.text).endswith(":"):
        return -1
    evidence = 3 if is_open(closed(before.text)) else 0
    if not evidence and following and _begins(line, following):
        return -1
    if has_foreign:
        is_child = indent(line.foreign) > indent(before.foreign)
        evidence += (
            2 if not line.foreign.strip() else is_child or line.foreign.strip()[:1].islower()
        )
    if line.spaces > before.spaces:
        evidence += 1
        if following and before.has_figures:
            evidence += 1 if following.spaces < line.spaces else -1
        elif following is None:
            evidence += 1
    is_full = width(before.text.strip()) >= _NEARLY_FULL * widest and has_han(before.text)
    return evidence + is_full


def _begins(before: Line, line: Line) -> bool:
    """Whether a label without figures is the beginning of the one below."""
    if before.has_figures or not line.has_figures or line.after_blank:
        return False
    return bool(line.text) and is_open(closed(before.text))


def _run_on(before: Line, line: Line) -> Line:
    text = closed(before.text) + closed(line.text)
    spaces = " " * before.spaces
    return replace(
        before,
        rows=(*before.rows, *line.rows),
        text=spaces + text,
        has_figures=before.has_figures or line.has_figures,
    )
