"""Two spellings of one label compare equal, two labels never do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govstats.layouts.labels import Label, label, split_unit, squeeze

UNITS = {"亿元", "元", "%", "‰", "位次", "人"}


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("全  市", Label("全市")),
        ("云 溪 区", Label("云溪区")),
        ("　　　第二产业", Label("第二产业")),
        ("　其中:税收收入", Label("税收收入", is_part=True)),
        ("其中：税收收入", Label("税收收入", is_part=True)),
        ("其中税收收入", Label("税收收入", is_part=True)),
        ("其中:", Label("", is_part=True)),
        ("▲城镇新增就业", Label("城镇新增就业", mark="▲")),
        ("▲其中:高校毕业生", Label("高校毕业生", is_part=True, mark="▲")),
        ("增速（％）", Label("增速(%)")),
        ("地区生产总值（含南湖新区、经开区）", Label("地区生产总值(含南湖新区、经开区)")),
        ("２０２０年１—２月", Label("2020年1-2月")),
        ("农、林、\n牧、渔业", Label("农、林、牧、渔业")),
        ("   ", Label("")),
    ],
)
def test_labels(written: str, read: Label) -> None:
    assert label(written) == read


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("总量(亿元)", ("总量", "亿元")),
        ("金额(单位:元)", ("金额", "元")),
        ("同比增长(%)", ("同比增长", "%")),
        ("增速%", ("增速", "%")),
        ("位次", ("位次", "位次")),
        ("地区生产总值(含南湖新区、经开区)", ("地区生产总值(含南湖新区、经开区)", None)),
        ("项目", ("项目", None)),
        ("人(户)", ("人(户)", None)),
    ],
)
def test_units_behind_labels(text: str, parts: tuple[str, str | None]) -> None:
    assert split_unit(text, UNITS) == parts


@given(st.text(max_size=20))
def test_squeezing_again_changes_nothing(text: str) -> None:
    once = squeeze(text)
    assert squeeze(once) == once
    assert not any(sign.isspace() for sign in once)


@given(st.text(alphabet="税收入其中 :：　▲", max_size=12))
def test_a_label_is_stable(text: str) -> None:
    read = label(text)
    assert label(read.text) == Label(read.text)
