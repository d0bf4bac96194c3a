"""Errors are planted as people make them, and put down to the findings that are about them."""

import io
import random
from datetime import date, timedelta
from decimal import Decimal

import pytest
from openpyxl import Workbook, load_workbook

from bench.seeding import many_cells, one_cell, whole_sheet
from bench.seeding.attribution import attributed
from bench.seeding.draw import KINDS, packed
from bench.seeding.errors import Error
from bench.seeding.figures import Catalogue, Figure, Stage
from bench.seeding.unfindable import Unfindable, load
from bench.seeding.workbook import Doubled, Edit, Moved, Typed, edited, reworded
from bench.seeding.world import Found

MAY, JUNE = date(2020, 5, 31), date(2020, 6, 30)


def figure(
    cell: str,
    value: str,
    indicator: str = "works",
    area: str = "here",
    measure: str = "level",
    day: date = JUNE,
    period_type: str = "ytd",
    unit: str = "万元",
) -> Figure:
    column, row = "ABCDEFGH".index(cell[0]) + 1, int(cell[1:])
    series = ("table", "sheet", indicator, area, "own", period_type, measure)
    place = (f"dept-{day:%Y-%m}", "sheet", "dept", "表", cell, row, column, day)
    return Figure(*place, series, measure, Decimal(value), value, unit, is_total=False)


def catalogue(*figures: Figure, stages: tuple[Stage, ...] = ()) -> Catalogue:
    return Catalogue(
        list(figures), list(stages), [], {"whole": [("a", True), ("b", True)]},
        {"万元": [Decimal(10000), Decimal("0.0001")], "亿元": [Decimal(10000)]},
    )  # fmt: skip


def typed(error: Error | None) -> dict[str, object]:
    assert error is not None
    return {edit.cell: edit.value for edit in error.edits if isinstance(edit, Typed)}


def test_two_digits_are_exchanged() -> None:
    one = figure("B5", "1783")
    found = {
        typed(one_cell.transpose(random.Random(n), catalogue(one), one))["B5"] for n in range(30)
    }
    assert found == {Decimal(7183), Decimal(1873), Decimal(1738)}


def test_no_figure_begins_with_nought() -> None:
    one = figure("B5", "10.5")
    drawn = [one_cell.transpose(random.Random(n), catalogue(one), one) for n in range(20)]
    assert drawn == [None] * 20


def test_a_unit_slip_is_ten_thousandfold() -> None:
    one = figure("B5", "51230", unit="万元")
    values = {
        typed(one_cell.slip_unit(random.Random(n), catalogue(one), one))["B5"] for n in range(20)
    }
    assert values == {Decimal("5.12"), Decimal(512300000)}


def test_what_changes_nothing_is_no_error() -> None:
    small = figure("B5", "0.1", measure="growth", unit="%")
    assert one_cell.as_fraction(random.Random(1), catalogue(small), small) is None
    before, now = (
        figure("B5", "7.4", measure="growth", day=MAY),
        figure("B5", "7.3", measure="growth"),
    )
    known = catalogue(before, now)
    assert one_cell.of_another_period(random.Random(1), known, now) is None


def test_growth_of_the_report_before() -> None:
    before, now = (
        figure("B5", "-2.4", measure="growth", day=MAY),
        figure("B5", "3.1", measure="growth"),
    )
    errors = [
        one_cell.of_another_period(random.Random(n), catalogue(before, now), now) for n in range(9)
    ]
    assert {str(typed(e)["B5"]) for e in errors if e} == {"-2.4"}


def test_rows_move_down_by_one() -> None:
    column = [figure(f"B{row}", str(row * 100), f"i{row}") for row in (5, 6, 7, 8)]
    error = many_cells.shift_rows(random.Random(2), catalogue(*column), column[0])
    assert error is not None
    moved = [edit for edit in error.edits if isinstance(edit, Moved)]
    assert all(int(edit.target[1:]) == int(edit.source[1:]) + 1 for edit in moved)
    assert moved[-1].target == "B8"
    assert error.cells == {("表", edit.target) for edit in moved}


