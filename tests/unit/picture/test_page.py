"""The page: every cell named, nothing of a sheet ever becomes markup, nothing from outside."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from html.parser import HTMLParser

import pytest

from govstats.errors import Refusal
from govstats.layouts.facts import CellFate, Note, Observation
from govstats.layouts.inspection import Inspection, Likeness, RemarkSeen, TableSeen
from govstats.picture.draw import draw
from govstats.picture.marks import marks
from govstats.picture.model import Meaning, SheetPicture
from govstats.picture.names import Names
from govstats.picture.page import render
from govstats.workbooks.cells import Merge, Place, Sheet

NASTY = "<script>alert(1)</script><img src=x onerror=alert(1)>\"' onmouseover=alert(1) &amp;"
NAMES = Names({("indicator", "i"): "财政收入", ("measure", "growth"): "增速",
               ("department", "d"): "财政局"})  # fmt: skip


class Page(HTMLParser):
    """Elements by name with their attributes, and the text of the cells."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def cells(self) -> dict[str, dict[str, str | None]]:
        return {str(a["id"]): a for tag, a in self.elements if tag == "td" and "id" in a}


def observation(**changes: object) -> Observation:
    seen = Observation(
        "s", "d", "l", 1, "甲", "B2", 2, 2, "收入", "同比", "i", "a", "own", date(2020, 3, 31),
        "ytd", "growth", None, "-18.5", Decimal("-18.50000000"), "%", "A", None,
    )  # fmt: skip
    return replace(seen, **changes)  # type: ignore[arg-type]


def picture(sheet: Sheet | None = None, **meanings: Meaning) -> SheetPicture:
    sheet = sheet or Sheet("甲", [["指标", "同比(%)"], ["收入", -18.5], ["其他", 7.0]])
    given: dict[Place, Meaning] = {
        (1, 1): Meaning("label", "column label"),
        (1, 2): Meaning("label", "column label"),
        (2, 1): Meaning("label", "row label: r"),
        (2, 2): Meaning("observation", "r × c", observation()),
        (3, 1): Meaning("unmapped", "row not in the layout: 其他"),
        (3, 2): Meaning("unmapped", "row not in the layout: 其他"),
    }
    return draw(sheet, given, {"label": 3, "observation": 1, "unmapped": 2})


def inspection(**more: object) -> Inspection:
    found = Inspection(
        "表.xlsx", "d", "2020-03", "xlsx",
        tables=(TableSeen("l", "table", "甲", True, "题", "A1", "单位:万元", "A1:B2"),),
        fates=(("observation", 1), ("label", 3), ("metadata", 0), ("ignorable", 0),
               ("unmapped", 2)),
        unmapped=(CellFate("s", "甲", "B3", 3, 2, "7", "unmapped", "outside the table"),),
        observations_total=1,
        pictures=(picture(),),
    )  # fmt: skip
    return replace(found, **more)  # type: ignore[arg-type]


def test_every_cell_is_coloured_and_named() -> None:
    page = Page(render(inspection(), NAMES))
    cells = page.cells()
    assert set(cells) == {f"s1-{place}" for place in ("A1", "B1", "A2", "B2", "A3", "B3")}
    assert cells["s1-B2"]["data-m"] == marks()["observation"].letter
    assert "f-observation" in str(cells["s1-B2"]["class"])
    said = str(cells["s1-B2"]["aria-description"])
    for part in ("B2", "数据 observation", "财政收入 × 增速", "2020-03-31", "读作 -18.5 %"):
        assert part in said
    assert "版式中没有这一行：其他" in str(cells["s1-A3"]["aria-description"])


def test_every_fate_has_a_letter_of_its_own() -> None:
    letters = [mark.letter for mark in marks().values()]
    assert len(set(letters)) == len(letters)


def test_a_read_file_says_what_is_read_and_what_is_not() -> None:
    text = Page(render(inspection(), NAMES)).text
    assert "可以读入" in text
    assert "按财政局的版式读出 1 张表、1 个观测值；另有 2 个单元格未识别" in text
    assert "2 cells have no meaning" in text


def test_unmapped_cells_lead_to_the_cell() -> None:
    page = Page(render(inspection(), NAMES))
    targets = [a["href"] for tag, a in page.elements if tag == "a" and a.get("class") == "cell"]
    assert targets == ["#s1-B3"]
    assert {str(target)[1:] for target in targets} <= set(page.cells())


def test_a_cell_that_is_not_shown_has_no_link() -> None:
    far = CellFate("s", "甲", "B9999", 9999, 2, "7", "unmapped", None)
    page = Page(render(inspection(unmapped=(far,)), NAMES))
    assert "B9999" in page.text
    assert not any("B9999" in str(a.get("href")) for _, a in page.elements)


