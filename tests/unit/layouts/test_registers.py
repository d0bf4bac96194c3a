"""Registers and ledgers: where their entries stand; what is in them is read elsewhere."""

import time
from collections.abc import Callable

import pytest

from govstats.layouts.facts import EntryTable, Reading
from govstats.workbooks.cells import Sheet
from govstats.workbooks.refusals import Refused
from tests.unit.layouts.conftest import sheet_of
from tests.workbooks.builders import Rows, with_column

ReadAs = Callable[..., Reading]
RefusedAs = Callable[..., Refused]

REGISTER = """\
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
      - {id: total, label: [投资, 总投资], type: number, unit: 万元}
      - {id: done, label: [投资, 完成投资(亿元)], type: number, unit: 亿元}
      - {id: share, label: 完成率(%), type: number}
      - {id: remark, label: 备注, required: false}
"""
ROWS: Rows = [
    ["2020年12月重点项目进展表"],
    ["单位:万元"],
    ["序号", "项目名称", "责任单位", "投资", None, "完成率(%)", "备注"],
    [None, None, None, "总投资", "完成投资(亿元)", None, None],
    ["一、民生实事"],
    [1, "学校", "区教育局", 100, 0.5, 50, None],
    [2, "医院", None, 200, 0.1, 5, "续建"],
    [None, "小计", None, 300, 0.6, None, None],
    [],
    ["二、产业项目"],
    [3, "园区", "区发改局", 400, None, "—", None],
    ["合计", None, None, 700, 0.6, None, None],
    [],
    [],
    ["注:按月报送"],
    ["填表人:甲", None, "2020年12月31日"],
]
MERGES = [(3, 1, 4, 1), (3, 4, 3, 5), (6, 3, 7, 3)]


def entry_table(reading: Reading) -> EntryTable:
    (table,) = reading.entries
    return table


def test_a_register_with_sections_and_totals(read_as: ReadAs) -> None:
    reading = read_as(REGISTER, {"项目": ROWS}, merges=MERGES)
    table = entry_table(reading)
    assert table.rows == (6, 7, 8, 11, 12)
    assert table.sections == ("一、民生实事",) * 3 + ("二、产业项目",) * 2
    assert table.totals == {8, 12}
    assert [(f.id, f.column, f.type, f.unit, f.is_key) for f in table.fields] == [
        ("name", 2, "text", None, True),
        ("unit", 3, "department", None, False),
        ("total", 4, "number", "万元", False),
        ("done", 5, "number", "亿元", False),
        ("share", 6, "number", "%", False),
        ("remark", 7, "text", None, False),
    ]
    assert table.fields[2].label == "投资/总投资"
    assert str(table.period_end) == "2020-12-31"
    assert reading.observations == ()
    assert not reading.notes
    (found,) = reading.tables
    assert (found.shape, found.rows_found, found.first_cell, found.last_cell) == (
        "register", 5, "A3", "G12",
    )  # fmt: skip


def test_fates_of_a_register_leave_its_fields_out(read_as: ReadAs) -> None:
    reading = read_as(REGISTER, {"项目": ROWS}, merges=MERGES)
    fates = {cell.cell: (cell.fate, cell.fate_detail) for cell in reading.cells}
    assert fates == {
        "A1": ("metadata", "title"),
        "A2": ("metadata", "unit_line"),
        **dict.fromkeys(
            ["A3", "B3", "C3", "D3", "F3", "G3", "D4", "E4"], ("label", "column label")
        ),
        "A5": ("label", "section"),
        "A10": ("label", "section"),
        **dict.fromkeys(["A6", "A7", "A11", "A12"], ("label", "serial number")),
        "A15": ("metadata", "note"),
        "A16": ("metadata", "signature"),
        "C16": ("unmapped", "outside the table"),
    }


