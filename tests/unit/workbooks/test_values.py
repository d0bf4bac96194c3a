"""What a cell means: figures exactly, absences by their kind, the rest kept as text.

Single forms stand in docs/cell-values.md, which test_values_guide.py reads.
"""

import re
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from demo.messy import FORMS
from govstats.workbooks.cells import Cell
from govstats.workbooks.values import Figure, counted, differs_from_shown, interpret, stored

UNITS = {"人", "万元", "亿元", "%", "‰", "元", "百分点"}
WIDE = str.maketrans("0123456789.,-+()%", "０１２３４５６７８９．，－＋（）％")
MINUS_SIGNS = "-－−﹣‐‑‒–—"


def typed(text: str, signs: dict[str, int] | None = None) -> Figure:
    return interpret(Cell(1, 1, "text", text), UNITS, signs)


def test_other_cells() -> None:
    assert interpret(None, UNITS) == Figure(None, None, "O", "blank", None)
    assert interpret(Cell(1, 1, "error", "#N/A"), UNITS).missing_kind == "error"
    assert interpret(Cell(1, 1, "date", "2020-02-28"), UNITS).missing_kind == "text"
    assert interpret(Cell(1, 1, "other", "TRUE"), UNITS).missing_kind == "text"
    shown = Cell(1, 1, "number", 0.081, is_percent=True)
    assert interpret(shown, UNITS) == Figure(Decimal("8.1"), "%", "A", None, "8.1%")


def test_a_unit_that_is_not_known_leaves_text() -> None:
    assert interpret(Cell(1, 1, "text", "8950人"), ()).missing_kind == "text"
    assert interpret(Cell(1, 1, "text", "12个"), {"个"}).unit == "个"


def test_marks_mean_what_the_bureau_says() -> None:
    assert typed("▲5.2").missing_kind == "text"
    assert typed("▲5.2", {"▲": -1}).value == Decimal("-5.2")
    assert typed("▲5.2%", {"▲": 1, "▼": -1}).value == Decimal("5.2")
    assert typed("(▲5.2)", {"▲": -1}).missing_kind == "text"


@pytest.mark.parametrize(
    ("unit", "value", "found"),
    [
        (None, "35000", None),
        ("人", "35000", "人"),
        ("元", "35000", "元"),
        ("万元", "3.5", "万"),  # 3.5 or 35,000 of them?
        ("亿元", "3.5", "万"),
    ],
)
def test_a_power_of_ten_alone_needs_the_unit_of_its_place(
    unit: str | None, value: str, found: str | None
) -> None:
    figure = counted(typed("3.5万"), unit)
    assert (figure.value, figure.unit, figure.text) == (Decimal(value), found, "3.5万")


def test_what_has_its_own_unit_is_not_counted_again() -> None:
    for text in ("8950人", "12", "待定"):
        assert counted(typed(text), "户") == typed(text)
    assert counted(typed("1" + "0" * 18 + "万"), None).missing_kind == "text"


@pytest.mark.parametrize(
    ("number", "shown", "differs"),
    [
        (12.345678, "12.35", True),
        (12.35, "12.35", False),
        (1234.5, "1,234.50", False),
        (1234.56, "1,235", True),
        (-3.25, "(3.3)", True),
        (12.345678, None, False),
        (1e11, "1E+11", False),
    ],
)
def test_what_is_shown_may_differ(number: float, shown: str | None, differs: bool) -> None:
    assert differs_from_shown(Cell(1, 1, "number", number, shown=shown)) is differs


def test_a_percentage_is_compared_as_it_is_shown() -> None:
    for shown, differs in (("8.1%", False), ("8%", True)):
        cell = Cell(1, 1, "number", 0.081, is_percent=True, shown=shown)
        assert differs_from_shown(cell) is differs
    assert not differs_from_shown(Cell(1, 1, "text", "12", shown="12.0"))


def test_a_figure_no_warehouse_can_hold_is_text() -> None:
    assert typed("1" + "0" * 20).missing_kind == "text"
    assert typed("9" * 20).value == Decimal("9" * 20)
    assert typed("99999999999999999999.999999999").missing_kind == "text"


def test_a_long_figure_keeps_every_digit() -> None:
    digits = "1234567890." + "1234567890" * 4
    assert str(typed(f"-{digits}").value) == f"-{digits}"


