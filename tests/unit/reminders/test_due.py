"""Which sheets are asked for on a day, worked out by hand from four duties' rules.

2020-06: income and spending are due on 15 July (30 June + 15 days), highways on 20 July.
"""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from govstats import reminders
from govstats.errors import KnowledgeError
from govstats.reminders import duties, stages
from govstats.settings import Settings
from tests.unit.reminders.conftest import HandIn


def asked(own: Settings, day: str) -> list[tuple[str, str, int]]:
    found = reminders.due(own, date.fromisoformat(day))
    return [(each.owed.layout_id, each.owed.time_period, each.stage.days_after) for each in found]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2020-07-10", [("income", "2020-06", -5), ("spending", "2020-06", -5)]),
        ("2020-07-11", []),
        ("2020-07-15", [
            ("income", "2020-06", 0), ("spending", "2020-06", 0), ("highways", "2020-06", -5),
        ]),
        ("2020-07-16", [("income", "2020-06", 1), ("spending", "2020-06", 1)]),
        ("2020-07-20", [("highways", "2020-06", 0)]),
        # 31 May + 15 = 15 June, ten days ago; no spending in May, which ends no quarter
        ("2020-06-25", [("income", "2020-05", 10)]),
        # 31 May lies before 30 June, from which on highways are owed: 20 June would be their day
        ("2020-06-20", []),
        # 31 December + 15 = 15 January; spending was owed until September
        ("2021-01-15", [("income", "2020-12", 0), ("highways", "2020-12", -5)]),
    ],
)  # fmt: skip
def test_each_stage_asks_on_its_day_for_the_duties_in_force(
    own: Settings, day: str, expected: list[tuple[str, str, int]]
) -> None:
    assert asked(own, day) == expected


def test_what_was_accepted_is_not_asked_for(own: Settings, hand_in: HandIn) -> None:
    hand_in("money", "2020-06", "2020-07-08T09:00", ["income"])
    assert asked(own, "2020-07-10") == [("spending", "2020-06", -5)]


def test_a_file_with_two_sheets_fulfils_two_duties(own: Settings, hand_in: HandIn) -> None:
    hand_in("money", "2020-06", "2020-07-08T09:00", ["income", "spending"])
    assert asked(own, "2020-07-10") == []


def test_only_what_was_received_by_the_end_of_the_day_counts(
    own: Settings, hand_in: HandIn
) -> None:
    hand_in("money", "2020-06", "2020-07-15T23:59:59", ["income"])
    hand_in("money", "2020-06", "2020-07-16T00:00", ["spending"])
    assert asked(own, "2020-07-15") == [
        ("spending", "2020-06", 0),
        ("highways", "2020-06", -5),
    ]
    assert asked(own, "2020-07-16") == []


def test_the_sheet_of_another_period_or_department_fulfils_nothing(
    own: Settings, hand_in: HandIn
) -> None:
    hand_in("money", "2020-05", "2020-06-08T09:00", ["income"])
    hand_in("roads", "2020-06", "2020-07-08T09:00", ["income"])
    assert asked(own, "2020-07-16") == [("income", "2020-06", 1), ("spending", "2020-06", 1)]


def test_a_refused_file_fulfils_nothing_and_is_counted(own: Settings, hand_in: HandIn) -> None:
    hand_in("money", "2020-06", "2020-07-08T09:00", ["income"], "refused")
    hand_in("money", "2020-06", "2020-07-09T09:00", [], "refused")  # nobody knows which sheet
    found = reminders.due(own, date(2020, 7, 10))
    assert [(each.owed.layout_id, each.n_refused) for each in found] == [
        ("income", 2),
        ("spending", 1),
    ]


def test_what_the_current_release_holds_is_asked_for(own: Settings, hand_in: HandIn) -> None:
    held = hand_in("money", "2020-06", "2020-07-08T09:00", ["income"])
    folder = own.releases / "r1"
    folder.mkdir(parents=True)
    manifest = {"gate": {"held": [{"submission_id": held}]}}
    (folder / "release.json").write_text(json.dumps(manifest))
    (own.releases / "current").symlink_to("r1")
    assert [(each.owed.layout_id, each.n_held) for each in reminders.due(own, date(2020, 7, 10))]
    hand_in("money", "2020-06", "2020-07-09T09:00", ["income"])  # mended
    assert asked(own, "2020-07-10") == [("spending", "2020-06", -5)]


