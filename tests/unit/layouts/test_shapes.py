"""Shapes of crossing tables, each read from a small sheet; figures worked out by hand."""

from collections.abc import Callable, Sequence

import pytest

from govstats.layouts.facts import Reading
from govstats.workbooks.refusals import Refused
from tests.unit.layouts.conftest import sheet_of
from tests.workbooks.builders import Rows

ReadAs = Callable[..., Reading]
RefusedAs = Callable[..., Refused]

LAYOUT = """\
  - id: {id}
    name_zh: {title}
    name_en: Test
    source_precedence: 1
    valid_from: "2018-01"
    drift: {drift}
    title: {title}
    period: {{cycle: {cycle}}}
"""
AREA = '{ref_area: "430602000000", scope: jurisdiction'


def layout(
    body: str,
    title: str = "历年主要指标",
    name: str = "history",
    cycle: str = "year",
    drift: str = "refuse",
) -> str:
    head = LAYOUT.format(id=name, title=title, cycle=cycle, drift=drift)
    return head + "".join(f"    {line}\n" for line in body.splitlines())


def values(reading: Reading) -> dict[str, tuple[str, ...]]:
    """Cell → what it means, without what all cells of the test share."""
    return {
        entry.cell: (
            entry.indicator_code,
            entry.ref_area,
            str(entry.period_end),
            "" if entry.cell_value is None else f"{entry.cell_value.normalize():f}",
            entry.cell_unit,
        )
        for entry in reading.observations
    }


def unmapped(reading: Reading) -> list[str]:
    return [cell.cell for cell in reading.cells if cell.fate == "unmapped"]


INDICATORS = f"""\
dims: {AREA}, measure: level, period_type: year}}
columns:
  - {{id: label, label: 指标, role: row_label}}
  - {{id: year, label: "*", each: period}}
rows:
  axis: indicator
  items:
    - {{id: gdp, label: 地区生产总值, dims: {{indicator: gdp, unit: 亿元}}}}
    - {{id: retail, label: 社会消费品零售总额, dims: {{indicator: retail_sales, unit: 亿元}}}}
"""


@pytest.mark.parametrize(
    ("years", "ends"),
    [
        (["2020年", "2019年"], ["2020-12-31", "2019-12-31"]),
        ([2019, 2020], ["2019-12-31", "2020-12-31"]),
        (["2020年1-12月", "2020年上半年"], ["2020-12-31", "2020-06-30"]),
        (["2020Q4", "2020Q1"], ["2020-12-31", "2020-03-31"]),
        (["2019-12", "2020-12"], ["2019-12-31", "2020-12-31"]),
        (["1-12月", "1-9月"], ["2020-12-31", "2020-09-30"]),
    ],
)
def test_periods_across_columns(read_as: ReadAs, years: list[str], ends: list[str]) -> None:
    rows: Rows = [
        ["岳阳楼区历年主要指标(2020年)"],
        ["指标", *years],
        ["地区生产总值", 735.0, 692.4],
        ["社会消费品零售总额", 500, 520],
    ]
    reading = read_as(layout(INDICATORS), {"年度": rows})
    assert values(reading) == {
        "B3": ("gdp", "430602000000", ends[0], "735", "亿元"),
        "C3": ("gdp", "430602000000", ends[1], "692.4", "亿元"),
        "B4": ("retail_sales", "430602000000", ends[0], "500", "亿元"),
        "C4": ("retail_sales", "430602000000", ends[1], "520", "亿元"),
    }
    assert unmapped(reading) == []
    assert not reading.notes


def test_periods_with_levels_below_and_columns_that_are_none(read_as: ReadAs) -> None:
    body = f"""\
dims: {AREA}, period_type: year}}
columns:
  - {{id: label, label: 指标, role: row_label}}
  - {{id: level, label: ["*", 总量(亿元)], each: period, dims: {{measure: level, unit: 亿元}}}}
  - {{id: growth, label: ["*", 增速], each: period, dims: {{measure: growth, unit: "%"}}}}
  - {{id: english, label: Indicator, role: ignore}}
rows:
  axis: indicator
  items:
    - {{id: gdp, label: 地区生产总值, dims: {{indicator: gdp, growth_basis: yoy_real}}}}
"""
    rows: Rows = [
        ["2020年历年主要指标"],
        ["指标", "Indicator", "2020年", None, "2019年", None],
        [None, None, "总量(亿元)", "增速", "总量(亿元)", "增速"],
        ["地区生产总值", "GDP", 735.0, 4.1, 692.4, 8.6],
    ]
    reading = read_as(layout(body), {"年度": rows})
    assert {cell: read[2:] for cell, read in values(reading).items()} == {
        "C4": ("2020-12-31", "735", "亿元"),
        "D4": ("2020-12-31", "4.1", "%"),
        "E4": ("2019-12-31", "692.4", "亿元"),
        "F4": ("2019-12-31", "8.6", "%"),
    }
    assert {c.cell: c.fate for c in reading.cells}["B4"] == "ignorable"


