"""A value is right or its cell is told of: headers, labels and parts that may mean two things."""

from collections.abc import Callable, Sequence

import pytest

from govstats.layouts.facts import Reading
from govstats.workbooks.refusals import Refused
from tests.workbooks.builders import Range, Rows

ReadAs = Callable[..., Reading]
RefusedAs = Callable[..., Refused]

HEAD = """\
  - id: test
    name_zh: 主要指标
    name_en: Test
    source_precedence: 1
    valid_from: "2018-01"
    drift: {renamed: accept, extra: quarantine, missing: MISSING, conflict: refuse}
    title: 主要指标
    period: {cycle: year}
    dims: {ref_area: "430602000000", scope: jurisdiction, period_type: year, unit: 亿元}
"""
#: Periods in rows, indicators in a nested header.
PERIODS = (
    HEAD
    + """\
    columns:
      - {id: label, label: 时间, role: row_label}
      - {id: gdp, label: [地区生产总值, 总量], dims: {indicator: gdp, measure: level}}
      - id: rate
        label: [地区生产总值, 增速]
        dims: {indicator: gdp, measure: growth, unit: "%", growth_basis: yoy_real}
      - {id: retail, label: 社零, dims: {indicator: retail_sales, measure: level}}
    rows: {axis: period}
"""
)
#: Periods across, indicators in rows, one of which has parts.
ACROSS = (
    HEAD
    + """\
    columns:
      - {id: label, label: 指标, role: row_label}
      - {id: level, label: ["*", 总量], each: period, dims: {measure: level}}
      - {id: rate, label: ["*", 增速], each: period, dims: {measure: growth, unit: "%"}}
    rows:
      axis: indicator
      items:
        - id: gdp
          label: 地区生产总值
          dims: {indicator: gdp, growth_basis: yoy_real}
          children:
            - {id: primary, label: 第一产业, dims: {indicator: gdp_primary}}
        - id: retail
          label: 社会消费品零售总额
          dims: {indicator: retail_sales, growth_basis: yoy_nominal}
"""
)
ZONES = """\
        - id: zones
          label: 地区生产总值(含南湖新区)
          required: false
          dims: {indicator: gdp, scope: administrative, growth_basis: yoy_real}
"""
#: This month and the year so far.
MONTHLY = (
    HEAD
    + """\
    columns:
      - {id: label, label: 项目, role: row_label}
      - {id: month, label: [本月, 金额], dims: {measure: level, period_type: month}}
      - {id: ytd, label: [累计, 金额], dims: {measure: level, period_type: ytd}}
      - {id: growth, label: [累计, 增速], dims: {measure: growth, period_type: ytd, unit: "%"}}
    rows:
      axis: indicator
      items:
        - id: revenue
          label: 财政总收入
          dims: {indicator: fiscal_revenue_total, growth_basis: same_scope}
        - id: retail
          label: 社会消费品零售总额
          dims: {indicator: retail_sales, growth_basis: yoy_nominal}
"""
)
RANK = "indicator: gdp, measure: rank, unit: 位次"
TITLE: Rows = [["2020年主要指标"]]


def of(layout: str, missing: str = "refuse") -> str:
    return layout.replace("MISSING", missing)


def figures(reading: Reading) -> dict[str, tuple[str, str, float | None]]:
    """Cell → indicator, year and value of what is read."""
    return {
        entry.cell: (
            entry.indicator_code,
            str(entry.period_end)[:4],
            None if entry.cell_value is None else float(entry.cell_value),
        )
        for entry in reading.observations
    }


def told(reading: Reading) -> list[tuple[str, str | None]]:
    return [(note.kind, note.cell) for note in reading.notes]


# ── headers ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("header", "columns"),
    [
        # A heading over the first of its columns, a table wider than its header.
        ([["时间", "地区生产总值", None, "社零"], [None, "总量", "增速(%)"]], (1, 2, 3)),
        # Units in a row of their own, a column without a word, a column for remarks.
        (
            [
                ["时间", "地区生产总值", None, "社零", None, "备注"],
                [None, "总量", "增速"],
                [None, "亿元", "%", "亿元"],
            ],
            (1, 2, 3),
        ),
        # An empty column within a group.
        ([["时间", "地区生产总值", None, None, "社零"], [None, "总量", None, "增速"]], (1, 3, 4)),
    ],
)
def test_a_heading_never_merged_speaks_for_columns_with_words(
    read_as: ReadAs, header: Rows, columns: tuple[int, ...]
) -> None:
    years: Rows = [["2020年", *[None] * 6], ["2019年", *[None] * 6]]
    for number, row in enumerate(years):
        for offset, column in enumerate(columns):
            row[column] = 10 * number + offset + 1
    rows = [*TITLE, *header, *years, [], [*[None] * 7, "见附表"]]
    reading = read_as(of(PERIODS), {"表": rows})
    at = ["ABCDEF"[column] for column in columns]
    top = len(header) + 2
    assert figures(reading) == {
        f"{at[0]}{top}": ("gdp", "2020", 1),
        f"{at[1]}{top}": ("gdp", "2020", 2),
        f"{at[2]}{top}": ("retail_sales", "2020", 3),
        f"{at[0]}{top + 1}": ("gdp", "2019", 11),
        f"{at[1]}{top + 1}": ("gdp", "2019", 12),
        f"{at[2]}{top + 1}": ("retail_sales", "2019", 13),
    }
    assert not reading.notes


