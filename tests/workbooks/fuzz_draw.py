"""Tables drawn on a grid, each cell with what a person reads there."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from govstats.workbooks.cells import Cell, Merge, Sheet, Stored
from tests.workbooks.fuzz_model import Column, Expect, Figure, Row, Table, expected, stored

#: How cells that the grid cannot express are told apart.
SPECIAL = ("error", "percent")


@dataclass(frozen=True)
class Item:
    """A cell that is drawn; ``expect`` where it is the crossing of a row and a column."""

    value: Stored = ""
    expect: Expect | None = None
    special: str = ""

    def cell(self, row: int, column: int) -> Cell | None:
        """The cell where a grid cannot hold it."""
        if self.special == "error":
            return Cell(row, column, "error", str(self.value))
        if self.special == "percent" and isinstance(self.value, float):
            return Cell(row, column, "number", self.value, is_percent=True)
        return None


EMPTY = Item()
Place = tuple[int, int]


@dataclass
class Grid:
    """A sheet being drawn; places count from 1, merges are (top, left, bottom, right)."""

    name: str
    cells: dict[Place, Item] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    is_visible: bool = True

    @property
    def height(self) -> int:
        return max((row for row, _ in self.cells), default=0)

    @property
    def width(self) -> int:
        return max((column for _, column in self.cells), default=0)

    def put(self, row: int, column: int, item: Item | Stored) -> None:
        """Write a cell."""
        made = item if isinstance(item, Item) else Item(item)
        if made.value != "" or made.expect is not None:
            self.cells[row, column] = made

    def move(self, rows: int = 0, columns: int = 0, *, row: int = 1, column: int = 1) -> None:
        """Make room: what stands at or beyond a row and a column goes down and right."""

        def down(at: int) -> int:
            return at + rows if at >= row else at

        def right(at: int) -> int:
            return at + columns if at >= column else at

        self.cells = {(down(r), right(c)): item for (r, c), item in self.cells.items()}
        self.merges = [(down(t), right(a), down(b), right(z)) for t, a, b, z in self.merges]
        self.hidden_rows = {down(at) for at in self.hidden_rows}
        self.hidden_columns = {right(at) for at in self.hidden_columns}

    def paste(self, other: "Grid", row: int, column: int) -> None:
        """Draw another grid at a place."""
        for (r, c), item in other.cells.items():
            self.cells[r + row - 1, c + column - 1] = item
        self.merges += [
            (t + row - 1, a + column - 1, b + row - 1, z + column - 1)
            for t, a, b, z in other.merges
        ]

    def sheet(self) -> Sheet:
        """As the readers of files give it."""
        grid: list[list[Stored]] = [[""] * self.width for _ in range(self.height)]
        special: dict[Place, Cell] = {}
        for (row, column), item in self.cells.items():
            cell = item.cell(row, column)
            if cell is not None:
                special[row, column] = cell
            if item.special != "error":
                grid[row - 1][column - 1] = item.value
        merges = tuple(Merge(*merge) for merge in self.merges)
        hidden = frozenset(self.hidden_rows), frozenset(self.hidden_columns)
        return Sheet(self.name, grid, merges, self.is_visible, special, *hidden)


def draw(table: Table, name: str = "Sheet1") -> list[Grid]:
    """The sheets of a table: one, or as many as its parts stand on."""
    body = list(_body(table))
    cuts = sorted(
        {
            cut
            for cut in table.split
            if 0 < cut < len(body) and not any(item.special == "half" for item in body[cut - 1])
        }
    )
    pieces = [body[a:b] for a, b in zip([0, *cuts], [*cuts, len(body)], strict=True)]
    sheets = [_piece(table, name, pieces[0], first=True)]
    for number, rows in enumerate(pieces[1:], start=1):
        piece = _piece(table, f"{name}{number}", rows, first=False)
        if table.apart == "sheet":
            sheets.append(piece)
        elif table.apart == "beside":
            sheets[-1].paste(piece, 1, sheets[-1].width + 1)
        else:
            sheets[-1].paste(piece, sheets[-1].height + 1, 1)
    for number, foot in enumerate(table.feet, start=sheets[-1].height + 1):
        for column, text in enumerate(foot, start=1):
            sheets[-1].put(number, column, text or "")
    return sheets


def _piece(table: Table, name: str, rows: Sequence[list[Item]], *, first: bool) -> Grid:
    grid, width = Grid(name), len(table.columns)
    if first:
        grid.put(1, 1, table.title + (f"({table.head})" if table.head else ""))
        if table.style == "merged" and width > 1:
            grid.merges.append((1, 1, 1, width))
    else:
        grid.put(1, 1, "续表")
    grid.put(2, 1, table.maker)
    if table.corner:
        grid.put(2, width, "单位:" + "、".join(table.corner))
    _name_groups(table, rows)
    for number, items in enumerate(rows, start=_header(table, grid, 3)):
        for column, item in enumerate(items, start=1):
            grid.put(number, column, item)
    return grid


def _name_groups(table: Table, rows: Sequence[list[Item]]) -> None:
    """A group's name stands over the first of its rows, or beside each of them."""
    before = ""
    for items in rows:
        for number, column in enumerate(table.columns):
            if column.role == "group" and items[number].value:
                name = str(items[number].value)
                if name == before and table.style != "repeated":
                    items[number] = EMPTY
                before = name


