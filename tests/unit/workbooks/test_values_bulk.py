"""A column at once says what its cells say one by one."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from govstats.workbooks.cells import Cell, Stored, stored_cell
from govstats.workbooks.values import interpret, stored
from govstats.workbooks.values_bulk import FigureColumn, interpret_column

UNITS = {"人", "万元", "亿元", "%", "‰", "元"}

typed = st.builds("{:.{places}f}".format, st.floats(-1e12, 1e12), places=st.integers(0, 12))
doubles = st.one_of(
    st.floats(),
    st.integers(-(10**18), 10**18).map(float),
    typed.map(float),
    st.builds(
        lambda digits, places: digits / 10**places, st.integers(-(10**9), 10**9), st.integers(0, 9)
    ),
)
texts = st.one_of(
    st.text(max_size=6),
    typed,
    st.sampled_from(["", " ", "8950人", "—", "…", "#N/A", "待定", "8.1%"]),
)
moments = st.one_of(st.dates(), st.datetimes(), st.times(), st.timedeltas(), st.booleans())
values: st.SearchStrategy[Stored] = st.one_of(
    doubles, texts, moments, st.integers(-(10**12), 10**12)
)


def rows(column: FigureColumn) -> list[tuple[Any, ...]]:
    parts = (column.value_number, column.unit, column.obs_status, column.missing_kind)
    return list(zip(*(part.to_pylist() for part in (*parts, column.value_text)), strict=True))


def one_by_one(cells: list[Cell | None]) -> list[tuple[Any, ...]]:
    figures = [interpret(cell, UNITS) for cell in cells]
    return [
        (
            None if f.value is None else stored(f.value),
            f.unit,
            f.obs_status,
            f.missing_kind,
            f.text,
        )
        for f in figures
    ]


def cell(value: Stored) -> Cell | None:
    return None if value == "" else stored_cell(1, 1, value)


@settings(max_examples=300, deadline=None)
@given(st.lists(doubles, max_size=20))
@example([0.1, 12.0, 1e10, 430602000000.0, 1234567890123456.0, 1e22, 1e-7, 1e-5, -0.0, 0.0])
@example(
    [123456789.123456789, 0.123456785, -0.123456785, 0.005000005, 99999999999.5, 0.09999999999]
)
@example([float("nan"), float("inf"), 1e308, 5e-324, 1e20, 99999999999999990000.0])
def test_doubles_are_read_as_one_by_one(numbers: list[float]) -> None:
    assert rows(interpret_column(numbers, UNITS)) == one_by_one([cell(n) for n in numbers])


@settings(max_examples=300, deadline=None)
@given(st.lists(values, max_size=20))
@example(["", 12.5, "8950人", "8950人", date(2020, 3, 1), True, 7])
@example(["12.5", "12.5", "-3", "-0", "007", "12.123456789", "12\n", "1234567890123456789.5", ""])
@example([datetime(2020, 3, 1, 8), time(8), timedelta(hours=30), ""])
def test_anything_is_read_as_one_by_one(mixed: list[Stored]) -> None:
    assert rows(interpret_column(mixed, UNITS)) == one_by_one([cell(value) for value in mixed])


def test_special_cells_count_in_place_of_the_grid() -> None:
    special = {
        1: Cell(2, 1, "number", 0.081, is_percent=True),
        2: Cell(3, 1, "error", "#DIV/0!"),
    }
    column = interpret_column([1.0, 0.081, ""], UNITS, special)
    assert rows(column) == [
        (Decimal("1.00000000"), None, "A", None, "1"),
        (Decimal("8.10000000"), "%", "A", None, "8.1%"),
        (None, None, "O", "error", "#DIV/0!"),
    ]


def test_powers_of_ten_are_counted_where_asked_for() -> None:
    values = ["3.5万", 2.0]
    assert rows(interpret_column(values, UNITS))[0][:2] == (Decimal("3.5"), "万")
    people = rows(interpret_column(values, UNITS, counts=True, unit="人"))
    assert [row[:2] for row in people] == [(Decimal(35000), "人"), (Decimal(2), None)]
    assert rows(interpret_column(values, UNITS, counts=True))[0][:2] == (Decimal(35000), None)
    money = rows(interpret_column(values, UNITS, counts=True, unit="万元"))
    assert money[0][:2] == (Decimal("3.5"), "万")


def test_columns_join() -> None:
    first = interpret_column([1.0], UNITS)
    second = interpret_column(["—", "", "5人"], UNITS)
    assert first.obs_status.type == second.obs_status.type
    assert first.obs_status.dictionary == second.obs_status.dictionary
    assert first.missing_kind.dictionary == second.missing_kind.dictionary
    assert rows(interpret_column([], UNITS)) == []
