"""Layouts written for real sheets: each figure equals the same cell read by another library.

What each file must yield stands in ``cases.py``.
"""

import calendar
import re
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from govstats.layouts.extract import Origin
from govstats.layouts.facts import Reading
from govstats.layouts.loader import load_file
from govstats.layouts.reading import Knowledge, find_layout, read_match
from govstats.layouts.seeds import load_seeds
from govstats.workbooks.cells import Place, address, column_number, exact
from govstats.workbooks.limits import Limits
from govstats.workbooks.reader import open_workbook
from tests.real_sheets import independent
from tests.real_sheets.cases import CASES, Case
from tests.real_sheets.comparing import Period, unit
from tests.real_sheets.ruler import expand, load_answers

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def knowledge(project: Path) -> Knowledge:
    seeds = load_seeds(HERE / "seeds")
    schema = project / "layouts" / "schema.json"
    files = sorted((HERE / "layouts").glob("*.yml"))
    layouts = [layout for file in files for layout in load_file(file, schema, seeds)]
    return Knowledge(tuple(layouts), seeds)


def _reading(case: Case, shared: Path, knowledge: Knowledge) -> Reading:
    workbook = open_workbook(shared / "real_sheets" / case.file, Limits())
    origin = Origin("s1", case.department, case.period)
    chosen = find_layout(workbook, knowledge, origin)
    return read_match(workbook, chosen, knowledge, origin, case.received_as)


def test_twelve_files_of_different_kinds_have_layouts(knowledge: Knowledge) -> None:
    assert len({case.file for case in CASES}) >= 12
    assert {layout.shape for layout in knowledge.layouts} == {"table", "register", "ledger"}
    assert {layout.axis for layout in knowledge.layouts} == {
        "indicator",
        "area",
        "period",
        "entry",
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.file)
def test_figures_equal_an_independent_reading(
    case: Case, shared: Path, knowledge: Knowledge
) -> None:
    reading = _reading(case, shared, knowledge)
    theirs = independent.read(shared / "real_sheets" / case.file)
    assert len(reading.observations) == case.crossings
    seen = set()
    figures = 0
    for found in reading.observations:
        place = found.row_number, found.column_number
        assert found.cell == address(*place)
        seen.add((found.sheet, *place))
        expected = _number(theirs[found.sheet].get(place))
        assert found.cell_value == expected, f"{found.sheet}!{found.cell}"
        figures += expected is not None
    assert len(seen) == case.crossings
    assert figures == case.figures
    assert all(_ends_a_month(found.period_end.isoformat()) for found in reading.observations)


ANSWERS = {answers.file: answers for answers in load_answers()}


@pytest.mark.parametrize(
    "case",
    [case for case in CASES if case.crossings and case.file in ANSWERS],
    ids=lambda c: c.file,
)
def test_units_and_periods_are_those_of_the_answers(
    case: Case, shared: Path, knowledge: Knowledge
) -> None:
    """The same cell has the unit and period that a person read there."""
    reading = _reading(case, shared, knowledge)
    workbook = open_workbook(shared / "real_sheets" / case.file, Limits())
    answers = expand(ANSWERS[case.file], {sheet.name: sheet.grid for sheet in workbook.sheets})
    read = [entry for entry in reading.observations if entry.cell_value is not None]
    assert {(entry.sheet, entry.cell) for entry in read} == set(answers)
    for entry in read:
        answer = answers[entry.sheet, entry.cell]
        assert {unit(entry.cell_unit), None} & answer.units, entry
        ends = {_end(period, case.period) for period in answer.periods}
        assert entry.period_end.isoformat()[:7] in ends, entry


@pytest.mark.parametrize("case", [case for case in CASES if case.entries], ids=lambda c: c.file)
def test_entries_stand_where_another_library_finds_them(
    case: Case, shared: Path, knowledge: Knowledge
) -> None:
    reading = _reading(case, shared, knowledge)
    theirs = independent.read(shared / "real_sheets" / case.file)
    assert {table.layout_id: len(table.rows) for table in reading.entries} == case.entries
    for table in reading.entries:
        cells = theirs[table.sheet.name]
        keys = [entry.column for entry in table.fields if entry.is_key]
        numbers = [entry.column for entry in table.fields if entry.type == "number"]
        for row in table.rows:
            assert all((row, column) in cells for column in keys), (table.layout_id, row)
            for column in numbers:
                cell = table.sheet.at(row, column)
                assert ((cell.kind, cell.content) if cell else None) == cells.get((row, column))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.file)
def test_no_cell_is_left_over_unexplained(case: Case, shared: Path, knowledge: Knowledge) -> None:
    reading = _reading(case, shared, knowledge)
    unexplained = [
        f"{cell.sheet}!{cell.cell} {cell.value_text}"
        for cell in reading.cells
        if cell.fate == "unmapped" and not _is_explained(case, cell.sheet, cell.cell)
    ]
    assert unexplained == []
    theirs = independent.read(shared / "real_sheets" / case.file)
    fields = Counter(
        {
            (table.sheet.name, row, entry.column): 1
            for table in reading.entries
            for row in table.rows
            for entry in table.fields
            if (row, entry.column) in theirs[table.sheet.name]
        }
    )
    accounted = [(cell.sheet, cell.row_number, cell.column_number) for cell in reading.cells]
    every = {(sheet, *place) for sheet, cells in theirs.items() for place in cells}
    assert Counter(accounted) + fields == Counter(every)


def _number(value: independent.Value | None) -> Decimal | None:
    """The exact figure of a cell, text that reads as a number too."""
    if value is None:
        return None
    kind, content = value
    if kind == "number" and isinstance(content, float):
        # As the warehouse keeps it: eight places.
        return round(exact(content), 8)
    if kind == "text" and re.fullmatch(r"-?\d+(\.\d+)?", str(content).strip()):
        return Decimal(str(content).strip())
    return None


def _end(period: Period | None, received: str) -> str:
    """The last month of an answered period; the folder's where the sheet states none."""
    return f"{period[0]}-{period[2] or 12:02}" if period else received


def _ends_a_month(day: str) -> bool:
    year, month, last = (int(part) for part in day.split("-"))
    return calendar.monthrange(year, month)[1] == last


def _is_explained(case: Case, sheet: str, cell: str) -> bool:
    return any(_covers(place, sheet, cell) for place in case.left_over)


def _covers(place: str, sheet: str, cell: str) -> bool:
    name, _, span = place.partition("!")
    if name != sheet or not span:
        return name == sheet
    first, last = (_place(corner) for corner in span.split(":"))
    row, column = _place(cell)
    return first[0] <= row <= last[0] and first[1] <= column <= last[1]


def _place(cell: str) -> Place:
    match = re.fullmatch(r"([A-Z]+)(\d+)", cell)
    assert match is not None
    return int(match[2]), column_number(match[1])
