"""The rows of a drafted layout."""

import re
from collections.abc import Mapping, Sequence

from govstats.anatomy.draftcolumns import DraftColumn, this_years
from govstats.anatomy.drafttree import DraftRow, RowTree
from govstats.anatomy.meanings import period_type_of
from govstats.anatomy.model import Block
from govstats.anatomy.view import NUMBER
from govstats.anatomy.yamltext import Draft, Value, flow, scalar
from govstats.layouts.labels import squeeze
from govstats.layouts.seeds import Seeds

_MOST = 0.6
_RATES = ("%", "‰")
_AREA_HEAD = re.compile(r"^(地区|区域|县市区|区县|县区|街道|乡镇|镇街|城市|省份|国家)(名称)?$")
_WIDER = re.compile(r"^(.+)\(含.+\)$")


def rows_axis(block: Block, seeds: Seeds) -> str:
    """What most of the rows are: area, period or indicator."""
    labels = _labels(block)
    areas = sum(squeeze(label) in seeds.area_codes for label in labels)
    if labels and areas >= _MOST * len(labels):
        return "area"
    heads = [squeeze(block.column_label(column)) for column in block.stub_columns]
    if any(_AREA_HEAD.match(head) for head in heads):
        return "area"
    return "period" if "period" in block.roles.values() else "indicator"


def write_rows(
    draft: Draft,
    parts: Sequence[Block],
    seeds: Seeds,
    axis: str,
    columns: Sequence[DraftColumn],
    bases: Mapping[str, str],
) -> None:
    """The ``rows`` of a layout.

    Args:
        parts: the table, and those beside or below it that go on from it.
        columns: those of figures; headings have none in them.
        bases: indicator → basis of its growth, from seeds/indicators.csv.
    """
    draft.add(2, "rows:")
    draft.add(3, f"axis: {axis}")
    if axis == "period":
        return
    if axis == "area":
        _write_areas(draft, [label for block in parts for label in _labels(block)], seeds)
        return
    rows = RowTree(parts, seeds).roots
    draft.add(3, "items:", "" if rows else "no row has a name: name them in the sheet")
    for row in rows:
        _exempt(row, columns)
        _write(draft, row, 4, [column.id for column in columns], bases)


def _labels(block: Block) -> list[str]:
    rows = [line.rows[0] for line in block.lines if line.has_figures]
    return [path[-1] for row in rows if (path := block.row_path(row))]


def _write_areas(draft: Draft, labels: Sequence[str], seeds: Seeds) -> None:
    codes = [seeds.area_codes.get(squeeze(label)) for label in labels]
    if not any(codes):
        draft.add(3, "any: true", todo=f"none is in area_aliases.csv: {', '.join(labels)}")
        return
    draft.add(3, "items:")
    written: set[str] = set()
    for label, code in zip(labels, codes, strict=True):
        if code is None:
            draft.add(4, f"# {label}", todo="no area is called so: add it to area_aliases.csv")
        elif code not in written:
            draft.add(4, f'- "{code}" # {label}')
            written.add(code)


def _write(
    draft: Draft, row: DraftRow, depth: int, figures: Sequence[str], bases: Mapping[str, str]
) -> None:
    dims = dict(row.dims)
    if (code := dims.get("indicator")) in bases:
        dims["growth_basis"] = bases[str(code)]
    entry: dict[str, Value] = {"id": row.id, "label": row.label}
    if dims:
        entry["dims"] = dims
    if row.is_heading:
        entry["cells"] = dict.fromkeys(figures, "none")
    elif row.cells:
        entry["cells"] = row.cells
    todo, check = "; ".join(row.todo), "; ".join(row.check)
    if not row.children:
        draft.add(depth, f"- {flow(entry)}", todo, check)
        return
    draft.add(depth, f"- id: {row.id}", todo, check)
    draft.add(depth + 1, f"label: {scalar(row.label)}")
    for key in ("dims", "cells"):
        if key in entry:
            draft.add(depth + 1, f"{key}: {flow(entry[key])}")
    draft.add(depth + 1, "children:")
    for child in row.children:
        _write(draft, child, depth + 2, figures, bases)


def _exempt(row: DraftRow, columns: Sequence[DraftColumn]) -> None:
    """A point in time has one level, in the column in which it stands, and a plan for the year."""
    for child in row.children:
        _exempt(child, columns)
    block = row.block
    if row.is_heading or block is None or len(columns) != len(this_years(block)):
        return
    if period_type_of(row.label) != "instant" and not _is_rate(row, block, columns):
        return
    row.dims["period_type"] = "instant"
    seen: set[str] = set()
    for number, column in zip(this_years(block), columns, strict=True):
        measure = column.dims["measure"]
        if measure == "plan":
            row.cells[column.id] = {"period_type": "year"}
        elif measure != "level":
            continue
        elif measure in seen or block.view.kind(row.number, number) != NUMBER:
            row.cells[column.id] = "none"
        else:
            seen.add(measure)
    row.check.append("a point in time: in which column does it stand?")


def _is_rate(row: DraftRow, block: Block, columns: Sequence[DraftColumn]) -> bool:
    """A level in percent that stands in one column alone: a rate has no sum since January."""
    levels = [
        number
        for number, column in zip(this_years(block), columns, strict=True)
        if column.dims.get("measure") == "level"
    ]
    filled = [number for number in levels if block.view.kind(row.number, number) == NUMBER]
    return row.dims.get("unit") in _RATES and len(filled) == 1 < len(levels)
