"""Patterns of sentences, and Chinese set as it is printed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govstats.release.bulletin.wording import (
    Filling,
    Pattern,
    PatternError,
    as_words,
    joined,
    typeset,
)
from govstats.release.reference import Figure, Reference

FIGURE = Figure("69.4%", Reference("m", "c", (("k", "v"),)), None)


def said(pattern: str, **places: Filling) -> str:
    return as_words(Pattern.parse(pattern).fill(places, "暂无数据"))


def test_places_are_filled_and_parts_without_figures_fall_away() -> None:
    pattern = "{actual}[，完成{completion}][，{pace}]。"
    assert said(pattern, actual="1亿元", completion=FIGURE, pace=()) == "1亿元，完成69.4%。"
    assert said(pattern, actual="1亿元", completion=None, pace="快") == "1亿元，快。"


def test_what_is_missing_outside_brackets_is_said() -> None:
    assert said("完成{completion}。", completion=None) == "完成暂无数据。"


def test_figures_stay_figures() -> None:
    text = Pattern.parse("完成{completion}。").fill({"completion": FIGURE}, "")
    assert text == ("完成", FIGURE, "。")


@pytest.mark.parametrize("wrong", ["a[b", "a]b", "[a[b]]", "a}b", "a{b", "{}", "{A}", "{a.b}"])
def test_what_is_no_pattern_is_refused(wrong: str) -> None:
    with pytest.raises(PatternError):
        Pattern.parse(wrong)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("街道(乡)协税护税,1-9月", "街道（乡）协税护税，1—9月"),
        ("在库24个,已完工6个", "在库24个，已完工6个"),
        ("启动(开工)", "启动（开工）"),
        ("2020-09-30", "2020-09-30"),
        ("甲\u202e乙\x07", "甲\ufffd乙\ufffd"),
        (" 多  余\n空白 ", "多 余 空白"),
    ],
)
def test_typeset(text: str, wanted: str) -> None:
    assert typeset(text) == wanted


@given(st.text())
def test_typeset_words_stay_as_they_are(text: str) -> None:
    assert typeset(typeset(text)) == typeset(text)


@given(st.lists(st.text(st.characters(exclude_characters="{}[]"), max_size=5), max_size=5))
def test_a_pattern_without_places_says_itself(words: list[str]) -> None:
    text = "".join(words)
    assert said(text) == text
    assert as_words(joined([(word,) for word in words], "、")) == "、".join(words)