def test_a_blank_row_below_the_header_and_a_blank_column_in_a_group(read_as: ReadAs) -> None:
    rows: Rows = [
        *TITLE,
        ["指标", "2020年", None, "2019年", None, None],
        [None, "总量", "增速", "总量", None, "增速"],
        [],
        ["地区生产总值", 1, 2, 3, None, 4],
        ["第一产业", 5, 6, 7, None, 8],
        ["社会消费品零售总额", 9, 10, 11, None, 12],
    ]
    merges: list[Range] = [(2, 1, 3, 1), (2, 2, 2, 3), (2, 4, 2, 6)]
    reading = read_as(of(ACROSS), {"表": rows}, merges=merges)
    assert [entry.cell for entry in reading.observations] == [
        f"{column}{row}" for row in (5, 6, 7) for column in "BCDF"
    ]
    assert not reading.notes


def test_a_merged_heading_says_how_far_it_reaches(read_as: ReadAs) -> None:
    rows: Rows = [*TITLE, ["时间", "地区生产总值", None, None, "社零"]]
    rows += [[None, "总量", "增速", "总量"], ["2020年", 1, 2, 3, 4]]
    reading = read_as(of(PERIODS), {"表": rows}, merges=[(2, 2, 2, 3)])
    assert set(figures(reading)) == {"B4", "C4", "E4"}
    assert told(reading) == [("unknown_column", "D3")]


@pytest.mark.parametrize(
    ("header", "merges"),
    [
        # 金额 stands under 本月; 累计 has nothing below it.
        (
            [["项目", "本月", "累计"], [None, "金额", None, "增速"], [None, "亿元", "亿元", "%"]],
            [(2, 3, 2, 4)],
        ),
        # The same, never merged.
        (
            [["项目", "本月", "累计"], [None, "金额", None, "增速"], [None, "亿元", "亿元", "%"]],
            [],
        ),
    ],
)
def test_a_level_is_not_filled_from_the_group_beside(
    refused_as: RefusedAs, header: Rows, merges: Sequence[Range]
) -> None:
    rows = [*TITLE, *header, ["财政总收入", 1, 2, 3], ["社会消费品零售总额", 4, 5, 6]]
    refusal = refused_as(of(MONTHLY), {"表": rows}, merges=merges)
    assert refusal.code == "missing_labels"
    assert "累计/金额" in str(refusal.facts["missing"])


@pytest.mark.parametrize(
    ("layout", "header", "labels"),
    [
        # The second 增速 has its whole heading, the first one's stands left of it.
        (
            PERIODS,
            [
                ["时间", "地区生产总值", None, "社零", "地区生产总值"],
                [None, "总量", "增速", None, "增速"],
            ],
            ["2020年", "2019年"],
        ),
        (
            ACROSS,
            [["指标", "2020年", None, None], [None, "总量", "增速x", "总量"]],
            ["地区生产总值", "第一产业", "社会消费品零售总额"],
        ),
        # Told apart by a unit alone.
        (
            MONTHLY,
            [
                ["项目", "本月", "累计", "累计", "累计"],
                [None, "金额", "金额", "增速", "金额"],
                [None, None, None, "%", "万元"],
            ],
            ["财政总收入", "社会消费品零售总额"],
        ),
    ],
)  # fmt: skip
def test_a_column_that_stands_twice(
    refused_as: RefusedAs, layout: str, header: Rows, labels: list[str]
) -> None:
    rows = [*TITLE, *header, *([label, 1, 2, 3, 4] for label in labels)]
    assert refused_as(of(layout), {"表": rows}).code == "duplicate_labels"


