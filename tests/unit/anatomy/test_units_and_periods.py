"""What unit and period a figure has: the nearest statement counts."""

import pytest

from govstats.anatomy import dissect
from govstats.anatomy.measures import line_unit, take_unit, worded_unit
from govstats.anatomy.times import in_text, of_label
from govstats.workbooks.cells import Cell, Sheet, Stored
from tests.unit.anatomy.sheets import UNITS, block, columns, period, rows


def test_the_cell_goes_before_the_header_before_the_row_before_the_line() -> None:
    found = block(
        ["单位:万元"],
        ["指标", "数值", "占比(%)"],
        ["收入", 10, 20],
        ["从业人员(人)", 30, 40],
        ["面积", "50亩", 60],
    )
    assert [found.unit_at(row, 2) for row in (3, 4, 5)] == ["万元", "人", "亩"]
    assert found.unit_at(4, 3) == "%"


def test_percentages_by_their_format() -> None:
    cells = [
        Cell(1, 1, "text", "项目"),
        Cell(1, 2, "text", "进度"),
        Cell(2, 1, "text", "道路"),
        Cell(2, 2, "number", 0.25, is_percent=True),
        Cell(3, 1, "text", "桥梁"),
        Cell(3, 2, "number", 0.5, is_percent=True),
    ]
    assert dissect(Sheet.from_cells("s", cells), UNITS).blocks[0].unit_at(2, 2) == "%"


def test_an_amounts_unit_is_not_that_of_a_rate() -> None:
    found = block(["单位:万元"], ["项目", "投入", "完成率"], ["道路", 10, 25], ["桥梁", 20, 50])
    assert [found.unit_at(3, column) for column in (2, 3)] == ["万元", None]


def test_the_unit_of_a_named_indicator_above_the_table() -> None:
    found = block(
        ["指标：国内生产总值(亿元)"], ["地区", "2019年", "2018年"], ["甲", 1, 2.5], ["乙", 2, 3.5]
    )
    assert found.unit_at(3, 2) == "亿元"


@pytest.mark.parametrize(
    ("text", "label", "unit"),
    [
        ("总量(亿元)", "总量", "亿元"),
        ("地区生产总值（当年价格）(亿元)", "地区生产总值(当年价格)", "亿元"),
        ("出生率 (‰)", "出生率", "‰"),
        ("平均销售价格(元/平方米)", "平均销售价格", "元/平方米"),
        ("总人口(年末)", "总人口(年末)", None),
        ("价格指数(上年=100)", "价格指数(上年=100)", None),
        ("增长%", "增长", "%"),
        ("位次", "位次", "位次"),
        ("月", "月", None),
        ("发电量(亿千瓦时)", "发电量", "亿千瓦时"),
    ],
)
def test_units_in_labels(text: str, label: str, unit: str | None) -> None:
    assert take_unit(text, UNITS) == (label, unit)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("单位：万元", "万元"),
        ("（计量单位：吨）", "吨"),
        ("单位:亿元、%", None),
        ("(person)", None),
        ("(%)", "%"),
        ("单位:人/户", "人/户"),
        ("(2021年=100)", None),
    ],
)
def test_units_in_lines(text: str, unit: str | None) -> None:
    assert line_unit(text, UNITS) == unit


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2003", (2003, None, None)),
        ("2003年", (2003, None, None)),
        ("2015 *", (2015, None, None)),
        ("2010-05", (2010, 5, 5)),
        ("201806", (2018, 6, 6)),
        ("2020Q3", (2020, 7, 9)),
        ("2020年第一季度", (2020, 1, 3)),
        ("2017年12月", (2017, 12, 12)),
        ("12/19", (2019, 12, 12)),
        ("2011-01-31", (2011, 1, 1)),
    ],
)
def test_labels_that_are_periods(text: str, expected: tuple[int, int | None, int | None]) -> None:
    found = of_label(text)
    assert found is not None
    assert (found.year, found.first, found.last) == expected