def test_a_refusal_speaks_both_languages_chinese_first() -> None:
    refusal = Refusal("missing_labels", "缺少“甲”", "全部", "补全", "lacks “甲”", "all", "add it")
    near = Likeness("l", "d", "某表", "甲", 0.834, False, ("缺",), ("多",))
    text = Page(render(inspection(refusal=refusal, likeness=(near,)), NAMES)).text
    assert "退回" in text
    assert "missing_labels" in text
    assert text.index("缺少“甲”") < text.index("lacks “甲”")
    assert "83%" in text
    assert marks()["observation"].said_zh not in text


def test_an_unknown_sheet_is_said_to_be_inferred() -> None:
    sheet = Sheet("甲", [["年份", "人口"], ["2019", 3.0]])
    inferred = draw(sheet, {(2, 2): Meaning("inferred", "2019 × 人口; unit ?; period 2019年")},
                    {"inferred": 1}, basis="inferred")  # fmt: skip
    refusal = Refusal("unknown_layout", "a", "b", "c", "d", "e", "f")
    found = Inspection("a.xls", "", "", refusal=refusal, pictures=(inferred,))
    page = Page(render(found, NAMES))
    assert "尚无版式" in page.text
    assert "按形状推断" in page.text
    assert "单位 ?" in str(page.cells()["s1-B2"]["aria-description"])


def nasty_inspection() -> Inspection:
    sheet = Sheet(NASTY, [[NASTY, NASTY], ["", NASTY]], (Merge(1, 1, 2, 1),))
    drawn = draw(sheet, {(1, 1): Meaning("unmapped", NASTY), (1, 2): Meaning("observation", NASTY,
                 observation(row_label=NASTY, column_label=NASTY, sheet=NASTY))}, {})  # fmt: skip
    refusal = Refusal(*["missing_labels", *[NASTY] * 6], NASTY, "A1")
    return Inspection(
        NASTY, NASTY, NASTY, NASTY,
        tables=(TableSeen(NASTY, "table", NASTY, True, NASTY, NASTY, NASTY, NASTY),),
        likeness=(Likeness(NASTY, NASTY, NASTY, NASTY, 1.0, True, (NASTY,), (NASTY,)),),
        refusal=refusal,
        notes=(Note("kind", NASTY, NASTY, "A1", *[NASTY] * 6),),
        fates=(("unmapped", 1),),
        unmapped=(CellFate("s", NASTY, "A1", 1, 1, NASTY, "unmapped", NASTY),),
        remarks=(RemarkSeen(NASTY, "A1", NASTY, NASTY),),
        pictures=(drawn,),
    )  # fmt: skip


def test_nothing_of_a_sheet_becomes_markup() -> None:
    text = render(nasty_inspection(), NAMES)
    page = Page(text)
    tags = {tag for tag, _ in page.elements}
    assert not tags & {"script", "img", "iframe", "svg", "object", "embed", "form"}
    names = {name for _, attributes in page.elements for name in attributes}
    assert not any(name.startswith("on") for name in names)
    assert page.text.count("alert(1)") > 20


def test_nothing_comes_from_outside() -> None:
    page = Page(render(nasty_inspection(), NAMES))
    for tag, attributes in page.elements:
        assert "src" not in attributes, tag
        assert str(attributes.get("href", "#")).startswith("#"), tag
    style = re.search(r"<style>(.*?)</style>", render(inspection(), NAMES), re.DOTALL)
    assert style is not None
    assert "url(" not in style[1]
    assert "@import" not in style[1]


@pytest.mark.parametrize("sign", ["\x07", "\u202e", "\u2066", "\x9b"])
def test_signs_that_hide_or_turn_text_round_are_replaced(sign: str) -> None:
    drawn = draw(Sheet("甲", [[f"a{sign}b"]]), {(1, 1): Meaning("label", sign)}, {})
    text = render(inspection(pictures=(drawn,)), NAMES)
    assert sign not in text
    assert "a\ufffdb" in text


def test_a_cut_sheet_says_so() -> None:
    sheet = Sheet("甲", [["x"] * 70] * 500)
    text = Page(render(inspection(pictures=(draw(sheet, {}, {}, wanted=[(450, 1)]),)), NAMES)).text
    assert "共 500 行，图中列示 301 行，略去 199 行" in text
    assert "共 70 列，图中列示 60 列，略去 10 列" in text
    assert "略去 149 行" in text


def test_hidden_parts_are_hatched_and_said() -> None:
    sheet = Sheet("甲", [["a", "b"], ["c", "d"]], is_visible=False, hidden_rows=frozenset({2}),
                  hidden_columns=frozenset({1}))  # fmt: skip
    drawn = draw(sheet, {(1, 1): Meaning("label")}, {})
    page = Page(render(inspection(pictures=(drawn,)), NAMES))
    for words in ("隐藏的工作表", "隐藏的行 2", "隐藏的列 A"):
        assert words in page.text
    assert "在隐藏的行或列中" in str(page.cells()["s1-A1"]["aria-description"])


def test_the_same_inspection_gives_the_same_page() -> None:
    assert render(nasty_inspection(), NAMES) == render(nasty_inspection(), NAMES)
