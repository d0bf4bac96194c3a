"""What the reader made of a file, cell by cell, as the picture shows it."""

from collections.abc import Callable

from govstats.layouts.facts import Reading
from govstats.layouts.pictures import fields_filled, pictures_read
from govstats.picture.model import Meaning, SheetPicture
from govstats.workbooks.cells import Cell, Merge, Sheet, Workbook

ReadAs = Callable[..., Reading]

REGISTER = """\
  - id: works
    name_zh: 项目表
    name_en: Works
    source_precedence: 1
    valid_from: "2018-01"
    shape: register
    drift: {extra: quarantine}
    title: 项目表$
    period: {cycle: month}
    columns:
      - {id: number, label: 序号, role: serial}
      - {id: name, label: 项目名称, key: true}
      - {id: done, label: 完成投资(万元), type: number, unit: 万元}
"""
GRID = [
    ["2020年12月项目表", "", "", ""],
    ["序号", "项目名称", "完成投资(万元)", "经办"],
    [1.0, "学校", 0.5, "甲"],
    [2.0, "医院", "", ""],
    ["", "合计", 0.5, ""],
    ["填表人:甲", "", "", ""],
]


def found(picture: SheetPicture) -> dict[tuple[int, int], Meaning]:
    return {
        (box.row, box.column): box.meaning
        for band in picture.bands
        for line in band.lines
        for box in line.boxes
        if box.meaning
    }


def test_the_fields_of_a_register_are_named(read_as: ReadAs) -> None:
    # the total is an error: a cell that the grid cannot express
    special = {(5, 3): Cell(5, 3, "error", "#REF!")}
    sheet = Sheet("表", GRID, (Merge(1, 1, 1, 3),), special=special)
    reading = read_as(REGISTER, [sheet])
    (picture,) = pictures_read(Workbook((sheet,)), reading)
    cells = found(picture)
    assert len(cells) == sheet.count == sum(count for _, count in picture.counts)
    assert cells[3, 2] == Meaning("observation", "entry 1, field name (text): 项目名称")
    assert cells[3, 3].detail == "entry 1, field done (number): 完成投资"
    assert cells[5, 3].detail == "total 3, field done (number): 完成投资"
    assert cells[3, 1].fate == "label"
    assert cells[3, 4].fate == "unmapped"
    assert cells[6, 1] == Meaning("metadata", "signature")
    (table,) = reading.entries
    assert fields_filled(table) == 5


def test_observations_come_with_what_was_read(read_as: ReadAs) -> None:
    layout = """\
  - id: revenue
    name_zh: 收入表
    name_en: Revenue
    source_precedence: 1
    valid_from: "2018-01"
    drift: refuse
    title: 收入表$
    period: {cycle: month}
    dims: {ref_area: "430602000000", scope: jurisdiction, unit: 万元, measure: level,
           period_type: ytd}
    columns:
      - {id: label, label: 项目, role: row_label}
      - {id: ytd, label: 累计}
    rows:
      axis: indicator
      items:
        - {id: total, label: 合计, dims: {indicator: fiscal_revenue_total}}
"""
    sheet = Sheet("表", [["2020年12月收入表", ""], ["项目", "累计"], ["合计", 12.5]])
    reading = read_as(layout, [sheet])
    (picture,) = pictures_read(Workbook((sheet,)), reading)
    meaning = found(picture)[3, 2]
    assert meaning.fate == "observation"
    assert meaning.observation is not None
    assert (meaning.observation.cell, str(meaning.observation.cell_value)) == ("B3", "12.50000000")
