"""What a cell means: figures exactly, absences by their kind, the rest kept as text."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govstats.workbooks.cells import Cell
from govstats.workbooks.values import Figure, interpret, stored

UNITS = {"人", "万元", "亿元", "%", "‰", "元"}


def typed(text: str) -> Figure:
    return interpret(Cell(1, 1, "text", text), UNITS)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("12.34", "12.34", None),
        ("136,882", "136882", None),
        ("1，234，567.8", "1234567.8", None),
        ("1 234 567", "1234567", None),
        ("　４１１．９１　", "411.91", None),
        ("61.48  ", "61.48", None),
        ("-16.4%", "-16.4", "%"),
        ("－３．７％", "-3.7", "%"),
        ("−0.5", "-0.5", None),
        ("+5.6", "5.6", None),
        ("(12.3)", "-12.3", None),
        ("（1,234.5）", "-1234.5", None),
        ("8950人", "8950", "人"),
        ("8950 人", "8950", "人"),
        ("2.9‰", "2.9", "‰"),
        ("0", "0", None),
        ("0.00", "0", None),
    ],
)
def test_a_typed_figure_is_read_exactly(text: str, value: str, unit: str | None) -> None:
    figure = typed(text)
    assert (figure.value, figure.unit) == (Decimal(value), unit)
    assert (figure.obs_status, figure.missing_kind, figure.text) == ("A", None, text)


@pytest.mark.parametrize(
    ("text", "status", "kind"),
    [
        ("", "O", "blank"),
        (" 　", "O", "blank"),
        ("-", "M", "not_applicable"),
        ("—", "M", "not_applicable"),
        ("——", "M", "not_applicable"),
        ("－", "M", "not_applicable"),
        ("…", "N", "less_than_unit"),
        ("...", "N", "less_than_unit"),
        ("#DIV/0!", "O", "error"),
        ("#n/a", "O", "error"),
    ],
)
def test_absences_are_told_apart(text: str, status: str, kind: str) -> None:
    figure = typed(text)
    assert (figure.value, figure.obs_status, figure.missing_kind) == (None, status, kind)


@pytest.mark.parametrize(
    "text",
    [
        "▲5.2",  # up in one bureau, minus in another
        "12,34",  # 1,234 or 12.34?
        "1,2345",
        "不低于3480元/年",
        "约12",
        "12²",  # a footnote mark, not 122
        "①",
        "12个",  # no known unit
        "(-12)",
        "(12",
        "12)",
        "1.2.3",
        "1.2E+05",
        "007",
        "3-5",
        "2020年",
        "/",
        "待定",
        "----",
    ],
)
def test_what_is_no_figure_stays_text(text: str) -> None:
    assert typed(text) == Figure(None, None, "O", "text", text)


def test_other_cells() -> None:
    assert interpret(None, UNITS) == Figure(None, None, "O", "blank", None)
    assert interpret(Cell(1, 1, "error", "#N/A"), UNITS).missing_kind == "error"
    assert interpret(Cell(1, 1, "other", "2020-02-28"), UNITS).missing_kind == "text"
    shown = Cell(1, 1, "number", 0.081, is_percent=True)
    assert interpret(shown, UNITS) == Figure(Decimal("8.1"), "%", "A", None, "8.1%")


def test_a_figure_no_warehouse_can_hold_is_text() -> None:
    assert typed("1" + "0" * 20).missing_kind == "text"
    assert typed("9" * 20).value == Decimal("9" * 20)


def test_stored_rounds_half_away_from_zero() -> None:
    assert stored(Decimal("0.000000005")) == Decimal("0.00000001")
    assert stored(Decimal("-0.000000005")) == Decimal("-0.00000001")
    assert stored(Decimal("99999999999999999999.123456784")).as_tuple().exponent == -8


numbers = st.decimals(
    min_value=Decimal("-1e12"), max_value=Decimal("1e12"), places=3, allow_nan=False
)


@given(numbers)
def test_any_way_of_writing_a_number_gives_the_number(number: Decimal) -> None:
    wide = str.maketrans("0123456789.,-", "０１２３４５６７８９．，－")
    for text in (f"{number:f}", f"{number:,f}", f"{number:,f}".translate(wide), f" {number:f}人"):
        assert typed(text).value == number, text
    if number < 0:
        assert typed(f"({-number:,f})").value == number


@given(st.text(max_size=12))
def test_any_text_gives_a_value_or_a_kind_of_absence(text: str) -> None:
    figure = typed(text)
    assert (figure.value is None) == (figure.missing_kind is not None)
    assert figure.text == text
    if figure.value is not None:
        assert any(sign.isdigit() for sign in text)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_any_stored_double_is_read_or_kept_as_text(number: float) -> None:
    exact = Decimal(repr(number))
    figure = interpret(Cell(1, 1, "number", number), UNITS)
    assert figure.value == exact or (figure.missing_kind == "text" and abs(exact) >= 10**20)