def test_the_same_period_twice_is_refused(refused_as: RefusedAs) -> None:
    rows: Rows = [["2020年历年主要指标"], ["指标", "2020年", "2020年全年"], ["地区生产总值", 1, 2]]
    rows += [["社会消费品零售总额", 3, 4]]
    assert refused_as(layout(INDICATORS), {"年度": rows}).code == "duplicate_labels"


def test_a_history_without_the_folders_year(read_as: ReadAs, refused_as: RefusedAs) -> None:
    """The newest column is a statement of the period like a file name."""
    rows: Rows = [["历年主要指标"], ["指标", "2019年", "2018年"], ["地区生产总值", 1, 2]]
    rows += [["社会消费品零售总额", 3, 4]]
    reason = refused_as(layout(INDICATORS), {"年度": rows})
    assert reason.code == "period_conflict"
    reading = read_as(layout(INDICATORS), {"年度": [["2020年历年主要指标"], *rows[1:]]})
    (note,) = reading.notes
    assert (note.kind, "“2019-12”" in note.found_zh) == ("period_conflict", True)
    alone: Rows = [["历年主要指标"], ["指标", "2020年", "2019年"], *rows[2:]]
    assert len(read_as(layout(INDICATORS), {"年度": alone}).observations) == 4


def test_periods_down_the_rows(read_as: ReadAs) -> None:
    body = f"""\
dims: {AREA}, measure: level, period_type: ytd, unit: 亿元}}
columns:
  - {{id: label, label: 时间, role: row_label}}
  - {{id: gdp, label: 地区生产总值, dims: {{indicator: gdp}}}}
  - {{id: retail, label: 社零, dims: {{indicator: retail_sales}}}}
rows: {{axis: period}}
"""
    rows: Rows = [
        ["历年主要指标"],
        ["时间", "地区生产总值", "社零"],
        ["2020年", 735, 500],
        ["2020年前三季度", 520.45, "—"],
        [1949, 0.5, None],
        ["平均", 1, 2],
        ["注:快报数"],
    ]
    reading = read_as(layout(body, drift="quarantine"), {"年度": rows})
    assert {cell: read[2:4] for cell, read in values(reading).items()} == {
        "B3": ("2020-12-31", "735"),
        "C3": ("2020-12-31", "500"),
        "B4": ("2020-09-30", "520.45"),
        "C4": ("2020-09-30", ""),
        "B5": ("1949-12-31", "0.5"),
        "C5": ("1949-12-31", ""),
    }
    assert unmapped(reading) == ["A6", "B6", "C6"]
    assert [(note.kind, note.cell) for note in reading.notes] == [("unknown_row", "A6")]


AREAS = """\
dims: {scope: jurisdiction, period_type: year, unit: 亿元}
columns:
  - {id: label, label: 地区, role: row_label}
  - {id: gdp, label: [地区生产总值, 总量], dims: {indicator: gdp, measure: level}}
  - {id: rank, label: [地区生产总值, 位次], dims: {indicator: gdp, measure: rank, unit: 位次}}
rows:
  axis: area
  any: true
  items: ["430602000000"]
"""


def test_any_area_the_alias_table_knows(read_as: ReadAs, refused_as: RefusedAs) -> None:
    rows: Rows = [
        ["2020年历年主要指标"],
        ["地 区", "地区生产总值", None],
        [None, "总量", "位次"],
        ["岳阳楼区", 735, 1],
        ["平 江 县", 300.5, 2],
        ["长沙县", 1800, 3],
    ]
    reading = read_as(layout(AREAS, drift="quarantine"), {"年度": rows})
    assert values(reading) == {
        "B4": ("gdp", "430602000000", "2020-12-31", "735", "亿元"),
        "C4": ("gdp", "430602000000", "2020-12-31", "1", "位次"),
        "B5": ("gdp", "430626000000", "2020-12-31", "300.5", "亿元"),
        "C5": ("gdp", "430626000000", "2020-12-31", "2", "位次"),
    }
    assert unmapped(reading) == ["A6", "B6", "C6"]
    reason = refused_as(layout(AREAS), {"年度": rows})
    assert (reason.code, "长沙县" in str(reason.facts["extra"])) == ("extra_labels", True)