def test_areas_near_each_other_are_exchanged() -> None:
    here, there = figure("B5", "120", area="here"), figure("B6", "80", area="there")
    far = figure("B9", "1", area="far")
    error = many_cells.swap_areas(random.Random(1), catalogue(here, there, far), here)
    assert typed(error) == {"B5": Decimal(80), "B6": Decimal(120)}


def test_month_and_year_are_exchanged() -> None:
    month, year = figure("C5", "20", period_type="month"), figure("D5", "120")
    error = many_cells.swap_columns(random.Random(1), catalogue(month, year), month)
    assert typed(error) == {"C5": Decimal(120), "D5": Decimal(20)}


def test_a_part_is_revised_and_its_total_left() -> None:
    whole, a, b = figure("B5", "300", "whole"), figure("B6", "100", "a"), figure("B7", "200", "b")
    error = many_cells.leave_total(random.Random(1), catalogue(whole, a, b), whole)
    assert error is not None
    ((cell, value),) = typed(error).items()
    assert cell in ("B6", "B7")
    assert isinstance(value, Decimal)
    assert Decimal("0.04") < abs(value / {"B6": 100, "B7": 200}[cell] - 1) < Decimal("0.31")
    assert error.cells == {("表", cell), ("表", "B5")}


def test_parts_that_do_not_sum_have_no_total() -> None:
    whole, a, b = figure("B5", "350", "whole"), figure("B6", "100", "a"), figure("B7", "200", "b")
    assert KINDS["total_not_updated"].anchors(catalogue(whole, a, b)) == []


def test_a_stage_below_the_report_before() -> None:
    def stage(day: date, word: str, order: int) -> Stage:
        series = ("entry", "sheet", "路", "", "", "", "stage")
        place = (f"dept-{day:%Y-%m}", "sheet", "dept", "表", "C5", 5, 3, day)
        return Stage(
            Figure(*place, series, "stage", Decimal(0), word, "", is_total=False), word, order
        )

    before, now = stage(MAY, "已开工", 3), stage(JUNE, "完工", 6)
    early = stage(date(2020, 4, 30), "前期手续", 2)
    known = catalogue(stages=(early, before, now))
    error = one_cell.regress(random.Random(1), known, now.figure)
    assert typed(error) == {"C5": "前期手续"}


def test_the_report_before_with_other_words() -> None:
    assert whole_sheet.words("2020-05", "2020-06")[0] == ("2020年1-5月", "2020年1-6月")
    assert ("上半年", "前三季度") in whole_sheet.words("2020-06", "2020-09")


def workbook(*rows: tuple[str | int | None, ...]) -> bytes:
    made = Workbook()
    sheet = made.worksheets[0]
    sheet.title = "表"
    for row in rows:
        sheet.append(row)
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def rows(content: bytes) -> list[tuple[object, ...]]:
    return list(load_workbook(io.BytesIO(content))["表"].values)


@pytest.mark.parametrize(
    ("edits", "expected"),
    [
        ([Typed("表", "B2", Decimal("12.5"))], [("甲", "12.5%"), ("乙", 7)]),
        ([Typed("表", "B2", Decimal("0.85"), is_bare=True)], [("甲", 0.85), ("乙", 7)]),
        ([Moved("表", "B2", "B3")], [("甲", "85%"), ("乙", "85%")]),
        ([Doubled("表", 2)], [("甲", "85%"), ("甲", "85%"), ("乙", 7)]),
    ],
)
def test_edits_are_typed(edits: list[Edit], expected: list[tuple[object, ...]]) -> None:
    before = workbook(("名称", "数"), ("甲", "85%"), ("乙", 7))
    after = edited(before, edits)
    assert rows(after)[1:] == expected
    assert after == edited(before, edits)


def test_a_doubled_row_keeps_merged_cells_below() -> None:
    book = load_workbook(io.BytesIO(workbook(("名称", "数"), ("甲", 1), ("注:合并", None))))
    book["表"].merge_cells("A3:B3")
    buffer = io.BytesIO()
    book.save(buffer)
    after = load_workbook(io.BytesIO(edited(buffer.getvalue(), [Doubled("表", 2)])))["表"]
    assert [area.coord for area in after.merged_cells.ranges] == ["A4:B4"]
    assert after["A4"].value == "注:合并"


