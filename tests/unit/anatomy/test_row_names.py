"""Which columns name a row, and which numbers and headings beside the names are none."""

from tests.unit.anatomy.sheets import block, rows


def test_a_header_merged_over_two_columns_of_words_heads_labels_only() -> None:
    found = block(
        ["年份", "结果", "", "均分"],
        ["2016", "省", "甲", 572.5],
        ["2016", "市", "乙", 576],
        merges=[(1, 2, 1, 3)],
    )
    assert rows(found) == ["2016/省/甲", "2016/市/乙"]


def test_a_year_alone_does_not_name_the_only_row() -> None:
    found = block(["年份", "结果", "均分"], ["2016", "全国", 572.5])
    assert rows(found) == ["2016/全国"]


def test_a_register_of_two_entries_is_named_by_what_tells_them_apart() -> None:
    found = block(
        ["项目", "责任单位", "投资(万元)"], ["道路", "住建局", 10.5], ["桥梁", "交通局", 20]
    )
    assert rows(found) == ["道路", "桥梁"]
    assert found.roles[2] == "text"


def test_pieces_of_dates_beside_the_labels_are_no_figures() -> None:
    found = block(
        ["指标", "", "甲增速", "乙增速"],
        ["2019-02", 19, 5.5, 4.5],
        ["2019-03", 19, 6.5, 4.5],
        ["2020-02", 20, -13.5, -8],
        ["2020-03", 20, -8.5, -6],
    )
    assert (found.roles[2], found.columns) == ("stray", (3, 4))


def test_numbers_without_a_header_that_differ_are_figures() -> None:
    found = block(
        ["地区", "", "男", "女"],
        ["甲", 112, 60, 52],
        ["乙", 231, 120, 111],
        ["丙", 305, 150, 155],
        ["丁", 86, 40, 46],
    )
    assert found.columns == (2, 3, 4)


def test_a_numbered_heading_with_a_colon_is_no_entry() -> None:
    found = block(
        ["NR.", "cluster", "North", "South"],
        ["0", "Income:", "", ""],
        ["1", "Taxes", 208, 173.5],
        ["2", "Totaal", 215, 228.5],
        ["3", "", "", ""],
        ["4", "Spending:", "", ""],
        ["5", "Water", -6, -14.5],
        ["6", "Totaal", -6, -14.5],
        ["7", "", "", ""],
        ["8", "Totaal", 209, 214],
    )
    assert rows(found) == [
        "Income:/Taxes",
        "Income:/Totaal",
        "Spending:/Water",
        "Spending:/Totaal",
        "Totaal",
    ]