def test_areas_across_columns(read_as: ReadAs) -> None:
    body = """\
dims: {scope: jurisdiction, period_type: year, measure: level}
columns:
  - {id: label, label: 指标, role: row_label}
  - {id: unit, label: 单位, role: unit}
  - {id: area, label: "*", each: area}
rows:
  axis: indicator
  items:
    - {id: gdp, label: 地区生产总值, dims: {indicator: gdp, unit: 亿元}}
"""
    rows: Rows = [
        ["2020年历年主要指标"],
        ["指标", "单位", "岳阳楼区", "云 溪 区"],
        ["地区生产总值", "万元", 7350000, 2000000],
    ]
    reading = read_as(layout(body), {"年度": rows})
    assert values(reading) == {
        "C3": ("gdp", "430602000000", "2020-12-31", "7350000", "万元"),
        "D3": ("gdp", "430603000000", "2020-12-31", "2000000", "万元"),
    }


GROUPS = f"""\
dims: {AREA}, period_type: year, measure: level, unit: 亿元}}
columns:
  - {{id: group, label: 类别, role: row_group}}
  - {{id: label, label: 项目, role: row_label}}
  - {{id: amount, label: 金额}}
rows:
  axis: indicator
  items:
    - id: total
      label: 总收入
      dims: {{indicator: fiscal_revenue_total}}
    - id: all
      label: 全口径
      children:
        - {{id: all_tax, label: 税收, dims: {{indicator: fiscal_revenue_total_tax}}}}
    - id: general
      label: 地方
      children:
        - {{id: general_tax, label: 税收, dims: {{indicator: general_budget_tax}}}}
        - {{id: general_nontax, label: 非税, dims: {{indicator: general_budget_nontax}}}}
"""


@pytest.mark.parametrize("merges", [[], [(5, 1, 6, 1), (3, 1, 3, 2)]])
def test_groups_in_a_column_of_their_own(read_as: ReadAs, merges: Sequence[object]) -> None:
    rows: Rows = [
        ["2020年历年主要指标"],
        ["类别", "项目", "金额"],
        ["总收入", None, 100],
        ["全口径", "税收", 60],
        ["地方", "税收", 40],
        [None, "非税", 5],
        ["其他", "税收", 7],
    ]
    reading = read_as(layout(GROUPS, drift="quarantine"), {"年度": rows}, merges=merges)
    assert {cell: (read[0], read[3]) for cell, read in values(reading).items()} == {
        "C3": ("fiscal_revenue_total", "100"),
        "C4": ("fiscal_revenue_total_tax", "60"),
        "C5": ("general_budget_tax", "40"),
        "C6": ("general_budget_nontax", "5"),
    }
    fates = {cell.cell: cell.fate for cell in reading.cells}
    assert (fates["A5"], fates["C7"]) == ("label", "unmapped")
    assert [note.kind for note in reading.notes] == ["unknown_row"]


def test_labels_broken_over_cells(read_as: ReadAs) -> None:
    rows: Rows = [
        ["2020年历年主要指标"],
        ["指", "2020年"],
        ["标", None],
        ["地区生", None],
        ["产总值", 735],
        ["社会消费", 500],
        ["品零售", None],
        ["总额", None],
    ]
    reading = read_as(layout(INDICATORS), {"年度": rows})
    assert {cell: (read[0], read[3]) for cell, read in values(reading).items()} == {
        "B5": ("gdp", "735"),
        "B6": ("retail_sales", "500"),
    }
    assert {c.cell: c.fate for c in reading.cells if c.fate != "label"} == {
        "A1": "metadata", "B5": "observation", "B6": "observation",
    }  # fmt: skip


# ── several tables, several parts ────────────────────────────────────────────────────────────

FIGURES = f"""\
dims: {AREA}, measure: level, period_type: year, unit: 亿元}}
columns:
  - {{id: label, label: 项目, role: row_label}}
  - {{id: amount, label: 金额}}
rows:
  axis: indicator
  items:
"""
REVENUE = FIGURES + "    - {id: revenue, label: 收入, dims: {indicator: general_budget_revenue}}\n"
OUTPUT = FIGURES + "    - {id: gdp, label: 产值, dims: {indicator: gdp}}\n"
TWO = layout(REVENUE, "收入表", "revenue") + layout(OUTPUT, "产值表", "output")