def _header(table: Table, grid: Grid, top: int) -> int:
    """Draw the header; the first row below it."""
    depth = max(len(column.levels) for column in table.columns)
    at = 1
    for (head, _), group in groupby(table.columns, key=_heading):
        members = list(group)
        for offset, column in enumerate(members):
            levels = list(column.levels)
            if column.shown and not table.units_below:
                levels[-1] += f"({column.shown})"
            for level, text in enumerate(levels):
                if level or not offset or len(levels) == 1 or table.style == "repeated":
                    grid.put(top + level, at + offset, text)
            if len(levels) == 1 and table.style == "merged" and depth > 1:
                grid.merges.append((top, at + offset, top + depth - 1, at + offset))
        is_group = all(len(column.levels) > 1 for column in members) and head
        if is_group and len(members) > 1 and table.style == "merged":
            grid.merges.append((top, at, top, at + len(members) - 1))
        at += len(members)
    if table.units_below:
        for number, column in enumerate(table.columns, start=1):
            grid.put(top + depth, number, column.shown or column.own or "")
        depth += 1
    return top + depth


def _heading(column: Column) -> tuple[str, bool]:
    """What stands over a column, and whether over others as well."""
    return column.levels[0], len(column.levels) > 1


def _body(table: Table) -> Iterator[list[Item]]:
    for row in table.rows:
        yield from _branch(table, row, 0, "")


def _branch(table: Table, row: Row, depth: int, prefix: str) -> Iterator[list[Item]]:
    label = "　" * depth + prefix + row.label + (f"({row.bracket})" if row.bracket else "")
    if 0 < row.cut < len(row.label):
        at = label.index(row.label) + row.cut
        upper, lower = label[:at], label[at:]
        yield _line(table, row, upper, with_figures=not row.low, whole=False)
        yield _line(table, row, lower, with_figures=row.low)
    else:
        yield _line(table, row, label, with_figures=True)
    if row.parts == "apart" and row.children:
        yield [Item("其中:") if c.role == "label" else EMPTY for c in table.columns]
    for number, child in enumerate(row.children):
        named = row.parts == "all" or (row.parts == "first" and not number)
        yield from _branch(table, child, depth + 1, "其中:" if named else "")


def _line(
    table: Table, row: Row, label: str, *, with_figures: bool, whole: bool = True
) -> list[Item]:
    items = []
    for column in table.columns:
        if column.role == "group":
            items.append(Item(row.group))
        elif column.role == "label":
            items.append(Item(label, special="" if whole else "half"))
        elif not with_figures:
            items.append(EMPTY)
        elif column.role == "unit":
            items.append(Item(row.stated or ""))
        else:
            items.append(_figure(table, row, column))
    return items


def _figure(table: Table, row: Row, column: Column) -> Item:
    figure = row.figures.get(column.name, Figure(None, missing="blank"))
    special = figure.kind if figure.kind in SPECIAL else ""
    value = stored(figure)
    if special == "percent" and figure.number is not None:
        value = float(figure.number / 100)
    return Item(value, expected(table, row, column), special)
