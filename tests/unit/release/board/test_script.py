"""What the script writes, against the same thing written in Python."""

import json
import shutil
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, sync_playwright

from govstats.numbers import plain
from govstats.release import board
from govstats.release.reference import Reference
from govstats.release.report import figures, words

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FORMAT = Path(board.__file__).parent / "js" / "format.js"
INDEX = {
    "keys": {"fct": ["name", "period_end", "place"]},
    "names": {"units": {"亿元": ["亿元", "100 million yuan"], "家": ["家", "establishments"]}},
}


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    """An empty page in a browser."""
    if CHROMIUM is None:
        pytest.skip("there is no Chromium on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM)
        yield browser.new_page()
        browser.close()


@pytest.fixture
def run(page: Page) -> Any:
    """Return the value of an expression that uses ``format.js``, with ``given`` as a name."""
    source = FORMAT.read_text(encoding="utf-8")

    def made(expression: str, given: Any, english: bool = False) -> Any:
        head = (
            f"const index = {json.dumps(INDEX)}, english = {json.dumps(english)};"
            "const t = (zh, en) => english ? en : zh;"
            "const named = (list, code) => (index.names[list][code] || [code, code])"
            "[english ? 1 : 0];"
        )
        return page.evaluate(f"given => {{ {head}\n{source}\nreturn {expression}; }}", given)

    return made


@pytest.mark.parametrize(
    "name",
    ["东茅岭商圈提质", "a b&c=d?e#f/g:h", "100%~_-.'(“厕所”)!*", "全\u3000角\u00a0空格", "", None,
     "\u202e反", "=1+1;@", "𠮷野家"],
)  # fmt: skip
def test_an_address_is_the_one_that_trace_reads(run, name):
    key = {"name": name, "period_end": "2020-09-30", "place": "B7"}
    expected = Reference.of("fct", "obs_value", key)
    written = run("reference(given, 'obs_value')", {"$mart": "fct", **key})

    assert written == str(expected)
    assert Reference.parse(written) == expected


def decimals() -> list[Decimal]:
    """Figures near every edge of rounding, of both signs and many lengths."""
    texts = ["0", "0.004", "0.005", "-0.005", "0.0049", "1.005", "-1.005", "99.995", "-99.995",
             "1234567.125", "0.000001", "10.10", "-2.8337", "75", "9.994999", "1000"]  # fmt: skip
    spread = [Decimal(n * n * 7919 % 2_000_003 - 1_000_001) / 10**place
              for n in range(60) for place in (0, 2, 3, 4, 6)]  # fmt: skip
    return [*map(Decimal, texts), *spread]


def test_figures_are_written_as_in_the_report(run):
    values = decimals()
    shown = run("given.map(each => number(rounded(each)))", [plain(value) for value in values])
    assert shown == [figures.share(value).number for value in values]
    full = run("given.map(number)", [plain(value) for value in values])
    assert full == [figures.number(value) for value in values]


@pytest.mark.parametrize(
    ("value", "unit", "kind", "text", "english"),
    [
        ("520.45", "亿元", "plain", "520.45 亿元", "520.45 × 100 million yuan"),
        ("58.6074", "%", "share", "58.61 %", "58.61 %"),
        ("-2.8337", "百分点", "gap", "−2.83 百分点", "−2.83 百分点"),
        ("3", "百分点", "gap", "+3 百分点", "+3 百分点"),
        ("0", "百分点", "gap", "0 百分点", "0 百分点"),
        ("2", "位次", "plain", "第 2 位", "rank 2"),
        ("-1", "位次", "gap", "−1 位", "−1 places"),
        ("4", "", "rank", "第 4 位", "rank 4"),
        ("1840000", "家", "count", "1,840,000 家", "1,840,000 establishments"),
    ],
)
def test_a_figure_has_its_unit(run, value, unit, kind, text, english):
    expression = "(f => (f.number + ' ' + f.unit).trim())(shown(...given))"
    assert run(expression, [value, unit, kind]) == text
    assert run(expression, [value, unit, kind], english=True) == english


@pytest.mark.parametrize(
    "text",
    [
        "1-9月累计520.45亿元,目标突破750亿元;季节性进度71.5%,落后2.1个百分点;欠进度。",
        "往年同期占全年比重的平均:2018年71.4%、2019年71.6%",
        "10:30收到,“原文,不改:1,2”",
        "1,234.5亿元",
    ],
)
def test_prose_is_set_as_in_the_report(run, text):
    assert run("typeset(given)", text) == words.typeset(text)


def test_brackets_around_chinese_are_wide(run):
    assert run("typeset(given)", "左右(允许误差0.5个百分点),低于(n=2)") == (
        "左右（允许误差0.5个百分点），低于(n=2)"
    )


def test_marks_that_turn_text_round_are_shown_as_such(run):
    assert run("printable(given)", "a\u202eb\x00c") == "a\ufffdb\ufffdc"
