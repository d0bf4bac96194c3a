"""A form that changes from month to month: what is read, what is set aside, what is refused."""

from collections.abc import Callable, Sequence

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from govstats.layouts.facts import Reading
from govstats.layouts.notes import kinds
from govstats.workbooks.refusals import Refused
from tests.unit.layouts.conftest import sheet_of
from tests.workbooks.builders import Range, Rows, shifted, with_cell, with_column, without_column

ReadAs = Callable[..., Reading]
RefusedAs = Callable[..., Refused]

LAYOUT = """\
  - id: revenue
    name_zh: 收支月报
    name_en: Test
    source_precedence: 1
    valid_from: "2018-01"
    drift: DRIFT
    title: 收支月报
    period: {cycle: month}
    dims: {ref_area: "430602000000", scope: jurisdiction, unit: 亿元}
    columns:
      - {id: label, label: 项目, role: row_label}
      - {id: month, label: [本月, 金额], dims: {measure: level, period_type: month}}
      - {id: ytd, label: [累计, 金额], dims: {measure: level, period_type: ytd}}
      - {id: growth, label: [累计, 增速], dims: {measure: growth, period_type: ytd, unit: "%"}}
    rows:
      axis: indicator
      items:
        - id: total
          label: 财政总收入
          dims: {indicator: fiscal_revenue_total, growth_basis: same_scope}
          children:
            - {id: tax, label: 税收, dims: {indicator: fiscal_revenue_total_tax}}
        - id: general
          label: 一般公共预算收入
          dims: {indicator: general_budget_revenue, growth_basis: same_scope}
        - id: retail
          label: 社会消费品零售总额
          dims: {indicator: retail_sales, growth_basis: yoy_nominal}
"""
ROWS: Rows = [
    ["2020年12月收支月报"],
    ["单位:亿元"],
    ["项目", "本月", "累计", None],
    [None, "金额", "金额", "增速(%)"],
    ["财政总收入", 1, 10, 5],
    ["其中:税收", 2, 20, 6],
    ["一般公共预算收入", 3, 30, 7],
    ["社会消费品零售总额", 4, 40, 8],
]
MERGES: list[Range] = [(3, 1, 4, 1), (3, 3, 3, 4)]
EXPECTED = {
    ("fiscal_revenue_total", "month", 1), ("fiscal_revenue_total", "ytd", 10),
    ("fiscal_revenue_total", "ytd", 5), ("fiscal_revenue_total_tax", "month", 2),
    ("fiscal_revenue_total_tax", "ytd", 20), ("fiscal_revenue_total_tax", "ytd", 6),
    ("general_budget_revenue", "month", 3), ("general_budget_revenue", "ytd", 30),
    ("general_budget_revenue", "ytd", 7), ("retail_sales", "month", 4),
    ("retail_sales", "ytd", 40), ("retail_sales", "ytd", 8),
}  # fmt: skip


def layout(drift: str = "refuse") -> str:
    return LAYOUT.replace("DRIFT", drift)


def figures(reading: Reading) -> set[tuple[object, ...]]:
    return {(e.indicator_code, e.period_type, e.cell_value) for e in reading.observations}


def said(reading: Reading) -> list[tuple[str, str | None]]:
    return [(note.kind, note.cell) for note in reading.notes]


def test_the_form_as_it_should_be(read_as: ReadAs) -> None:
    reading = read_as(layout(), {"表": ROWS}, merges=MERGES)
    assert figures(reading) == EXPECTED
    assert not reading.notes
    assert "unmapped" not in {cell.fate for cell in reading.cells}


# ── the place of things ──────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("at", [2, 4, 6])
def test_an_inserted_row_without_figures(read_as: ReadAs, at: int) -> None:
    rows = [*ROWS[:at], [], *ROWS[at:]]
    moved = shifted(MERGES, rows=1) if at == 2 else MERGES
    assert figures(read_as(layout(), {"表": rows}, merges=moved)) == EXPECTED


