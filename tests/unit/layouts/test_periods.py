"""Periods as titles, sheet names and file names write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govstats.layouts.periods import Statement, find_period, find_periods

CASES = [
    ("岳阳楼区2020年1-2月主要经济指标月报", 2020, 1, 2),
    ("岳阳楼区２０２０年１—１２月主要经济指标月报", 2020, 1, 12),
    ("2020 年 1 － 7 月", 2020, 1, 7),
    ("2020年1至7月", 2020, 1, 7),
    ("2020年1月-3月份", 2020, 1, 3),
    ("2020年1、2月", 2020, 1, 2),
    ("二〇二〇年一至三月", 2020, 1, 3),
    ("2020年一季度", 2020, 1, 3),
    ("2020年第一季度", 2020, 1, 3),
    ("2020年上半年", 2020, 1, 6),
    ("2020年前三季度", 2020, 1, 9),
    ("2020年1-3季度", 2020, 1, 9),
    ("2020年四季度", 2020, 10, 12),
    ("2020年全年", 2020, 1, 12),
    ("2020年2月", 2020, 2, 2),
    ("截至2020年6月30日", 2020, 6, 6),
    ("报表_202006", 2020, None, 6),
    ("报表 2020-06", 2020, None, 6),
    ("1至7月", None, 1, 7),
    ("前三季度", None, 1, 9),
    ("2020年", 2020, None, None),
    ("2020年度主要指标(1-5月)", None, 1, 5),
]


@pytest.mark.parametrize(("text", "year", "first", "last"), CASES)
def test_what_is_written_is_found(
    text: str, year: int | None, first: int | None, last: int | None
) -> None:
    found = find_period(text)
    assert found is not None
    assert (found.year, found.first, found.last) == (year, first, last)


@pytest.mark.parametrize(
    "text",
    ["月报", "", "430602000000", "报表_20200312", "2020-03-12", "增长8.1%", "13月", "1-13号"],
)
def test_what_is_no_period_is_none(text: str) -> None:
    found = find_period(text)
    assert found is None or found.last is None


def test_the_fullest_statement_comes_first() -> None:
    assert [p.text for p in find_periods("2020年报表(2020年1-5月,上年1-5月)")] == [
        "2020年1-5月", "1-5月", "2020年",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "year", "month", "agrees"),
    [
        ("2020年1-3月", 2020, 3, True),
        ("2020年一季度", 2020, 3, True),
        ("2020年3月", 2020, 3, True),
        ("2020年", 2020, 3, True),
        ("1-3月", 2020, 3, True),
        ("2020年1-3月", 2020, 4, False),
        ("2019年1-3月", 2020, 3, False),
        ("2020年2-3月", 2020, 3, False),  # cumulative figures begin in January
        ("2020年上半年", 2020, 3, False),
    ],
)
def test_agreement_with_a_folder(text: str, year: int, month: int, agrees: bool) -> None:
    found = find_period(text)
    assert found is not None
    assert found.agrees(year, month) is agrees


wide = str.maketrans("0123456789-", "０１２３４５６７８９－")
spaced = st.sampled_from(["", " ", "　", "\n"])


@given(
    st.integers(2000, 2099),
    st.integers(2, 12),
    st.sampled_from(["-", "—", "–", "～", "~", "至", "到", "－"]),
    spaced,
    st.booleans(),
    st.sampled_from(["", "岳阳楼区", "附件1:", "表2 "]),
)
def test_any_cumulative_period_is_read(
    year: int, month: int, to: str, space: str, full: bool, before: str
) -> None:
    text = f"{year}{space}年1{space}{to}{space}{month}{space}月"
    found = find_period(before + (text.translate(wide) if full else text) + "月报")
    assert found is not None
    assert (found.year, found.first, found.last, found.is_range) == (year, 1, month, True)


@given(st.text(alphabet="0123456789年月日-至一二三季度上半全前第.", max_size=16))
def test_any_text_gives_legal_months_or_nothing(text: str) -> None:
    for found in find_periods(text):
        assert isinstance(found, Statement)
        assert found.last is None or 1 <= found.last <= 12
        assert found.first is None or 1 <= found.first <= 12
