"""Forms to fill in: what a department types into the open cells is what the reader reads."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from govstats.errors import GovstatsError
from govstats.layouts.extract import Origin
from govstats.layouts.facts import Reading
from govstats.layouts.knowledge import load_knowledge
from govstats.layouts.loader import load_file
from govstats.layouts.reading import Knowledge, find_layout, read_match
from govstats.settings import Settings
from govstats.template import make_template
from govstats.template.draw import draw
from govstats.template.form import Filler, Form
from govstats.template.last import LastEntry, LastFigure, LastPeriod
from govstats.template.register import register_form
from govstats.workbooks.reader import read_workbook

FACTORS = {"亿元": Decimal(10) ** 8, "万元": Decimal(10) ** 4, "%": Decimal(1), "人": Decimal(1)}
REGISTER = """\
department: statistics
remarks:
  - {kind: signature, pattern: '^(填表人|单位负责人):'}
layouts:
  - id: works
    name_zh: 重点项目进展表
    name_en: Works
    source_precedence: 1
    valid_from: "2018-01"
    shape: register
    drift: {renamed: accept, extra: quarantine}
    title: 重点项目.*表$
    period: {cycle: month}
    columns:
      - {id: number, label: 序号, role: serial}
      - {id: name, label: 项目名称, key: true}
      - {id: unit, label: 责任单位, type: department}
      - {id: done, label: 完成投资(亿元), type: number, unit: 亿元}
      - {id: since, label: 开工日期, type: date}
