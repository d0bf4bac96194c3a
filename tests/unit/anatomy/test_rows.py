"""What names a row: sections, parts, broken labels, columns of keys."""

from datetime import date

from govstats.workbooks.cells import Stored
from tests.unit.anatomy.sheets import block, period, rows


def test_headings_and_indentation() -> None:
    found = block(
        ["项目", "2019", "2020"],
        ["就业人员合计(万人)", 760, 761],
        ["  第一产业", 260, 259],
        ["  第二产业", 500, 502],
        ["按城乡分就业人员(万人)"],
        [" 城镇", 360, 372],
        [" 乡村", 400, 389],
        ["城镇登记失业率(%)", 4.1, 4.0],
    )
    assert rows(found) == [
        "就业人员合计",
        "就业人员合计/第一产业",
        "就业人员合计/第二产业",
        "按城乡分就业人员/城镇",
        "按城乡分就业人员/乡村",
        "城镇登记失业率",
    ]
    assert [found.unit_at(row, 2) for row in (2, 3, 6, 8)] == ["万人", "万人", "万人", "%"]


def test_parts_after_of_which() -> None:
    found = block(
        ["指标", "本月", "累计"],
        ["一般公共预算收入", 10, 60],
        ["其中:税收收入", 8, 50],
        ["     非税收入", 2, 10],
        ["财政支出", 20, 120],
    )
    assert rows(found) == [
        "一般公共预算收入",
        "一般公共预算收入/税收收入",
        "一般公共预算收入/非税收入",
        "财政支出",
    ]


def test_enumerators_nest_where_nothing_is_indented() -> None:
    found = block(
        ["项目", "数量", "金额"],
        ["合计", 9, 90],
        ["一、农业", 5, 50],
        ["(一)种植业", 3, 30],
        ["1.谷物", 1, 10],
        ["(二)林业", 2, 20],
        ["二、工业", 4, 40],
    )
    assert rows(found)[1:] == [
        "一、农业",
        "一、农业/(一)种植业",
        "一、农业/(一)种植业/1.谷物",
        "一、农业/(二)林业",
        "二、工业",
    ]


def test_labels_broken_over_rows_are_joined() -> None:
    found = block(
        ["职业", "Occupation", "男", "女"],
        ["办事人员和有关", "Clerks", 10, 20],
        ["  人员", "", "", ""],
        ["电力生产和", "Electricity", 30, 40],
        ["  供应业", "  and Supply", "", ""],
        ["农、林、", "", "", ""],
        ["牧、渔业", "Agriculture", 50, 60],
        ["其  他", "Others", 1, 2],
    )
    assert rows(found) == ["办事人员和有关人员", "电力生产和供应业", "农、林、牧、渔业", "其他"]


def test_a_long_heading_broken_over_two_rows() -> None:
    found = block(
        ["项    目", "Item", "2019", "2020"],
        ["劳动力(万人)", "Labour Force", 789, 790],
        ["按登记注册类型分城镇非私", "Number of Employed Persons in", "", ""],
        [" 营单位就业人员(万人)", "  Units by Status", "", ""],
        [" #国有单位", "      State-owned", 67, 68],
        ["  集体单位", "      Collective", 6, 5],
    )
    heading = "按登记注册类型分城镇非私营单位就业人员"
    assert rows(found) == ["劳动力", f"{heading}/国有单位", f"{heading}/集体单位"]


def test_sections_at_the_same_indentation() -> None:
    found = block(
        ["国家", "2019", "2020"],
        ["世界总计", 7000, 7100],
        [],
        ["亚洲"],
        ["中国", 1400, 1410],
        ["印度", 1360, 1380],
        [],
        ["欧洲"],
        ["法国", 67, 68],
    )
    assert rows(found) == ["世界总计", "亚洲/中国", "亚洲/印度", "欧洲/法国"]


def test_the_same_names_below_men_and_women() -> None:
    found = block(
        ["年龄", "人数", "比重"],
        ["合计", 100, 100],
        ["16-19", 10, 10],
        ["20-24", 90, 90],
        [],
        ["男", 60, 100],
        ["16-19", 5, 8],
        ["20-24", 55, 92],
        [],
        ["女", 40, 100],
        ["16-19", 5, 12],
        ["20-24", 35, 88],
    )
    assert found.row_label(7) == "男/16-19"
    assert found.row_label(12) == "女/20-24"


