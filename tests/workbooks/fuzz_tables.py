"""What people do to a table before they send it: rows, columns, names and units.

Every change keeps the truth: it says of each row and column what a person then takes it for.
It answers whether the reader must put up with it (``True``) or may refuse the file (``False``);
``None`` where there is nothing to change.
"""

import csv
from collections import defaultdict
from collections.abc import Callable, Sequence
from copy import deepcopy
from decimal import Decimal
from typing import TypeVar

from tests.workbooks.fuzz_model import KINDS, SEEDS, Column, Figure, Row, Table

T = TypeVar("T")
Answer = bool | None
Change = Callable[[Table, "Pick"], Answer]

#: Labels that no layout and no alias table knows, some of them near ones that they do.
STRANGE = [
    "全社会用电量", "上划收入", "合计", "平均", "备用", "财政总收入(调整后)", "税收收入占比",
    "地区生产总值增速", "一般公共预算收入同比增长", "其他", "新增专项债券", "收入", "总量",
    "岳阳楼区合计", "第四产业", "2020年", "金额", "12", "—", "社会消费品零售总额预计数",
]  # fmt: skip
_OTHERS = ["户", "项", "百分点", "万美元", "吨", "人", "亿元", "%"]
_SPACES = [" ", "　", "\n", "\u00a0", "\u200b", "  "]

_ALIASES: dict[str, list[str]] = defaultdict(list)
with (SEEDS / "indicator_aliases.csv").open(encoding="utf-8-sig", newline="") as _stream:
    for _line in csv.DictReader(_stream):
        _ALIASES[_line["indicator_code"]].append(_line["alias"])


class Pick:
    """Choices made of numbers drawn before: the same numbers, the same choices."""

    def __init__(self, numbers: Sequence[int]) -> None:
        self._numbers = list(numbers)
        self._at = 0

    def below(self, limit: int) -> int:
        """A number from 0 to below the limit."""
        number = self._numbers[self._at % len(self._numbers)] + self._at // len(self._numbers)
        self._at += 1
        return number % limit

    def of(self, choices: Sequence[T]) -> T:
        """One of them."""
        return choices[self.below(len(choices))]

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """In another order."""
        rest, order = list(items), []
        while rest:
            order.append(rest.pop(self.below(len(rest))))
        return order


def _any_row(table: Table, pick: Pick) -> Row:
    return pick.of(list(table.walk()))


def _figure_column(table: Table, pick: Pick) -> Column:
    return pick.of([column for column in table.columns if column.role == "figure"])


def _parents(table: Table, row: Row) -> list[Row]:
    """The list that a row stands in."""
    for above in table.walk():
        if any(child is row for child in above.children):
            return above.children
    return table.rows


def _at(rows: Sequence[Row], row: Row) -> int:
    return next(number for number, entry in enumerate(rows) if entry is row)


# ── order ────────────────────────────────────────────────────────────────────────────────────


def order_branches(table: Table, pick: Pick) -> Answer:
    table.rows = pick.shuffled(table.rows)
    return True


def order_parts(table: Table, pick: Pick) -> Answer:
    row = _any_row(table, pick)
    row.children = pick.shuffled(row.children)
    return True if row.children else None


def order_columns(table: Table, pick: Pick) -> Answer:
    """Also with the labels in the midst of the figures; a column of groups stands before them."""
    heads = 2 if any(column.role == "group" for column in table.columns) else 1
    first, rest = table.columns[:heads], table.columns[heads:]
    if heads == 1 and pick.below(3) == 0:
        first, rest = [], table.columns
    table.columns = [*first, *pick.shuffled(rest)]
    return True


def move_part(table: Table, pick: Pick) -> Answer:
    """A part goes below another row, where it means what a part of that name means there."""
    row, target = _any_row(table, pick), pick.of(table.rows)
    home = _parents(table, row)
    if home is table.rows or row.children or home is target.children or row.dims is None:
        return None
    home.pop(_at(home, row))
    meant = table.meanings.get((target.name, row.name))
    row.dims = dict(meant) if meant and target.dims else None
    target.children.insert(pick.below(len(target.children) + 1), row)
    return False


# ── rows and columns more or less ────────────────────────────────────────────────────────────


def _strange_figures(table: Table, pick: Pick) -> dict[str, Figure]:
    start = 90_000 + pick.below(1000)
    return {
        column.name: Figure(Decimal(start + number))
        for number, column in enumerate(table.columns)
        if column.role == "figure" and pick.below(5)
    }


def _known_labels(table: Table) -> set[str]:
    return {row.label for row in table.walk()}


