"""No sentence contradicts its figures, whatever the figures are."""

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govstats.release.bulletin import targets
from govstats.release.bulletin.rows import Row
from govstats.release.bulletin.sections import (
    areas,
    duties,
    headline,
    outlook,
    overall,
    paths,
    peers,
)
from govstats.release.bulletin.sections import turned as turned_section
from govstats.release.bulletin.voice import growth
from govstats.release.bulletin.wording import as_words
from govstats.release.reference import Figure
from tests.unit.release.bulletin.speaking import DAY, FORBIDDEN, cells, target, texts, voice

FIGURES = st.decimals(-5000, 5000, allow_nan=False, allow_infinity=False, places=4)
NUMBER = re.compile(r"\d+(?:\.\d+)?")
UP, DOWN, SAME = r"增长|上升|高于|快于|高", r"下降|低于|慢于|低", r"持平"


def agree(text: str, value: Decimal) -> None:
    """The words say the direction of the value, and nothing else does."""
    said = [bool(re.search(words, text)) for words in (UP, DOWN, SAME)]
    assert said == [value > 0, value < 0, value == 0], f"{value}: {text}"
    if value:
        (number,) = NUMBER.findall(text)
        wanted = abs(value).quantize(Decimal("0.1"), ROUND_HALF_UP)
        assert abs(Decimal(number) - wanted) <= Decimal("0.05")
        assert Decimal(number) > 0


@given(FIGURES)
def test_growth_says_the_sign(value: Decimal) -> None:
    row = target(kind="growth", actual_value=value)
    agree(as_words(growth(voice("headline"), row, "actual_value")), value)


@given(FIGURES)
def test_pace_and_distance_say_the_sign(gap: Decimal) -> None:
    said = as_words(targets.progress(voice("paths"), target(gap=gap)))
    agree(said.split("，")[-1], gap)
    assert "季节性进度" in said
    rate = target(kind="rate", completion_pct=None, gap=gap, unit_measure="%")
    said = as_words(targets.progress(voice("paths"), rate))
    agree(said.split("，")[-1], gap)
    assert "年度目标" in said


@given(FIGURES)
def test_direction_targets_are_compared_with_last_year(gap: Decimal) -> None:
    row = target(kind="direction", completion_pct=None, target_value=None, gap=gap, gap_unit="件")
    said = as_words(targets.progress(voice("paths"), row)).split("，")[-1]
    assert "上年同期" in said
    assert [word in said for word in ("高于", "低于", "持平")] == [gap > 0, gap < 0, gap == 0]


@given(FIGURES)
def test_relative_targets_say_the_smallest_lead(value: Decimal) -> None:
    row = target(kind="relative", actual_value=value, unit_measure="百分点", target_value=None)
    said = as_words(targets.progress(voice("paths"), row))
    assert ("各项均高于" in said, "低于" in said, "持平" in said) == (
        value > 0,
        value < 0,
        value == 0,
    )


@given(FIGURES)
def test_a_cut_that_is_none_is_not_called_one(value: Decimal) -> None:
    row = target(kind="reduction", actual_value=value, unit_measure="%", gap=None)
    said = as_words(targets.progress(voice("paths"), row))
    assert ("压减" in said, "增加" in said, "持平" in said) == (value > 0, value < 0, value == 0)


@given(st.decimals(0, 300, places=4, allow_nan=False), st.booleans())
def test_the_year_ends_without_a_path(completion: Decimal, is_short: bool) -> None:
    left = Decimal("1.5") if is_short else Decimal(0)
    row = target(is_final=True, completion_pct=completion, remaining_value=left)
    said = as_words(targets.progress(voice("paths", "year"), row))
    assert "进度" not in said
    assert ("尚差1.5亿元" in said) == is_short


KINDS = ["level", "growth", "rate", "rank", "relative", "milestone", "direction", "zero", "stock"]


@given(
    kind=st.sampled_from([*KINDS, "reduction"]),
    value=st.none() | FIGURES,
    completion=st.none() | st.decimals(0, 200, places=4, allow_nan=False),
    gap=st.none() | FIGURES,
    goal=st.none() | FIGURES,
    unit=st.sampled_from(["亿元", "%", "百分点", "位次", "项", "件"]),
    reason=st.none() | st.just("未报送"),
    is_final=st.booleans(),
)
def test_whatever_is_missing_the_clause_is_chinese(**values: Any) -> None:
    row = target(
        kind=values["kind"],
        actual_value=values["value"],
        completion_pct=values["completion"],
        gap=values["gap"],
        gap_unit=values["unit"],
        target_value=values["goal"],
        unit_measure=values["unit"],
        no_data_reason_zh=values["reason"],
        is_final=values["is_final"],
    )
    kind = "year" if values["is_final"] else "quarter"
    clause = headline._clause(voice("headline", kind), row)
    said = as_words(clause)
    assert not FORBIDDEN.search(said), said
    if values["value"] is None:
        assert "无数据" in said
        assert "不作判断" in said
    for piece in clause:
        if isinstance(piece, Figure):
            column = piece.reference.column
            assert piece.value == row[column]
            assert dict(piece.reference.key) == {"target_id": "t-1", "period_end": "2020-09-30"}