@pytest.mark.parametrize("at", [4, 6, 8])
def test_an_inserted_row_with_figures(read_as: ReadAs, refused_as: RefusedAs, at: int) -> None:
    rows = [*ROWS[:at], ["上划收入", 7, 70, 9], *ROWS[at:]]
    reading = read_as(layout("{extra: quarantine}"), {"表": rows}, merges=MERGES)
    assert figures(reading) == EXPECTED
    assert said(reading) == [("unknown_row", f"A{at + 1}")]
    unmapped = [cell.cell for cell in reading.cells if cell.fate == "unmapped"]
    assert unmapped == [f"{letter}{at + 1}" for letter in "ABCD"]
    reason = refused_as(layout(), {"表": rows}, merges=MERGES)
    assert reason.code == "extra_labels"
    assert yaml.safe_load(reason.lines) == {
        "rows": {"items": [{"id": "new_1", "label": "上划收入", "dims": {"indicator": "…"}}]}
    }


def test_an_inserted_column_with_figures(read_as: ReadAs, refused_as: RefusedAs) -> None:
    rows = with_column(ROWS, 2, {3: "上年", 4: "金额", **dict.fromkeys(range(5, 9), 99)})
    merges = [(3, 1, 4, 1), (3, 4, 3, 5)]
    reading = read_as(layout("{extra: quarantine}"), {"表": rows}, merges=merges)
    assert figures(reading) == EXPECTED
    assert said(reading) == [("unknown_column", "B4")]
    reason = refused_as(layout(), {"表": rows}, merges=merges)
    assert (reason.code, "上年/金额" in reason.facts["extra"].zh) == ("extra_labels", True)
    assert yaml.safe_load(reason.lines)["columns"][0]["label"] == ["上年", "金额"]


def test_reordered_columns(read_as: ReadAs) -> None:
    rows = [[row[0], *row[2:4], row[1]] if len(row) == 4 else row for row in ROWS]
    reading = read_as(layout(), {"表": rows}, merges=[(3, 1, 4, 1), (3, 2, 3, 3)])
    assert figures(reading) == EXPECTED


@pytest.mark.parametrize(
    "merges", [[], [(3, 1, 4, 1)], [(3, 3, 3, 4)], [(1, 1, 1, 4), (2, 1, 2, 4), *MERGES]]
)
def test_moved_merges(read_as: ReadAs, merges: Sequence[Range]) -> None:
    assert figures(read_as(layout(), {"表": ROWS}, merges=merges)) == EXPECTED


def test_a_row_label_at_the_foot_of_the_header(read_as: ReadAs) -> None:
    rows = with_cell(with_cell(ROWS, 3, 1, None), 4, 1, "项目")
    assert figures(read_as(layout(), {"表": rows})) == EXPECTED


def test_hidden_rows_are_read_and_said(read_as: ReadAs) -> None:
    sheet = sheet_of("表", ROWS, MERGES, hidden_rows=frozenset({6}))
    reading = read_as(layout(), [sheet])
    assert figures(reading) == EXPECTED
    assert said(reading) == [("hidden_figures", None)]
    assert not read_as(layout(), [sheet_of("表", ROWS, hidden_rows=frozenset({20}))]).notes


# ── names ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", ["公共财政总收入", "公共财政总 收入(亿元)"])
def test_a_renamed_row_that_the_alias_table_knows(
    read_as: ReadAs, refused_as: RefusedAs, name: str
) -> None:
    rows = with_cell(ROWS, 5, 1, name)
    reading = read_as(layout("alias"), {"表": rows}, merges=MERGES)
    assert figures(reading) == EXPECTED
    (note,) = reading.notes
    assert (note.kind, note.cell) == ("renamed_label", "A5")
    assert "total: also: [公共财政总收入]" in note.remedy_zh
    reason = refused_as(layout(), {"表": rows}, merges=MERGES)
    assert reason.code == "missing_labels"
    (line,) = yaml.safe_load(reason.lines)["rows"]["items"]
    assert (line["id"], line["also"]) == ("total", [name])


def test_a_renamed_row_that_nobody_knows(refused_as: RefusedAs) -> None:
    rows = with_cell(ROWS, 8, 1, "消费品零售")
    reason = refused_as(layout("alias"), {"表": rows}, merges=MERGES)
    assert reason.code == "missing_labels"
    assert yaml.safe_load(reason.lines) == {
        "rows": {"items": [{"id": "retail", "also": ["消费品零售"]}]}
    }


