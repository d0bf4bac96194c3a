"""What a schema cannot say about a layout: codes exist, names are unique, crossings complete."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path

from govstats.errors import KnowledgeError
from govstats.layouts.model import ANY, Column, Dims, Layout, Row
from govstats.layouts.problems import nearest, problem
from govstats.layouts.seeds import Seeds
from govstats.yamlfile import Step


def check_together(layouts: Sequence[Layout]) -> None:
    """Names of layouts are unique among all departments, but for disjoint periods of one form.

    Raises:
        KnowledgeError: two layouts have one name and are valid at the same time.
    """
    by_id: dict[str, list[Layout]] = {}
    for layout in layouts:
        by_id.setdefault(layout.id, []).append(layout)
    for same in by_id.values():
        same.sort(key=lambda layout: layout.valid_from)
        for earlier, later in pairwise(same):
            if (
                earlier.department != later.department
                or (earlier.valid_to or "9") >= later.valid_from
            ):
                raise KnowledgeError(
                    f"layouts/: two layouts are named “{later.id}” and valid at the same time"
                    f" ({earlier.department}.yml, {later.department}.yml)",
                    "rename one, or end the earlier one with valid_to",
                )


def check_meaning(
    layout: Layout, seeds: Seeds, path: Path, shown: str, steps: Sequence[Step]
) -> None:
    """Check one layout against the tables and against itself.

    Raises:
        KnowledgeError: an unknown code, a name given twice, a dimension that no place states,
            or two crossings that mean the same figure.
    """
    for what, remedy in (
        *_unknown_codes(layout, seeds),
        *_names(layout),
        *_roles(layout),
        *_references(layout),
        *_crossings(layout),
    ):
        raise problem(path, shown, steps, f"layout {layout.id}: {what}", remedy)


def _unknown_codes(layout: Layout, seeds: Seeds) -> Iterable[tuple[str, str]]:
    known = {
        "indicator": (seeds.indicators, "indicators.csv"),
        "unit": (seeds.units, "units.csv"),
        "ref_area": (seeds.area_names, "area_aliases.csv"),
    }
    if layout.department not in seeds.departments:
        hint = nearest(layout.department, seeds.departments)
        yield f"unknown department “{layout.department}”{hint}", "see seeds/departments.csv"
    for column in layout.columns:
        if column.unit is not None and column.unit not in seeds.units:
            hint = nearest(column.unit, seeds.units)
            yield f"unknown unit “{column.unit}”{hint}", "use one of dbt_project/seeds/units.csv"
    for dims in _every_dims(layout):
        for name, (codes, table) in known.items():
            code = getattr(dims, name)
            if code is not None and code not in codes:
                yield (
                    f"unknown {name} “{code}”{nearest(code, codes)}",
                    f"use a code of dbt_project/seeds/{table}, or add it there",
                )


def _every_dims(layout: Layout) -> Iterable[Dims]:
    yield layout.dims
    yield from (column.dims for column in layout.columns)
    for row in layout.every_row():
        yield row.dims
        yield from (dims for dims in row.cells.values() if dims)


def _names(layout: Layout) -> Iterable[tuple[str, str]]:
    for kind, names in (
        ("column id", [column.id for column in layout.columns]),
        ("row id", [row.id for row in layout.every_row()]),
        ("column label", [label for column in layout.columns for label in column.labels]),
    ):
        for name in _twice(names):
            yield f"the {kind} “{name}” is given twice", "make each one different"
    for siblings in (layout.rows, *(row.children for row in layout.every_row())):
        for name in _twice([text for row in siblings for text in dict.fromkeys(row.labels)]):
            yield f"two rows beside each other are labelled “{name}”", "tell them apart by a parent"


def _roles(layout: Layout) -> Iterable[tuple[str, str]]:
    """Roles that belong to the layout's shape."""
    is_table = layout.shape == "table"
    if is_table == (layout.axis == "entry"):
        wanted = "indicator, area or period" if is_table else "entry"
        yield f"a {layout.shape} with the axis {layout.axis}", f"give the rows the axis {wanted}"
    foreign = {"field", "serial"} if is_table else {"figure", "row_label", "row_group", "unit"}
    for column in layout.columns:
        if column.role in foreign:
            yield (
                f"column {column.id} of a {layout.shape} has the role {column.role}",
                "see docs/layouts.md for the roles of each shape",
            )
        yield from _keys_of(column)
    labels = sum(column.role == "row_label" for column in layout.columns)
    if is_table and labels != 1:
        yield f"{labels} columns have the role row_label", "give it to exactly one"
    if is_table and not layout.figures():
        yield "no column holds figures", "leave out the role of the columns that do"
    if not is_table and not any(column.is_key and column.required for column in layout.columns):
        yield "no required field is a key", "give key: true to the fields that name an entry"


def _keys_of(column: Column) -> Iterable[tuple[str, str]]:
    """Keys that a column cannot have together."""
    if column.each and any(text.count(ANY) != 1 for text in column.labels):
        yield f"column {column.id} with each has no single * in its label", "write it there"
    if column.each and column.role != "figure":
        yield f"column {column.id} with each holds no figures", "leave out its role"
    if column.role != "field" and (column.is_key or column.unit or column.type != "text"):
        yield f"column {column.id} is no field", "leave out key, type and unit"


def _references(layout: Layout) -> Iterable[tuple[str, str]]:
    columns = {column.id for column in layout.columns}
    rows = {row.id for row in layout.every_row()}
    for row in layout.every_row():
        for name in row.cells.keys() - columns:
            yield f"row {row.id} names the column “{name}”{nearest(name, columns)}", "use its id"
    for entry in layout.provisional:
        for name in entry.rows - rows:
            yield f"provisional names the row “{name}”{nearest(name, rows)}", "use its id"
        for name in entry.columns - columns:
            yield f"provisional names the column “{name}”{nearest(name, columns)}", "use its id"
    if layout.unit_line and "units" not in layout.unit_line.groupindex:
        yield "unit_line has no group named units", "write e.g. ^单位:(?P<units>.+)$"


def _crossings(layout: Layout) -> Iterable[tuple[str, str]]:
    meanings: dict[tuple[object, ...], str] = {}
    for row in _rows(layout):
        for column in layout.figures():
            dims = layout.dims_at(row, column)
            if dims is None:
                continue
            place = f"row {row.id}, column {column.id}"
            if column.each == "area":
                dims = Dims(ref_area=ANY).over(dims)
            if lacking := dims.lacking():
                yield f"{place} has no {', '.join(lacking)}", "state it on table, column or row"
            grain = (
                (dims.indicator, dims.ref_area, dims.scope, dims.period_type, dims.measure),
                column.each == "period",
            )
            if other := meanings.get(grain):
                yield (
                    f"{place} and {other} mean the same figure",
                    "tell them apart by a dimension, or exempt one with cells: {column: none}",
                )
            meanings[grain] = place


def _rows(layout: Layout) -> Iterable[Row]:
    """Rows with figures, with one that stands for those that are not declared."""
    yield from (row for row in layout.every_row() if not row.is_group)
    if layout.any_area:
        yield Row("any", (), "any", Dims(ref_area=ANY))
    if layout.axis == "period":
        yield Row("period", (), "period")


def _twice(names: Sequence[str]) -> list[str]:
    return [name for name, count in Counter(names).items() if count > 1]
