"""A register of works as people fill it in, and what a person reads in each of its fields."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from govstats.workbooks.cells import Stored
from tests.workbooks.fuzz_draw import Grid, Item
from tests.workbooks.fuzz_model import FACTORS, KINDS, Expect
from tests.workbooks.fuzz_tables import OTHER_UNITS, STRANGE, Answer, Pick, spell
from tests.workbooks.fuzz_words import ABSENT, DOUBTS
from tests.workbooks.fuzz_words import FORMS as WRITTEN

#: Field → (header, its unit by the layout).
FIELDS: dict[str, tuple[list[str], str | None]] = {
    "number": (["序号"], None),
    "name": (["项目名称"], None),
    "office": (["责任单位"], None),
    "area": (["所在地"], None),
    "total": (["投资", "总投资"], "万元"),
    "done": (["投资", "完成投资"], "亿元"),
    "share": (["完成率"], "%"),
    "opened": (["开工日期"], None),
    "remark": (["备注"], None),
}
OFFICES = {"区财政局": "finance", "岳阳楼区统计局": "statistics", "区人社局": "hrss"}
AREAS = {"岳阳楼区": "430602000000", "云 溪 区": "430603000000", "平江县": "430626000000"}
DAYS = {"2020年3月15日": "2020-03-15", "2020-04-01": "2020-04-01", "2019.12.31": "2019-12-31"}
SECTIONS = ["一、民生实事", "二、产业项目", "(三)其他"]


@dataclass
class Field:
    """A column; ``name`` is "" where the layout does not know it."""

    name: str
    levels: list[str]
    shown: str | None = None


@dataclass
class Entry:
    """A row: what stands in each field, and what it says; a heading has ``section`` alone."""

    cells: dict[str, tuple[Stored, Expect]] = field(default_factory=dict)
    section: str = ""
    special: dict[str, str] = field(default_factory=dict)


@dataclass
class Register:
    """The whole: its title, its unit line, its columns and rows."""

    fields: list[Field]
    rows: list[Entry]
    corner: str | None = None
    title: str = "岳阳楼区2020年12月重点项目进展表"
    total: str = "合计"
    feet: list[str] = field(default_factory=lambda: ["注:按月报送", "填表人:演示"])
    merged: bool = True
    is_intact: bool = True


def register() -> Register:
    """As it should be: three sections of three works each, and their sum."""
    fields = [Field(name, list(levels)) for name, (levels, _) in FIELDS.items()]
    rows: list[Entry] = []
    for number in range(9):
        if number % 3 == 0:
            rows.append(Entry(section=SECTIONS[number // 3]))
        rows.append(_entry(number))
    return Register(fields, rows)


def _entry(number: int) -> Entry:
    key = f"项目{'甲乙丙丁戊己庚辛壬'[number]}"
    entry = Entry()
    values: dict[str, Stored] = {
        "number": number + 1, "name": key, "office": list(OFFICES)[number % 3],
        "area": list(AREAS)[number % 3], "opened": list(DAYS)[number % 3],
        "remark": "" if number % 2 else "续建",
    }  # fmt: skip
    for name, value in values.items():
        said = {**OFFICES, **AREAS, **DAYS}.get(str(value), str(value))
        entry.cells[name] = value, Expect((key, name, said), None, layout="works")
    for at, name in enumerate(("total", "done", "share")):
        figure = Decimal(100 * (number + 1) + at) + Decimal(number) / 10
        entry.cells[name] = float(figure), Expect((key, name, ""), figure, layout="works")
    return entry


# ── what is done to it ───────────────────────────────────────────────────────────────────────

Change = Callable[[Register, Pick], Answer]


def _works(form: Register) -> list[Entry]:
    return [row for row in form.rows if not row.section]


def order_fields(form: Register, pick: Pick) -> Answer:
    form.fields = pick.shuffled(form.fields)
    return True


def order_works(form: Register, pick: Pick) -> Answer:
    form.rows = [form.rows[0], *pick.shuffled(form.rows[1:])]
    return True


def drop_work(form: Register, pick: Pick) -> Answer:
    if len(form.rows) < 4:
        return None
    form.rows.pop(pick.below(len(form.rows)))
    return True


def strange_field(form: Register, pick: Pick) -> Answer:
    name = f"strange {len(form.fields)}"
    at = pick.below(len(form.fields) + 1)
    form.fields.insert(at, Field(name, [pick.of(["联系人", "上年", "总额", "", "计划"])]))
    for number, row in enumerate(_works(form)):
        if pick.below(3):
            row.cells[name] = float(8000 + number), Expect(("", "", ""), None)
    return True


def drop_field(form: Register, pick: Pick) -> Answer:
    gone = form.fields.pop(pick.below(len(form.fields)))
    return gone.name == "remark" or gone.name.startswith("strange")


def double_field(form: Register, pick: Pick) -> Answer:
    column = pick.of(form.fields)
    form.fields.append(replace(column))
    return False


def strange_heading(form: Register, pick: Pick) -> Answer:
    column = pick.of(form.fields)
    column.levels, column.name = (
        [*column.levels[:-1], pick.of(["新栏", "数"])],
        f"lost {column.name}",
    )
    for row in form.rows:
        old = column.name.removeprefix("lost ")
        if old in row.cells:
            row.cells[column.name] = row.cells[old][0], Expect(("", "", ""), None)
    return False


def spell_heading(form: Register, pick: Pick) -> Answer:
    column = pick.of(form.fields)
    level = pick.below(len(column.levels))
    old = column.levels[level]
    new = spell(old, pick) if old else old
    for other in form.fields:
        other.levels = [new if text == old else text for text in other.levels]
    return True


def write_figure(form: Register, pick: Pick) -> Answer:
    row, name = pick.of(_works(form)), pick.of(["total", "done", "share"])
    value, expect = row.cells[name]
    if not isinstance(value, float) or expect.value is None:
        return None
    kind = pick.below(4)
    if kind == 0:
        text = pick.of(list(ABSENT))
        row.cells[name] = text, replace(expect, value=None, missing=ABSENT[text])
    elif kind == 1:
        text = pick.of(DOUBTS)(expect.value)
        row.cells[name] = text, replace(expect, value=None, missing="text")
    elif kind == 2:
        row.cells[name] = pick.of(WRITTEN)(expect.value), expect
    else:
        unit = pick.of(OTHER_UNITS[FIELDS[name][1] or ""])
        said = replace(expect, key=(*expect.key[:2], unit))
        row.cells[name] = f"{expect.value}{unit}", said
    return True


def write_day(form: Register, pick: Pick) -> Answer:
    row = pick.of(_works(form))
    key = row.cells["opened"][1].key
    days: list[tuple[Stored, str]] = [
        (date(2020, 5, 1), "2020-05-01"), (43905.0, "2020-03-15"), ("2020年3月", ""), ("待定", ""),
        ("二〇二〇年三月十五日", "2020-03-15"), ("", ""),
    ]  # fmt: skip
    value, said = pick.of(days)
    row.cells["opened"] = value, Expect((*key[:2], said), None, layout="works")
    return True


def unit_in_header(form: Register, pick: Pick) -> Answer:
    columns = [entry for entry in form.fields if FIELDS.get(entry.name, ("", None))[1]]
    if not columns:
        return None
    column = pick.of(columns)
    own = FIELDS[column.name][1] or ""
    column.shown = pick.of([*OTHER_UNITS[own], "人", "项"])
    return KINDS[column.shown] == KINDS[own]


def corner(form: Register, pick: Pick) -> Answer:
    """One unit over fields in 万元 and in 亿元: it may be either's, a third is nobody's."""
    form.corner = pick.of(["万元", "亿元", "元", "人", None])
    return form.corner != "元"


def another_title(form: Register, pick: Pick) -> Answer:
    form.title = pick.of(["2019年12月重点项目进展表", "2020年12月情况表"])
    form.is_intact = False
    return False


def strange_foot(form: Register, pick: Pick) -> Answer:
    form.feet.insert(pick.below(len(form.feet) + 1), pick.of(["数据来源:某局", *STRANGE[:3]]))
    return True


def drawn(form: Register, pick: Pick) -> Answer:
    form.merged = not form.merged
    return True


CHANGES: tuple[Change, ...] = (
    order_fields, order_works, drop_work, strange_field, drop_field, double_field, strange_heading,
    spell_heading, write_figure, write_figure, write_day, unit_in_header, corner, another_title,
    strange_foot, drawn,
)  # fmt: skip


# ── how it is drawn ──────────────────────────────────────────────────────────────────────────


def draw(form: Register) -> list[Grid]:
    """The sheet of a register, every field with what a person reads there."""
    grid = Grid("项目")
    grid.put(1, 1, form.title)
    if form.corner:
        grid.put(2, max(len(form.fields) - 1, 1), f"单位:{form.corner}")
    _header(form, grid)
    for number, row in enumerate(form.rows, start=5):
        for column, item in enumerate(_items(form, row), start=1):
            grid.put(number, column, item)
    for number, foot in enumerate(form.feet, start=len(form.rows) + 7):
        grid.put(number, 1, foot)
    return [grid]


def _header(form: Register, grid: Grid) -> None:
    before = ""
    for column, entry in enumerate(form.fields, start=1):
        levels = list(entry.levels)
        if entry.shown:
            levels[-1] += f"({entry.shown})"
        if len(levels) == 1 or not form.merged or levels[0] != before:
            grid.put(3, column, levels[0])
        if len(levels) > 1:
            grid.put(4, column, levels[1])
        elif form.merged:
            grid.merges.append((3, column, 4, column))
        if form.merged and len(levels) > 1 and levels[0] == before:
            top, left, bottom, _ = (
                grid.merges.pop() if _spans(grid, column) else (3, column - 1, 3, 0)
            )
            grid.merges.append((top, left, bottom, column))
        before = levels[0] if len(levels) > 1 else ""


def _spans(grid: Grid, column: int) -> bool:
    return bool(grid.merges) and grid.merges[-1][3] == column - 1 and grid.merges[-1][2] == 3


def _items(form: Register, row: Entry) -> Iterator[Item]:
    if row.section:
        yield Item(row.section)
        return
    for column in form.fields:
        value, expect = row.cells.get(column.name, ("", None))
        if expect is None or not expect.layout:
            yield Item(value)
        else:
            yield Item(value, _in_units(form, column, expect))


def merge_down(grids: list[Grid], pick: Pick) -> Answer:
    """A field over two works: an office or a place is that of both, a figure of the first."""
    (grid,) = grids[:1]
    named = [place for place, item in grid.cells.items() if item.expect and item.expect.key[1]]
    if not named:
        return None
    top, left = pick.of(sorted(named))
    item, below = grid.cells[top, left], grid.cells.get((top + 1, left))
    both = item.expect, below.expect if below else None
    if any(a <= left <= z and t <= top + 1 and top <= b for t, a, b, z in grid.merges):
        return None
    if below is None or both[0] is None or both[1] is None or both[0].key[1] == "name":
        return None
    kind = both[0].key[1]
    if kind in ("office", "area", "opened", "remark"):
        shared = replace(both[0], key=("", *both[0].key[1:]))
        grid.cells[top, left] = replace(item, expect=shared)
    covered = Expect((*both[1].key[:2], ""), None, "", is_doubt=True, layout="works")
    grid.cells[top + 1, left] = Item("", covered)
    grid.merges.append((top, left, top + 1, left))
    return True


def _in_units(form: Register, column: Field, expect: Expect) -> Expect:
    own = FIELDS[column.name][1]
    if expect.value is None or own is None:
        return expect
    unit = expect.key[2] or column.shown or own
    if KINDS[unit] != KINDS[own]:
        return replace(expect, value=None, missing="unit", is_doubt=True)
    return replace(expect, key=(*expect.key[:2], ""), value=expect.value * FACTORS[unit])