@pytest.mark.parametrize(
    ("figure", "growth"),
    [("见附表", 4.1), ("▲5.2", 4.1), ("约21500", 4.1), ("-", 4.1), ("1035.5亿元", None)],
)
def test_a_word_among_the_figures_of_an_unknown_first_row(
    read_as: ReadAs, figure: str, growth: float | None
) -> None:
    """The header ends above it all the same."""
    rows: Rows = [
        *TITLE,
        ["指标", "2020年"],
        [None, "总量", "增速(%)"],
        ["GDP", figure, growth],
        ["第一产业", 5, 6],
        ["社会消费品零售总额", 9, 10],
    ]
    reading = read_as(of(ACROSS), {"表": rows})
    assert figures(reading)["C4"] == ("gdp", "2020", growth)
    assert figures(reading)["B5"] == ("gdp_primary", "2020", 5)
    assert ("renamed_label", "A4") in told(reading)


def test_the_period_over_columns_named_like_their_unit(read_as: ReadAs) -> None:
    """位次 is a unit too: the level of the period is passed over, the label is not."""
    layout = of(PERIODS).replace("社零, dims", "位次, dims")
    layout = layout.replace("indicator: retail_sales, measure: level", RANK)
    rows: Rows = [*TITLE, ["时间", "2020年1-12月", None, None]]
    rows += [[None, "地区生产总值", None, "位次"], [None, "总量", "增速"], ["2020年", 1, 2, 3]]
    merges: list[Range] = [(2, 1, 4, 1), (2, 2, 2, 4), (3, 2, 3, 3), (3, 4, 4, 4)]
    reading = read_as(layout, {"表": rows}, merges=merges)
    assert [float(entry.cell_value or 0) for entry in reading.observations] == [1, 2, 3]


# ── rows ─────────────────────────────────────────────────────────────────────────────────────


def test_a_label_whose_upper_half_is_another_with_its_figures(read_as: ReadAs) -> None:
    """Nobody can say whether the figures are the year's or the half year's."""
    rows: Rows = [*TITLE, ["时间", "地区生产总值", "地区生产总值", "社零"], [None, "总量", "增速"]]
    rows += [["2020年", 1, 2, 3], ["1-6月"], ["2019年", 4, 5, 6]]
    reading = read_as(of(PERIODS), {"表": rows}, file="2020年.xlsx")
    assert set(figures(reading)) == {"B6", "C6", "D6"}
    assert ("unknown_row", "A4") in told(reading)


def test_parts_below_a_label_in_doubt_are_not_guessed(read_as: ReadAs) -> None:
    rows: Rows = [*TITLE, ["指标", "2020年", "2020年"], [None, "总量", "增速"]]
    rows += [["地区生产总值", 1, 2], ["地区生产总值", 3, 4], ["(含南湖新区)"]]
    rows += [["　其中:第一产业", 5, 6], ["社会消费品零售总额", 7, 8]]
    reading = read_as(of(ACROSS + ZONES, missing="quarantine"), {"表": rows})
    assert set(figures(reading)) == {"B4", "C4", "B8", "C8"}
    assert [note for note in told(reading) if note[0] == "unknown_row"] == [
        ("unknown_row", "A5"), ("unknown_row", "A7"),
    ]  # fmt: skip


def test_a_broken_label_with_its_figures_below(read_as: ReadAs) -> None:
    rows: Rows = [*TITLE, ["时间", "地区生产总值", "地区生产总值", "社零"], [None, "总量", "增速"]]
    rows += [["2020年"], ["1-6月", 1, 2, 3], ["2019年", 4, 5, 6]]
    reading = read_as(of(PERIODS), {"表": rows}, file="2020年.xlsx")
    ends = {entry.cell: str(entry.period_end) for entry in reading.observations}
    assert (ends["B5"], ends["B6"]) == ("2020-06-30", "2019-12-31")


def test_a_period_below_an_unknown_row_is_that_rows(read_as: ReadAs) -> None:
    rows: Rows = [*TITLE, ["时间", "地区生产总值", "地区生产总值", "社零"], [None, "总量", "增速"]]
    rows += [["2020年", 1, 2, 3], ["调整后", 4, 5, 6], ["　其中:2020年上半年", 7, 8, 9]]
    rows += [["2019年", 10, 11, 12]]
    reading = read_as(of(PERIODS), {"表": rows})
    assert set(figures(reading)) == {f"{column}{row}" for column in "BCD" for row in (4, 7)}
    assert told(reading) == [("unknown_row", "A5"), ("unknown_row", "A6")]


def test_parts_of_an_unknown_part_are_not_those_of_the_row_above(read_as: ReadAs) -> None:
    rows: Rows = [*TITLE, ["指标", "2020年", "2020年"], [None, "总量", "增速"]]
    rows += [["地区生产总值", 1, 2], ["其中:全社会用电量", 3, 4], ["　其中:第一产业", 5, 6]]
    rows += [["社会消费品零售总额", 7, 8]]
    reading = read_as(of(ACROSS, missing="quarantine"), {"表": rows})
    assert {code for code, *_ in figures(reading).values()} == {"gdp", "retail_sales"}
    assert ("unknown_row", "A6") in told(reading)


