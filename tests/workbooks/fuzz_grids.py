"""What happens to a drawn sheet: rows and columns put in, merges, hiding, further sheets."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace

from tests.workbooks.fuzz_draw import Grid, Item
from tests.workbooks.fuzz_model import Expect
from tests.workbooks.fuzz_tables import Answer, Pick

Grids = list[Grid]
Redraw = Callable[[Grids, Pick], Answer]
#: What lies about on sheets.
_LITTER = ["x", 7777.0, "见附件", "合计", "0", "2020年", 8888.5, "项目", " "]


def blank_row(grids: Grids, pick: Pick) -> Answer:
    """Below the header it changes nothing; within, the header may be lost."""
    grid = pick.of(grids)
    at = 1 + pick.below(grid.height + 2)
    first = min((row for (row, _), item in grid.cells.items() if item.expect), default=1)
    if any(row == at - 1 and item.special == "half" for (row, _), item in grid.cells.items()):
        return None  # between the halves of a label
    grid.move(rows=1 + pick.below(2), row=at)
    return at <= 2 or at >= first


def blank_column(grids: Grids, pick: Pick) -> Answer:
    grid = pick.of(grids)
    grid.move(columns=1 + pick.below(2), column=1 + pick.below(grid.width + 2))
    return True


def litter(grids: Grids, pick: Pick) -> Answer:
    """Something in an empty place that is nobody's crossing."""
    grid = pick.of(grids)
    place = 1 + pick.below(grid.height + 3), 1 + pick.below(grid.width + 3)
    beside = [item for (row, _), item in grid.cells.items() if row == place[0]]
    if place in grid.cells or (beside and not any(item.expect for item in beside)):
        return None  # beside one half of a broken label it would be a figure of that
    grid.put(*place, pick.of(_LITTER))
    return False


def hide(grids: Grids, pick: Pick) -> Answer:
    grid = pick.of(grids)
    if pick.below(2):
        grid.hidden_rows.add(1 + pick.below(grid.height + 1))
    else:
        grid.hidden_columns.add(1 + pick.below(grid.width + 1))
    return True


def unmerge(grids: Grids, pick: Pick) -> Answer:
    """Undone in one place only: the header then stands over the first of its columns."""
    grid = pick.of(grids)
    if not grid.merges:
        return None
    grid.merges.pop(pick.below(len(grid.merges)))
    return True


def merge(grids: Grids, pick: Pick) -> Answer:
    """A text is merged over the empty cells right of it or below it."""
    grid = pick.of(grids)
    texts = [place for place, item in grid.cells.items() if item.expect is None]
    if not texts:
        return None
    top, left = pick.of(sorted(texts))
    if _is_merged(grid, top, left):
        return None
    bottom, right = top, left
    is_across = bool(pick.below(2))
    for _ in range(1 + pick.below(4)):
        place = (bottom, right + 1) if is_across else (bottom + 1, right)
        if place in grid.cells or _is_merged(grid, *place):
            break
        bottom, right = place
    if (bottom, right) == (top, left):
        return None
    grid.merges.append((top, left, bottom, right))
    return False


def merge_figures(grids: Grids, pick: Pick) -> Answer:
    """A figure over two crossings: whose it is nobody knows, or the first one's."""
    grid = pick.of(grids)
    places = sorted(place for place, item in grid.cells.items() if item.expect)
    if not places:
        return None
    top, left = pick.of(places)
    bottom, right = (top, left + 1) if pick.below(2) else (top + 1, left)
    item, other = grid.cells[top, left], grid.cells.get((bottom, right))
    if any(_is_merged(grid, *place) for place in ((top, left), (bottom, right))):
        return None
    if other is not None and other.expect is None:
        return None
    for place, which in (((top, left), item), ((bottom, right), other)):
        if which is not None and which.expect is not None:
            value = item.value if place == (top, left) else ""
            expect = _in_doubt(which, first=place == (top, left))
            grid.cells[place] = Item(value, expect, item.special if value != "" else "")
    grid.merges.append((top, left, bottom, right))
    return True


def _in_doubt(item: Item, *, first: bool) -> Expect | None:
    expect = item.expect
    if expect is None:
        return None
    value = expect.value if first else None
    missing = expect.missing if first else ""
    return replace(expect, value=value, missing=missing, is_doubt=True)


def _is_merged(grid: Grid, row: int, column: int) -> bool:
    return any(t <= row <= b and a <= column <= z for t, a, b, z in grid.merges)


def scrap(grids: Grids, pick: Pick) -> Answer:
    """A piece of the sheet once more, with other figures, below or beside: somebody's notes."""
    grid = pick.of(grids)
    top, left = 1 + pick.below(grid.height), 1 + pick.below(grid.width)
    bottom, right = top + pick.below(6), left + pick.below(5)
    down, along = pick.of([(grid.height + 1, 0), (grid.height + 3, 0), (0, grid.width + 1)])
    if along:  # without the header, which would make them columns of the table
        top = max(
            top, min((row for (row, _), item in grid.cells.items() if item.expect), default=1)
        )
    for (row, column), item in sorted(grid.cells.items()):
        if top <= row <= bottom and left <= column <= right:
            value = item.value + 0.25 if isinstance(item.value, float) else item.value
            special = item.special if item.special == "error" else ""
            place = (row - top + down, column) if down else (row, column - left + along + 1)
            grid.put(*place, Item(value, None, special))
    return False


def copy_below(grids: Grids, pick: Pick) -> Answer:
    """The whole once more, further down: a draft."""
    grid = pick.of(grids)
    grid.paste(deepcopy(grid), grid.height + 1 + pick.below(3), 1)
    return False


def copy_sheet(grids: Grids, pick: Pick) -> Answer:
    grid = deepcopy(pick.of(grids))
    grid.name += "(2)"
    grid.is_visible = bool(pick.below(2))
    if any(other.name == grid.name for other in grids):
        return None
    grids.insert(pick.below(len(grids) + 1), grid)
    return False


def strange_sheet(grids: Grids, pick: Pick) -> Answer:
    """A sheet of something else, before or behind."""
    name = f"其他{len(grids)}"
    cells = {(1, 1): Item("说明"), (2, 1): Item(5555.0), (3, 2): Item("项目"), (4, 2): Item("试算")}
    grids.insert(pick.below(len(grids) + 1), Grid(name, cells))
    return True


def order_sheets(grids: Grids, pick: Pick) -> Answer:
    grids[:] = pick.shuffled(grids)
    return True


REDRAWS: tuple[Redraw, ...] = (
    blank_row, blank_row, blank_column, litter, hide, unmerge, merge, merge_figures, scrap, scrap,
    copy_below, copy_sheet, strange_sheet, order_sheets,
)  # fmt: skip