"""


@pytest.fixture(scope="module")
def settings(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return Settings(root=project, data=tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="module")
def knowledge(settings: Settings) -> Knowledge:
    return load_knowledge(settings)


def open_cells(page: Worksheet) -> list[str]:
    """Addresses of the cells that the protection leaves open, below the title."""
    return [
        cell.coordinate
        for row in page.iter_rows()
        for cell in row
        if not cell.protection.locked and cell.data_type == "n" and cell.value is None
    ]


def read_back(path: Path, department: str, period: str, known: Knowledge) -> Reading:
    book = read_workbook(path)
    origin = Origin("s1", department, period)
    return read_match(book, find_layout(book, known, origin), known, origin, path.name)


@pytest.mark.parametrize("department", ["statistics", "finance", "hrss"])
def test_what_is_filled_in_is_read_back(
    department: str, settings: Settings, knowledge: Knowledge, tmp_path: Path
) -> None:
    path, made = make_template(settings, department, "2020-03", tmp_path / "form.xlsx")
    book = openpyxl.load_workbook(path)
    filled: dict[tuple[str, str], object] = {}
    for page, form in zip(book.worksheets, made, strict=True):
        assert page.protection.sheet
        if form.room:  # a register: its entries are filled in by other tests
            continue
        for number, place in enumerate(open_cells(page)):
            # Figures, both signs of absence, and cells left blank.
            value = (number + 0.25, "—", "…", None)[number % 4]
            page[place] = value
            filled[page.title, place] = value
    book.save(path)
    reading = read_back(path, department, "2020-03", knowledge)
    assert {table.layout_id for table in reading.tables} == {form.layout_id for form in made}
    assert len(reading.observations) == len(filled) == sum(form.inputs for form in made)
    for seen in reading.observations:
        value = filled[seen.sheet, seen.cell]
        if isinstance(value, float):
            assert seen.cell_value == Decimal(str(value)), seen.cell
        else:
            kinds = {"—": "not_applicable", "…": "less_than_unit", None: "blank"}
            assert seen.missing_kind == kinds[value], seen.cell  # type: ignore[index]
    assert not [cell for cell in reading.cells if cell.fate == "unmapped"]
    assert not reading.notes


def test_the_same_form_has_the_same_bytes(settings: Settings, tmp_path: Path) -> None:
    first, _ = make_template(settings, "finance", "2020-03", tmp_path / "a.xlsx")
    second, _ = make_template(settings, "finance", "2020-03", tmp_path / "b.xlsx")
    assert first.read_bytes() == second.read_bytes()


def test_last_period_stands_in_grey_and_is_passed_over(
    knowledge: Knowledge, tmp_path: Path
) -> None:
    layout = next(entry for entry in knowledge.layouts if entry.id == "finance_revenue")
    row, column = layout.rows[0], layout.figures()[0]
    dims = layout.dims_at(row, column)
    assert dims is not None
    key = (dims.indicator, dims.ref_area, dims.scope, dims.period_type, dims.measure)
    # 3.5 亿元 are 35,000 万元, the unit of the form.
    last = LastPeriod("2020-02", {key: LastFigure(Decimal("3.5"), "亿元", "3.5")})
    form = Filler(layout.at("2020-03"), "2020-03", knowledge.seeds, FACTORS, last).form()
    path = tmp_path / "form.xlsx"
    path.write_bytes(draw([form], "财政局", date(2020, 3, 31)))
    page = openpyxl.load_workbook(path).active
    assert page is not None
    grey = [
        cell
        for cells in page.iter_rows()
        for cell in cells
        if cell.value == 35000 and cell.protection.locked
    ]
    assert len(grey) == 1
    page = openpyxl.load_workbook(path).active
    reading = read_back(path, "finance", "2020-03", knowledge)
    assert all(seen.cell_value is None for seen in reading.observations)
    fates = {cell.cell: cell.fate for cell in reading.cells}
    assert fates[grey[0].coordinate] == "ignorable"
    assert "unmapped" not in fates.values()
    assert not reading.notes


def works(knowledge: Knowledge, project: Path, tmp_path: Path, last: LastPeriod) -> Form:
    file = tmp_path / "layouts.yml"
    file.write_text(REGISTER, "utf-8")
    (layout,) = load_file(file, project / "layouts" / "schema.json", knowledge.seeds)
    return register_form(Filler(layout, "2020-03", knowledge.seeds, FACTORS, last))


def test_a_register_brings_its_entries_and_room_for_new_ones(
    knowledge: Knowledge, project: Path, tmp_path: Path
) -> None:
    entries = (
        LastEntry({"name": "学校", "unit": "统计局", "done": "0.5"}, "一、民生"),
        LastEntry({"name": "医院", "unit": "", "done": "1.5"}, "一、民生"),
    )
    form = works(knowledge, project, tmp_path, LastPeriod("2020-02", entries=entries))
    path = tmp_path / "form.xlsx"
    path.write_bytes(draw([form], "统计局", date(2020, 3, 31)))
    book = openpyxl.load_workbook(path)
    page = book.active
    assert page is not None
    names = {page.cell(row, 2).value: row for row in range(1, page.max_row + 1)}
    page.cell(names["学校"], 4).value = 0.75
    page.cell(names["医院"], 5).value = date(2020, 3, 2)
    new = names["医院"] + 1
    page.cell(new, 2).value = "公园"
    page.cell(new, 4).value = 2.5
    book.save(path)
    known = replace(knowledge, layouts=(form.layout,))
    (table,) = read_back(path, "statistics", "2020-03", known).entries
    by_id = {field.id: field.column for field in table.fields}
    sheet = table.sheet
    assert [sheet.value_at(row, by_id["name"]) for row in table.rows] == ["学校", "医院", "公园"]
    assert [sheet.value_at(row, by_id["done"]) for row in table.rows] == [0.75, "", 2.5]
    assert table.sections == ("一、民生",) * 3


def test_refusals_say_what_to_do(settings: Settings, tmp_path: Path) -> None:
    calls: dict[str, Callable[[], object]] = {
        "no department": lambda: make_template(settings, "nobody", "2020-03"),
        "the period is": lambda: make_template(settings, "finance", "2020-13"),
        "owes no form": lambda: make_template(settings, "finance", "2020-01"),
        "has no layout": lambda: make_template(
            settings, "finance", "2020-03", None, ("finance_revenues",)
        ),
    }
    for words, call in calls.items():
        with pytest.raises(GovstatsError, match=words):
            call()
    there = tmp_path / "form.xlsx"
    there.write_text("mine")
    with pytest.raises(GovstatsError, match="is there already"):
        make_template(settings, "finance", "2020-03", there)
    assert there.read_text() == "mine"
    make_template(settings, "finance", "2020-03", there, overwrite=True)
    assert there.read_bytes().startswith(b"PK")
