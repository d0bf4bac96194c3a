"""Sheets without a layout: described and drawn by their shape."""

from govstats.layouts.shapes import blocks_seen, dissected, picture_inferred, remarks_found
from govstats.picture.model import Meaning, SheetPicture
from govstats.workbooks.cells import Merge, Sheet

SHEET = Sheet(
    "Sheet1",
    [
        ["2019年各地区人口"],
        ["单位:万人"],
        ["地区", "总人口", "城镇"],
        ["甲区", 120.5, 80.0],
        ["乙县", 60.0, 20.25],
        ["丙县", 40.0, 10.5],
        ["注:年末数"],
    ],
    (Merge(1, 1, 1, 3),),
)
UNITS = ("万人", "%")


def meanings(picture: SheetPicture) -> dict[tuple[int, int], Meaning]:
    return {
        (box.row, box.column): box.meaning
        for band in picture.bands
        for line in band.lines
        for box in line.boxes
        if box.meaning
    }


def test_the_table_is_described() -> None:
    (block,) = blocks_seen(dissected(SHEET, UNITS, "a.xls"))
    assert (block.title, block.unit, block.period) == ("2019年各地区人口", "万人", "2019年")
    assert (block.header_block, block.body, block.stub) == ("A3:C3", "B4:C6", "A")
    assert [(column.column, column.label) for column in block.columns] == [
        ("B", "总人口"),
        ("C", "城镇"),
    ]
    assert [(row.row, row.label) for row in block.rows] == [(4, "甲区"), (5, "乙县"), (6, "丙县")]


def test_every_cell_has_a_mark() -> None:
    anatomy = dissected(SHEET, UNITS, "a.xls")
    picture = picture_inferred(SHEET, anatomy)
    found = meanings(picture)
    assert len(found) == SHEET.count
    assert picture.basis == "inferred"
    assert dict(picture.counts) == {"inferred": 6, "label": 6, "metadata": 3}
    assert found[4, 2] == Meaning("inferred", "甲区 × 总人口; unit 万人; period 2019年")
    assert found[3, 2] == Meaning("label", "column label: 总人口")
    assert found[4, 1] == Meaning("label", "row: 甲区")
    assert found[1, 1] == Meaning("metadata", "title")
    assert [remark.kind for remark in remarks_found(anatomy)] == ["note"]


def test_a_large_sheet_is_counted_whole_and_drawn_in_part() -> None:
    rows = [["单位", "产值", "利润"], *([f"单位{i}", float(i), 1.0] for i in range(2_000))]
    sheet = Sheet("大", rows)
    picture = picture_inferred(sheet, dissected(sheet, UNITS, ""))
    assert sum(count for _, count in picture.counts) == sheet.count == 6_003
    assert dict(picture.counts)["inferred"] == 4_000
    assert picture.rows_shown == 300


def test_nothing_to_see_is_no_error() -> None:
    for sheet in (Sheet("空"), Sheet("只", [["说明"]]), Sheet("数", [[1.0]])):
        anatomy = dissected(sheet, UNITS, "")
        picture = picture_inferred(sheet, anatomy)
        assert len(meanings(picture)) == sheet.count
        assert len(blocks_seen(anatomy)) == len(anatomy.blocks)
