"""Corrections have a section of their own, where there are any."""

CAPTION = "数据更正"


def correction(number, **changes):
    row = {
        "correction_id": f"statistics-2020-03-{number:02}",
        "submission_number": 1,
        "state": "applied",
        "state_zh": "已采用",
        "department_code": "statistics",
        "figure": "fixed_investment/430602000000/jurisdiction/2020-03-31/ytd/growth",
        "sheet": "月报",
        "cell": f"E{number}",
        "old_cell_value": "-3.10000000",
        "new_cell_value": "-2.60000000",
        "cell_unit": "%",
        "file": "统计局/2020-03/月报.xlsx",
        "reason_zh": "项目清单漏计两项,已核对入库单",
        "source": "投资入库单2020-03",
        "author": "王敏",
        "entered_on": "2020-04-28",
    }
    return row | changes


def test_without_corrections_there_is_no_section(page):
    made = page()
    assert "corrections" not in made.texts
    assert CAPTION not in made.text


def test_a_correction_says_what_why_and_who(page):
    made = page({"fct_correction": [correction(12)]})
    (_, row) = made.tables[CAPTION]
    assert row == [
        "●已采用",
        "固定资产投资岳阳楼区，2020年1-3月，累计增速",
        "统计局",
        "−3.1%",
        "−2.6%",
        "项目清单漏计两项，已核对入库单投资入库单2020-03",
        "王敏，2020-04-28statistics-2020-03-12",
        "统计局/2020-03/月报.xlsx 月报!E12",
    ]
    assert "十一、数据更正" in made.texts["corrections"]


def test_only_the_latest_submission_counts_and_trouble_comes_first(page):
    changed = {"submission_number": 2, "state": "source_changed", "state_zh": "来源已变动"}
    made = page(
        {
            "fct_correction": [
                correction(1, new_cell_value=None, source=None),
                correction(2),
                correction(2, **changed, found_text="-2.9"),
                correction(3, state="unmatched", state_zh="无此报表", file=None, figure="别的"),
            ]
        }
    )
    rows = made.tables[CAPTION][1:]
    assert [row[0] for row in rows] == ["▲来源已变动现为“-2.9”", "▲无此报表", "●已采用"]
    assert rows[1][1] == "别的"
    assert rows[1][7] == "— 月报!E3"
    assert rows[2][4] == "撤回"
