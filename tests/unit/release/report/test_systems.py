"""The systems of the work report at the latest period."""

TITLE = "工作机制运行情况"


def test_each_system_says_what_it_shows(page, rows):
    made = page(
        {
            "fct_system_overview": [
                rows.system(2, n_attention=0, n_no_data=1_200, n_items=1_200),
                rows.system(1),
                rows.system(3, period_end="2020-03-31", system_zh="上期"),
            ]
        }
    )

    assert "十二、报告所述工作机制运行情况（2020年1-4月）" in made.texts["systems"]
    assert made.tables[TITLE] == [
        ["机制", "本期情况", "条目", "需关注", "无数据", "数据表"],
        ["机制1第一部分第一段(经济运行)", "在库24个，滞后3个", "24", "▲3", "0", "fct_items"],
        ["机制2第一部分第一段(经济运行)", "在库24个，滞后3个", "1,200", "0", "1,200", "fct_items"],
    ]


def test_a_system_that_rests_has_no_counts(page, rows):
    nothing = {"n_items": 0, "n_attention": 0, "n_no_data": 0}
    made = page(
        {
            "fct_system_overview": [
                rows.system(1, **nothing, is_due=False, words_zh="本期不发布"),
                rows.system(2, **nothing, words_zh="本期无在库项目"),
            ]
        }
    )

    assert [line[1:5] for line in made.tables[TITLE][1:]] == [
        ["本期不发布", "—", "—", "—"],
        ["本期无在库项目", "0", "0", "0"],
    ]


def test_each_district_has_a_table_of_its_own(page, rows):
    made = page({"fct_system_overview": [rows.system(1), rows.system(1, ref_area="other")]})

    assert len(made.tables[f"岳阳楼区{TITLE}"]) == len(made.tables[f"other{TITLE}"]) == 2
