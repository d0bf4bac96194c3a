"""Every number on the page is the number in the marts."""


def test_key_numbers(page, rows):
    submissions = [
        rows.submission("finance", "2020-03", cells_total=1200, observations=1000),
        rows.submission("finance", "2020-04"),
        rows.submission("finance", "2020-04", submission_id="r", status="refused"),
    ]
    made = page(
        {
            "fct_submission": submissions,
            "fct_reporting_duty": [
                rows.duty("finance", "2020-03"),
                rows.duty("finance", "2020-04", state="late", n_days_late=2),
                rows.duty("finance", "2020-04", layout_id="q", state="not_due"),
            ],
            "fct_rule_result": [
                rows.rule("R1", "pass", 5, 0),
                rows.rule("R2", "fail", 5, 2),
                rows.rule("R3", "not_applicable", 0, 0),
            ],
            "fct_validation_finding": [rows.finding(1), rows.finding(2, severity="info")],
            "fct_revision": [rows.revision(1)],
        }
    )
    text = " ".join(made.texts["overview"].split())

    assert "报送文件3份采用 2 退回 1" in text
    assert "50%应报 2 迟报 1 未报 0" in text  # one of two; the one not due is not counted
    assert "1,220个" in text  # 1200 + 10 + 10 cells
    assert "未识别 3" in text
    assert "数据 12" in text
    assert "修订 1" in text
    assert "通过 1 未通过 1 不适用 1" in text
    assert "强制性 0 核实性 1 提示 1" in text


def test_findings_by_kind_and_severity(page, rows):
    made = page(
        {
            "fct_rule_result": [
                rows.rule("R1", "fail", 9, 3),
                rows.rule("R2", "pass", 9, 0, kind="logic", kind_zh="逻辑"),
            ],
            "fct_validation_finding": [
                rows.finding(1, severity="hard"),
                rows.finding(2, state="explained"),
                rows.finding(3, department_code=None),
            ],
        }
    )
    table = made.tables["各类规则审核情况单位：条"]

    assert table[0][4:] == ["不适用", "■强制性", "▲核实性", "○提示", "待说明", "合计"]
    assert table[1:] == [
        ["平衡", "1", "0", "1", "0", "1", "2", "0", "1", "3"],
        ["逻辑", "1", "1", "0", "0", "0", "0", "0", "0", "0"],
        ["合计", "2", "1", "1", "0", "1", "2", "0", "1", "3"],
    ]


def test_findings_by_department(page, rows):
    figures = {"submission_id": "s", "sheet": "月报", "layout_id": "l", "period_end": "2020-04-30"}
    made = page(
        {
            "fct_validation_finding": [
                rows.finding(1, severity="hard"),
                rows.finding(2, state="rejected"),
                rows.finding(3, department_code=None, severity="info"),
            ],
            "fct_reporting_duty": [
                rows.duty("finance", "2020-03"),
                rows.missing("finance", "2020-04"),
                rows.duty("statistics", "2020-04"),
            ],
            "fct_submission": [
                rows.submission("finance", "2020-03"),
                rows.submission("finance", "2020-04", submission_id="h", status="held"),
                rows.submission("statistics", "2020-04"),
            ],
            "fct_figure_coverage": [
                figures | {"department_code": "finance", "cell": f"D{n}", "is_touched": n > 1}
                for n in range(1, 5)
            ],
        }
    )

    # files, kept back, on time, hard, soft, info, to be explained, coverage
    assert made.tables["各部门审核情况单位：份、条"][1:] == [
        ["财政局", "2", "1", "50%", "1", "1", "0", "1", "75%"],
        ["统计局", "1", "0", "100%", "0", "0", "0", "0", "—"],
        ["未归属部门", "0", "0", "—", "0", "0", "1", "0", "—"],
        ["合计", "3", "1", "66.67%", "1", "1", "1", "1", "75%"],
    ]