def summary(rows: list[Row]) -> Row:
    counts = {
        column: sum(row["status"] == code for row in rows)
        for column, code in targets.STATUSES.items()
    }
    lights = {
        column: sum(row["light"] == code for row in rows) for column, code in targets.LIGHTS.items()
    }
    values = {
        "report_year": 2020,
        "ref_area": "430000000000",
        "period_end": DAY,
        "summary_by": "all",
        "group_code": "",
        "group_zh": "全部目标",
        "n_targets": len(rows),
        **counts,
        **lights,
    }
    key = ("report_year", "ref_area", "period_end", "summary_by", "group_code")
    return Row("fct_progress_summary", key, values)


STATES = st.sampled_from(
    [
        ("met", "green"),
        ("ahead", "green"),
        ("on_path", "green"),
        ("behind", "yellow"),
        ("behind", "red"),
        ("no_data", "none"),
    ]
)


@given(st.lists(STATES, max_size=12), st.booleans())
def test_counts_of_ahead_and_behind_add_up(states: list[tuple[str, str]], is_main: bool) -> None:
    rows = [
        target(
            target_id=f"t-{n}",
            name_zh=f"目标{n}",
            status=status,
            light=light,
            is_main=is_main and n % 2 == 0,
            actual_value=None if status == "no_data" else Decimal(60),
            no_data_reason_zh="未报送" if status == "no_data" else None,
        )
        for n, (status, light) in enumerate(states)
    ]
    said = texts(paths.write(voice("paths", progress=rows, summary=[summary(rows)])))
    told = {
        word: [int(n) for text in said for n in re.findall(rf"^{word}(\d+)个", text)]
        for word in ("已完成", "超进度", "达进度", "欠进度", "红灯", "黄灯", "无数据")
    }
    found = [status for status, _ in states]
    for word, code in {"已完成": "met", "超进度": "ahead", "达进度": "on_path"}.items():
        assert told[word] == ([found.count(code)] if code in found else [])
    reds, yellows = states.count(("behind", "red")), states.count(("behind", "yellow"))
    assert sum(told["红灯"]) + sum(told["黄灯"]) == sum(told["欠进度"]) == reds + yellows
    assert sum(told["无数据"]) == found.count("no_data")
    for text in said:
        assert not FORBIDDEN.search(text), text
        assert text.endswith(("。",)) or "。" not in text
    everything = "".join(said)
    if not reds + yellows:
        assert "没有欠进度的目标" in everything
    for n, (status, light) in enumerate(states):
        if light in ("red", "yellow") and not (is_main and n % 2 == 0):
            assert f"目标{n}（" in everything, status


@given(st.lists(STATES, min_size=1, max_size=6), st.sampled_from(["month", "quarter", "year"]))
def test_the_overall_counts_are_those_of_the_summary(
    states: list[tuple[str, str]], kind: str
) -> None:
    rows = [target(status=status, light=light) for status, light in states]
    whole = summary(rows)
    whole.values["on_path_pct"] = None  # type: ignore[index]
    said = texts(overall.write(voice("overall", kind, progress=rows, summary=[whole])))
    assert not FORBIDDEN.search("".join(said)), said
    counts, _, lights = said[0].partition("按灯号分")
    total, *parts = [int(n) for n in re.findall(r"(\d+)个", counts)]
    assert total == sum(parts) == len(states)
    lit = [light for _, light in states if light != "none"]
    assert sum(int(n) for n in re.findall(r"(\d+)个", lights)) == (len(lit) if lights else 0)
    assert bool(lights) == (bool(lit) and kind != "year")


def scored(code: str, rank: int | None, value: str = "50", basis: str = "completion") -> Row:
    values = {
        "ref_area": code,
        "area_zh": f"街道{code}",
        "indicator_code": "x",
        "indicator_zh": "某指标",
        "period_end": DAY,
        "obs_value": Decimal(value),
        "plan_value": Decimal(100),
        "unit_measure": "万元",
        "completion_pct": Decimal(value),
        "expected_pct_seasonal": Decimal("61.8718"),
        "state": "behind",
        "state_zh": "欠进度",
        "absence_zh": None,
        "rank_basis": basis,
        "rank_computed": rank,
    }
    return Row("fct_area_scorecard", ("ref_area", "indicator_code", "period_end"), values)