def test_every_cell_is_a_field_or_has_a_fate(read_as: ReadAs) -> None:
    book = [sheet_of("项目", ROWS, MERGES)]
    reading = read_as(REGISTER, book)
    table = entry_table(reading)
    fields = {field.column for field in table.fields}
    in_fields = sum(book[0].at(row, column) is not None for row in table.rows for column in fields)
    assert in_fields + len(reading.cells) == book[0].count


def test_a_key_merged_over_rows_names_each(read_as: ReadAs) -> None:
    rows: Rows = [
        *ROWS[:5],
        [1, "学校", "区教育局", 100, 1, 50],
        [None, None, "区住建局", 20, 1, 5],
    ]
    reading = read_as(REGISTER, {"项目": rows}, merges=[(6, 2, 7, 2)])
    assert entry_table(reading).rows == (6, 7)
    reading = read_as(REGISTER, {"项目": rows})
    assert entry_table(reading).rows == (6,)
    assert [c.cell for c in reading.cells if c.fate == "unmapped"] == ["C7", "D7", "E7", "F7"]


def test_inserted_and_reordered_columns(read_as: ReadAs) -> None:
    order = [2, 0, 1, 6, 3, 4, 5]
    wide = [[*row, *[None] * (7 - len(row))] for row in ROWS]
    rows = [[row[at] for at in order] if row[1] or row[3] else row for row in wide]
    rows = with_column(rows, 5, {3: "新增", 6: 5, 7: 6})
    rows[0], rows[1] = ROWS[0], ROWS[1]
    reading = read_as(REGISTER, {"项目": rows})
    table = entry_table(reading)
    assert table.rows == (6, 7, 8, 11, 12)
    assert {f.id: f.column for f in table.fields} == {
        "unit": 1, "name": 3, "remark": 4, "total": 6, "done": 7, "share": 8,
    }  # fmt: skip
    assert [(note.kind, note.cell) for note in reading.notes] == [("unknown_column", "E4")]


def test_a_missing_field_is_refused_with_the_lines_to_add(refused_as: RefusedAs) -> None:
    rows = [["责任部门" if value == "责任单位" else value for value in row] for row in ROWS]
    reason = refused_as(REGISTER, {"项目": rows}, merges=MERGES)
    assert reason.code == "missing_labels"
    assert "- id: unit\n    also: [责任部门]" in reason.lines


def test_a_unit_of_another_kind_in_the_header(refused_as: RefusedAs) -> None:
    rows = [["完成投资(人)" if v == "完成投资(亿元)" else v for v in row] for row in ROWS]
    reason = refused_as(REGISTER, {"项目": rows}, merges=MERGES)
    assert (reason.code, reason.cell) == ("unit_conflict", "E4")


def test_a_register_continued_on_another_sheet(read_as: ReadAs) -> None:
    layout = REGISTER.replace("    drift:", "    continued: true\n    drift:")
    more: Rows = [["续表"], *ROWS[2:4], [4, "道路", "区住建局", 9, 1, 1]]
    reading = read_as(layout, {"项目": ROWS, "项目2": more})
    assert [(t.sheet.name, t.rows) for t in reading.entries] == [
        ("项目", (6, 7, 8, 11, 12)), ("项目2", (4,)),
    ]  # fmt: skip
    assert reading.entries[1].sections == ("二、产业项目",)
    assert reading.tables[0].parts == 2


@pytest.mark.parametrize("columns", [20])
def test_a_ledger_is_located_without_looking_at_each_cell(read_as: ReadAs, columns: int) -> None:
    """100,000 rows: the bound is loose for busy machines, a cell by cell walk takes far longer."""
    fields = "".join(
        f"      - {{id: f{at}, label: 字段{at}, type: number}}\n" for at in range(2, columns + 1)
    )
    layout = REGISTER[: REGISTER.index("    columns:")].replace("register", "ledger")
    layout += "    columns:\n      - {id: name, label: 企业名称, key: true}\n" + fields
    head = [
        ["2020年12月重点项目进展表"],
        ["企业名称", *(f"字段{at}" for at in range(2, columns + 1))],
    ]
    body = [[f"企业{at}", *map(float, range(columns - 1))] for at in range(100_000)]
    sheet = Sheet("台账", [*head, *body, ["合计", *map(float, range(columns - 1))]])
    started = time.process_time()
    reading = read_as(layout, [sheet])
    assert time.process_time() - started < 3
    table = entry_table(reading)
    assert (len(table.rows), table.totals, len(table.fields)) == (100_001, {100_003}, columns)
    assert len(reading.cells) == columns + 1


