"""Where a header is, what its words span, and where they break over cells."""

import pytest

from tests.unit.anatomy.sheets import anatomy, block, columns, period, rows


def test_one_line_header_with_title_and_unit_line() -> None:
    found = block(
        ["全区财政收入完成情况表"],
        ["单位:万元"],
        ["项目", "本月", "累计", "同比增长(%)"],
        ["税收收入", 10, 60, 5.5],
        ["非税收入", 4, 20, -1],
    )
    assert [cell.text for cell in found.title] == ["全区财政收入完成情况表"]
    assert found.unit_line is not None
    assert (found.unit_line.address, found.unit) == ("A2", "万元")
    assert (found.header_rows, found.body) == ((3, 3), (4, 5))
    assert (found.stub_columns, found.columns) == ((1,), (2, 3, 4))
    assert columns(found) == ["本月", "累计", "同比增长"]
    assert [found.unit_at(4, column) for column in found.columns] == ["万元", "万元", "%"]


def test_nested_header_by_merged_cells() -> None:
    found = block(
        ["地区", "生产总值", "", "", "投资", ""],
        ["", "总量(亿元)", "增速(%)", "位次", "增速(%)", "位次"],
        ["甲县", 100, 5, 1, 9, 2],
        ["乙县", 90, 6, 2, 8, 3],
        merges=[(1, 1, 2, 1), (1, 2, 1, 4), (1, 5, 1, 6)],
    )
    assert columns(found) == [
        "生产总值/总量",
        "生产总值/增速",
        "生产总值/位次",
        "投资/增速",
        "投资/位次",
    ]
    assert [found.unit_at(3, c) for c in found.columns] == ["亿元", "%", "位次", "%", "位次"]


def test_nested_header_by_blanks_to_the_right() -> None:
    found = block(
        ["地  区", "总户数", "总人口", "", "", "平均每户"],
        ["", "(户)", "(人)", "男", "女", "(人/户)"],
        ["甲", 10, 30, 16, 14, 3],
        ["乙", 20, 50, 26, 24, 2.5],
    )
    assert columns(found) == ["总户数", "总人口", "总人口/男", "总人口/女", "平均每户"]
    assert [found.unit_at(3, c) for c in found.columns] == ["户", "人", "人", "人", "人/户"]


def test_words_broken_over_cells_and_their_translation() -> None:
    found = block(
        ["行业增加值"],
        ["地  区", "Region", "", "农、林、", "采 矿 业", "电力、热力、"],
        ["", "", "合  计", "牧、渔业", "", "燃气生产"],
        ["", "", "", "", "", "和供应业"],
        ["", "", "Total", "Agriculture,", "Mining", "Electricity,"],
        ["", "", "", "Forestry", "", "Heat, Gas"],
        [],
        ["甲", "A", 100, 30, 40, 30],
        ["乙", "B", 90, 30, 40, 20],
    )
    assert found.header_rows == (2, 6)
    assert columns(found) == ["合计", "农、林、牧、渔业", "采矿业", "电力、热力、燃气生产和供应业"]
    assert found.roles == {1: "label", 2: "english", 3: "figure"} | dict.fromkeys(
        (4, 5, 6), "figure"
    )


def test_a_total_whose_name_goes_on_below_heads_its_parts() -> None:
    found = block(
        ["年 龄", "城    镇", "", ""],
        ["", "就业人员", "未  上", "小  学"],
        ["", "", "过  学", ""],
        ["", "Urban", "No", "Primary"],
        ["", "Employed", "Schooling", "School"],
        ["16-19", 100, 0.1, 3.2],
        ["20-24", 100, 0.2, 4.1],
    )
    assert columns(found) == ["城镇就业人员", "城镇就业人员/未上过学", "城镇就业人员/小学"]


def test_enumerators_stand_with_their_words() -> None:
    found = block(
        ["地区", "合计", "(一)", "", "", "(二)"],
        ["", "", "内资", "1.联营", "2.其他", "外商"],
        ["甲", 10, 6, 4, 2, 4],
        ["乙", 12, 7, 5, 2, 5],
    )
    assert columns(found) == [
        "合计",
        "(一)内资",
        "(一)内资/1.联营",
        "(一)内资/2.其他",
        "(二)外商",
    ]