def test_finding_says_where_what_and_what_to_do(page, rows):
    line = rows.finding(
        1,
        indicator_code="fixed_investment",
        ref_area=rows.area,
        period_end="2020-03-31",
        state="rejected",
        explanation="年初计划调整",
        explanation_reply_zh="未说明原因",
        explained_by="李敏",
        explained_at="2020-04-29 08:05:00",
    )
    made = page({"fct_validation_finding": [line, rows.finding(2, severity="hard", cell="D8")]})
    table = made.tables["财政局审核发现"]

    # a line for the rule, then two for each of its findings
    assert [len(row) for row in table] == [6, 1, 6, 1, 1, 6, 1]
    assert table[1] == [
        "■强制性 合计等于分项之和 BAL-001平衡，不影响发布，1 条处理办法核对后重报。"
    ]
    assert table[5] == [
        "▲说明未采信",
        "财政局/2020-03/收入.xlsx",
        "收入",
        "D7",
        "10.5",
        "10.4",
    ]
    (words,) = table[6]
    assert words == (
        "第1号问题。固定资产投资，岳阳楼区，2020年1-3月"
        "变化原因年初计划调整李敏，2020-04-29 08:05审核答复未说明原因"
    )


def test_departments_with_hard_findings_come_first(page, rows):
    made = page(
        {
            "fct_validation_finding": [
                rows.finding(1),
                rows.finding(2, department_code="statistics", severity="hard"),
                rows.finding(3, department_code=None),
            ]
        }
    )
    captions = [name for name in made.tables if name.endswith("审核发现")]

    assert captions == ["统计局审核发现", "财政局审核发现", "未归属部门审核发现"]


def test_every_finding_is_there_in_the_order_of_its_cells(page, rows):
    findings = [rows.finding(n, cell=f"D{n}") for n in range(300, 0, -1)]
    made = page({"fct_validation_finding": findings})
    shown = [row[3] for row in made.tables["财政局审核发现"][2::2]]

    assert shown == [f"D{n}" for n in range(1, 301)]
    assert "核实性 300 条" in made.text


def test_revisions_show_both_figures_and_both_cells(page, rows):
    level = rows.revision(
        7,
        measure="level",
        scope="administrative",
        unit_measure="亿元",
        old_value="1663.040000",
        new_value=None,
        difference=None,
        revised_at="2019-01-02 03:04:00",
    )
    made = page({"fct_revision": [level, rows.revision(1)]})
    table = made.tables["统计局数据修订2 处"]

    assert table[1] == [
        "固定资产投资岳阳楼区，2020年1-3月",
        "累计增速本级管辖口径",
        "−3.1%",
        "−2.6%",
        "+0.5百分点",
        "2020-05-11 09:12",
        "旧.xlsx 月报!E12→ 新.xlsx 月报!E1",
    ]
    assert table[2][1:5] == ["累计绝对量行政区划口径", "1,663.04亿元", "空", "—"]


def test_every_revision_is_there(page, rows):
    made = page({"fct_revision": [rows.revision(n) for n in range(1, 101)]})

    assert len(made.tables["统计局数据修订100 处"]) == 1 + 100


def test_rules_have_three_outcomes(page, rows):
    made = page(
        {
            "fct_rule_result": [
                rows.rule("R1", "pass", 14784, 0, severity="hard", holds="release"),
                rows.rule("R2", "fail", 66, 2),
                rows.rule("R3", "fail", 5, 1, severity="hard", holds="submission"),
                rows.rule("R4", "not_applicable", 0, 0, severity="info", note_zh="无普查数据"),
            ]
        }
    )
    table = made.tables["审核规则手册及本版结果单位：次"][1::2]

    assert table == [
        ["●通过", "规则R1", "平衡", "■强制性", "暂停发布", "14,784", "0", "R1"],
        ["▲未通过", "规则R2", "平衡", "▲核实性", "不影响发布", "66", "2", "R2"],
        ["■未通过", "规则R3", "平衡", "■强制性", "退回报表", "5", "1", "R3"],
        ["○不适用", "规则R4", "平衡", "○提示", "不影响发布", "0", "0", "R4"],
    ]
    assert "未审核无普查数据" in made.texts["rules"]
    assert "共 4 条规则，3 条执行，1 条无数据可审" in made.texts["rules"]


def test_the_handbook_says_on_what_a_rule_stands_and_what_it_asks(page, rows):
    query = '{"query": "select s.* from {scope} as s\\nwhere s.x > 1"}'
    made = page(
        {
            "fct_rule_result": [
                rows.rule("R1", "pass", 1, 0, scope="is_current"),
                rows.rule("R2", "pass", 1, 0, expectation="sql", args=query),
            ]
        }
    )
    first, second = [row[0] for row in made.tables["审核规则手册及本版结果单位：次"][2::2]]

    assert first == (
        "依据统计报表制度处理核对后重报。对象checks.chk_sum where is_current"
        '判断expect_column_values_to_be_between(column="difference", max_value=1)'
    )
    assert second.endswith("判断select s.* from {scope} as s\nwhere s.x > 1")