def test_two_tables_below_each_other(read_as: ReadAs) -> None:
    """Each has its own title and unit line."""
    rows: Rows = [["2020年收入表"], ["单位:万元"], ["项目", "金额"], ["收入", 3], []]
    rows += [["2020年产值表"], ["项目", "金额"], ["产值", 4], ["注:初步"]]
    reading = read_as(TWO, {"年度": rows})
    assert [table.layout_id for table in reading.tables] == ["revenue", "output"]
    assert values(reading) == {
        "B4": ("general_budget_revenue", "430602000000", "2020-12-31", "3", "万元"),
        "B8": ("gdp", "430602000000", "2020-12-31", "4", "亿元"),
    }
    assert unmapped(reading) == []
    assert not reading.notes


def test_two_tables_beside_each_other(read_as: ReadAs) -> None:
    """A unit line above both speaks for both; one above each for its own."""
    other = OUTPUT.replace("label: 项目, role", "label: 指标, role")
    layouts = layout(REVENUE, "收入表", "revenue") + layout(other, "产值表", "output")
    rows: Rows = [
        ["2020年收入表", None, None, "2020年产值表"],
        ["单位:万元"],
        ["项目", "金额", None, "指标", "金额"],
        ["收入", 3, None, "产值", 4],
    ]
    reading = read_as(layouts, {"年度": rows})
    assert values(reading) == {
        "B4": ("general_budget_revenue", "430602000000", "2020-12-31", "3", "万元"),
        "E4": ("gdp", "430602000000", "2020-12-31", "4", "万元"),
    }
    assert unmapped(reading) == []
    assert not reading.notes
    rows[1] = ["单位:万元", None, None, None, "单位:亿元"]
    units = {cell: read[4] for cell, read in values(read_as(layouts, {"年度": rows})).items()}
    assert units == {"B4": "万元", "E4": "亿元"}


def test_tables_on_several_sheets_in_any_order(read_as: ReadAs) -> None:
    revenue: Rows = [["2020年收入表"], ["项目", "金额"], ["收入", 3]]
    output: Rows = [["2020年产值表"], ["项目", "金额"], ["产值", 4]]
    one = read_as(TWO, {"甲": revenue, "乙": output})
    other = read_as(TWO, {"乙": output, "甲": revenue})
    assert [entry.cell_value for entry in one.observations] == [3, 4]
    assert {e.indicator_code: (e.sheet, e.cell_value) for e in one.observations} == {
        e.indicator_code: (e.sheet, e.cell_value) for e in other.observations
    }
    assert [table.sheet for table in other.tables] == ["乙", "甲"]


def test_equal_tables_told_apart_by_the_sheets_name(read_as: ReadAs, refused_as: RefusedAs) -> None:
    layouts = layout("sheet: 城区\n" + REVENUE, "收支表", "town") + layout(
        "sheet: 农村\n" + OUTPUT.replace("产值", "收入"), "收支表", "country"
    )
    rows: Rows = [["2020年收支表"], ["项目", "金额"], ["收入", 3]]
    other: Rows = [["2020年收支表"], ["项目", "金额"], ["收入", 4]]
    reading = read_as(layouts, {"农 村": other, "城区": rows})
    assert {e.sheet: e.indicator_code for e in reading.observations} == {
        "城区": "general_budget_revenue", "农 村": "gdp",
    }  # fmt: skip
    assert refused_as(layouts, {"甲": rows, "城区": rows}).code == "missing_labels"


def test_a_table_that_is_nearly_there_is_not_half_read(refused_as: RefusedAs) -> None:
    rows: Rows = [["2020年收入表"], ["项目", "金额"], ["收入", 3], []]
    rows += [["2020年产值表"], ["项目", "金额"], ["总产值", 4]]
    reason = refused_as(TWO, {"年度": rows})
    assert reason.code == "missing_labels"
    assert "产值" in str(reason.facts["missing"])


def test_the_same_table_twice_is_a_draft(refused_as: RefusedAs) -> None:
    rows: Rows = [["2020年收入表"], ["项目", "金额"], ["收入", 3], []]
    reason = refused_as(TWO, {"年度": [*rows, *rows]})
    assert (reason.code, reason.variant) == ("ambiguous_layout", "places")
    assert "“A2”、“A6”" in str(reason.facts["places"].zh)


