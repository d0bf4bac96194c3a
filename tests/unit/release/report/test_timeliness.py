"""Who handed in what and when."""

import pytest

from govstats.release.report.timeliness import LAPSES_SHOWN


def two_sheets(rows, period, **changes):
    """Both sheets of the statistics bureau; `changes` are for the second."""
    return [
        rows.submission("statistics", period),
        rows.submission("statistics", period, submission_id=f"b-{period}", layout_id="b") | changes,
    ]


def table(made):
    return made.tables["2020年各部门报送情况"]


def test_all_on_time(page):
    made = page()

    assert table(made) == [
        ["部门", "1-2月", "1-3月", "1-4月"],
        ["财政局", "●按时", "●按时", "●按时"],
        ["统计局", "●按时", "●按时", "●按时"],
    ]
    assert "应报 6 表次，按时 6，迟报 0，未报 0" in made.texts["submissions"]
    assert "迟报、未报明细" not in made.tables


def test_late_missing_and_refused_are_told_apart(page, rows):
    submissions = [
        *two_sheets(rows, "2020-02"),
        *two_sheets(rows, "2020-03", is_on_time=False, days_late=12),
        rows.submission("statistics", "2020-04"),
        rows.submission("finance", "2020-02"),
        rows.submission("finance", "2020-03", status="refused", layout_id=None),
        rows.submission("finance", "2020-04", is_on_time=False, days_late=3),
    ]
    made = page({"fct_submission": submissions})

    assert table(made)[1:] == [
        ["财政局", "●按时", "■退回", "▲迟3天"],
        ["统计局", "●按时", "▲迟12天1/2 表", "■未报1/2 表"],
    ]
    assert "应报 9 表次，按时 5，迟报 2，未报 2" in made.texts["submissions"]
    lapses = made.tables["迟报、未报明细"][1:]
    assert [row[:4] for row in lapses] == [
        ["■未报", "财政局", "2020年1-3月", "与《报表_2020-04》同类的报表"],
        ["■未报", "统计局", "2020年1-4月", "与《报表_2020-03》同类的报表"],
        ["▲迟 3 天", "财政局", "2020年1-4月", "finance/2020-04/报表_2020-04.xlsx"],
        ["▲迟 12 天", "统计局", "2020年1-3月", "statistics/2020-03/报表_2020-03.xlsx"],
    ]
    assert lapses[2][4:] == ["2020-04-28", "2020-04-28 09:30"]


def test_resubmission_after_the_due_date_is_a_revision(page, rows):
    again = rows.submission(
        "finance", "2020-02", submission_id="z", received_at="2020-05-01 08:00:00"
    ) | {"is_on_time": False, "days_late": 33}
    made = page({"fct_submission": [again, rows.submission("finance", "2020-02")]})

    assert table(made)[1][1] == "●按时"


def test_file_accepted_after_a_refusal_counts_by_its_own_date(page, rows):
    refused = rows.submission("finance", "2020-02", submission_id="r", status="refused")
    late = rows.submission(
        "finance", "2020-02", received_at="2020-03-02 08:00:00", is_on_time=False, days_late=3
    )
    made = page({"fct_submission": [refused, late]})

    assert table(made)[1][1] == "▲迟3天"


def test_without_a_due_date_nothing_is_called_punctual(page, rows):
    undated = rows.submission("finance", "2020-02", due_date=None, is_on_time=None, days_late=None)
    made = page({"fct_submission": [undated]})

    assert table(made)[1][1] == "●已报"


def test_department_with_refused_files_alone_is_listed(page, rows):
    refused = rows.submission("finance", "2020-02", status="refused", layout_id=None)
    made = page({"fct_submission": [refused]})

    assert table(made)[1] == ["财政局", "■退回", "■未报", "■未报"]
    assert made.tables["退回文件及原因"][1][0] == "财政局"


def test_periods_after_the_latest_are_not_asked_for(page, rows):
    made = page()

    assert "1-5月" not in made.texts["submissions"]


@pytest.mark.parametrize("many", [LAPSES_SHOWN + 7])
def test_lapses_are_capped_and_counted(page, rows, many):
    late = [
        rows.submission(
            "finance", "2020-02", layout_id=f"l{n}", submission_id=f"s{n}", is_on_time=False
        )
        for n in range(many)
    ]
    made = page(
        {
            "fct_submission": late,
            "dim_period": [
                {
                    "period_end": "2020-02-29",
                    "time_period": "2020-02",
                    "report_year": 2020,
                    "month_number": 2,
                    "label_zh": "2020年1-2月",
                }
            ],
        }
    )

    assert len(made.tables["迟报、未报明细"]) == 1 + LAPSES_SHOWN
    assert f"共 {many} 项，本表列示前 {LAPSES_SHOWN} 项" in made.texts["submissions"]