def strange_row(table: Table, pick: Pick) -> Answer:
    """A row that no layout knows, between branches, in a branch, or with parts of its own."""
    row = Row(pick.of(STRANGE), None, stated=pick.of(["亿元", "万元", "人", "%", ""]))
    row.figures = _strange_figures(table, pick)
    if row.label in _known_labels(table) or (table.layout == "years" and row.label == "2020年"):
        return None
    kind = pick.below(4)
    rows = table.rows if kind < 3 else _any_row(table, pick).children
    rows.insert(pick.below(len(rows) + 1), row)
    if kind == 2:
        parts = [part.label for entry in table.rows for part in entry.children]
        known = pick.of(parts) if parts else "其他指标"
        labels = [pick.of(STRANGE) if pick.below(2) else known, pick.of(STRANGE)]
        labels = [label for label in labels if table.layout != "years" or label != "2020年"]
        row.children = [Row(label, None, figures=_strange_figures(table, pick)) for label in labels]
        row.parts = pick.of(["first", "all", "none"])
    return kind < 2


def strange_column(table: Table, pick: Pick) -> Answer:
    """A column that no layout knows, alone or below the heading of its neighbour."""
    at = 1 + pick.below(len(table.columns))
    levels = [pick.of(["上年同期", "备注2", "上年", "计划", "", "占比", "序号", "2015"])]
    neighbour = table.columns[at - 1]
    depth = max(len(column.levels) for column in table.columns)
    if depth > 1 and pick.below(2):
        head = neighbour.levels[0] if len(neighbour.levels) > 1 else "上年"
        levels = [head, pick.of(["上年同期", "比重", "排名", "上年金额"])]
    name = f"strange {len(table.columns)}"
    table.columns.insert(at, Column(name, levels))
    for number, row in enumerate(table.walk()):
        if pick.below(4):
            row.figures[name] = Figure(Decimal(70_000 + number))
    return table.layout != "history" or levels[0] != "2015"


def drop_row(table: Table, pick: Pick) -> Answer:
    """A row with its parts; or a whole whose parts stay behind and mean nothing alone."""
    row = _any_row(table, pick)
    home = _parents(table, row)
    if home is table.rows and len(home) < 3:
        return None
    at = _at(home, row)
    home.pop(at)
    if row.children and pick.below(2):
        labels = {child.label for child in row.children}
        before = [entry for above in home[:at] for entry in above.walk()]
        if labels & {child.label for entry in before for child in entry.children}:
            return False  # they would be taken for those of the branch above
        for child in row.children:
            child.dims = None
        row.children[0].label = "其中:" + row.children[0].label
        home[at:at] = row.children
    return False


def drop_column(table: Table, pick: Pick) -> Answer:
    gone = pick.of(table.columns[1:])
    if gone.role == "figure" and sum(column.role == "figure" for column in table.columns) < 3:
        return None
    table.columns = [column for column in table.columns if column is not gone]
    return False


def double_row(table: Table, pick: Pick) -> Answer:
    row = _any_row(table, pick)
    other = deepcopy(row)
    if pick.below(2):
        for name in other.figures:
            other.figures[name] = Figure(Decimal(50_000 + pick.below(999)))
    home = _parents(table, row)
    home.insert(pick.below(len(home) + 1), other)
    return False


def double_column(table: Table, pick: Pick) -> Answer:
    column = _figure_column(table, pick)
    if table.layout == "history":
        return None  # which of two columns below an unmerged year is its, nobody can say
    other = deepcopy(column)
    if pick.below(2):
        other.name = f"again {len(table.columns)}"
        for number, row in enumerate(table.walk()):
            row.figures[other.name] = Figure(Decimal(40_000 + number))
    table.columns.insert(1 + pick.below(len(table.columns)), other)
    return False


# ── names ────────────────────────────────────────────────────────────────────────────────────


def _spaced(text: str, pick: Pick) -> str:
    at = pick.below(len(text) + 1)
    return text[:at] + pick.of(_SPACES) + text[at:]


def _wide(text: str) -> str:
    table = str.maketrans("0123456789():%-,", "０１２３４５６７８９（）：％－，")
    return text.translate(table)


def spell(text: str, pick: Pick) -> str:
    """The same word in another spelling."""
    kind = pick.below(4)
    if kind < 2:
        return _spaced(_spaced(text, pick), pick) if kind else _spaced(text, pick)
    return _wide(text) if kind == 2 else pick.of(["▲", "*", "★", "△ "]) + text


def spell_row(table: Table, pick: Pick) -> Answer:
    row = _any_row(table, pick)
    row.label, row.cut = spell(row.label, pick), 0
    return True


