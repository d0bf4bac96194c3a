"""Figures as officials write them, and never saying what they do not say."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govstats.release.bulletin import shown

VALUES = st.decimals(-(10**8), 10**8, allow_nan=False, allow_infinity=False, places=6)
UNITS = st.sampled_from(["亿元", "万元", "元", "%", "百分点", "个", "位次"])


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        ("520.450000", "亿元", "520.45亿元"),
        ("735.000000", "亿元", "735亿元"),
        ("18.707900", "亿元", "18.71亿元"),
        ("29122.000000", "元", "29122元"),
        ("95.970000", "%", "95.97%"),
        ("5.000000", "%", "5.0%"),
        ("10.200091", "%", "10.2%"),
        ("-2.109400", "百分点", "-2.1个百分点"),
        ("0.660000", "百分点", "0.66个百分点"),
        ("1.000000", "位次", "第1位"),
        ("0.000000", "处", "0处"),
        ("0.000400", "亿元", "0.0004亿元"),
        ("-0.020000", "百分点", "-0.02个百分点"),
        ("-0.033300", "百分点", "-0.03个百分点"),
    ],
)
def test_amounts(value: str, unit: str, text: str) -> None:
    assert shown.amount(Decimal(value), unit) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("69.3933", "69.4%"),
        ("59.9612", "60.0%"),
        ("75.0000", "75.0%"),
        ("14.7200", "14.7%"),
        ("100.0000", "100.0%"),
        ("99.9700", "99.97%"),
        ("100.0300", "100.03%"),
        ("0.0400", "0.04%"),
        ("0.0000", "0.0%"),
        ("64.2500", "64.3%"),
    ],
)
def test_rates(value: str, text: str) -> None:
    assert shown.percent(Decimal(value)) == text
    assert shown.rate(Decimal(value)) + "%" == text


def test_a_figure_that_misses_its_target_does_not_read_as_the_target() -> None:
    bounds = [Decimal(0), Decimal(750)]
    assert shown.amount(Decimal("749.999600"), "亿元", bounds) == "749.9996亿元"
    assert shown.amount(Decimal("750.000000"), "亿元", bounds) == "750亿元"


def test_computed_points_have_one_decimal() -> None:
    assert shown.points(Decimal("-15.0400")) == "-15.0个百分点"
    assert shown.points(Decimal("0.0400")) == "0.04个百分点"


def test_an_estimate_is_no_finer_than_what_it_was_made_from() -> None:
    assert shown.estimate(Decimal("8353.972583"), "人", Decimal("6999.000000")) == "8354人"
    assert shown.estimate(Decimal("177.175920"), "亿元", Decimal("126.100000")) == "177.2亿元"
    assert shown.estimate(Decimal("1.574618"), "亿元", Decimal("1.056000")) == "1.57亿元"


@given(VALUES, UNITS)
def test_rounding_keeps_the_sign_and_stays_near(value: Decimal, unit: str) -> None:
    number = Decimal(shown.number(value, unit))
    assert (number > 0, number < 0) == (value > 0, value < 0)
    assert abs(number - value) <= Decimal("0.05")
    if shown.decimals(value) <= 2:
        assert number == value


@given(VALUES)
def test_a_rate_is_on_the_same_side_of_the_whole(value: Decimal) -> None:
    number = Decimal(shown.percent(value).removesuffix("%"))
    assert (number > 100, number < 100) == (value > 100, value < 100)
    assert (number > 0, number < 0) == (value > 0, value < 0)


@given(VALUES, st.integers(0, 4))
def test_halves_are_rounded_away_from_zero(value: Decimal, places: int) -> None:
    wanted = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    if wanted:
        assert Decimal(shown.rounded(value, places)) == wanted