CONTINUED = "continued: true\n" + AREAS.replace(', "430602000000"', "")


def parts(*areas: tuple[str, int]) -> Rows:
    head: Rows = [["地区", "地区生产总值", None], [None, "总量", "位次"]]
    return head + [[name, value, place] for place, (name, value) in enumerate(areas, 1)]


def gdp(reading: Reading) -> dict[str, str]:
    return {
        f"{e.sheet}!{e.cell}": f"{e.ref_area[4:6]}={e.cell_value:.0f}"
        for e in reading.observations
        if e.measure == "level"
    }


def test_continued_below_and_on_another_sheet(read_as: ReadAs) -> None:
    first: Rows = [["2020年历年主要指标"], *parts(("岳阳楼区", 7), ("云溪区", 2))]
    first += [["续表"], *parts(("君山区", 3))]
    second: Rows = [["历年主要指标(续)"], *parts(("平江县", 4)), ["注:初步数"]]
    reading = read_as(layout(CONTINUED), {"甲": first, "乙": second})
    assert gdp(reading) == {"甲!B4": "02=7", "甲!B5": "03=2", "甲!B9": "11=3", "乙!B4": "26=4"}
    (table,) = reading.tables
    assert (table.parts, table.rows_found, table.sheet) == (3, 4, "甲")
    assert unmapped(reading) == []
    assert {c.value_text: c.fate_detail for c in reading.cells}["续表"] == "continued"


def test_continued_side_by_side(read_as: ReadAs) -> None:
    left, right = parts(("岳阳楼区", 7), ("云溪区", 2)), parts(("君山区", 3), ("平江县", 4))
    rows: Rows = [["2020年历年主要指标"], *([*a, *b] for a, b in zip(left, right, strict=True))]
    reading = read_as(layout(CONTINUED), {"甲": rows})
    assert gdp(reading) == {"甲!B4": "02=7", "甲!B5": "03=2", "甲!E4": "11=3", "甲!E5": "26=4"}
    assert unmapped(reading) == []
    assert not reading.notes


def test_continued_with_further_columns(read_as: ReadAs) -> None:
    rows: Rows = [["2020年历年主要指标"], ["地区", "地区生产总值"], [None, "总量"]]
    rows += [["岳阳楼区", 7], ["云溪区", 2], ["续表"], ["地区", "地区生产总值"], [None, "位次"]]
    rows += [["岳阳楼区", 1], ["云溪区", 2]]
    reading = read_as(layout(CONTINUED), {"甲": rows})
    assert {e.cell: e.measure for e in reading.observations} == {
        "B4": "level", "B5": "level", "B9": "rank", "B10": "rank",
    }  # fmt: skip
    assert reading.tables[0].parts == 2


def test_a_continued_table_states_each_figure_once(refused_as: RefusedAs) -> None:
    rows: Rows = [["2020年历年主要指标"], *parts(("岳阳楼区", 7), ("云溪区", 2))]
    rows += [["续表"], *parts(("云溪区", 2))]
    reason = refused_as(layout(CONTINUED), {"甲": rows})
    assert (reason.code, "云溪区" in str(reason.facts["labels"])) == ("duplicate_labels", True)


def test_the_title_of_a_part_must_be_of_the_period(refused_as: RefusedAs) -> None:
    first: Rows = [["2020年历年主要指标"], *parts(("岳阳楼区", 7))]
    second: Rows = [["2019年历年主要指标"], *parts(("平江县", 4))]
    assert refused_as(layout(CONTINUED), {"甲": first, "乙": second}).code == "period_conflict"


def test_merged_and_hidden_parts_change_no_value(read_as: ReadAs) -> None:
    rows: Rows = [["2020年历年主要指标"], *parts(("岳阳楼区", 7), ("云溪区", 2))]
    plain = read_as(layout(AREAS), [sheet_of("甲", rows)])
    merged = read_as(layout(AREAS), [sheet_of("甲", rows, [(2, 1, 3, 1), (2, 2, 2, 3)])])
    assert values(plain) == values(merged)
    hidden = read_as(
        layout(AREAS),
        [sheet_of("甲", rows, hidden_rows=frozenset({5}), hidden_columns=frozenset({3}))],
    )
    assert values(plain) == values(hidden)
    (note,) = hidden.notes
    assert note.kind == "hidden_figures"
    assert "行:5;列:C" in note.found_zh