def spell_column(table: Table, pick: Pick) -> Answer:
    """In every column below the same heading."""
    column = pick.of(table.columns)
    level = pick.below(len(column.levels))
    text = column.levels[level]
    spelt = _spaced(text, pick) if pick.below(2) else _wide(text)
    for other in table.columns if level == 0 else [column]:
        if other.levels[level] == text:
            other.levels = [*other.levels[:level], spelt, *other.levels[level + 1 :]]
    return True


def spell_title(table: Table, pick: Pick) -> Answer:
    at = 8 + pick.below(max(len(table.title) - 8, 1))
    if table.title[at - 1 : at + 1].isdigit():
        return None
    table.title = table.title[:at] + pick.of(_SPACES) + table.title[at:]
    return True


def alias_row(table: Table, pick: Pick) -> Answer:
    """Another name of the indicator; read where one row of the layout has it."""
    row = _any_row(table, pick)
    code = (row.dims or {}).get("indicator", "")
    names = _ALIASES.get(code)
    if not names:
        return None
    alone = sum((other.dims or {}).get("indicator") == code for other in table.walk()) == 1
    row.label, row.cut, row.is_own = pick.of(names), 0, False
    return alone and table.layout != "statistics_monthly"


def strange_name(table: Table, pick: Pick) -> Answer:
    """Nobody knows what the row is, nor its parts."""
    row = _any_row(table, pick)
    name = pick.of(STRANGE)
    if name in _known_labels(table) or (table.layout == "years" and name == "2020年"):
        return None
    row.label, row.cut, row.is_own = name, 0, False
    for entry in row.walk():
        entry.dims = None
    return False


def near_name(table: Table, pick: Pick) -> Answer:
    """A person may still know the row; the reader must not guess, and says so."""
    row = _any_row(table, pick)
    row.label = pick.of(["1.{}", "{}数", "{}:", "一、{}", "{}2"]).format(row.label)
    row.cut, row.is_own = 0, False
    for entry in row.walk():
        entry.dims = None
    return False


def swap_names(table: Table, pick: Pick) -> Answer:
    """Two rows beside each other change their names, and with them their meaning."""
    rows = [row for row in _parents(table, _any_row(table, pick)) if not row.children]
    if len(rows) < 2:
        return None
    one, other = pick.shuffled(rows)[:2]
    if one.group != other.group:
        return None
    for name in ("label", "dims", "own", "stated", "bracket", "cut", "is_own", "name"):
        first, second = getattr(one, name), getattr(other, name)
        setattr(one, name, second)
        setattr(other, name, first)
    figures = [*one.figures.values(), *other.figures.values()]
    return "%" not in (one.stated, other.stated) and not any(entry.unit for entry in figures)


def strange_heading(table: Table, pick: Pick) -> Answer:
    """Nobody knows what the column is; without its heading the label column is lost too."""
    column = pick.of([column for column in table.columns if column.role != "unit"])
    column.levels = [*column.levels[:-1], pick.of(["新栏", "上年数", "数", ""])]
    column.dims, column.shown, column.own = None, None, None
    return False


def break_label(table: Table, pick: Pick) -> Answer:
    """A label over two rows, of which one has the figures."""
    row = _any_row(table, pick)
    is_alone = sum(other.dims == row.dims for other in table.walk()) == 1
    if not row.is_own or (table.layout == "years" and not is_alone):
        return None
    row.cut, row.low = 1 + pick.below(max(len(row.label) - 1, 1)), bool(pick.below(2))
    upper, lower = row.label[: row.cut], row.label[row.cut :]
    others = _known_labels(table)
    if not (upper.strip(" 　\n\u00a0\u200b▲*★△") and lower.strip(" 　\n\u00a0\u200b")):
        row.cut = 0
        return None
    if table.layout == "years":
        return False  # 2020年 of 2020年1-6月 is a period as well
    return not any(text.strip() in others | set(STRANGE) for text in (upper, lower))


def parts_written(table: Table, pick: Pick) -> Answer:
    row = _any_row(table, pick)
    row.parts = pick.of(["first", "all", "none", "apart"])
    return True if row.children else None


ORDER: tuple[Change, ...] = (order_branches, order_parts, order_columns, move_part)
MORE: tuple[Change, ...] = (
    strange_row, strange_column, drop_row, drop_column, double_row, double_column,
)  # fmt: skip
NAMES: tuple[Change, ...] = (
    spell_row, spell_column, spell_title, alias_row, strange_name, near_name, swap_names,
    strange_heading, break_label, parts_written,
)  # fmt: skip
OTHER_UNITS = {unit: [u for u in KINDS if KINDS[u] == KINDS[unit]] for unit in KINDS}
FOREIGN = _OTHERS
