"""A draft layout for an unknown sheet: it loads, reads, and says what nobody can know."""

import csv
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

import demo
from govstats.anatomy import dissect, propose
from govstats.layouts.extract import Origin
from govstats.layouts.facts import Observation
from govstats.layouts.knowledge import load_knowledge
from govstats.layouts.loader import load_file
from govstats.layouts.reading import Knowledge, find_layout, read_match
from govstats.layouts.seeds import Seeds
from govstats.settings import Settings
from govstats.workbooks.cells import Sheet, Workbook
from govstats.workbooks.reader import read_workbook
from tests.unit.anatomy.sheets import sheet

Draft = Callable[..., str]


@pytest.fixture(scope="module")
def knowledge(project: Path) -> Knowledge:
    return load_knowledge(Settings(root=project, data=project / "data"))


@pytest.fixture(scope="module")
def seeds(knowledge: Knowledge) -> Seeds:
    return knowledge.seeds


@pytest.fixture(scope="module")
def bases(project: Path) -> Mapping[str, str]:
    path = project / "dbt_project" / "seeds" / "indicators.csv"
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    return {row["indicator_code"]: row["growth_basis"] for row in rows if row["growth_basis"]}


@pytest.fixture
def draft(seeds: Seeds) -> Draft:
    """The draft for sheets."""

    def drafted(*sheets: Sheet, file: str = "") -> str:
        found = [dissect(one, seeds.unit_symbols, file) for one in sheets]
        return propose(Workbook(sheets), found, seeds)

    return drafted


def loads(text: str, tmp_path: Path, project: Path, seeds: Seeds) -> None:
    path = tmp_path / "draft.yml"
    path.write_text(text, "utf-8")
    assert load_file(path, project / "layouts" / "schema.json", seeds)


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "raw"
    demo.generate(folder)
    return folder


@pytest.mark.parametrize(
    ("department", "pattern", "period"),
    [
        ("statistics", "统计局/2020-12/*经济指标月报*", "2020-12"),
        ("statistics", "统计局/2020-12/*对比表_2020年1-12月.xlsx", "2020-12"),
        ("finance", "财政局/2020-05/*收入*", "2020-05"),
    ],
)
def test_a_known_sheet_is_read_the_same_by_its_draft(
    department: str,
    pattern: str,
    period: str,
    raw: Path,
    project: Path,
    tmp_path: Path,
    knowledge: Knowledge,
    bases: Mapping[str, str],
) -> None:
    path = next(iter(raw.glob(pattern)))
    book = read_workbook(path)
    seeds = knowledge.seeds
    text = propose(
        book, [dissect(s, seeds.unit_symbols, path.name) for s in book.sheets], seeds, bases
    )
    assert "TODO 0 " in text
    file = tmp_path / "draft.yml"
    file.write_text(text, "utf-8")
    layouts = load_file(file, project / "layouts" / "schema.json", seeds)

    def read(known: Knowledge) -> dict[str, Observation]:
        origin = Origin("s", department, period)
        match = find_layout(book, known, origin)
        found = read_match(book, match, known, origin, path.name).observations
        return {one.cell: replace(one, layout_id="", source_precedence=1) for one in found}

    expected, drafted = read(knowledge), read(Knowledge(tuple(layouts), seeds))
    assert drafted.keys() == expected.keys()
    # A row of growth alone states % in its unit column: for its empty level nobody can tell.
    assert {
        cell
        for cell, one in expected.items()
        if drafted[cell] != one and (one.cell_value is not None or drafted[cell].cell_value)
    } == set()


def test_what_nobody_can_know_is_marked_and_counted(draft: Draft) -> None:
    text = draft(sheet(["某表"], ["指标", "累计"], ["神秘指标", 1.5], ["另一指标", 2]))
    content = yaml.safe_load(text)
    assert content["department"] == "todo"
    assert text.count("# TODO") == int(text.split("TODO ")[1].split(" ")[0])
    assert "神秘指标" in text
    row = content["layouts"][0]["rows"]["items"][0]
    assert (row["label"], row["dims"]["indicator"]) == ("神秘指标", "todo")


