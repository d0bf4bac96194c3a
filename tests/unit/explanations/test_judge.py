"""What counts as an explanation of a finding."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govstats.explanations.judge import Standard, plain, without_copied
from govstats.settings import Settings
from tests.unit.explanations.conftest import GOOD, finding

STANDARD = Standard(least=8, most_alike=5, boilerplate=("核实无误", "情况属实", "经核实", "无"))
CHINESE = re.compile("[㐀-鿿]")


def reply(text: str, **changed: object) -> str | None:
    found = STANDARD.judge(text, "李玲", finding(**changed))
    return found.zh if found else None


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        "受疫情影响,二季度商场停业46天",
        "本月新增入库企业三家:\n巴陵材料、洞庭食品、金鹗物流",
        "去年同期有土地增值税清算 2,300 万元;今年无。",
        "核实无误。去年六月起口径包含开发区,今年剔除",  # boilerplate beside a cause
    ],
)
def test_a_cause_in_words_is_one(text: str) -> None:
    assert reply(text) is None


@pytest.mark.parametrize(
    "text", ["核实无误", "经核实,情况属实。", "情 况 属 实 !", "经核实：核实无误"]
)
def test_boilerplate_is_none(text: str) -> None:
    assert "不足 8 个不同的字" in (reply(text) or "")


@pytest.mark.parametrize(
    "text", ["疫情影响", "原因" * 30, "疫情,疫情,还是疫情。", "增长2300、8100、9100万元"]
)
def test_too_little_is_none(text: str) -> None:
    assert "不足 8 个不同的字" in (reply(text) or "")


@pytest.mark.parametrize(
    "text",
    [
        "税收收入2020年1-8月为8123万元,同比增长45.2%,超过常年增幅",
        "核对总量和增速,确属实际情况",
        "经核实,税收收入同比增长45.2%超过常年增幅属实",
        "增幅超过常年水平,同比增长超过常年增幅,确属实际情况",
    ],
)
def test_the_finding_in_other_order_is_none(text: str) -> None:
    assert "重复了审核意见的内容" in (reply(text) or "")


def test_a_cause_that_quotes_the_finding_is_one() -> None:
    text = "税收收入2020年1-8月同比增长45.2%,因去年减税政策到期后恢复征收"
    assert reply(text) is None


@pytest.mark.parametrize(
    "text", ["=1+1", "<script>alert(1)</script>", "one-off payment in June", "2300"]
)
def test_what_is_not_chinese_is_none(text: str) -> None:
    assert reply(text) == "说明不是中文，请用中文写明原因"


def test_somebody_must_have_written_it() -> None:
    found = STANDARD.judge(GOOD, None, finding())
    assert found is not None
    assert found.zh == "未填写填报人，请填写后重新交回"


def test_a_hard_finding_is_mended() -> None:
    assert "改正后重新报送" in (reply(GOOD, severity="hard") or "")


def alike(count: int, rules: int) -> list[object]:
    return [
        replace(finding(), finding_key=f"{n:012x}", rule_id=f"FLU-{n % rules:03d}")
        for n in range(count)
    ]


@pytest.mark.parametrize(
    ("count", "rules", "is_pasted"), [(5, 5, False), (6, 2, True), (40, 1, False), (6, 6, True)]
)
def test_one_text_for_many_findings(count: int, rules: int, is_pasted: bool) -> None:
    """Up to five whatever they are, more only where one rule found them all."""
    found = STANDARD.judge(GOOD, "李玲", finding(), alike(count, rules))  # type: ignore[arg-type]
    assert (found is not None) == is_pasted
    if found:
        assert f"同一说明用于 {rules} 项规则的 {count} 条意见（最多 5 条）" in found.zh


def test_a_long_text_is_quoted_short() -> None:
    assert len(reply("原因" * 3000) or "") < 120


SIGNS = st.text(st.sampled_from("核实无误情况属因去年税款清算增长 ,。!0123abc\n=<"), max_size=60)


@given(SIGNS)
def test_marks_and_spaces_decide_nothing(text: str) -> None:
    """The same words with other marks between them are judged alike."""
    spaced = " ".join(text).replace(",", "，")
    assert (reply(text) is None) == (reply(spaced) is None)


@given(SIGNS)
def test_what_is_accepted_has_words_of_its_own(text: str) -> None:
    """Independent of the judge's own steps: so many different characters are needed at least."""
    if reply(text) is None:
        assert len(set(CHINESE.findall(text))) >= 8


@given(st.text(max_size=60))
def test_any_text_has_an_answer(text: str) -> None:
    assert reply(text) is None or len(reply(text) or "") > 5


@given(SIGNS, SIGNS)
def test_of_a_copy_nothing_is_left(before: str, after: str) -> None:
    source = "税收收入同比增长超过常年增幅"
    assert source not in without_copied(plain(before) + source + plain(after), [source])


def test_the_projects_standard(settings: Settings) -> None:
    standard = Standard.load(settings)
    assert (standard.least, standard.most_alike) == (8, 5)
    for text in ("核实无误", "情况属实", "数据真实准确,无异常", "正常波动,已核对确认无误"):
        assert standard.judge(text, "李玲", finding()) is not None, text
    assert standard.judge(GOOD, "李玲", finding()) is None