def test_headings_are_those_of_the_new_report() -> None:
    old = workbook(("2020年1-5月表", None), ("名称", "5月完成"), ("甲", 5), ("截至2020年5月", None))
    new = workbook(("2020年1-6月表", None), ("名称", "6月完成"), ("甲", 6), ("截至2020年6月", None))
    made = reworded(old, new, whole_sheet.words("2020-05", "2020-06"))
    assert rows(made) == [
        ("2020年1-6月表", None),
        ("名称", "6月完成"),
        ("甲", 5),
        ("截至2020年6月", None),
    ]


def error_at(one: Figure, **changes: object) -> Error:
    edits = (Typed("表", one.cell, Decimal(1)),)
    return Error(
        "digit_transposed", one, frozenset({("表", one.cell)}), frozenset({one.series}), edits, ""
    )


def found(key: str, **changes: object) -> Found:
    plain = {
        "rule_id": "LOG-001", "severity": "soft", "department_code": "dept", "file": "六月.xlsx",
        "sheet": "表", "cell": "B5", "period_end": JUNE, "about": ("works", "here"), "message": "",
    }  # fmt: skip
    return Found(key, **(plain | changes))  # type: ignore[arg-type]


FILES = {"dept-2020-06": "六月.xlsx"}


@pytest.mark.parametrize(
    ("finding", "is_found", "is_located"),
    [
        (found("a"), True, True),
        (found("a", cell="B9"), True, False),
        (found("a", severity="info"), False, False),
        (found("a", file="七月.xlsx", period_end=date(2020, 7, 31)), True, False),
        (
            found("a", file="七月.xlsx", period_end=date(2020, 7, 31), about=("other", "here")),
            False,
            False,
        ),
        (found("a", file=None, sheet=None, cell=None, about=None), True, False),
        (
            found("a", cell=None, sheet=None, message="工作表“表”中“甲(B4、B5)”出现不止一次"),
            True,
            True,
        ),
        (
            found("a", cell=None, sheet=None, message="工作表“表”中“甲(B4、B50)”出现不止一次"),
            True,
            False,
        ),
        (found("known"), False, False),
    ],
)
def test_a_finding_is_put_down_to_its_error(
    finding: Found, is_found: bool, is_located: bool
) -> None:
    (outcome,), _ = attributed(
        [error_at(figure("B5", "12"))], FILES, [finding], frozenset({"known"})
    )
    assert (outcome.is_found, outcome.is_located) == (is_found, is_located)


def test_errors_of_one_figure_are_kept_apart() -> None:
    may, june = figure("B5", "12", day=MAY), figure("B5", "13")
    other = figure("B7", "13", "other")
    far = Figure(**(vars(other) | {"layout_id": "elsewhere", "submission_id": "far-2020-06"}))
    known = catalogue(may, june, far)
    worlds = packed(known, [error_at(may), error_at(june), error_at(far)])
    assert [len(world) for world in worlds] == [2, 1]


def test_what_cannot_be_found_is_listed_by_its_size() -> None:
    def line(until: date | None, below_pct: str | None, below: str | None) -> Unfindable:
        pct, size = (Decimal(text) if text else None for text in (below_pct, below))
        return Unfindable("digit_*", "sheet", "level", until, pct, size, "nothing depends on it")

    # 1.02 and 2 are typed as 1
    small, large = figure("B5", "1.02"), figure("B5", "2")
    for listed in (line(None, "5", None), line(None, None, "0.5")):
        assert listed.covers(error_at(small))
        assert not listed.covers(error_at(large))
    assert line(small.period_end, None, None).covers(error_at(small))
    assert not line(small.period_end - timedelta(days=1), None, None).covers(error_at(small))
    assert line(small.period_end, "5", None).what.endswith(f"until {small.period_end} below 5%")


def test_every_listed_kind_is_one() -> None:
    assert {line.kind for line in load() if "*" not in line.kind} <= set(KINDS)
    assert all(line.reason for line in load())