def test_a_filled_in_draft_loads(draft: Draft, seeds: Seeds, project: Path, tmp_path: Path) -> None:
    text = draft(sheet(["2020年各乡生产情况"], ["项目", "累计(万元)"], ["神秘指标", 1.5]))
    area = next(iter(seeds.area_names))
    text = text.replace("department: todo", f"department: {next(iter(seeds.departments))}")
    text = text.replace("indicator: todo", f"indicator: {min(seeds.indicators)}")
    loads(text.replace("000000000000", area), tmp_path, project, seeds)


def test_headings_hold_no_figures_and_parents_their_parts(draft: Draft) -> None:
    content = yaml.safe_load(
        draft(
            sheet(["表"], ["项目", "累计"], ["一、农业"], ["谷物", 1.5], ["总数", 2], [" 其中", 1])
        )
    )
    heading = content["layouts"][0]["rows"]["items"][0]
    assert heading["cells"] == {"c1": "none"}
    assert [child["label"] for child in heading["children"]] == ["谷物", "总数"]


def test_a_register_becomes_fields(
    draft: Draft, seeds: Seeds, project: Path, tmp_path: Path
) -> None:
    text = draft(
        sheet(
            ["2020年1-6月重点项目进展表"],
            ["序号", "项目名称", "责任单位", "年度目标", "开工日期", "总投资(万元)", "备注"],
            [1, "某路改造", "某某局", "完成3公里", "2020年3月", 1200, ""],
            [2, "某校新建", "某某处", "主体封顶", "2020年4月", 800, "续建"],
        )
    )
    entry = yaml.safe_load(text)["layouts"][0]
    assert (entry["shape"], entry["rows"]) == ("register", {"axis": "entry"})
    fields = {one["label"]: one for one in entry["columns"]}
    assert fields["序号"]["role"] == "serial"
    assert fields["项目名称"]["key"] is True
    assert fields["年度目标"]["type"] == "target"
    assert fields["开工日期"]["type"] == "date"
    assert (fields["总投资"]["type"], fields["总投资"]["unit"]) == ("number", "万元")
    department = next(iter(seeds.departments))
    loads(text.replace("department: todo", f"department: {department}"), tmp_path, project, seeds)


def test_periods_across_columns_are_one_declaration(draft: Draft) -> None:
    text = draft(sheet(["表"], ["指标", "2020年", "2019年"], ["甲", 1.5, 2], ["乙", 2, 3]))
    columns = yaml.safe_load(text)["layouts"][0]["columns"]
    assert [column.get("each") for column in columns] == [None, "period"]


def test_side_by_side_halves_are_one_table_in_parts(draft: Draft) -> None:
    text = draft(
        sheet(
            ["人口表"],
            ["地区", "人数(人)", "地区", "人数(人)"],
            ["某甲", 1.5, "某丙", 2],
            ["某乙", 3.5, "某丁", 4],
        )
    )
    (entry,) = yaml.safe_load(text)["layouts"]
    assert entry["continued"] is True
    assert "某甲, 某乙, 某丙, 某丁" in text


def test_last_years_column_is_not_read_twice(draft: Draft) -> None:
    text = draft(sheet(["表"], ["指标", "累计", "上年同期"], ["甲", 1.5, 2], ["乙", 2, 3]))
    columns = yaml.safe_load(text)["layouts"][0]["columns"]
    assert {column["label"]: column.get("role") for column in columns} == {
        "指标": "row_label",
        "累计": None,
        "上年同期": "ignore",
    }


def test_a_sheet_without_a_table_says_so(draft: Draft) -> None:
    assert draft(sheet(["封面"])).startswith("# No table")


@pytest.mark.parametrize("label", ["a: b", "甲,乙", "# x", "yes", "1.5", '"引号"', "{甲}", "'"])
def test_any_label_survives_yaml(draft: Draft, label: str) -> None:
    text = draft(sheet(["表"], ["指标", "累计"], [label + "项", 1.5], ["乙", 2]))
    labels = [row["label"] for row in yaml.safe_load(text)["layouts"][0]["rows"]["items"]]
    assert len(labels) == 2