def test_an_alias_beside_the_label_itself_is_no_renaming(read_as: ReadAs) -> None:
    """Two rows for one indicator: the declared one is read, the other one set aside."""
    rows = [*ROWS, ["社零总额", 9, 9, 9]]
    reading = read_as(layout("{renamed: accept, extra: quarantine}"), {"表": rows}, merges=MERGES)
    assert figures(reading) == EXPECTED
    assert said(reading) == [("unknown_row", "A9")]


def test_an_alias_that_stands_twice_is_no_renaming(refused_as: RefusedAs) -> None:
    rows = [*ROWS[:7], ["社零总额", 4, 40, 8], ["社会消费品零售额", 9, 9, 9]]
    assert refused_as(layout("alias"), {"表": rows}, merges=MERGES).code == "missing_labels"


COLUMNS = """\
  - id: comparison
    name_zh: 对比表
    name_en: Test
    source_precedence: 1
    valid_from: "2018-01"
    drift: alias
    title: 对比表
    period: {cycle: month}
    dims: {scope: jurisdiction, period_type: ytd, unit: 亿元, measure: level}
    columns:
      - {id: label, label: 地区, role: row_label}
      - {id: gdp, label: [地区生产总值, 总量], dims: {indicator: gdp}}
      - {id: retail, label: [社会消费品零售总额, 总量], dims: {indicator: retail_sales}}
    rows: {axis: area, items: ["430602000000"]}
"""


def test_a_renamed_column_and_a_renamed_area(read_as: ReadAs) -> None:
    rows: Rows = [
        ["2020年12月对比表"],
        ["地区", "GDP", "社零总额"],
        [None, "总量(亿元)", "总量"],
        ["全  区", 735, 500],
    ]
    reading = read_as(COLUMNS, {"表": rows}, merges=[(2, 1, 3, 1)])
    read = {e.cell: (e.indicator_code, e.ref_area, e.cell_value) for e in reading.observations}
    assert read == {
        "B4": ("gdp", "430602000000", 735),
        "C4": ("retail_sales", "430602000000", 500),
    }
    assert said(reading) == [("renamed_label", "B3"), ("renamed_label", "C3")]
    assert "gdp: also: [[GDP, 总量]]" in reading.notes[0].remedy_en


# ── what is missing ──────────────────────────────────────────────────────────────────────────


def test_a_removed_row(read_as: ReadAs, refused_as: RefusedAs) -> None:
    rows = ROWS[:7]
    reading = read_as(layout("quarantine"), {"表": rows}, merges=MERGES)
    assert figures(reading) == {entry for entry in EXPECTED if entry[0] != "retail_sales"}
    (note,) = reading.notes
    assert (note.kind, "“社会消费品零售总额”" in note.found_zh) == ("missing_row", True)
    reason = refused_as(layout(), {"表": rows}, merges=MERGES)
    assert "社会消费品零售总额" in str(reason.facts["missing"])


def test_a_removed_column(read_as: ReadAs, refused_as: RefusedAs) -> None:
    rows = without_column(ROWS, 4)
    reading = read_as(layout("quarantine"), {"表": rows}, merges=MERGES[:1])
    assert {e.cell_value for e in reading.observations} == {1, 10, 2, 20, 3, 30, 4, 40}
    assert [(n.kind, "“累计/增速”" in n.found_zh) for n in reading.notes] == [
        ("missing_column", True)
    ]
    assert refused_as(layout(), {"表": rows}, merges=MERGES[:1]).code == "missing_labels"


@pytest.mark.parametrize(("row", "column"), [(1, 1), (3, 1)])
def test_title_and_anchor_are_never_done_without(
    refused_as: RefusedAs, row: int, column: int
) -> None:
    rows = with_cell(ROWS, row, column, "别的")
    assert refused_as(layout("quarantine"), {"表": rows}, merges=MERGES).code == "missing_labels"


