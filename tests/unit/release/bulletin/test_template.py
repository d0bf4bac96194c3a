"""The clerk's template is read whole, or refused with line, section, what is wrong and a cure."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from govstats.errors import KnowledgeError
from govstats.release.bulletin.places import ANNEXES, CHARTS, COMMON, PHRASES, SECTIONS, TABLES
from govstats.release.bulletin.sections import WRITERS
from govstats.release.bulletin.sections.annexes import WRITERS as ANNEX_WRITERS
from govstats.release.bulletin.template import load

Edit = Callable[[str, str], Path]


@pytest.fixture
def edited(project: Path, tmp_path: Path) -> Edit:
    """A copy of the template in which one text is replaced by another."""

    def edit(old: str, new: str) -> Path:
        folder = tmp_path / "bulletin"
        shutil.copytree(project / "bulletin", folder)
        path = folder / "template.yml"
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return folder

    return edit


def test_the_projects_template_has_every_section(project: Path) -> None:
    template = load(project / "bulletin")
    assert {section.section_id for section in template.sections} == set(SECTIONS)
    assert set(template.annexes) == set(ANNEXES)
    assert template.phrases.keys() == PHRASES.keys()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("issuer:", "issuers:", "unknown key issuers; nearest: issuer"),
        ("- id: peers", "- id: peer", "'peer' is not a known value; nearest: peers"),
        (
            "      late_item:",
            "      late_items:",
            "section duties: sentences: unknown key late_items; nearest: late_item",
        ),
        ("迟报{days}天", "迟报{day}天", "section duties sentences late_item: unknown place {day}"),
        ("[，{short}]", "[，{short}", "phrases level: “[” is not closed"),
        ("kinds: [month, quarter]", "kinds: [month, halfyear]", "'halfyear' is not a known value"),
        ('fall: "下降{size}"', 'fall: "增长{size}"', "none of 增长"),
        ('slower: "慢于{path}{size}"', 'slower: "快于{path}{size}"', "none of 快于"),
        ('below: "低于{than}{size}"', 'below: "与{than}差{size}"', "one of 低于"),
        ("flat: 与上年同期持平", "flat: 下降", "no word of a direction"),
        (
            "  - id: peers",
            "  - id: next\n    heading: 甲\n  - id: peers",
            "section next: the section stands",
        ),
        (
            '  quarter: "关于{year}年{period}政府工作报告\\n目标完成情况的通报"\n',
            "",
            "title: not written for quarter",
        ),
        (
            "      quarter: 快于和慢于进度的目标\n",
            "",
            "section paths heading: not written for quarter",
        ),
        ('  quarter: "关于', '  quarter: "{typo}关于', "title quarter: unknown place {typo}"),
    ],
)
def test_a_mistake_is_named_with_its_place(edited: Edit, old: str, new: str, said: str) -> None:
    folder = edited(old, new)
    with pytest.raises(KnowledgeError) as refused:
        load(folder)
    text = str(refused.value)
    assert said in text
    assert re.search(r"bulletin/template\.yml line \d+: ", text)
    assert "bulletin/README.md" in text


def test_the_line_is_that_of_the_mistake(edited: Edit) -> None:
    folder = edited("迟报{days}天", "迟报{day}天")
    with pytest.raises(KnowledgeError) as refused:
        load(folder)
    lines = (folder / "template.yml").read_text(encoding="utf-8").splitlines()
    (number,) = re.findall(r"line (\d+)", str(refused.value))
    assert "{day}" in lines[int(number) - 1]


def test_a_key_given_twice_and_a_missing_file_are_refused(edited: Edit, tmp_path: Path) -> None:
    folder = edited("  flat: 与上年同期持平", "  flat: 与上年同期持平\n  flat: 持平")
    with pytest.raises(KnowledgeError, match="given twice"):
        load(folder)
    with pytest.raises(KnowledgeError, match=r"no empty/template\.yml"):
        load(tmp_path / "empty")


def test_a_clerk_may_take_out_and_move_what_stands_there(edited: Edit) -> None:
    folder = edited("      all_on_time: 各部门均按时报送。\n", "")
    path = folder / "template.yml"
    text = path.read_text(encoding="utf-8")
    start, end = text.index("  - id: duties"), text.index("  - id: notes")
    moved = text[:start] + text[end:]
    moved = moved.replace("sections:\n", "sections:\n" + text[start:end], 1)
    path.write_text(moved, encoding="utf-8")
    template = load(folder)
    assert template.sections[0].section_id == "duties"
    assert "all_on_time" not in template.sections[0].sentences


def test_schema_and_program_know_the_same_texts(project: Path) -> None:
    schema = json.loads((project / "bulletin/schema.json").read_text(encoding="utf-8"))
    known = schema["properties"]
    assert set(known["phrases"]["properties"]) == set(PHRASES) == set(known["phrases"]["required"])
    assert set(known["annexes"]["properties"]) == set(ANNEXES) == set(ANNEX_WRITERS)
    section = known["sections"]["items"]
    assert set(section["properties"]["id"]["enum"]) == set(SECTIONS) == set(WRITERS)
    for branch in section["allOf"]:
        name = branch["if"]["properties"]["id"]["const"]
        parts = branch["then"]["properties"]
        assert set(parts["sentences"]["properties"]) == set(SECTIONS[name])
        wanted = {*TABLES.get(name, ()), *CHARTS.get(name, ())}
        assert set(parts["tables"]["properties"]) == wanted


def test_the_readme_tells_every_place(project: Path) -> None:
    text = (project / "bulletin/README.md").read_text(encoding="utf-8")
    places = {*COMMON, *(place for places in PHRASES.values() for place in places)}
    places |= {place for own in SECTIONS.values() for found in own.values() for place in found}
    assert sorted(place for place in places if f"{{{place}}}" not in text) == []
    names = {*PHRASES, *SECTIONS}
    assert sorted(name for name in names if f"`{name}`" not in text) == []