def test_a_work_with_nothing_but_its_name_is_an_entry(read_as: ReadAs) -> None:
    bare = [None, "公园", None, None, None, None, None]
    heading = [None, "三、其他", None, None, None, None, None]
    rows = [*ROWS[:11], bare, heading, [4, "广场", None, 7, None, None, None], *ROWS[12:]]
    table = entry_table(read_as(REGISTER, {"表": rows}, merges=MERGES))
    names = [table.sheet.value_at(row, 2) for row in table.rows]
    assert names == ["学校", "医院", "小计", "园区", "公园", "广场"]
    assert table.sections[-2:] == ("二、产业项目", "三、其他")


def test_nothing_belongs_to_a_register_below_a_remark_and_two_blank_rows(read_as: ReadAs) -> None:
    """Though a word stands between the last entry and the remarks."""
    rows: Rows = [
        *ROWS[:13],
        [None, None, "合计"],
        *ROWS[14:],
        [],
        [],
        [1, "学校", "区教育局", 101],
    ]
    reading = read_as(REGISTER, {"项目": rows}, merges=MERGES)
    assert entry_table(reading).rows == (6, 7, 8, 11, 12)
    fates = {cell.cell: cell.fate for cell in reading.cells}
    assert fates[f"B{len(rows)}"] == fates[f"D{len(rows)}"] == "unmapped"


#: What is left of the form where nothing was to be reported; its rows may be numbered already.
EMPTY: list[Rows] = [
    [],
    [["一、民生实事"], [], ["二、产业项目"]],
    [["一、民生实事"], [1], [2]],
]


@pytest.mark.parametrize("rows", EMPTY)
def test_a_register_without_entries(read_as: ReadAs, rows: Rows) -> None:
    blank = [*ROWS[:4], *rows, [], *ROWS[14:]]
    reading = read_as(REGISTER, {"项目": blank}, merges=MERGES[:2])
    assert entry_table(reading).rows == ()
    assert (reading.tables[0].rows_found, reading.tables[0].columns_found) == (0, 7)
    # Beside a filled one it is a form that nobody needed.
    both = read_as(REGISTER, {"项目": ROWS, "空表": blank}, merges=MERGES[:2])
    assert [(table.sheet.name, len(table.rows)) for table in both.entries] == [("项目", 5)]


@pytest.mark.parametrize("row", [[None, None, "区教育局"], [None, None, None, 100], ["学校"]])
def test_rows_without_a_name_are_no_empty_register(refused_as: RefusedAs, row: list) -> None:  # type: ignore[type-arg]
    reason = refused_as(REGISTER, {"项目": [*ROWS[:4], row, *ROWS[14:]]}, merges=MERGES[:2])
    assert reason.code == "missing_labels"


def test_an_entry_pasted_below_the_remarks_is_none(read_as: ReadAs) -> None:
    pasted: Rows = [*ROWS[:12], ["全区重点项目"], *ROWS[14:], ["总投资"], [1, "学校", None, 100.25]]
    reading = read_as(REGISTER, {"项目": pasted}, merges=MERGES)
    assert entry_table(reading).rows == (6, 7, 8, 11, 12)
    fates = {cell.cell: cell.fate for cell in reading.cells}
    assert (fates["B17"], fates["D17"]) == ("unmapped", "unmapped")
    other: Rows = [*pasted[:-1], [4, "道路", None, 100.25]]
    assert entry_table(read_as(REGISTER, {"项目": other}, merges=MERGES)).rows[-1] == 17