def test_stored_rounds_half_away_from_zero() -> None:
    assert stored(Decimal("0.000000005")) == Decimal("0.00000001")
    assert stored(Decimal("-0.000000005")) == Decimal("-0.00000001")
    assert stored(Decimal("99999999999999999999.123456784")).as_tuple().exponent == -8


numbers = st.one_of(
    st.decimals("-1e12", "1e12", places=places, allow_nan=False) for places in (0, 1, 2, 3, 8)
)


def grouped(number: Decimal, separator: str) -> str:
    return f"{number:,f}".replace(",", separator)


@given(numbers, st.sampled_from(["", "人", "%", "亿元", " 万元", "个百分点", "①"]))
def test_any_way_of_writing_a_number_gives_the_number(number: Decimal, behind: str) -> None:
    size = abs(number)
    for digits in (f"{size:f}", *(grouped(size, sign) for sign in ",， \u00a0")):
        forms = [f"({digits})", f"（{digits}{behind}）", f"负{digits}{behind}"]
        forms += [f"{sign}{digits}{behind}" for sign in MINUS_SIGNS]
        forms = forms if number < 0 else [digits, f"+{digits}{behind}", f"　{digits}{behind}\n"]
        for text in forms:
            # a mark of a footnote stands behind the bracket, not in it
            if text.endswith("①）"):
                continue
            assert typed(text).value == number, text
            assert typed(text.translate(WIDE)).value == number, text


@given(numbers)
def test_powers_of_ten_are_exact(number: Decimal) -> None:
    for text, power, unit in (
        (f"{number:f}万元", 0, "万元"),
        (f"{number:f}万人", 4, "人"),
        (f"{number:f}亿人", 8, "人"),
        (f"{number:f}千万元", 3, "万元"),
    ):
        figure = typed(text)
        exact = Decimal(f"{number}E{power}") if "E" not in str(number) else number * 10**power
        if abs(exact) < Decimal(10) ** 20:
            assert (figure.value, figure.unit) == (exact, unit), text


@given(numbers.filter(lambda number: number >= 0), st.sampled_from(sorted(FORMS)))
def test_what_the_generator_writes_is_read_back(number: Decimal, form: str) -> None:
    figure = typed(FORMS[form](f"{number:f}", "万元"))
    if form == "triangle":
        assert figure.missing_kind == "text"
    else:
        assert figure.value == number


SIGNS = "0123456789.,-+()%‰万亿人元 ①▲~/E*　，．（）—…#'²年约"


@given(st.one_of(st.text(max_size=12), st.text(SIGNS, max_size=10)))
@example("1\u0663")
@example("12\n345")
@example("\u202e12")
def test_any_text_gives_a_value_or_a_kind_of_absence(text: str) -> None:
    figure = typed(text)
    assert (figure.value is None) == (figure.missing_kind is not None)
    assert figure.text == text
    assert figure.value is None or is_written(figure.value, text)


def is_written(value: Decimal, text: str) -> bool:
    """Whether a text, stripped of what may stand beside a figure, is how people write it."""
    plain = text.translate({wide: chr(sign) for sign, wide in WIDE.items()})
    plain = re.sub(r"[\u200b-\u200e\u2060\ufeff]", "", plain).replace("\u3000", " ").strip()
    plain = re.sub(r"\s*[①-⑳❶-❿]$", "", plain)
    unit = re.search(r"[^0-9.,\s()]*$", plain.removesuffix(")"))
    assert unit is not None
    digits = re.search(r"[0-9.][0-9., ]*", plain)
    if digits is None or len(re.findall(r"[0-9.]+[0-9., ]*", plain)) != 1:
        return False
    written = digits.group().rstrip(" ")
    size = Decimal(re.sub("[, ]", "", written))
    whole, point, places = written.partition(".")
    groups = {f"{int(size):{form}}" for form in ("d", ",")}
    groups |= {group.replace(",", " ") for group in groups} | ({""} if point else set())
    return whole in groups and (not point or places.isdigit()) and abs(value) >= size


@given(st.floats())
def test_any_stored_double_is_read_or_kept_as_text(number: float) -> None:
    exact = Decimal(repr(number))
    figure = interpret(Cell(1, 1, "number", number), UNITS)
    if not exact.is_finite() or abs(exact) >= 10**20:
        assert figure.missing_kind == "text"
    else:
        assert figure.value == exact
        assert str(figure.value) != "-0"
