"""Values into words and figures."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govstats.release.report import figures, signs
from govstats.release.report.content import numeral
from govstats.release.report.words import Both, both, joined, typeset

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
    assert figures.number(Decimal(value)) == printed


@given(FIGURES)
def test_number_loses_nothing(value):
    printed = figures.number(value)

    assert Decimal(printed.replace(",", "").replace("−", "-")) == value
    assert not ("." in printed and printed.endswith(("0", ".")))


@pytest.mark.parametrize(
    ("value", "printed"),
    [("98.0000", "98"), ("97.1250", "97.13"), ("-0.0040", "−0.004"), ("0.0000", "0")],
)
def test_share_rounds_to_two_decimals_but_never_to_nothing(value, printed):
    assert figures.share(Decimal(value)) == figures.Figure(printed, "%")


def test_nothing_of_nothing_is_no_rate():
    assert figures.ratio(0, 0) == figures.Figure("—")
    assert figures.ratio(1, 3) == figures.Figure("33.33", "%")


@pytest.mark.parametrize(
    ("value", "unit", "printed"),
    [
        ("0.5", "%", ("+0.5", "百分点")),
        ("-25.54", "亿元", ("−25.54", "亿元")),
        ("0", "元", ("0", "元")),
        ("2", "位次", ("+2", Both("位", "places"))),
    ],
)
def test_difference(value, unit, printed):
    assert figures.difference(Decimal(value), unit) == figures.Figure(*printed)


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
    assert figures.evidence(text) == printed


@pytest.mark.parametrize(
    ("text", "short"),
    [("2019-05-20 10:10", True), ("不大于 2.3212", True), ("能按登记的版式读取", False)],
)
def test_only_short_values_stand_in_a_column_of_figures(text, short):
    assert figures.fits(text) is short


def test_unknown_codes_are_shown_and_not_hidden():
    assert signs.sign("severity", "grave", "grave") == signs.Sign("○", "grave", "grey")
    assert signs.outcome("skipped", "hard", "skipped").word == "skipped"
    assert signs.sign("light", "blue", "未知").word == "未知"


def test_only_a_failed_hard_rule_is_red():
    assert signs.outcome("fail", "hard", "未通过") == signs.Sign("■", "未通过", "red")
    assert signs.outcome("fail", "soft", "未通过") == signs.Sign("▲", "未通过", "amber")
    assert signs.outcome("pass", "hard", "通过") == signs.Sign("●", "通过", "green")


def test_parts_are_put_into_the_template_of_their_language():
    said = both("{d}：{n} 条", "{d}: {n}", d=Both("财政局", "Finance"), n=3)

    assert said == Both("财政局：3 条", "Finance: 3")
    assert joined([Both("甲", "A"), "{x}"]) == Both("甲，{x}", "A, {x}")


def test_a_text_without_english_is_shown_once_in_both_languages():
    assert Both("<b>").__html__() == "&lt;b&gt;"
    assert Both("月报", "<i>").__html__() == (
        '<span lang="zh">月报</span><span lang="en">&lt;i&gt;</span>'
    )
    assert Both("月报").english == "月报"


@pytest.mark.parametrize(
    ("place", "chinese"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (35, "三十五")]
)
def test_numerals_of_headings(place, chinese):
    assert numeral(place) == chinese


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
    assert typeset(text) == printed
