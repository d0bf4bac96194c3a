"""Tables as people fill them in, with what each cell means: the truth that mutations carry along.

A table is a tree of rows and a list of columns; every figure belongs to one of each. Mutations
change the tree, the list and the words, and say what a person who sees the sheet would then read.
``fuzz_draw`` draws the table on a grid; nothing here knows how the reader works.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path

from govstats.workbooks.cells import Stored

SEEDS = Path(__file__).resolve().parents[2] / "dbt_project/seeds"

with (SEEDS / "units.csv").open(encoding="utf-8-sig", newline="") as _stream:
    _UNITS = {line["unit_measure"]: line for line in csv.DictReader(_stream)}
#: Unit → how many of its base unit; unit → what it measures.
FACTORS = {unit: Decimal(line["factor_to_base"]) for unit, line in _UNITS.items()}
KINDS = {unit: line["dimension"] for unit, line in _UNITS.items()}

#: Dimensions of a row, a column or a table: they add up to what a figure means.
Dims = dict[str, str]


@dataclass
class Figure:
    """A figure of a table.

    ``number`` as it stands in the sheet; ``unit`` written behind it; ``text`` what stands in
    the cell instead of a plain number, ``kind`` the cell's kind where that is no matter of text.
    ``missing`` is the kind of absence that a person sees; ``is_doubt`` where the cell may be
    read or handed back as text.
    """

    number: Decimal | None
    unit: str | None = None
    text: str | None = None
    kind: str = ""
    missing: str | None = None
    is_doubt: bool = False


@dataclass
class Column:
    """A column: header levels without units, what they mean (None: nothing to the layout).

    ``own`` is the unit that the layout gives the column itself, ``shown`` the one its header
    states.
    """

    name: str
    levels: list[str]
    role: str = "figure"
    dims: Dims | None = None
    own: str | None = None
    shown: str | None = None


@dataclass
class Row:
    """A row: its label without unit, its meaning, its parts.

    ``own`` is the layout's unit, ``stated`` the text of the unit column, ``bracket`` a unit
    behind the label; ``cut`` and ``low`` say where the label is broken and whether the figures
    stand on the lower row; ``is_own`` whether the label is the layout's; ``name`` is the label
    that the form began with, ``group`` stands in a column of its own. ``parts`` is how 其中 is
    written: first, all, none, apart.
    """

    label: str
    dims: Dims | None = None
    own: str | None = None
    stated: str | None = None
    bracket: str | None = None
    children: list["Row"] = field(default_factory=list)
    figures: dict[str, Figure] = field(default_factory=dict)
    parts: str = "first"
    cut: int = 0
    low: bool = False
    is_own: bool = True
    name: str = ""
    group: str = ""

    def __post_init__(self) -> None:
        self.name = self.name or self.label

    def walk(self) -> Iterator["Row"]:
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass
class Table:
    """A table with its surroundings.

    ``form`` names the form it began as. ``dims`` is what all figures share, ``own`` the layout's
    unit; ``corner`` the units of the unit line, ``head`` that of the title's bracket; ``shared``
    the layout's units of figures whose column has none; ``meanings`` what a part means by its
    whole's name and its own. ``style`` is how headings over several columns are drawn. ``split``
    are row numbers before which a further part begins, ``apart`` where it stands, ``continued``
    whether the layout allows it; ``is_intact`` is False where nothing but a refusal is right.
    """

    layout: str
    department: str
    title: str
    columns: list[Column]
    rows: list[Row]
    dims: Dims
    period: str = "2020-03"
    own: str | None = None
    corner: list[str] = field(default_factory=list)
    head: str | None = None
    maker: str = "制表单位:某局"
    feet: list[list[str | None]] = field(default_factory=list)
    shared: frozenset[str] = frozenset()
    meanings: dict[tuple[str, str], Dims] = field(default_factory=dict)
    style: str = "merged"
    units_below: bool = False
    split: list[int] = field(default_factory=list)
    apart: str = "below"
    continued: bool = False
    is_intact: bool = True
    form: str = ""

    def walk(self) -> Iterator[Row]:
        for row in self.rows:
            yield from row.walk()


@dataclass(frozen=True)
class Expect:
    """What a person reads at a crossing: its meaning and its figure in base units.

    ``missing`` is the kind of absence where ``value`` is None; "" where it does not matter.
    """

    key: tuple[str, ...]
    value: Decimal | None
    missing: str = ""
    is_doubt: bool = False
    layout: str = ""


KEY = ("indicator", "ref_area", "scope", "period_end", "period_type", "measure")


def expected(table: Table, row: Row, column: Column) -> Expect | None:
    """The truth of a crossing; None where row or column mean nothing, or two mean the same."""
    if row.dims is None or column.dims is None or not table.is_intact:
        return None
    dims = {**table.dims, **column.dims, **row.dims}
    if row.dims.get("period_type") == "instant" and "period_type" in column.dims:
        return None  # what stands at a point in time has no single month
    if column.dims.get("measure") == "plan":
        dims["period_type"] = "year"
    key = tuple(dims.get(name, "") for name in KEY)
    figure = row.figures.get(column.name, Figure(None, missing="blank"))
    if figure.number is None:
        return Expect(key, None, figure.missing or "", figure.is_doubt, table.layout)
    unit = unit_of(table, row, column, figure)
    if unit is None:
        return Expect(key, None, "unit", is_doubt=True, layout=table.layout)
    value = figure.number * FACTORS[unit]
    return Expect(key, value, is_doubt=figure.is_doubt, layout=table.layout)


def unit_of(table: Table, row: Row, column: Column, figure: Figure) -> str | None:
    """The unit a person reads; None where what is stated cannot be that of the figure.

    Cell, header, unit column, bracket behind the label, unit line, title, layout: the first that
    speaks counts.
    """
    layout = column.own or row.own or table.own
    if layout is None:
        raise ValueError(f"{table.layout}: no unit at {row.label}, {column.name}")
    said = [figure.unit, column.shown]
    if column.own is None and any(entry.role == "unit" for entry in table.columns):
        said.append(row.stated)
    if column.own is None:
        said.append(row.bracket)
    for unit in said:
        if unit:
            return unit if KINDS.get(unit) == KINDS[layout] else None
    lines = [table.corner, [table.head] if table.head in KINDS else []]
    about = [units for units in lines if any(KINDS.get(unit) == KINDS[layout] for unit in units)]
    for units in [*about, *filter(None, lines)]:
        return _of_table(table, column, layout, units)
    return layout


def _of_table(table: Table, column: Column, layout: str, units: list[str]) -> str | None:
    same = [unit for unit in units if KINDS.get(unit) == KINDS[layout]]
    if layout in units:
        return layout
    if not same:
        return layout if column.own or len(units) > 1 or set(units) <= table.shared else None
    others = {unit for unit in table.shared if KINDS[unit] == KINDS[layout]} - {layout}
    if column.own or set(same) <= others:
        return layout if set(same) <= others else same[0] if len(same) == 1 else None
    return same[0] if len(same) == 1 and not others else None


def _is_twice(row: Row, rows: list[Row]) -> bool:
    """Whether another row means the same; an alias beside the label itself does not count."""
    same = [other for other in rows if other is not row and other.dims == row.dims]
    return any(other.is_own or not row.is_own for other in same)


def settled(table: Table) -> Table:
    """The table with the meaning taken from rows and columns that stand twice."""
    for rows in ([row for row in table.walk() if row.children], list(table.walk())):
        lost = [row for row in rows if row.dims and _is_twice(row, rows)]
        for row in lost:
            for part in row.walk():
                part.dims = None
    known = [tuple(sorted(c.dims.items())) for c in table.columns if c.dims is not None]
    double = {dims for dims in known if known.count(dims) > 1}
    table.columns = [
        replace(column, dims=None)
        if column.dims is not None and tuple(sorted(column.dims.items())) in double
        else column
        for column in table.columns
    ]
    return table


def stored(figure: Figure) -> Stored:
    """What a cell holds for a figure."""
    if figure.text is not None:
        return figure.text
    return "" if figure.number is None else float(figure.number)
