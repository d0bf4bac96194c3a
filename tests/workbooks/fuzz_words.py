"""What people do to the figures, units, titles and parts of a table; see ``fuzz_tables``."""

from collections.abc import Callable
from decimal import Decimal

from tests.workbooks.fuzz_model import KINDS, Figure, Row, Table
from tests.workbooks.fuzz_tables import (
    FOREIGN,
    MORE,
    NAMES,
    ORDER,
    OTHER_UNITS,
    STRANGE,
    Answer,
    Change,
    Pick,
)

FULL = str.maketrans("0123456789.-", "０１２３４５６７８９．－")
Form = Callable[[Decimal], str]
#: Documented ways to write a figure as text: docs/cell-values.md.
FORMS: tuple[Form, ...] = (
    str,
    lambda n: f" {n}  ",
    lambda n: str(n).translate(FULL),
    lambda n: f"{n:,}",
    lambda n: f"{n:,}".replace(",", "，"),
    lambda n: f"{n:,}".replace(",", " "),
    lambda n: f"+{n}" if n > 0 else f"({-n})",
    lambda n: f"　{n}" if n > 0 else f"（{-n:,}）",
    lambda n: f"{n}①" if n > 0 else f"负{-n}",
    lambda n: f"{n}[2]" if n > 0 else f"−{-n}",
    lambda n: f"\u200b{n}" if n > 0 else f"—{-n}",
)
#: What leaves a doubt and must be handed back as text.
DOUBTS: tuple[Form, ...] = (
    lambda n: f"▲{abs(n)}",
    lambda n: f"约{abs(n)}",
    lambda n: f"{n}*",
    lambda n: f"{abs(n)}-",
    lambda n: f"{abs(n)}-{abs(n) + 10}",
    lambda n: f"{abs(n)}左右",
    lambda n: f"0{abs(n)}",
    lambda n: f"{abs(n)}/2",
    lambda n: f"{abs(n)}E+02",
    lambda n: f"{int(abs(n))},5",
    lambda n: f"-- {abs(n)}",
)
ABSENT = {
    "": "blank", "　": "blank", " ": "blank", "-": "not_applicable", "—": "not_applicable",
    "——": "not_applicable", "－": "not_applicable", "N/A": "not_applicable", "…": "less_than_unit",
    "......": "less_than_unit", "#####": "error", "无": "text", "见附表": "text", "/": "text",
}  # fmt: skip
ERRORS = ["#DIV/0!", "#N/A", "#REF!", "#VALUE!"]


def _crossing(table: Table, pick: Pick) -> tuple[Row, str, Figure, str] | None:
    """A row, a column's name, the figure that stands there, and its unit by the layout."""
    row = pick.of(list(table.walk()))
    columns = [c for c in table.columns if c.role == "figure" and c.dims is not None]
    if not columns:
        return None
    column = pick.of(columns)
    figure = row.figures.get(column.name)
    if figure is None or figure.number is None:
        return None
    unit = column.own or row.own or table.own
    return (row, column.name, figure, unit) if unit else None


def write_as_text(table: Table, pick: Pick) -> Answer:
    found = _crossing(table, pick)
    if not found or found[2].text is not None or found[2].kind:
        return None
    row, name, figure, _ = found
    row.figures[name] = Figure(figure.number, figure.unit, pick.of(FORMS)(figure.number or 0))
    return True


def write_with_unit(table: Table, pick: Pick) -> Answer:
    """8950人, 1.2亿元, 8.1%: the unit is that of the figure, of its kind or of another."""
    found = _crossing(table, pick)
    if not found:
        return None
    row, name, figure, own = found
    unit = pick.of([*OTHER_UNITS[own], own, own, *FOREIGN])
    text = f"{figure.number}{pick.of(['', ' '])}{unit}"
    number = figure.number if unit in KINDS else None
    if unit == "%" and pick.below(2):
        row.figures[name] = Figure(figure.number, "%", None, "percent")
    else:
        row.figures[name] = Figure(number, unit, text, missing=None if number else "text")
    return KINDS.get(unit) in (KINDS[own], None)


def write_in_doubt(table: Table, pick: Pick) -> Answer:
    found = _crossing(table, pick)
    if not found:
        return None
    row, name, figure, _ = found
    row.figures[name] = Figure(None, text=pick.of(DOUBTS)(figure.number or 0), missing="text")
    return True


def take_away(table: Table, pick: Pick) -> Answer:
    found = _crossing(table, pick)
    if not found:
        return None
    row, name, _, _ = found
    if pick.below(4) == 0:
        row.figures[name] = Figure(None, text=pick.of(ERRORS), kind="error", missing="error")
    else:
        text = pick.of(list(ABSENT))
        row.figures[name] = Figure(None, text=text, missing=ABSENT[text])
    return True


