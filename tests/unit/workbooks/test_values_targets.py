"""Targets in words: understood to the last sign, or handed back as they stand."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govstats.workbooks.values import measure_words, parse_target
from govstats.workbooks.values_wording import wording

SEEDS = Path(__file__).parents[3] / "dbt_project" / "seeds"
UNITS = {"人", "万元", "亿元", "%", "‰", "元", "百分点", "万户"}
WORDS = wording().targets


def column(seed: str, name: str) -> set[str]:
    with (SEEDS / seed).open(encoding="utf-8", newline="") as handle:
        return {row[name] for row in csv.DictReader(handle)}


def test_operators_and_units_are_those_of_the_tables() -> None:
    named = {*WORDS.before, *WORDS.after, *WORDS.falling, *WORDS.falling.values()}
    named |= {*WORDS.bare.values(), WORDS.zero.operator, WORDS.rank.operator, WORDS.peer.operator}
    assert named <= column("operators.csv", "operator")
    units = column("units.csv", "unit_measure")
    assert {WORDS.rank.unit, *WORDS.rates, *wording().numbers.spellings.values()} <= units


def test_powers_of_ten_are_powers_of_ten() -> None:
    scales = wording().numbers.scales
    assert (scales["万"], scales["亿"], scales["万亿"]) == (4, 8, 12)
    assert [len(word) for word in scales] == sorted(len(word) for word in scales)


def test_no_word_has_two_meanings() -> None:
    lists = [WORDS.idle, WORDS.reach, WORDS.sink, WORDS.up, WORDS.added, WORDS.down]
    before = [word for words in (*lists, *WORDS.before.values()) for word in words]
    after = [word for words in (WORDS.idle, *WORDS.after.values()) for word in words]
    for words in (before, after):
        assert sorted({*words}) == sorted(words)


def test_measure_words_are_no_units_already() -> None:
    assert {"个", "家", "公里"} <= measure_words()
    assert not measure_words() & set(wording().numbers.scales)


figures = st.decimals("0.01", "1e9", places=2)


@given(figures, st.sampled_from(sorted(WORDS.before)), st.sampled_from(["%", "亿元", "个", ""]))
def test_words_before_a_figure(figure: Decimal, operator: str, unit: str) -> None:
    for word in WORDS.before[operator]:
        for digits in (f"{figure:f}", f"{figure:,f}"):
            (part,) = parse_target(f"力争{word}{digits}{unit}", UNITS)
            assert (part.operator, part.low, part.unit or "") == (operator, figure, unit)
            assert part.high is part.per is part.measure is part.subject is None


@given(figures, st.sampled_from(sorted(WORDS.after)), st.sampled_from(["%", "亿元", "个", ""]))
def test_words_behind_a_figure(figure: Decimal, operator: str, unit: str) -> None:
    for word in WORDS.after[operator]:
        (part,) = parse_target(f"工业投资{figure:f}{unit}{word}", UNITS)
        assert (part.operator, part.low, part.unit or "") == (operator, figure, unit)
        assert part.subject == "工业投资"


@given(figures, figures, st.sampled_from("-—–~～至到"), st.sampled_from(["%", "万元", ""]))
def test_ranges(one: Decimal, other: Decimal, sign: str, unit: str) -> None:
    low, high = sorted((one, other))
    for text in (f"{low:f}{sign}{high:f}{unit}", f"{low:f}{unit}{sign}{high:f}{unit}"):
        parts = parse_target(text, UNITS)
        if low == high:
            assert parts == ()
        else:
            assert (parts[0].operator, parts[0].low, parts[0].high) == ("ge", low, high)
    assert parse_target(f"{high:f}{sign}{low:f}{unit}", UNITS) == ()


@pytest.mark.parametrize(
    "text",
    [
        "不",
        "不增长8%",
        "低于8%",
        "每百人3个",
        "第3季度",
        "由28个增加到30个",
        "100万元至120人",
        "约100个以上",
        "增长8%下降3%",
        "控制在3%-4%",
        "下降3%-4%",
        "3480元/年/人",
        "每月3480元/年",
        "3480元/项目",
        "超10%以内",
        "100/年",
        "10个社区",
        "２０２０年",
        "#N/A",
        "1.2.3",
    ],
)
def test_what_is_not_wholly_understood_is_no_target(text: str) -> None:
    assert parse_target(text, UNITS) == ()


def test_a_clause_that_is_not_understood_stays_beside_the_others() -> None:
    parts = parse_target("完成投资2.5亿元；主体工程封顶\n新增就业９０００人。", UNITS)
    assert [part.operator for part in parts] == ["ge", None, "ge"]
    assert [part.text for part in parts] == [
        "完成投资2.5亿元",
        "主体工程封顶",
        "新增就业９０００人",
    ]
    assert parts[2].low == 9000


SIGNS = (
    "0123456789.,-%‰万亿元人个年月/，；。 ≥≤>不超过低于增长下降突破达到控制在以上内左右第一前约零清"
)


@given(st.one_of(st.text(max_size=20), st.text(SIGNS, max_size=14)))
def test_any_text_is_cut_and_never_lost(text: str) -> None:
    parts = parse_target(text, UNITS)
    place = 0
    for part in parts:
        place = text.index(part.text, place) + len(part.text)
        if part.operator is None:
            assert part.low is part.high is part.unit is part.per is None
        elif part.low is not None and part.measure != "rank" and part.low != 0:
            assert sum(sign.isdigit() for sign in part.text) > 0
    assert not parts or any(part.operator for part in parts)