def test_cells_by_fate_add_up(page):
    made = page()
    table = made.tables["非空单元格去向单位：份、个"][1:]

    assert table == [
        ["财政局", "3", "12", "9", "3", "3", "3", "30", "90%"],
        ["统计局", "3", "12", "9", "3", "3", "3", "30", "90%"],
        ["合计", "6", "24", "18", "6", "6", "6", "60", "90%"],
    ]


def target(rows, number, **changes):
    row = {
        "target_id": f"t-{number}",
        "period_end": "2020-04-30",
        "ref_area": rows.area,
        "actual_value": "500.000000",
        "unit_measure": "亿元",
        "completion_pct": "90.9091",
        "expected_pct_seasonal": "97.1250",
        "expected_pct_linear": "33.3333",
        "gap": "-6.215900",
        "gap_unit": "百分点",
        "status_zh": "欠进度",
        "light": "yellow",
        "light_zh": "黄灯",
        "working": "按季节进度判定。",
        "file": "a/b.xlsx",
        "sheet": "月报",
        "cell": "D6",
    }
    return row | changes


def test_scorecard_shows_the_latest_period_as_judged(page, rows):
    blank = dict.fromkeys(
        ("actual_value", "completion_pct", "expected_pct_seasonal", "gap", "gap_unit", "file")
    )
    progress = [
        target(rows, 1),
        target(rows, 1, period_end="2020-03-31", working="旧的判定。"),
        target(rows, 2, unit_measure="%", light="none", **blank)
        | {"status_zh": "无数据", "light_zh": "无", "expected_pct_linear": None},
        target(rows, 3, actual_value="1", gap="0")
        | {"unit_measure": "位次", "gap_unit": "位次", "status_zh": "已完成", "light": "green"},
    ]
    names = [
        {"target_id": f"t-{n}", "name_zh": f"目标{n}", "section": part, "demand_zh": demand}
        for n, part, demand in (
            (1, "第一部分", "达到550亿元"),
            (2, "第一部分", "控制在4.5%以内"),
            (3, "第二部分", "第1位"),
        )
    ]
    made = page({"dim_target": names, "fct_target_progress": progress})
    table = made.tables["年度目标进度"]

    assert table[2] == ["第一部分2 项▲欠进度 1 项○无数据 1 项"]
    assert table[3] == [
        "▲欠进度黄灯",
        "目标1",
        "达到550亿元",
        "500亿元",
        "90.91%",
        "97.13%",
        "33.33%",
        "−6.22百分点",
    ]
    assert table[4] == ["按季节进度判定。a/b.xlsx 月报!D6"]
    assert table[5] == ["○无数据无", "目标2", "控制在4.5%以内", "无数据", "—", "—", "—", "—"]
    assert table[7] == ["第二部分1 项●已完成 1 项"]
    assert table[8][:4] == ["●已完成黄灯", "目标3", "第1位", "第 1 位"]
    assert table[8][-1] == "0位"
    assert "旧的判定。" not in made.text
    assert "岳阳楼区统计数据质量审核报告" in made.text
    assert "共 3 项" in made.texts["scorecard"]


def test_parts_of_the_scorecard_lead_to_their_targets(page, rows):
    targets = [("t1", "第一部分", "green"), ("t2", "第一部分", "red"), ("t3", "第二部分", "green")]
    words = {"green": "已完成", "red": "未完成"}
    made = page(
        {
            "dim_target": [
                {"target_id": code, "section": part, "name_zh": code, "demand_zh": "10 %"}
                for code, part, _ in targets
            ],
            "fct_target_progress": [
                {
                    "target_id": code,
                    "period_end": "2020-04-30",
                    "ref_area": rows.area,
                    "status_zh": words[light],
                    "light": light,
                    "light_zh": "灯",
                    "working": "",
                }
                for code, _, light in targets
            ],
        }
    )

    assert made.tables["各部分目标状态单位：项"] == [
        ["部分", "●已完成", "■未完成", "合计"],
        ["第一部分", "1", "1", "2"],
        ["第二部分", "1", "0", "1"],
    ]
    ids = [attributes["id"] for _, attributes in made.tags if "id" in attributes]
    assert {"part-1", "part-2"} <= set(ids)
