"""The scorecard says it in words and shapes, with colour only repeating."""

import io
from decimal import Decimal
from typing import Any

import pytest
from rich.console import Console

from govstats.status import reasons, scorecard_table

ROW: dict[str, Any] = {
    "name_zh": "地区生产总值总量",
    "demand_zh": "突破750亿元",
    "label_zh": "2020年1-12月",
    "actual_value": Decimal("735.000000"),
    "completion_pct": Decimal("98.0000"),
    "expected_pct_seasonal": Decimal("100.0000"),
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
    "expected_pct_seasonal": None,
    "expected_pct_linear": None,
    "gap": None,
    "status": "no_data",
    "status_zh": "无数据",
    "light": "none",
    "no_data_reason_zh": "本级不可观测",
}


def printed(rows: list[dict[str, Any]], width: int = 120) -> str:
    out = io.StringIO()
    Console(file=out, width=width, color_system=None).print(scorecard_table(rows))
    return out.getvalue()


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


def test_no_rows_is_an_empty_table() -> None:
    assert "目标进度" in printed([])