def test_the_same_words_below_several_headings_are_a_level() -> None:
    found = block(
        ["指标", "本月", "累计", ""],
        ["", "绝对量", "绝对量", "同比增长(%)"],
        ["工业", 10, 60, 5.5],
        ["农业", 4, 20, -1],
        merges=[(1, 1, 2, 1), (1, 3, 1, 4)],
    )
    assert columns(found) == ["本月/绝对量", "累计/绝对量", "累计/同比增长"]


@pytest.mark.parametrize("years", [[2003.0, 2004.0, 2005.0], ["2005", "2004", "2003 *"]])
def test_years_are_a_header(years: list[float | str]) -> None:
    found = block(["国家", *years], ["中国", 1, 2, 3], ["印度", 4, 5, 6])
    assert found.header_rows == (1, 1)
    assert [period(found, 2, c) for c in found.columns] == [
        (int(str(year)[:4]), None, None) for year in years
    ]


def test_years_of_figures_are_none() -> None:
    found = block(["指标", "起始年", "结束年"], ["甲", 2003, 2012], ["乙", 2007, 2023])
    assert columns(found) == ["起始年", "结束年"]
    assert found.body == (2, 3)


def test_numbers_of_columns_are_no_figures() -> None:
    found = block(
        ["指标名称", "代码", "本期", "上年同期"],
        ["甲", "乙", 1, 2],
        ["煤炭", "01", 10, 11],
        ["油品", "02", 7, 9],
    )
    assert found.body == (3, 4)
    assert columns(found) == ["本期", "上年同期"]
    assert found.roles[2] == "code"


def test_a_number_among_the_words_of_a_header() -> None:
    found = block(
        ["职业", "合计", "1-8", 40, "41-48"],
        ["", "", "小时", "小时", "小时"],
        ["工人", 100, 10.5, 20.5, 69],
        ["农民", 100, 20.5, 10.5, 69],
    )
    assert columns(found) == ["合计", "1-8小时", "40小时", "41-48小时"]


def test_rows_of_attributes_and_units_above_figures() -> None:
    found = block(
        ["指标", "GDP_累计", "原油产量_当期"],
        ["地区", "全国", "全国"],
        ["频度", "季", "月"],
        ["单位", "亿元", "万吨"],
        ["2020-05", "", 1590.1],
        ["2020-06", 456614.4, 1624.2],
    )
    assert columns(found) == ["GDP_累计/季", "原油产量_当期/月"]
    assert [found.unit_at(6, c) for c in found.columns] == ["亿元", "万吨"]
    assert rows(found) == ["2020-05", "2020-06"]


def test_a_title_in_one_row_with_other_words() -> None:
    found = block(
        ["主要指标", "", "2020年1-6月", ""],
        ["指标", "计量单位", "本月", "累计"],
        ["投资", "亿元", 20, 100],
        ["零售", "亿元", 30, 200],
    )
    assert found.header_rows == (2, 2)
    assert [cell.text for cell in found.title] == ["主要指标", "2020年1-6月"]


def test_a_table_without_a_header_has_an_empty_one() -> None:
    found = block([1, 2.5], [3, 4.5], [5, 6.5])
    assert found.header_rows[1] < found.header_rows[0]
    assert found.body == (1, 3)


def test_years_over_figures_without_any_row_label() -> None:
    found = block(["2012", "2013", "2014"], [5.3, 5.8, 5.7], [6.1, 6.8, 7.5])
    assert (found.stub_columns, found.body) == ((), (2, 3))
    assert found.row_label(2) == ""


def test_an_empty_sheet_and_one_of_words() -> None:
    assert anatomy().blocks == ()
    found = anatomy(["封面"], [], ["2020年统计月报"])
    assert found.blocks == ()
    assert [remark.text for remark in found.remarks] == ["封面", "2020年统计月报"]
