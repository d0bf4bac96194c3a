"""Several tables on a sheet, registers, and what stands around tables."""

from govstats.workbooks.cells import Stored
from tests.unit.anatomy.sheets import anatomy, block, columns, period, rows


def test_side_by_side_by_a_repeated_header() -> None:
    found = anatomy(
        ["5-4  续表 2"],
        ["单位：人", "", "", "", "", "(person)"],
        ["地  区", "Region", "人  数 \nPopulation", "地  区", "Region", "人  数 \nPopulation"],
        ["献县", "Xianxian", 653210, " 云冈区", "Yungang", 619882],
        ["孟村", "Mengcun", 228229, " 云州区", "Yunzhou", "176774"],
        ["", "", "", " 阳高县", "Yanggao", 262896],
    )
    left, right = found.blocks
    assert (rows(left), rows(right)) == (["献县", "孟村"], ["云冈区", "云州区", "阳高县"])
    assert (left.body, right.body) == ((4, 5), (4, 6))
    assert [columns(part) for part in found.blocks] == [["人数"], ["人数"]]
    assert left.continued
    assert right.unit == "人"


def test_side_by_side_by_a_blank_column_and_titles() -> None:
    found = anatomy(
        ["表1 税收", "", "", "表2 企业"],
        ["税种", "金额", "", "行业", "户数(户)"],
        ["增值税", 10.5, "", "工业", 3],
        ["所得税", 20.5, "", "农业", 4],
    )
    left, right = found.blocks
    assert [cell.text for cell in left.title] == ["表1 税收"]
    assert [cell.text for cell in right.title] == ["表2 企业"]
    assert right.unit_at(3, 5) == "户"


def test_one_below_the_other() -> None:
    found = anatomy(
        ["表1 2020年税收"],
        ["单位:万元"],
        ["税种", "本月", "累计"],
        ["增值税", 1.5, 2],
        ["所得税", 3, 4],
        ["注:含上划"],
        [],
        ["表2 2019年投资"],
        ["单位:亿元"],
        ["项目", "本月", "累计"],
        ["工业", 1.5, 2],
        ["数据来源:统计局"],
    )
    first, second = found.blocks
    assert (first.unit, second.unit) == ("万元", "亿元")
    assert (first.body, second.body) == ((4, 5), (11, 11))
    assert [cell.text for cell in second.title] == ["表2 2019年投资"]
    assert (period(first, 4, 2), period(second, 11, 2)) == ((2020, None, None), (2019, None, None))
    assert [(r.kind, r.cell.address) for r in found.remarks] == [("note", "A6"), ("source", "A12")]


def test_a_header_that_comes_again_begins_a_part() -> None:
    header = ["地区", "人口", "户数"]
    found = anatomy(header, ["甲", 1.5, 2], ["乙", 2.5, 3], header, ["丙", 4.5, 4])
    assert [part.body for part in found.blocks] == [(2, 3), (5, 5)]


def test_a_register_with_sections_and_merged_cells() -> None:
    found = anatomy(
        ["2020年民生实事任务分解表(1-6月)"],
        ["填报单位：区政府办", "", "", "", "", "单位：万元"],
        ["序号", "项目名称", "责任单位", "目标任务", "累计投入", "完成率", "备注"],
        ["一、就业和社会保障"],
        [1, "城镇新增就业", "区人社局", "不低于9000人", 120, 0.52, ""],
        [2, "农村劳动力培训", "", "1000人次", 30, 0.6, "含线上"],
        ["二、教育"],
        [3, "新建学校", "区教育局", "建成2所", 400, 0.8, ""],
        ["合计", "", "", "", 550],
        ["单位负责人：张三", "", "填表人：王五", "", "报出日期：2020年7月5日"],
        merges=[(1, 1, 1, 7), (5, 3, 6, 3)],
    )
    table = found.blocks[0]
    assert table.roles == {
        1: "serial",
        2: "label",
        3: "text",
        4: "text",
        5: "figure",
        6: "figure",
        7: "text",
    }
    assert [table.row_label(row) for row in (5, 6, 8, 9)] == [
        "一、就业和社会保障/城镇新增就业",
        "一、就业和社会保障/农村劳动力培训",
        "二、教育/新建学校",
        "合计",
    ]
    assert (table.unit_at(5, 5), table.unit_at(5, 6)) == ("万元", None)
    assert period(table, 5, 5) == (2020, 1, 6)
    assert [remark.kind for remark in found.remarks] == [
        "producer",
        "signature",
        "signature",
        "report_date",
    ]


def test_a_register_without_a_number() -> None:
    found = block(["序号", "名称", "地址"], ["a", "甲厂", "一路"], ["b", "乙厂", "二路"])
    assert (found.header_rows, found.body) == ((1, 1), (2, 3))


def test_remarks_by_kind() -> None:
    found = anatomy(
        ["城市年度数据"],
        ["数据库：年度数据"],
        ["时间：最近3年"],
        ["地区", "2019年", "2018年"],
        ["甲", 1.5, 2.5],
        ["注：1.按现价计算。"],
        ["    2.含开发区。"],
        ["数据来源：国家统计局"],
        ["审核人：李四", "", "报出日期：2020年1月5日"],
    )
    assert [remark.kind for remark in found.remarks] == [
        "property",
        "property",
        "note",
        "note",
        "source",
        "signature",
        "report_date",
    ]


def test_every_cell_is_somewhere_and_only_once() -> None:
    rows_of_sheet: list[list[Stored]] = [
        ["标题", "", "", "", "x"],
        ["单位:人", "", "  "],
        ["地区", "人口", "", "户数"],
        ["甲", 1.5, "", 2],
        ["", "", "", "", "旁注"],
        ["注:无"],
    ]
    found = anatomy(*rows_of_sheet)
    remarks = {(remark.cell.row, remark.cell.column) for remark in found.remarks}
    for row, values in enumerate(rows_of_sheet, start=1):
        for column, value in enumerate(values, start=1):
            if value == "":
                continue
            inside = [part for part in found.blocks if part.part_at(row, column)]
            assert len(inside) + ((row, column) in remarks) == 1
            assert found.part_at(row, column)


def test_a_long_table_takes_no_time() -> None:
    body: list[list[Stored]] = [
        [f"企业{n}", "某街道", *(n * 1.5 + c for c in range(8))] for n in range(20_000)
    ]
    header = ["企业名称", "街道", *(f"指标{n}(万元)" for n in range(8))]
    found = block(["企业名单"], header, *body, ["注:快报数"])
    assert found.body == (3, 20_002)
    assert found.unit_at(3, 3) == "万元"
