"""The scorecard says it in words and shapes, with colour only repeating."""

import io
from decimal import Decimal
from typing import Any

import pytest
from rich.console import Console
from rich.table import Table

from govstats.status import reasons, scorecard_table, systems_table, tally

ROW: dict[str, Any] = {
    "section": "主要预期目标",
    "name_zh": "地区生产总值总量",
    "demand_zh": "突破750亿元",
    "label_zh": "2020年1-12月",
    "actual_value": Decimal("735.000000"),
    "completion_pct": Decimal("98.0000"),
    "expected_pct_path": Decimal("100.0000"),
    "expected_pct_linear": Decimal("100.0000"),
    "gap": Decimal("-2.000000"),
    "gap_unit": "百分点",
    "status": "missed",
    "status_zh": "未完成",
    "light": "red",
    "no_data_reason_zh": None,
}
MISSING = ROW | {
    "name_zh": "城镇调查失业率",
    "actual_value": None,
    "completion_pct": None,
    "expected_pct_path": None,
    "expected_pct_linear": None,
    "gap": None,
    "status": "no_data",
    "status_zh": "无数据",
    "light": "none",
    "no_data_reason_zh": "本级不可观测",
}


SYSTEM: dict[str, Any] = {
    "system_zh": "重点项目信息库",
    "n_attention": 3,
    "words_zh": "在库24个,按期推进21个,滞后2个,停滞1个",
    "label_zh": "2020年1-12月",
}


def shown(table: Table, width: int = 120) -> str:
    out = io.StringIO()
    Console(file=out, width=width, color_system=None).print(table)
    return out.getvalue()


def printed(rows: list[dict[str, Any]], width: int = 120) -> str:
    return shown(scorecard_table(rows), width)


def test_a_line_holds_demand_figure_distance_and_verdict() -> None:
    text = printed([ROW])
    for word in ("突破750亿元", "735", "98.0", "-2百分点", "■ 未完成", "2020年1-12月"):
        assert word in text


def test_missing_figure_is_blank_never_zero_and_its_reason_is_given() -> None:
    text = printed([MISSING])
    assert "○ 无数据" in text
    assert "0" not in text.split("突破750亿元")[1]
    assert reasons([ROW, MISSING]) == ["无数据:城镇调查失业率,本级不可观测"]


@pytest.mark.parametrize("width", [80, 100, 140])
def test_figures_and_verdict_are_never_cut(width: int) -> None:
    text = printed([ROW | {"actual_value": Decimal("42046"), "gap": Decimal("-20.9")}], width)
    for word in ("42046", "100.0", "-20.9百分点", "■ 未完成"):
        assert word in text


def test_each_part_of_the_report_has_its_heading_once() -> None:
    text = printed([ROW, MISSING, ROW | {"section": "第一部分"}])
    assert text.count("主要预期目标") == 1
    assert text.index("主要预期目标") < text.index("城镇调查失业率") < text.index("第一部分")


def test_targets_are_counted_by_status() -> None:
    assert tally([ROW, MISSING, ROW]) == "共3项:■ 未完成 2,○ 无数据 1"


def test_no_rows_is_an_empty_table() -> None:
    assert "目标进度" in printed([])


def test_each_system_says_what_it_shows_and_what_to_look_at() -> None:
    resting = SYSTEM | {"system_zh": "季度讲评", "n_attention": 0, "words_zh": "本期不发布"}
    text = shown(systems_table([SYSTEM, resting]))
    first, second = (
        next(line for line in text.splitlines() if name in line)
        for name in ("重点项目信息库", "季度讲评")
    )
    assert "机制运行 2020年1-12月" in text
    assert "▲ 3" in first
    assert "停滞1个" in first
    assert "▲" not in second
    assert "本期不发布" in second


@pytest.mark.parametrize("width", [60, 132])
def test_no_word_of_a_system_is_lost(width: int) -> None:
    text = shown(systems_table([SYSTEM]), width)
    assert "▲ 3" in text
    assert "重点项目信息库" in text
    assert all(part in "".join(text.split()) for part in ("在库24个", "1个"))


def test_no_systems_is_an_empty_table() -> None:
    assert "机制运行" in shown(systems_table([]))
