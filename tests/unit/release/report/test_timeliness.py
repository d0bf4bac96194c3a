"""Who handed in what and when, by the duties of each department."""

LAPSES = "未报、暂缓、迟报明细"


def sheets(made):
    return made.tables["2020年各部门报送情况"]


def test_all_on_time(page):
    made = page()

    assert sheets(made) == [
        ["部门", "1-2月", "1-3月", "1-4月"],
        ["财政局", "●按时", "●按时", "●按时"],
        ["统计局", "●按时", "●按时", "●按时"],
        ["全部部门", "●按时", "●按时", "●按时"],
    ]
    assert "应报 6 表次，按时 6，迟报 0，未报 0。" in made.texts["submissions"]
    assert LAPSES not in made.tables
    assert "以前年度报送情况" not in made.tables


def test_late_missing_not_due_and_nothing_owed_are_told_apart(page, rows):
    duties = [
        rows.duty("finance", "2020-03", layout_zh="收入表", state="late", n_days_late=3),
        rows.duty("finance", "2020-03", layout_id="b"),
        rows.missing("finance", "2020-04", layout_zh="收入表", n_refused=2),
        rows.duty("finance", "2020-04", layout_id="b", layout_zh="支出表", state="late"),
        rows.duty("finance", "2020-04", layout_id="c"),
        rows.duty("statistics", "2020-02"),
        rows.missing("statistics", "2020-03"),
        rows.missing("statistics", "2020-04", state="not_due"),
    ]
    made = page({"fct_reporting_duty": duties})

    assert sheets(made)[1:] == [
        ["财政局", "—", "▲迟报 1应报 2", "■未报 1▲迟报 1应报 3"],
        ["统计局", "●按时", "■未报 1", "○未到期"],
        ["全部部门", "●按时", "■未报 1▲迟报 1应报 3", "■未报 1▲迟报 1应报 3"],
    ]
    text = made.texts["submissions"]
    assert "应报 7 表次，按时 3，迟报 2，未报 2；另有 1 表次未到期。" in text


def test_lapses_name_the_sheet_and_the_newest_missing_come_first(page, rows):
    duties = [
        rows.missing("finance", "2020-03", layout_zh="收入表"),
        rows.missing("statistics", "2020-04", layout_zh="人口表", n_refused=2),
        rows.duty("finance", "2020-04", layout_id="b", state="late", n_days_late=12),
    ]
    made = page({"fct_reporting_duty": duties})

    assert made.tables[LAPSES] == [
        ["情况", "部门", "报告期", "报表", "截止日期", "收到时间"],
        ["■未报", "统计局", "2020年1-4月", "人口表", "2020-04-28", "未收到，退回 2 份"],
        ["■未报", "财政局", "2020年1-3月", "收入表", "2020-03-28", "未收到"],
        [
            "▲迟 12 天",
            "财政局",
            "2020年1-4月",
            "月报finance/2020-04/报表_2020-04.xlsx",
            "2020-04-28",
            "2020-04-28 09:30",
        ],
    ]


def test_earlier_years_are_summed_and_the_latest_is_shown_in_full(page, rows):
    periods = [
        {
            "period_end": end,
            "time_period": end[:7],
            "report_year": int(end[:4]),
            "month_number": int(end[5:7]),
            "label_zh": f"{end[:4]}年1-{int(end[5:7])}月",
        }
        for end in ("2018-03-28", "2019-03-28", "2019-04-28", "2020-04-30")
    ]
    duties = [
        rows.duty("finance", "2018-03"),
        rows.duty("finance", "2019-03", state="late", n_days_late=1),
        rows.missing("finance", "2019-04"),
        rows.duty("finance", "2020-04"),
        rows.duty("statistics", "2020-04"),
    ]
    made = page({"dim_period": periods, "fct_reporting_duty": duties})

    assert [line[1:] for line in sheets(made)] == [["1-4月"], *[["●按时"]] * 3]
    assert made.tables["以前年度报送情况"] == [
        ["部门", "2018年", "2019年"],
        ["财政局", "●按时应报 1", "■未报 1▲迟报 1应报 2"],
    ]


def test_periods_after_the_latest_are_not_asked_for(page, rows):
    late = {"period_end": "2020-05-31"}
    made = page({"fct_reporting_duty": [rows.duty("finance", "2020-05", **late)]})

    assert "无应报报表。" in made.texts["submissions"]


def test_every_lapse_is_there(page, rows):
    late = [rows.duty("finance", "2020-02", layout_id=f"l{n}", state="late") for n in range(200)]
    made = page({"fct_reporting_duty": late})

    assert len(made.tables[LAPSES]) == 1 + 200


def test_a_sheet_held_by_the_audit_is_no_sheet_in_time(page, rows):
    duties = [rows.duty("finance", "2020-04", state="held"), rows.duty("statistics", "2020-04")]
    made = page({"fct_reporting_duty": duties})

    assert sheets(made)[1:] == [
        ["财政局", "◆因审核暂缓 1"],
        ["统计局", "●按时"],
        ["全部部门", "◆因审核暂缓 1应报 2"],
    ]
    assert "按时 1，迟报 0，未报 0，因审核暂缓 1。" in made.texts["submissions"]
    assert made.tables[LAPSES][1][0] == "◆因审核暂缓"
