"""Explanations, coverage and trend: what became of findings, and what no rule looks at."""

from decimal import Decimal

from govstats.release.history import Point

COVERED = "各部门审核覆盖单位：个"
BARE = "没有规则比对的数据单位：个"


def explanation(cell, outcome, **changes):
    row = {
        "department_code": "finance",
        "file": "finance/2020-04/finance.xlsx",
        "sheet": "审核意见",
        "cell": cell,
        "received_at": "2020-04-29 08:05:00",
        "finding_key": cell,
        "rule_id": "R1",
        "explanation": "停产检修46天",
        "explained_by": "李敏",
        "outcome": outcome,
    }
    return row | changes


def test_explanations_are_listed_with_their_outcome_and_the_refused_first(page, rows):
    reply = {"reply_zh": "属于套话,请说明原因", "reply_en": "stock phrase"}
    given = [
        explanation("N6", "accepted"),
        explanation("N7", "rejected", explanation="核实无误", **reply),
    ]
    tables = {"fct_explanation": given, "fct_rule_result": [rows.rule("R1", "fail", 2, 2)]}
    made = page(tables)

    assert "●采信 1 条■未采信 1 条" in made.texts["explanations"]
    assert made.tables["变化原因说明"][1:] == [
        [
            "■未采信",
            "财政局规则R1 R1",
            "核实无误审核答复属于套话，请说明原因",
            "李敏2020-04-29 08:05",
            "finance/2020-04/finance.xlsx 审核意见!N7",
        ],
        [
            "●采信",
            "财政局规则R1 R1",
            "停产检修46天",
            "李敏2020-04-29 08:05",
            "finance/2020-04/finance.xlsx 审核意见!N6",
        ],
    ]
    assert "Replystock phrase" in page(tables, lang="en").texts["explanations"]


def figure(department, cell, is_touched, **changes):
    row = {
        "submission_id": "s",
        "sheet": "月报",
        "cell": cell,
        "department_code": department,
        "layout_id": "sheet",
        "period_end": "2020-04-30",
        "indicator_code": "fixed_investment",
        "measure": "level",
        "is_touched": is_touched,
    }
    return row | changes


def test_coverage_counts_figures_and_names_the_series_that_no_rule_compares(page):
    bare = {"measure": "growth"}
    figures = [
        figure("finance", "D5", True),
        figure("finance", "D6", False),
        figure("finance", "D6", False, period_end="2020-03-31"),
        figure("statistics", "E9", False, **bare),
        figure("statistics", "E10", False, **bare, period_end="2020-03-31"),
        figure("statistics", "E11", False, **bare, period_end="2020-02-29"),
    ]
    made = page({"fct_figure_coverage": figures})

    assert made.tables[COVERED][1:] == [
        ["财政局", "3", "1", "2", "33.33%"],
        ["统计局", "3", "0", "3", "0%"],
        ["合计", "6", "1", "5", "16.67%"],
    ]
    # those with most first; the place is the latest one that no rule compares
    assert made.tables[BARE][1:] == [
        ["统计局", "sheet", "固定资产投资，增速", "3", "3", "2020年1-4月月报!E9"],
        ["财政局", "sheet", "固定资产投资，绝对量", "2", "3", "2020年1-4月月报!D6"],
    ]


def point(month, **changes):
    values = {
        "release_id": f"2020-{month:02d}-a",
        "published_at": f"2020-{month + 1:02d}-20T08:30:00+08:00",
        "latest_period": f"2020-{month:02d}",
        **dict.fromkeys(("rules", "hard", "soft", "open", "explained", "info"), 0),
        **dict.fromkeys(("held_submissions", "overridden", "figures"), 0),
        "touched_pct": Decimal("71.50"),
    }
    return Point(**(values | changes))


def trend(made):
    (lines,) = [rows for name, rows in made.tables.items() if name.startswith("历次发布审核情况")]
    return lines[1:]


def test_a_first_release_has_no_trend(page):
    made = page()

    assert "尚无走势" in made.texts["trend"]
    assert [line[:2] for line in trend(made)] == [["2020-04-abc", "本版"]]
    assert "svg" not in {tag for tag, _ in made.tags}


def test_the_trend_ends_with_this_release(page, rows):
    published = [point(2, soft=12, open=9, explained=3), point(3, soft=8)]
    findings = [rows.finding(1), rows.finding(2, state="explained"), rows.finding(3)]
    made = page({"fct_validation_finding": findings}, published=published)

    assert [line[:7] for line in trend(made)] == [
        ["2020-02-a", "2020-03-20 08:30", "0", "12", "9", "3", "0"],
        ["2020-03-a", "2020-04-20 08:30", "0", "8", "0", "0", "0"],
        ["2020-04-abc", "本版", "0", "3", "2", "1", "0"],
    ]
    assert [tag for tag, _ in made.tags].count("svg") == 4
    marks = [a for tag, a in made.tags if tag == "circle"]
    assert len(marks) == 3 * 3 + 2  # this release has no figures, hence no share


def test_a_release_made_again_shows_only_what_came_before_it(page):
    again = [point(3), point(4, release_id="2020-04-abc"), point(5)]

    assert [line[0] for line in trend(page(published=again))] == ["2020-03-a", "2020-04-abc"]


def test_a_rebuilt_past_shows_only_releases_up_to_its_day(page):
    made = page(published=[point(2), point(3)], as_of="2020-04-01")

    assert [line[0] for line in trend(made)] == ["2020-02-a", "2020-04-abc"]