def another_corner(table: Table, pick: Pick) -> Answer:
    """亿元 for 万元 and back: read; a unit of another kind: not."""
    own = table.own or next((row.own for row in table.walk() if row.own), None) or "亿元"
    unit = pick.of([*OTHER_UNITS[own], *FOREIGN])
    table.corner = [unit] if pick.below(3) else [unit, "%"]
    same = KINDS.get(unit) == KINDS[own]
    others = {u for u in table.shared if KINDS[u] == KINDS[own]}
    return same and len(others) < 2 and len(table.corner) == 1


def no_corner(table: Table, pick: Pick) -> Answer:
    table.corner = []
    return table.head is None


def unit_in_title(table: Table, pick: Pick) -> Answer:
    own = table.own or next((row.own for row in table.walk() if row.own), None) or "亿元"
    table.head = pick.of([*OTHER_UNITS[own], *FOREIGN])
    return False


def unit_in_header(table: Table, pick: Pick) -> Answer:
    """In the header of a column of its own unit, or of one whose rows agree."""
    column = pick.of([c for c in table.columns if c.role == "figure"])
    if column.dims is None:
        return None
    own = column.own or table.own or next((row.own for row in table.walk() if row.own), "亿元")
    column.shown = pick.of([*OTHER_UNITS[own or "亿元"], *FOREIGN, None])
    if column.own == "位次":
        column.shown = None
    if column.shown not in (None, *KINDS):
        column.dims = None  # 总量(吨) is another word than 总量
    return column.shown is None


def unit_of_row(table: Table, pick: Pick) -> Answer:
    row = pick.of(list(table.walk()))
    own = row.own or table.own
    if own is None:
        return None
    unit = pick.of([*OTHER_UNITS[own], *FOREIGN])
    if row.stated is not None:
        row.stated = unit
    else:
        row.bracket = unit if unit in KINDS else own
    return False


def last_years_title(table: Table, pick: Pick) -> Answer:
    """The file must be refused: ``is_intact`` is taken away."""
    year = pick.of(["2019", "2021", "2018"])
    if "2020年" not in table.title:
        return None
    table.title = table.title.replace("2020年", f"{year}年", 1)
    table.is_intact = False
    return False


def another_title(table: Table, pick: Pick) -> Answer:
    table.title = pick.of(["", "2020年1-3月情况表", "附件1", "一览"])
    table.is_intact = False
    return False


def period_above(table: Table, pick: Pick) -> Answer:
    """2020年1-3月 over 本月 and 累计: a level that says nothing new."""
    if "2020年1-3月" not in table.title or any(len(c.levels) > 2 for c in table.columns):
        return None
    for column in table.columns:
        if column.role == "figure":
            column.levels = ["2020年1-3月", *column.levels]
    return table.layout != "across"


def broken_heading(table: Table, pick: Pick) -> Answer:
    """The words of a heading over two rows of the header."""
    column = pick.of(table.columns)
    last = column.levels[-1]
    if len(last) < 2:
        return None
    at = 1 + pick.below(len(last) - 1)
    pieces = [last[:at], last[at:]]
    depth = max(len(entry.levels) for entry in table.columns)
    column.levels = [*column.levels[:-1], *pieces]
    return len(column.levels) <= depth and not {*pieces} & {*KINDS, *STRANGE}


def drawn(table: Table, pick: Pick) -> Answer:
    table.style = pick.of(["merged", "bare", "repeated"])
    return True


def units_below(table: Table, pick: Pick) -> Answer:
    """A row of units at the foot of the header."""
    table.units_below = not table.units_below
    return False


def in_parts(table: Table, pick: Pick) -> Answer:
    """续表 below, beside or on another sheet; read where the layout is continued."""
    table.split = [1 + pick.below(12) for _ in range(1 + pick.below(2))]
    table.apart = pick.of(["below", "sheet", "beside"])
    return table.continued


def more_feet(table: Table, pick: Pick) -> Answer:
    foot = pick.of(["注:以上为快报数", "数据来源:某局", "说明", "2020年4月13日", "财政总收入 123"])
    table.feet.insert(pick.below(len(table.feet) + 1), [foot])
    return True


WORDS: tuple[Change, ...] = (
    write_as_text, write_as_text, write_with_unit, write_in_doubt, take_away, another_corner,
    no_corner, unit_in_title, unit_in_header, unit_of_row, last_years_title, another_title, drawn,
    units_below, in_parts, more_feet, period_above, broken_heading,
)  # fmt: skip
CHANGES: tuple[Change, ...] = (*ORDER, *MORE, *NAMES, *WORDS)
