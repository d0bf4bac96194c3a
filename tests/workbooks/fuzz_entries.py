"""Registers: every value of every field held against what a person reads there."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from govstats.layouts.extract import Origin
from govstats.layouts.facts import Reading
from govstats.layouts.reading import Knowledge
from govstats.observations.codes import Codes
from govstats.observations.entries import entry_tables
from govstats.workbooks.cells import Workbook
from govstats.workbooks.refusals import Refused
from tests.workbooks.fuzz_draw import Grid
from tests.workbooks.fuzz_grids import REDRAWS as EVERYWHERE
from tests.workbooks.fuzz_grids import merge_figures
from tests.workbooks.fuzz_model import FACTORS, Expect
from tests.workbooks.fuzz_oracle import Wrong, check_refusal, field_cells, read_book
from tests.workbooks.fuzz_register import CHANGES, Register, draw, merge_down, register
from tests.workbooks.fuzz_tables import Pick

Step = tuple[int, tuple[int, ...]]
REDRAWS = tuple(merge_down if entry is merge_figures else entry for entry in EVERYWHERE)


@dataclass
class Filled:
    """A register changed and drawn."""

    form: Register
    grids: list[Grid]
    is_benign: bool = True
    done: list[str] = field(default_factory=list)


def fill_in(changes: Sequence[Step], redraws: Sequence[Step]) -> Filled:
    """Change the register, draw it, change the drawing."""
    made = Filled(register(), [])
    for number, numbers in changes:
        change = CHANGES[number % len(CHANGES)]
        _note(made, change.__name__, change(made.form, Pick(numbers)), numbers)
    made.grids = draw(made.form)
    for number, numbers in redraws:
        redraw = REDRAWS[number % len(REDRAWS)]
        _note(made, redraw.__name__, redraw(made.grids, Pick(numbers)), numbers)
    return made


def _note(made: Filled, name: str, answer: bool | None, numbers: tuple[int, ...]) -> None:
    if answer is not None:
        made.is_benign &= answer
        made.done.append(f"{name}{numbers}: {answer}")


def check_register(made: Filled, known: Knowledge) -> str:
    """What is read of a register against the truth; see ``fuzz_run.check``.

    Raises:
        Wrong: a value is wrong, or a cell is lost without a word.
    """
    sheets = tuple(grid.sheet() for grid in made.grids)
    reading = read_book(Workbook(sheets), known, Origin("s1", "statistics", "2020-12"), "表.xlsx")
    if isinstance(reading, Refused):
        check_refusal(reading)
        if made.is_benign:
            raise Wrong(f"refused: {reading} {reading.facts}")
        return str(reading)
    if not made.form.is_intact:
        raise Wrong("read although its title is lost or of another year")
    seeds = known.seeds
    codes = Codes(seeds.unit_symbols, seeds.area_codes, seeds.department_codes)
    rows = [
        row
        for table in reading.entries
        for piece, _ in entry_tables(table, "s1", "statistics", codes)
        for row in piece.to_pylist()
    ]
    _check_values(rows, made.grids, reading)
    _check_cells(reading, sheets)
    if made.is_benign:
        _check_all(rows, made.grids)
        return "read fully"
    return "read"


def _expects(grids: Sequence[Grid]) -> dict[tuple[str, int, int], Expect]:
    return {
        (grid.name, *place): item.expect
        for grid in grids
        for place, item in grid.cells.items()
        if item.expect is not None
    }


def _check_values(
    rows: Sequence[Mapping[str, Any]], grids: Sequence[Grid], reading: Reading
) -> None:
    expects = _expects(grids)
    for row in rows:
        expect = expects.get((row["sheet"], row["row_number"], row["column_number"]))
        where = {name: value for name, value in row.items() if value is not None}
        if expect is None:
            if row["value_number"] is not None and row["is_total"] is False:
                raise Wrong(f"a figure where a person reads none: {where}")
            continue
        entry, name, said = expect.key
        if row["field_type"] == "number" and row["missing_kind"] and row["value_text"]:
            entry = ""  # a figure merged over several works is handed back as text for the others
        if row["field_id"] != name or entry not in (row["entry_key"] or ""):
            raise Wrong(f"taken for another: {where}, is {expect.key}")
        if row["field_type"] == "number":
            _check_figure(row, expect)
        elif row["field_type"] == "text":
            _require((row["value_text"] or "") == said, f"{where}, is {said!r}")
        else:
            got = str(row["value_date"] or row["value_code"] or "")
            _require(got == said, f"{where}, is {said!r}")


def _check_figure(row: Mapping[str, Any], expect: Expect) -> None:
    if row["value_number"] is None:
        is_right = expect.value is None or (expect.is_doubt and row["missing_kind"] == "text")
        _require(is_right, f"value lost: {row}, is {expect}")
        if expect.missing not in ("", "unit") and expect.value is None:
            kinds = {expect.missing, "text"} if expect.is_doubt else {expect.missing}
            _require(row["missing_kind"] in kinds, f"{row['missing_kind']}: {row}, is {expect}")
        return
    _require(expect.value is not None, f"a value where there is none: {row}, is {expect}")
    base = row["value_number"] * FACTORS[row["value_unit"]]
    _require(base == (expect.value or Decimal(0)), f"wrong value: {row}, is {expect}")


def _check_cells(reading: Reading, sheets: Sequence[Any]) -> None:
    fates = Counter((cell.sheet, cell.row_number, cell.column_number) for cell in reading.cells)
    for table in reading.entries:
        fates.update(field_cells(table))
    stored = {(sheet.name, cell.row, cell.column) for sheet in sheets for cell in sheet.in_order()}
    _require(max(fates.values(), default=1) == 1, f"two fates: {fates.most_common(3)}")
    _require(set(fates) == stored, f"fates differ: {set(fates) ^ stored}")


def _check_all(rows: Sequence[Mapping[str, Any]], grids: Sequence[Grid]) -> None:
    read = {(row["sheet"], row["row_number"], row["column_number"]) for row in rows}
    for place, expect in _expects(grids).items():
        if expect.value is not None and not expect.is_doubt:
            _require(place in read, f"not read: {place} {expect}")


def _require(holds: bool, said: str) -> None:
    if not holds:
        raise Wrong(said)