def test_last_years_title_left_in_place(refused_as: RefusedAs) -> None:
    rows = with_cell(ROWS, 1, 1, "2019年12月收支月报")
    reason = refused_as(layout("quarantine"), {"表": rows}, merges=MERGES)
    assert (reason.code, reason.variant) == ("period_conflict", "folder")
    two = [["2020年12月收支月报"], *rows]
    assert (
        refused_as(layout(), {"表": two}, merges=shifted(MERGES, rows=1)).code == "period_conflict"
    )


def test_a_lesser_place_with_another_period_is_said(read_as: ReadAs) -> None:
    reading = read_as(layout(), {"11月": ROWS}, merges=MERGES, file="收支2020年10月.xlsx")
    assert figures(reading) == EXPECTED
    assert [(n.kind, n.found_en.split(" of ")[0]) for n in reading.notes] == [
        ("period_conflict", "the sheet name"), ("period_conflict", "the file name"),
    ]  # fmt: skip


# ── units ────────────────────────────────────────────────────────────────────────────────────


def units(reading: Reading) -> dict[str, str]:
    return {e.cell: e.cell_unit for e in reading.observations if e.row_number == 5}


@pytest.mark.parametrize(
    ("line", "title"),
    [("单位:万元", "2020年12月收支月报"), (None, "2020年12月收支月报(单位：万元)"),
     ("计量单位：万元", "2020年12月收支月报(亿元)")],
)  # fmt: skip
def test_a_changed_unit_is_believed(read_as: ReadAs, line: str | None, title: str) -> None:
    rows = with_cell(with_cell(ROWS, 2, 1, line), 1, 1, title)
    reading = read_as(layout(), {"表": rows}, merges=MERGES)
    assert units(reading) == {"B5": "万元", "C5": "万元", "D5": "%"}
    expected = ["unit_conflict"] if line and "亿元" in title else []
    assert [note.kind for note in reading.notes] == expected


@pytest.mark.parametrize("unit", ["人", "万美元"])
def test_a_unit_that_does_not_convert(read_as: ReadAs, refused_as: RefusedAs, unit: str) -> None:
    rows = with_cell(ROWS, 2, 1, f"单位:{unit}")
    reading = read_as(layout("{conflict: quarantine}"), {"表": rows}, merges=MERGES)
    assert {e.cell for e in reading.observations} == {"D5", "D6", "D7", "D8"}
    (note,) = reading.notes
    assert (note.kind, note.cell) == ("unit_mismatch", "B5")
    assert f"B5等8处的计量单位“{unit}”" in note.found_zh
    fates = {cell.cell: cell.fate for cell in reading.cells}
    assert (fates["B5"], fates["C8"], fates["D8"]) == ("unmapped", "unmapped", "observation")
    assert refused_as(layout("alias"), {"表": rows}, merges=MERGES).code == "unit_conflict"


def test_an_empty_column_takes_no_words_from_its_neighbour(read_as: ReadAs) -> None:
    units = [None, "亿元", "亿元", "%"]
    rows = [*ROWS[:4], units, *ROWS[4:]]
    rows = [[*row, *[None] * (5 - len(row)), "另存"] if number > 5 else row
            for number, row in enumerate(rows)]  # fmt: skip
    assert figures(read_as(layout("quarantine"), {"表": rows}, merges=MERGES)) == EXPECTED


@pytest.mark.parametrize("blanks", ["", "　　"])
def test_a_part_of_an_unknown_part_is_not_guessed(read_as: ReadAs, blanks: str) -> None:
    part = [blanks + "其中:税收", *ROWS[5][1:]]
    rows = [*ROWS[:5], ["其中:地方级", 9, 90, 9], part, *ROWS[6:]]
    reading = read_as(layout("quarantine"), {"表": rows}, merges=MERGES)
    # Deeper than the unknown row it is that row's part; beside it, one of the row above.
    without = {e for e in EXPECTED if e[0] != "fiscal_revenue_total_tax"}
    assert figures(reading) == (without if blanks else EXPECTED)


def test_every_kind_of_note_has_its_texts() -> None:
    assert set(kinds()) == {
        "renamed_label", "unknown_row", "unknown_column", "missing_row", "missing_column",
        "unit_conflict", "unit_mismatch", "period_conflict", "hidden_figures",
    }  # fmt: skip


