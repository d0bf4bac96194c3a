"""Values into words and figures."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govstats.release.report import view

FIGURES = st.decimals(
    allow_nan=False, allow_infinity=False, places=6, min_value=-(10**17), max_value=10**17
)


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        ("735.000000", "735"),
        ("42046", "42,046"),
        ("-3.100000", "−3.1"),
        ("0.000000", "0"),
        ("-0.000000", "0"),
        ("100", "100"),
        ("1E+3", "1,000"),
        ("0.000001", "0.000001"),
    ],
)
def test_number(value, printed):
    assert view.number(Decimal(value)) == printed


@given(FIGURES)
def test_number_loses_nothing(value):
    printed = view.number(value)

    assert Decimal(printed.replace(",", "").replace("−", "-")) == value
    assert not ("." in printed and printed.endswith(("0", ".")))


@pytest.mark.parametrize(
    ("value", "printed"),
    [("98.0000", "98"), ("97.1250", "97.13"), ("-0.0040", "−0.004"), ("0.0000", "0")],
)
def test_share_rounds_to_two_decimals_but_never_to_nothing(value, printed):
    assert view.share(Decimal(value)) == view.Figure(printed, "%")


def test_nothing_of_nothing_is_no_rate():
    assert view.ratio(0, 0) == view.Figure("—")
    assert view.ratio(1, 3) == view.Figure("33.33", "%")


@pytest.mark.parametrize(
    ("value", "unit", "printed"),
    [
        ("0.5", "%", ("+0.5", "百分点")),
        ("-25.54", "亿元", ("−25.54", "亿元")),
        ("0", "元", ("0", "元")),
        ("2", "位次", ("+2", "位")),
    ],
)
def test_difference(value, unit, printed):
    assert view.difference(Decimal(value), unit) == view.Figure(*printed)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        (None, "—"),
        (" ", "—"),
        ("10.500000", "10.5"),
        ("-13.0", "−13"),
        ("500", "500"),
        ("430602000000", "430602000000"),
        ("≥ 10.50", "≥ 10.50"),
        ("8950人", "8950人"),
    ],
)
def test_evidence_is_shown_as_found(text, printed):
    assert view.evidence(text) == printed


@pytest.mark.parametrize(
    ("text", "short"),
    [("2019-05-20 10:10", True), ("不大于 2.3212", True), ("能按登记的版式读取", False)],
)
def test_only_short_values_stand_in_a_column_of_figures(text, short):
    assert view.fits(text) is short


def test_unknown_codes_are_shown_and_not_hidden():
    assert view.severity("grave").word == "grave"
    assert view.outcome("skipped", "hard").word == "skipped"
    assert view.measure("share") == "share"
    assert view.period_type("decade") == "decade"
    assert view.scope("world") == "world"
    assert view.light("blue", "未知").word == "未知"


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("三次产业之和,应等于总计;否则:核对", "三次产业之和，应等于总计；否则：核对"),
        ("增长8.1%,目标1,200亿元", "增长8.1%，目标1,200亿元"),
        ("缺少标签“单位:亿元,%”,请补齐", "缺少标签“单位:亿元,%”，请补齐"),
        ("12:30 and a,b;c", "12:30 and a,b;c"),
    ],
)
def test_chinese_prose_has_wide_marks_and_quotes_stay(text, printed):
    assert view.typeset(text) == printed