@pytest.mark.parametrize("text", ["15-19", "1-8小时", "合计", "40", "(2010年=100)", "最近20年"])
def test_labels_that_are_none(text: str) -> None:
    assert of_label(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("表1 2020年税收", (2020, None, None)),
        ("2020年民生实事任务分解表(1-6月)", (2020, 1, 6)),
        ("1-23  分地区就业人员数（2022年）", (2022, None, None)),
    ],
)
def test_periods_in_titles(text: str, expected: tuple[int, int | None, int | None]) -> None:
    found = in_text(text)
    assert found is not None
    assert (found.year, found.first, found.last) == expected


def test_halves_of_a_period_from_title_and_header() -> None:
    found = block(["2020年各月财政收入"], ["项目", "1月", "2月"], ["税收", 1.5, 2], ["非税", 2, 3])
    assert [period(found, 3, column) for column in (2, 3)] == [(2020, 1, 1), (2020, 2, 2)]


def test_the_sheet_and_the_file_state_what_the_title_does_not() -> None:
    table: tuple[list[Stored], ...] = (["项目", "数量", "金额"], ["甲", 1.5, 2], ["乙", 2, 3])
    assert period(block(*table, name="2020年3月"), 2, 2) == (2020, 3, 3)
    assert period(block(*table, file="月报_2019年1-5月.xlsx"), 2, 2) == (2019, 1, 5)


def test_figures_of_the_year_before() -> None:
    found = block(["2020年1-6月收入"], ["项目", "累计", "上年同期"], ["税", 1, 2.5], ["费", 2, 3.5])
    assert [period(found, 3, column) for column in (2, 3)] == [(2020, 1, 6), (2019, 1, 6)]


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("bedragen in Euro's (netto) per hoofd (excl. steden)", "Euro's (netto) per hoofd"),
        ("(Amounts in thousands of euros)", "thousands of euros"),
        ("Figures are in tonnes", "tonnes"),
        ("Amounts by province", None),
        ("Values in the provinces north and south of the rivers and by the sea", None),
    ],
)
def test_units_in_words(text: str, unit: str | None) -> None:
    assert worded_unit(text) == unit


def test_a_unit_in_words_is_that_of_the_table_but_for_numbers_of_things() -> None:
    found = block(
        ["Provinces"],
        ["Amounts in euros per head"],
        ["cluster", "North", "South"],
        ["Taxes", 208, 173.5],
        ["Number of residents", 626948, 491524],
    )
    assert [found.unit_at(row, 2) for row in (4, 5)] == ["euros per head", None]
    assert [cell.text for cell in found.title] == ["Provinces"]


def test_a_number_of_persons_has_the_unit_that_the_line_states() -> None:
    found = block(["单位:人"], ["指标", "本月"], ["从业人数", 10.5], ["新增", 2])
    assert found.unit_at(3, 2) == "人"


def test_years_in_columns_beside_are_the_periods_of_the_values_named_like_them() -> None:
    found = block(
        ["指标", "起始年", "结束年", "起始值", "结束值", "增长率(%)"],
        ["企业", 2003, 2023, 30.5, 162, 440],
        ["就业", 2003, 2012, 89762, 71798.5, -20],
    )
    assert columns(found) == ["起始值", "结束值", "增长率"]
    assert [period(found, 2, column) for column in found.columns] == [
        (2003, None, None),
        (2023, None, None),
        None,
    ]
    assert period(found, 3, 5) == (2012, None, None)


def test_school_years_are_no_months() -> None:
    across = block(["Names", "2009-10", "2010-11"], ["甲", 94, 93.5], ["乙", 95, 94.5])
    assert [period(across, 2, column) for column in (2, 3)] == [None, None]
    down = block(["年度", "人数"], ["2009-10", 94], ["2010-11", 93.5], ["2011-12", 90])
    assert rows(down) == ["2009-10", "2010-11", "2011-12"]
    assert period(down, 2, 2) is None


def test_months_of_one_year_are_months() -> None:
    found = block(["指标", "2009-10", "2009-11"], ["甲", 94, 93.5], ["乙", 95, 94.5])
    assert [period(found, 2, column) for column in (2, 3)] == [(2009, 10, 10), (2009, 11, 11)]