@given(st.lists(st.integers(0, 6), min_size=1, max_size=12))
def test_ranks_are_told_in_order_and_nobody_twice(scores: list[int]) -> None:
    ranks = [1 + sum(other > score for other in scores) for score in scores]
    rows = sorted(
        (scored(f"{n:02}", rank) for n, rank in enumerate(ranks)),
        key=lambda row: (row["rank_computed"], row["ref_area"]),
    )
    (said,) = texts(areas._indicator(voice("areas"), rows))
    assert not FORBIDDEN.search(said), said
    best = [int(n) for n in re.findall(r"第(\d+)位", said.partition("靠后")[0])]
    worst = [int(n) for n in re.findall(r"第(\d+)位", said.partition("靠后")[2])]
    assert best == sorted(best)
    assert worst == sorted(worst, reverse=True)
    assert all(good < bad for good in best for bad in worst)
    named = re.findall(r"街道(\d\d)（", said)
    assert len(named) == len(set(named))
    assert (not best) == ("不逐一列出" in said)
    assert best or not worst


def peer(**values: Any) -> Row:
    usual: dict[str, Any] = {
        "indicator_code": "x",
        "name_zh": "某指标",
        "period_end": DAY,
        "ref_area": "a",
        "parent_ref_area": "c",
        "rank_basis": "level",
        "obs_value": Decimal("520.45"),
        "unit_measure": "亿元",
        "growth_pct": Decimal("2.9"),
        "rank_computed": 1,
        "difference_from_city_pp": Decimal("0.4"),
        "n_peers": 9,
    }
    key = ("indicator_code", "period_end", "ref_area")
    return Row("fct_peer_comparison", key, usual | values)


@given(
    value=st.none() | FIGURES,
    rate=st.none() | FIGURES,
    lead=st.none() | FIGURES,
    rank=st.none() | st.integers(1, 9),
    basis=st.sampled_from(["level", "growth"]),
)
def test_the_city_is_compared_by_the_sign(
    value: Decimal | None, rate: Decimal | None, lead: Decimal | None, rank: int | None, basis: str
) -> None:
    row = peer(
        obs_value=value,
        growth_pct=rate,
        difference_from_city_pp=lead,
        rank_computed=rank,
        rank_basis=basis,
    )
    blocks = peers.write(voice("peers", peers=[row]))
    (said,) = texts(blocks)
    assert not FORBIDDEN.search(said), said
    if rate is not None:
        assert ("同比增长" in said, "同比下降" in said) == (rate > 0, rate < 0)
    if lead is not None:
        assert ("增速高于乙市平均水平" in said, "增速低于乙市平均水平" in said) == (
            lead > 0,
            lead < 0,
        )
    assert ("位" in said.replace("单位", "")) == (rank is not None)
    (line,) = cells(blocks)
    assert "None" not in "".join(line)


def test_a_hand_worked_comparison() -> None:
    said = texts(peers.write(voice("peers", peers=[peer()])))
    assert said == [
        "某指标520.45亿元，同比增长2.9%，增速高于乙市平均水平0.4个百分点；绝对量居全市9个县（市、区）第1位。"
    ]
    row = peer(growth_pct=Decimal("-4"), difference_from_city_pp=Decimal(0), rank_basis="growth")
    assert texts(peers.write(voice("peers", peers=[row]))) == [
        "某指标520.45亿元，同比下降4.0%，增速与乙市平均水平持平；增速居全市9个县（市、区）第1位。"
    ]


@pytest.mark.parametrize(
    ("section", "write", "said"),
    [
        ("peers", peers.write, ["本期没有全市比较数据。"]),
        ("areas", areas.write, ["本期没有街道（乡）数据。"]),
        ("duties", duties.write, ["本期没有应报报表。"]),
        ("outlook", outlook.write, ["本期没有可以推算的目标。"]),
        ("headline", headline.write, ["本期没有主要预期目标的数据。"]),
        ("turned", turned_section.write, ["与上一报告期相比，各目标状态均无变化。"]),
    ],
)
def test_where_there_is_nothing_it_is_said(section: str, write: Any, said: list[str]) -> None:
    assert texts(write(voice(section))) == said


def test_a_month_tells_statuses_that_changed() -> None:
    rows = [
        target(name_zh="甲", status="on_path", status_zh="达进度"),
        target(name_zh="乙"),
        target(name_zh="丙", status="no_data", status_zh="无数据"),
    ]
    said = texts(turned_section.write(voice("turned", "month", progress=rows)))
    assert said == ["与上一报告期相比，状态有变化的目标1个：甲（由欠进度转为达进度）。"]


def test_names_that_are_lists_are_kept_apart() -> None:
    speaker = voice("paths")
    assert as_words(speaker.listed([("甲",), ("乙",)])) == "甲、乙"
    assert as_words(speaker.listed([("甲、丙",), ("乙",)])) == "甲、丙；乙"


def test_hostile_names_hide_nothing() -> None:
    row = target(name_zh="目标\u202e\x00(甲)", lead_zh="<b>")
    said = as_words(headline._clause(voice("headline"), row))
    assert "\u202e" not in said
    (line,) = cells([headline.table(voice("headline"), "表", [row])])
    assert line[0] == "目标\ufffd\ufffd（甲）"
    assert line[-1] == "<b>"