def test_a_part_of_the_table_with_a_renamed_row_alone(read_as: ReadAs) -> None:
    header: Rows = [["指标", "2020年", "2020年"], [None, "总量", "增速"]]
    rows: Rows = [*TITLE, *header, ["GDP", 1, 2], [], *header, ["其中:第一产业", 3, 4]]
    rows += [["社会消费品零售总额", 5, 6]]
    layout = of(ACROSS) + "    continued: true\n"
    reading = read_as(layout, {"表": rows})
    assert [code for code, *_ in figures(reading).values()] == [
        "gdp", "gdp", "gdp_primary", "gdp_primary", "retail_sales", "retail_sales",
    ]  # fmt: skip
    assert told(reading) == [("renamed_label", "A4")]


def test_the_title_over_a_part_with_an_unknown_row_alone(read_as: ReadAs) -> None:
    header: Rows = [["指标", "2020年", "2020年"], [None, "总量", "增速"]]
    rows: Rows = [*TITLE, *header, ["全社会用电量", 1, 2], [], ["续表"], *header]
    rows += [["地区生产总值", 3, 4], ["其中:第一产业", 5, 6], ["社会消费品零售总额", 7, 8]]
    reading = read_as(of(ACROSS) + "    continued: true\n", {"表": rows})
    assert [float(entry.cell_value or 0) for entry in reading.observations] == [3, 4, 5, 6, 7, 8]
    assert told(reading) == [("unknown_row", "A4")]


@pytest.mark.parametrize("below", [[], [[]]])
def test_a_part_below_a_remark_is_not_that_of_the_row_above(read_as: ReadAs, below: Rows) -> None:
    rows: Rows = [*TITLE, ["指标", "2020年", "2020年"], [None, "总量", "增速"]]
    rows += [["社会消费品零售总额", 1, 2], ["地区生产总值", 3, 4], ["注:快报数"], *below]
    rows += [["　其中:第一产业", 5, 6]]
    reading = read_as(of(ACROSS, missing="quarantine"), {"表": rows})
    assert {code for code, *_ in figures(reading).values()} == {"gdp", "retail_sales"}
    assert ("unknown_row", f"A{len(rows)}") in told(reading)


def test_nothing_belongs_to_the_table_below_a_remark_and_two_blank_rows(read_as: ReadAs) -> None:
    rows: Rows = [*TITLE, ["时间", "地区生产总值", "地区生产总值", "社零"], [None, "总量", "增速"]]
    rows += [["2020年", 1, 2, 3], [], [], ["2019年", 4, 5, 6], ["注:快报数"], [], []]
    rows += [["2018年", 7, 8, 9]]
    reading = read_as(of(PERIODS), {"表": rows})
    assert {year for _, year, _ in figures(reading).values()} == {"2020", "2019"}
    fates = {cell.cell: cell.fate for cell in reading.cells}
    assert [fates[f"{column}11"] for column in "ABCD"] == ["unmapped"] * 4


# ── tables ───────────────────────────────────────────────────────────────────────────────────


def test_a_stray_word_does_not_end_the_table(read_as: ReadAs) -> None:
    """A word that is the row header of another layout, beside a row that could be its header."""
    areas = (
        HEAD.replace("id: test", "id: areas").replace("主要指标", "各地简表")
        + """\
    columns:
      - {id: label, label: 地区, role: row_label}
      - {id: gdp, label: 地区生产总值, dims: {indicator: gdp, measure: level}}
    rows: {axis: area, any: true, items: ["430602000000"]}
"""
    ).replace('ref_area: "430602000000", ', "")
    across = (
        HEAD.replace("主要指标", "一览表")
        + """\
    columns:
      - {id: label, label: 项目, role: row_label}
      - {id: area, label: "*", each: area, dims: {measure: level}}
    rows:
      axis: indicator
      items:
        - {id: gdp, label: 地区生产总值, dims: {indicator: gdp}}
"""
    ).replace('ref_area: "430602000000", ', "")
    rows: Rows = [["2020年各地简表"], ["地区", "地区生产总值"], ["岳阳楼区", 1]]
    rows += [["云溪区", 2, None, "项目"], ["君山区", 3], ["平江县", 4]]
    reading = read_as(of(areas) + of(across), {"表": rows})
    assert [entry.cell for entry in reading.observations] == ["B3", "B4", "B5", "B6"]
    assert not reading.notes