def test_a_subtotal_ends_its_section_and_is_no_parent() -> None:
    found = block(
        ["", "票种", "2016", "2017"],
        ["按人群", "成人"],
        ["", "   单程", 10, 20],
        ["", " 小计", 10, 20],
        ["", "   其他", 5, 6],
        ["", "合计", 15, 26],
    )
    assert rows(found) == ["按人群/成人/单程", "按人群/成人/小计", "按人群/其他", "按人群/合计"]


def test_codes_and_serial_numbers_are_no_figures() -> None:
    found = block(
        ["序号", "指标代码", "指标名称", "单位", "2018年02月", "2018年06月"],
        [1, "NM1210", "基站数", "个", 45, 46],
        [2, "NM1221", "扇区数", "个", 12, 13],
        [3, "NM1220", "", "", 33, 33],
    )
    assert found.columns == (5, 6)
    assert rows(found) == ["基站数", "扇区数", "NM1220"]
    assert found.unit_at(2, 5) == "个"
    assert period(found, 2, 6) == (2018, 6, 6)


def test_stray_row_numbers_beside_a_table() -> None:
    body: list[list[Stored]] = [[f"指标{n}", 10.5 * n, n] for n in range(11, 18)]
    found = block(["指标", "本月", ""], *body)
    assert (found.columns, found.roles[3]) == ((2,), "stray")


def test_time_down_the_rows() -> None:
    found = block(["年份", "总人口"], ["1949", 54167], [1950.0, 55196], [1951.0, 56300])
    assert (found.stub_columns, found.roles[1]) == ((1,), "period")
    assert [period(found, row, 2) for row in (2, 3)] == [(1949, None, None), (1950, None, None)]


def test_quarters_and_a_base_down_the_rows() -> None:
    found = block(["日期", "定基"], ["基期", "100.00"], ["2020Q1", "87.50"], ["2020Q2", "100.69"])
    assert [period(found, row, 2) for row in (2, 3, 4)] == [None, (2020, 1, 3), (2020, 4, 6)]


def test_dates_down_the_rows() -> None:
    found = block(["date", "rate"], [date(2020, 1, 31), 1.5], [date(2020, 2, 29), 1.75])
    assert period(found, 3, 2) == (2020, 2, 2)


def test_year_and_month_in_columns_of_their_own() -> None:
    found = block(["年份", "月份", "CPI"], [2019, 1, 101.5], [2019, 2, 101.2], [2020, 1, 105.4])
    assert found.columns == (3,)
    assert [period(found, row, 3) for row in (2, 4)] == [(2019, 1, 1), (2020, 1, 1)]


def test_a_panel_of_areas_and_years() -> None:
    found = block(
        ["城市", "年份", "人口(万人)"],
        ["甲市", "2019年", 10.5],
        ["甲市", "2020年", 10.6],
        ["乙市", "2019年", 20.5],
        ["乙市", "2020年", 20.7],
    )
    assert rows(found) == ["甲市/2019年", "甲市/2020年", "乙市/2019年", "乙市/2020年"]
    assert period(found, 5, 3) == (2020, None, None)


def test_ages_are_labels_also_as_numbers() -> None:
    found = block(
        ["年 龄\n\nAge", "人数", "比重"],
        ["总计  Total", 100, 100.0],
        ["15-19", 60, 60.5],
        [15.0, 20, 20.5],
        [16.0, 40, 40.5],
        ["20-24", 40, 39.5],
        [20.0, 40, 39.5],
    )
    assert found.columns == (2, 3)
    assert rows(found) == ["总计", "15-19", "15", "16", "20-24", "20"]


def test_a_figure_without_any_name_in_its_row_is_none() -> None:
    found = block(["地区", "甲", "乙"], ["总计", 1.5, 2.5], ["", 0, 0], ["岳阳", 3.5, 4.5])
    assert not found.is_figure(3, 2)
    assert found.is_figure(4, 2)


def test_rows_of_signs_for_missing_belong_to_the_body() -> None:
    found = block(
        ["指标", "单位", "本月"],
        ["失业率", "%", "—"],
        ["就业", "人", 100],
        ["调查失业率", "%", "—"],
        ["注:调查失业率不发布"],
    )
    assert found.body == (2, 4)
    assert found.row_label(4) == "调查失业率"