def test_a_table_nobody_knows_lends_nothing_to_the_one_above(
    read_as: ReadAs, refused_as: RefusedAs
) -> None:
    """Neither its rows, where one of ours is missing, nor the unit line above it."""
    below: Rows = [[], ["单位:万元"], ["分县情况", "上年", "本年", "增减"]]
    below += [["岳阳楼区", 1, 2, 3], ["社会消费品零售总额", 91, 92, 93]]
    reading = read_as(layout("quarantine"), {"表": [*ROWS, *below]}, merges=MERGES)
    assert figures(reading) == EXPECTED
    without = [*ROWS[:1], [], *ROWS[2:7], *below]
    reading = read_as(layout("quarantine"), {"表": without}, merges=MERGES)
    assert {entry.cell_value for entry in reading.observations}.isdisjoint({91, 92, 93})
    assert {entry.cell_unit for entry in reading.observations} == {"亿元", "%"}
    assert ("missing_row", None) in said(reading)
    assert refused_as(layout("alias"), {"表": without}, merges=MERGES).code == "missing_labels"


# ── anything may happen to a sheet ───────────────────────────────────────────────────────────

#: Every figure of the form once, so that a value tells what it must mean.
MEANING = {
    value: (indicator, period_type, measure)
    for indicator, numbers in (
        ("fiscal_revenue_total", (1.5, 10.5, 5.5)),
        ("fiscal_revenue_total_tax", (2.5, 20.5, 6.5)),
        ("general_budget_revenue", (3.5, 30.5, 7.5)),
        ("retail_sales", (4.5, 40.5, 8.5)),
    )
    for value, period_type, measure in zip(
        numbers, ("month", "ytd", "ytd"), ("level", "level", "growth"), strict=True
    )
}
BODY = [[value + 0.5 if isinstance(value, int) else value for value in row] for row in ROWS]
JUNK = [None, "项目", "本月", "金额", "税收", "合计", "其中:", "2019年12月收支月报", "见附表", 99.5]


@st.composite
def spoilt(draw: st.DrawFn) -> Rows:
    """The form with rows and columns moved, put in, left out, and cells written over."""
    rows = [list(row) + [None] * (4 - len(row)) for row in BODY]
    for _ in range(draw(st.integers(1, 4))):
        change = draw(st.sampled_from(["cell", "drop", "insert", "swap", "column", "columns"]))
        at, other = draw(st.tuples(*[st.integers(0, len(rows) - 1)] * 2))
        column, beside = draw(st.tuples(*[st.integers(0, len(rows[0]) - 1)] * 2))
        junk = draw(st.lists(st.sampled_from(JUNK), min_size=12, max_size=12))
        if change == "cell":
            rows[at][column] = junk[0]
        elif change == "drop" and len(rows) > 2:
            del rows[at]
        elif change == "insert":
            rows.insert(at, junk[: len(rows[0])])
        elif change == "swap":
            rows[at], rows[other] = rows[other], rows[at]
        elif change == "column":
            rows = [[*row[:column], junk[n % 12], *row[column:]] for n, row in enumerate(rows)]
        else:
            for row in rows:
                row[column], row[beside] = row[beside], row[column]
    return rows


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(spoilt(), st.sampled_from(["refuse", "alias", "quarantine"]))
def test_a_value_is_right_or_its_cell_is_reported(read_as: ReadAs, rows: Rows, drift: str) -> None:
    try:
        reading = read_as(layout(drift), {"表": rows})
    except Refused:
        return
    for entry in reading.observations:
        value = None if entry.cell_value is None else float(entry.cell_value)
        if value in MEANING:
            meant = entry.indicator_code, entry.period_type, entry.measure
            assert meant == MEANING[value], entry.cell
    places = [cell.cell for cell in reading.cells]
    filled = sum(value is not None for row in rows for value in row)
    assert (len(places), len(set(places))) == (filled, filled)
    observed = {entry.cell for entry in reading.observations}
    assert observed >= {cell.cell for cell in reading.cells if cell.fate == "observation"}
