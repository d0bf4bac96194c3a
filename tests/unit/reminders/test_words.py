"""What departments and the bureau read."""

import json
from datetime import date

import pytest
from typer.testing import CliRunner

from govstats import notices, reminders
from govstats.cli import app
from govstats.settings import Settings
from tests.unit.reminders.conftest import HandIn


def told(own: Settings, day: str) -> tuple[notices.Notice, ...]:
    return reminders.notices(own, reminders.due(own, date.fromisoformat(day)))


def test_before_the_deadline_each_department_is_told_of_its_own_sheets(own: Settings) -> None:
    money, roads = told(own, "2020-07-15")
    assert (money.title, money.kind) == ("今日截止：财政局 2 张报表", "warning")
    assert money.departments == ("money",)
    assert money.body == (
        "报送期限：2020年7月15日（今日截止）。\n"
        "（1）收入月报 2020年1-6月\n"
        "（2）支出季报 2020年1-6月\n"
        "请于今日报送。"
    )
    assert roads.title == "报送提醒：交通局 1 张报表"
    assert "报送期限：2020年7月20日（还有 5 天）。" in roads.body


def test_after_the_deadline_the_bureau_reads_all_of_them_in_one_message(
    own: Settings, hand_in: HandIn
) -> None:
    hand_in("money", "2020-06", "2020-07-09T09:00", ["spending"], "refused")
    department, bureau = told(own, "2020-07-16")
    assert department.departments == ("money",)
    assert bureau.departments == ()
    assert bureau.title == "逾期未报：1 个部门 2 张报表"
    assert bureau.body == (
        "报送期限：2020年7月15日（已逾期 1 天）。\n"
        "（1）财政局（2 张）：收入月报 2020年1-6月；支出季报 2020年1-6月"
        "（已报送的 1 份未能接收，请改正后重新报送）"
    )


def test_a_stage_for_the_bureau_alone_tells_no_department(own: Settings) -> None:
    assert [(each.departments, each.kind) for each in told(own, "2020-06-25")] == [((), "failure")]


def test_the_same_day_is_told_once_and_the_next_stage_again(own: Settings) -> None:
    first = told(own, "2020-07-15")
    for each in first:
        notices.note(own, each, notices.SENT)
    assert notices.fresh(own, told(own, "2020-07-15")) == ()
    assert len(notices.fresh(own, told(own, "2020-07-16"))) == 2


@pytest.fixture
def run(own: Settings, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.setenv("GOVSTATS_ROOT", str(own.root))
    monkeypatch.setenv("GOVSTATS_DATA", str(own.data))
    return CliRunner()


def test_the_command_lists_a_days_reminders(run: CliRunner) -> None:
    shown = run.invoke(app, ["remind", "--on", "2020-07-16"]).output
    assert "→ 财政局  逾期未报：财政局 2 张报表" in shown
    assert "→ 汇总  逾期未报：1 个部门 2 张报表" in shown
    assert "no sheet is asked for" in run.invoke(app, ["remind", "--on", "2020-07-17"]).output


def test_the_command_gives_programs_every_reminder(run: CliRunner) -> None:
    rows = json.loads(run.invoke(app, ["remind", "--on", "2020-07-16", "--json"]).output)
    assert [(row["layout_id"], row["due_date"], row["distance_zh"]) for row in rows] == [
        ("income", "2020-07-15", "已逾期 1 天"),
        ("spending", "2020-07-15", "已逾期 1 天"),
    ]


def test_a_day_that_is_none_is_refused(run: CliRunner) -> None:
    result = run.invoke(app, ["remind", "--on", "16.7."])
    assert result.exit_code == 1
    assert "is not a day" in str(result.exception)
