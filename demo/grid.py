"""From the book of figures to the cells of one sheet: what stands where, tidy or untidy."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from demo.book import Book, converted, rounded
from demo.messy import applies, untidy, untidy_cells
from demo.periods import Period
from demo.records import JURISDICTION, Mess, SeriesKey

DASH = "—"
RANK_OF = {"rank": "level", "growth_rank": "growth"}
PLACES = {"growth": 1, "completion": 1, "pull": 2, "share": 1}
UNIT_PLACES = {"亿元": 2, "%": 2, "万户": 2, "万人": 2}


@dataclass(frozen=True)
class Cell:
    """One cell of the body. ``value`` is what is written: a number, a text or nothing.

    ``figure`` is the number the cell stands for, ``measure`` what kind of figure it is.
    """

    value: Decimal | float | str | None
    figure: Decimal | None = None
    measure: str = ""
    places: int = 0
    key: SeriesKey | None = None
    unit: str = ""


@dataclass(frozen=True)
class Row:
    """One row of the body: its plain label, the row above that it is a part of, its cells."""

    label: str
    whole: str
    cells: tuple[Cell, ...]


def body(book: Book, sheet: dict[str, Any], period: Period, edition: str = "first") -> list[Row]:
    """The rows of one edition of a sheet for one period."""
    messes = untidy_cells(book.knowledge.messes, sheet, edition)
    rows: list[Row] = []
    whole = ""
    for entry in row_entries(book, sheet):
        whole = whole if entry.get("indent") else entry["label"]
        if period.year >= entry.get("since", 0):
            cells = tuple(
                _cell(book, sheet, entry | column, entry, messes, period)
                for column in sheet["columns"]
            )
            rows.append(Row(entry["label"], whole, cells))
    return rows


def row_entries(book: Book, sheet: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The declared rows, or one per area for the county comparison."""
    if sheet["rows"] != "areas":
        yield from sheet["rows"]
        return
    for area in book.knowledge.areas:
        ranked = area.group in ("district", "peer")
        yield {
            "label": area.label,
            "printed": area.printed,
            "ref_area": area.ref_area,
            "dash": [] if ranked else list(RANK_OF),
        }


def heading(column: dict[str, Any]) -> str:
    """A column's heading on one line: 累计/绝对量."""
    return "/".join(column["header"])


def _cell(
    book: Book,
    sheet: dict[str, Any],
    spec: dict[str, Any],
    row: dict[str, Any],
    messes: list[Mess],
    period: Period,
) -> Cell:
    if spec.get("role") == "label":
        cell = Cell("　" * row.get("indent", 0) + row.get("printed", row["label"]))
    elif spec.get("role") == "unit":
        cell = Cell(row["unit"])
    else:
        cell = _figure_cell(book, spec, period)
    for mess in messes:
        if applies(mess, period, row["label"], heading(spec)):
            unit = str(row.get("unit", ""))
            cell = untidy(cell, mess, unit, _exact(book, spec, period))
    return cell


def _figure_cell(book: Book, spec: dict[str, Any], period: Period) -> Cell:
    measure = spec["measure"]
    if measure in spec.get("dash", []) or spec.get("period_type") in spec.get("dash", []):
        return Cell(DASH)
    if spec.get("yearly") and not period.is_year_end:
        return Cell(DASH)
    if spec.get("quarterly") and not period.is_quarter_end:
        return Cell(None)
    if spec.get("period_type") == "month":
        return _month_cell(book, spec, period)
    figure = shown(book, spec, period)
    if figure is None:
        return Cell(None)
    return Cell(
        value=figure,
        figure=figure,
        measure=measure,
        places=places_of(spec),
        key=_key(book, spec),
        unit=unit_of(spec),
    )


def _month_cell(book: Book, spec: dict[str, Any], period: Period) -> Cell:
    if period.is_first:
        return Cell(DASH)
    now, before = shown(book, spec, period), shown(book, spec, period.previous)
    if now is None or before is None:
        return Cell(None)
    # No key: a single month is never a published figure, it follows from two totals.
    return Cell(now - before, now - before, "level", places_of(spec), unit=unit_of(spec))


def shown(book: Book, spec: dict[str, Any], period: Period) -> Decimal | None:
    """The figure as the sheet shows it: in its unit, rounded to its places."""
    measure = spec["measure"]
    if measure in RANK_OF:
        return _rank(book, spec, period)
    if measure == "share":
        return _share(book, spec, period)
    key = _key(book, spec)
    value = book.get(key, measure, period)
    if value is None:
        return None
    if measure in ("level", "plan") and spec.get("unit") in ("亿元", "万元", "元"):
        value = converted(value, book.units[key][0], spec["unit"])
    return rounded(value, places_of(spec))


def _share(book: Book, spec: dict[str, Any], period: Period) -> Decimal | None:
    """The part of the series in ``share_of`` that this one is, in per cent, from what is shown."""
    level = spec | {"measure": "level"}
    part = shown(book, level, period)
    whole = shown(book, level | {"indicator": spec["share_of"]}, period)
    return None if part is None or not whole else rounded(part / whole * 100, places_of(spec))


def unit_of(spec: dict[str, Any]) -> str:
    """The unit of a cell's figure."""
    if spec["measure"] == "pull":
        return "百分点"
    if spec["measure"] in PLACES:
        return "%"
    return "位次" if spec["measure"] in RANK_OF else str(spec["unit"])


def places_of(spec: dict[str, Any]) -> int:
    """Decimals a cell shows."""
    if spec["measure"] in RANK_OF:
        return 0
    if "places" in spec and spec["measure"] in ("level", "plan"):
        return int(spec["places"])
    if spec["measure"] == "plan" and spec.get("unit") == "%":
        return 1
    return PLACES.get(spec["measure"], UNIT_PLACES.get(spec.get("unit", ""), 0))


def _rank(book: Book, spec: dict[str, Any], period: Period) -> Decimal | None:
    peers = spec.get("ranked") or [
        area.ref_area for area in book.knowledge.areas if area.group in ("district", "peer")
    ]
    reference = peers[0] if "ranked" in spec else book.knowledge.city
    unit = book.units[SeriesKey(spec["indicator"], reference)][0]
    ranked = spec | {"measure": spec.get("rank_of", RANK_OF[spec["measure"]]), "unit": unit}
    values = {area: shown(book, ranked | {"ref_area": area}, period) for area in peers}
    own = values[spec["ref_area"]]
    if own is None:
        return None
    return Decimal(1 + sum(value is not None and value > own for value in values.values()))


def _key(book: Book, spec: dict[str, Any]) -> SeriesKey:
    area = spec.get("ref_area", book.knowledge.district)
    return SeriesKey(spec["indicator"], area, spec.get("scope", JURISDICTION))


def _exact(book: Book, spec: dict[str, Any], period: Period) -> Decimal | None:
    """A completion rate before rounding, for cells that keep what a formula gave."""
    if spec.get("measure") != "completion":
        return None
    level = book.get(_key(book, spec), "level", period)
    plan = book.get(_key(book, spec), "plan", period)
    return None if level is None or plan is None else level / plan * 100