def test_nobody_is_asked_while_a_file_of_theirs_waits_to_be_read(
    own: Settings, hand_in: HandIn, caplog: pytest.LogCaptureFixture
) -> None:
    hand_in("money", "2020-06", "2020-07-08T09:00", read=False)
    assert asked(own, "2020-07-15") == [("highways", "2020-06", -5)]
    assert "1 files are registered and not read" in caplog.text


def test_lines_of_a_duty_that_overlap_ask_once_by_the_later_one(
    own: Settings, knowledge_of_its_own: Path, tmp_path: Path
) -> None:
    seed = knowledge_of_its_own / "dbt_project/seeds/reporting_duties.csv"
    before = seed.read_text()
    try:
        seed.write_text(before + "income,收入月报,Income,money,M,20,2020-06-01,\n")
        assert asked(own, "2020-07-20") == [("income", "2020-06", 0), ("highways", "2020-06", 0)]
        assert ("income", "2020-06", 0) not in asked(own, "2020-07-15")
    finally:
        seed.write_text(before)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("5,info,true,false,提醒", "a column is empty or a comma is too many"),
        ("5,info,true,false,提醒,请报。,", "a column is empty or a comma is too many"),
        ("five,info,true,false,提醒,请报。", "reminders.csv:6 days_after: “five”"),
        ("5,urgent,true,false,提醒,请报。", "reminders.csv:6: kind “urgent”"),
        ("5,info,yes,false,提醒,请报。", "reminders.csv:6 to_department: “yes”"),
        ("10,info,true,false,提醒,请报。", "10 days stand there twice"),
    ],
)
def test_a_wrong_line_is_named(
    knowledge_of_its_own: Path, tmp_path: Path, line: str, found: str
) -> None:
    seeds = tmp_path / "dbt_project/seeds"
    seeds.mkdir(parents=True)
    good = (knowledge_of_its_own / "dbt_project/seeds/reminders.csv").read_text()
    (seeds / "reminders.csv").write_text(good + line + "\n")
    with pytest.raises(KnowledgeError) as error:
        stages.read(Settings(root=tmp_path, data=tmp_path))
    assert found in str(error.value)


def test_the_projects_own_tables_can_be_read(settings: Settings) -> None:
    table = stages.read(settings)
    assert min(table) < 0 < max(table)
    assert any(stage.to_bureau for stage in table.values())
    assert len(duties.owed(settings)) > 500


SHEETS = st.sampled_from(["income", "spending", "highways"])
DAYS = st.integers(0, 60).map(lambda days: date(2020, 6, 1) + timedelta(days))


@hypothesis_settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(came=st.lists(st.tuples(SHEETS, DAYS), max_size=4), on=DAYS)
def test_a_reminder_is_unique_at_a_stage_and_never_for_what_is_there(
    own: Settings, hand_in: HandIn, came: list[tuple[str, date]], on: date
) -> None:
    own.ledger.unlink(missing_ok=True)
    department = {"income": "money", "spending": "money", "highways": "roads"}
    for sheet, day in came:
        hand_in(department[sheet], "2020-06", f"{day}T12:00", [sheet])
    found = reminders.due(own, on)
    keys = [(each.owed.department_code, each.owed.layout_id, each.owed.time_period)
            for each in found]  # fmt: skip
    assert len(keys) == len(set(keys))
    there = {(department[sheet], sheet, "2020-06") for sheet, day in came if day <= on}
    assert not there & set(keys)
    assert all((on - each.owed.due_date).days == each.stage.days_after for each in found)
    # what else came changes nothing for the other sheets
    own.ledger.unlink(missing_ok=True)
    alone = {(each.owed.department_code, each.owed.layout_id, each.owed.time_period)
             for each in reminders.due(own, on)}  # fmt: skip
    assert alone - there == set(keys)
