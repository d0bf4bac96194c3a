"""Is a value right, or its cell reported? What is read held against what a person would read."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

import yaml

from govstats.layouts.extract import Origin
from govstats.layouts.facts import FATES, EntryTable, Observation, Reading
from govstats.layouts.reading import Knowledge, find_layout, read_match
from govstats.workbooks.cells import Sheet, Workbook
from govstats.workbooks.refusals import Refused, Words, codes
from tests.workbooks.fuzz_draw import Grid
from tests.workbooks.fuzz_model import FACTORS, Expect

#: Notes that tell of figures which were not read.
TELLING = {"unknown_row", "unknown_column", "unit_mismatch", "missing_row", "missing_column"}
_PLACES = Decimal(1).scaleb(-8)
_BRACES = re.compile(r"\{\w*\}")


class Wrong(AssertionError):
    """A value that is not what a person reads, or a cell that nobody hears of."""


def read_book(book: Workbook, knowledge: Knowledge, origin: Origin, file: str) -> Reading | Refused:
    """What the reader makes of a workbook."""
    try:
        return read_match(book, find_layout(book, knowledge, origin), knowledge, origin, file)
    except Refused as reason:
        return reason


def check_refusal(reason: Refused) -> None:
    """Its texts are complete, its lines are YAML."""
    said = reason.refusal("统计局/2020-03/表.xlsx", Words("统计局", "Statistics"))
    for text in (said.text_zh(), said.text_en()):
        _require(not _BRACES.search(text), f"not filled: {text}")
        _require("表.xlsx" in text, f"names no file: {text}")
    _require(said.code in codes(), f"unknown reason {said.code}")
    if said.lines:
        _require(isinstance(yaml.safe_load(said.lines), dict), f"no YAML: {said.lines}")


def check_reading(reading: Reading, sheets: Sequence[Sheet], grids: Sequence[Grid]) -> None:
    """Every observation right, every cell with one fate, every lost figure told."""
    expects = {
        (grid.name, place): item.expect
        for grid in grids
        for place, item in grid.cells.items()
        if item.expect is not None
    }
    _check_fates(reading, sheets)
    seen: Counter[tuple[str, tuple[str, ...]]] = Counter()
    for entry in reading.observations:
        expect = expects.get((entry.sheet, (entry.row_number, entry.column_number)))
        _check_observation(entry, expect)
        seen[entry.layout_id, _key(entry)] += 1
    twice = [key for key, count in seen.items() if count > 1]
    _require(not twice, f"stated twice: {twice}")
    _check_lost(reading, expects)
    _check_strange(reading, grids)
    for note in reading.notes:
        for text in (note.found_zh, note.expected_zh, note.remedy_zh, note.found_en):
            _require(bool(text) and not _BRACES.search(text), f"note not filled: {note}")


def check_complete(reading: Reading | Refused, grids: Sequence[Grid]) -> None:
    """Nothing happened that the reader does not put up with: every figure is read."""
    _require(isinstance(reading, Reading), f"refused: {_said(reading)}")
    if not isinstance(reading, Reading):
        return
    read = {(entry.sheet, (entry.row_number, entry.column_number)) for entry in reading.observations
            if entry.cell_value is not None}  # fmt: skip
    for grid in grids:
        for place, item in grid.cells.items():
            expect = item.expect
            if expect and expect.value is not None and not expect.is_doubt:
                _require(
                    (grid.name, place) in read,
                    f"not read: {grid.name} {place} {item.value!r} {expect.key}",
                )


def _said(reading: Reading | Refused) -> str:
    if isinstance(reading, Reading):
        return "read"
    return reading.refusal("表.xlsx", Words("局", "Bureau")).text_en()


def _key(entry: Observation) -> tuple[str, ...]:
    return (
        entry.indicator_code, entry.ref_area, entry.scope, str(entry.period_end),
        entry.period_type, entry.measure,
    )  # fmt: skip


def _check_observation(entry: Observation, expect: Expect | None) -> None:
    where = f"{entry.sheet} {entry.cell} {_key(entry)} = {entry.cell_value} {entry.cell_unit}"
    if expect is None:
        raise Wrong(f"an observation where a person reads none: {where}")
    _require(_key(entry) == expect.key, f"taken for another: {where}, is {expect.key}")
    if entry.cell_value is None:
        _require(entry.missing_kind is not None, f"neither value nor absence: {where}")
        may_be_text = expect.is_doubt and entry.missing_kind == "text"
        _require(expect.value is None or may_be_text, f"value lost: {where}, is {expect}")
        kinds = {expect.missing, "text"} if expect.is_doubt else {expect.missing}
        if expect.missing not in ("", "unit") and expect.value is None:
            _require(entry.missing_kind in kinds, f"{entry.missing_kind}: {where}, is {expect}")
        return
    _require(expect.value is not None, f"a value where there is none: {where}, is {expect}")
    base = entry.cell_value * FACTORS[entry.cell_unit]
    _require(
        base == (expect.value or Decimal(0)), f"wrong value: {where}, is {expect.value} in base"
    )


def _check_fates(reading: Reading, sheets: Sequence[Sheet]) -> None:
    fates = Counter((cell.sheet, cell.row_number, cell.column_number) for cell in reading.cells)
    for entry in reading.entries:
        fates.update(field_cells(entry))
    stored = {(sheet.name, cell.row, cell.column) for sheet in sheets for cell in sheet.in_order()}
    _require(max(fates.values(), default=1) == 1, f"two fates: {fates.most_common(3)}")
    _require(set(fates) == stored, f"fates differ: {set(fates) ^ stored}")
    _require({cell.fate for cell in reading.cells} <= set(FATES), "unknown fate")
    observed = {(entry.sheet, entry.row_number, entry.column_number)
                for entry in reading.observations}  # fmt: skip
    for cell in reading.cells:
        is_observed = (cell.sheet, cell.row_number, cell.column_number) in observed
        _require(
            (cell.fate == "observation") == is_observed, f"{cell.fate} {cell.cell}: {is_observed}"
        )


def field_cells(entry: EntryTable) -> Iterable[tuple[str, int, int]]:
    """Non-empty field cells of a register."""
    for row in entry.rows:
        for field in entry.fields:
            if entry.sheet.at(row, field.column) is not None:
                yield entry.sheet.name, row, field.column


def _check_lost(reading: Reading, expects: Mapping[tuple[str, tuple[int, int]], Expect]) -> None:
    """A figure of a known crossing that is not read stands under unmapped, and a note tells."""
    fates = {(cell.sheet, (cell.row_number, cell.column_number)): cell for cell in reading.cells}
    told = TELLING & {note.kind for note in reading.notes}
    for place, expect in expects.items():
        cell = fates.get(place)
        if cell is None or cell.fate == "observation" or expect.value is None:
            continue
        _require(cell.fate == "unmapped", f"a figure taken for {cell.fate}: {cell} {expect.key}")
        is_read = any(table.layout_id == expect.layout for table in reading.tables)
        _require(bool(told) or not is_read, f"a figure lost without a word: {cell} {expect.key}")


def _check_strange(reading: Reading, grids: Sequence[Grid]) -> None:
    """Figures that mean nothing to a person are set aside, and their row or column is told."""
    fates = {(cell.sheet, cell.row_number, cell.column_number): cell for cell in reading.cells}
    kinds = {note.kind for note in reading.notes}
    for grid in grids:
        for place, item in grid.cells.items():
            if item.expect is not None or not isinstance(item.value, float):
                continue
            cell = fates[(grid.name, *place)]
            _require(cell.fate == "unmapped", f"a strange figure taken for {cell.fate}: {cell}")
            detail = cell.fate_detail or ""
            for name in ("row", "column"):
                if detail.startswith(f"{name} not in the layout:"):
                    _require(f"unknown_{name}" in kinds, f"nobody tells of {cell}")


def _require(holds: bool, said: str) -> None:
    if not holds:
        raise Wrong(said)
