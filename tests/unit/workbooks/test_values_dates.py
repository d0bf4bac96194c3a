"""A day in any of the documented forms is that day; nothing else is one."""

import re
from datetime import date, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl.utils.datetime import CALENDAR_MAC_1904, from_excel

from govstats.workbooks.cells import Cell, stored_cell
from govstats.workbooks.values import parse_date
from govstats.workbooks.values_bulk import date_column

WIDE = str.maketrans("0123456789-./", "０１２３４５６７８９－．／")
DIGITS = "〇一二三四五六七八九"
FORMS = (
    "{d.year}-{d.month}-{d.day}",
    "{d:%Y/%m/%d}",
    "{d.year}.{d.month}.{d.day}",
    "{d.year}年{d.month}月{d.day}日",
    "{d.year} 年 {d.month} 月 {d.day} 日",
    "{d:%Y%m%d}",
    "{d:%Y-%m-%d} 23:59:59",
    " {d:%Y-%m-%dT%H:%M}\n",
)
days = st.dates(date(1900, 1, 1), date(2099, 12, 31))


def chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    start = ("" if tens == 1 else DIGITS[tens]) + "十" if tens else ""
    return start + (DIGITS[ones] if ones else "")


@given(days)
def test_a_written_day_is_read_in_every_form(day: date) -> None:
    for form in FORMS:
        assert parse_date(form.format(d=day)) == day
        assert parse_date(form.format(d=day).translate(WIDE)) == day
    year = "".join(DIGITS[int(digit)] for digit in str(day.year))
    assert parse_date(f"{year}年{chinese(day.month)}月{chinese(day.day)}日") == day


@given(st.integers(2200, 190_000), st.floats(0, 0.99))
def test_serials_are_those_of_spreadsheets(serial: int, time_of_day: float) -> None:
    cell = Cell(1, 1, "number", float(serial) + time_of_day)
    whole = Cell(1, 1, "number", float(serial))
    assert parse_date(whole) == parse_date(cell) == from_excel(serial).date()
    assert parse_date(whole, epoch_1904=True) == from_excel(serial, CALENDAR_MAC_1904).date()


@given(days)
def test_a_date_cell_is_its_day(day: date) -> None:
    moment = datetime(day.year, day.month, day.day, 17, 30)
    assert parse_date(stored_cell(1, 1, day)) == parse_date(stored_cell(1, 1, moment)) == day


@pytest.mark.parametrize(
    "cell",
    [
        None,
        "",
        Cell(1, 1, "error", "#N/A"),
        Cell(1, 1, "other", "TRUE"),
        Cell(1, 1, "number", 439.05, is_percent=True),
        Cell(1, 1, "number", float("nan")),
        Cell(1, 1, "number", float("inf")),
        Cell(1, 1, "number", 20201315.0),
        Cell(1, 1, "number", 20200315.5),
    ],
)
def test_what_names_no_day(cell: Cell | str | None) -> None:
    assert parse_date(cell) is None


@given(st.one_of(st.text(max_size=12), st.text("0123456789-/.年月日 一二十〇T:", max_size=11)))
@example("9999年12月31日")
@example("0000-01-01")
@example("二十二十年二月二日")
def test_any_text_is_a_day_it_spells_or_none(text: str) -> None:
    day = parse_date(text)
    if day is not None and not re.search("[一二三四五六七八九〇○零十]", text):
        digits = re.sub(r"\d*:.*$", "", re.sub(r"\D", " ", re.sub(r"[T ]?\d+:.*", "", text)))
        assert digits.split() in (
            [f"{day:%Y%m%d}"],
            *[[f"{day:%Y}", month, f"{day:{form}}"] for month in _months(day) for form in _DAYS],
        )


_DAYS = ("%d", "%-d")


def _months(day: date) -> tuple[str, str]:
    return f"{day:%m}", f"{day:%-m}"


def test_a_column_of_dates() -> None:
    day = date(2020, 3, 15)
    special = {4: Cell(5, 1, "number", 0.5, is_percent=True)}
    values = [43905.0, "2020年3月15日", day, "", 43905.0, "待定", "2020年3月15日"]
    found = date_column(values, special=special).to_pylist()
    assert found == [day, day, day, None, None, None, day]
    assert date_column([42443.0], epoch_1904=True).to_pylist() == [day]
    assert date_column([1.0, True, "1"]).to_pylist() == [date(1900, 1, 1), None, None]
