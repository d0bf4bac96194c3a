"""The headless run: the real DAGs and the real runner over a pipeline that only takes notes."""

import subprocess
import sys

import pytest

PARSED = {"parse s1 s2", "parse s3"}
AFTER_PARSE = ["facts_ready", "build", "validate r1", "pending_release", "publish r1"]


@pytest.fixture
def outcome(seen):
    """Looks up a scenario: exit code, console, calls without the (unordered) batches."""

    def look_up(name):
        run = seen["runs"][name]
        return run["code"], run["console"], [c for c in run["calls"] if not c.startswith("parse")]

    return look_up


def test_all_three_dags_run_in_order_and_the_release_id_reaches_publish(outcome, seen):
    code, console, calls = outcome("good")
    assert code == 0
    assert calls == ["scan", *AFTER_PARSE]
    assert set(seen["runs"]["good"]["calls"]) >= PARSED
    assert console.rstrip().endswith("done")


def test_the_console_shows_our_lines_and_seconds_per_task_and_none_of_airflows(outcome):
    _, console, _ = outcome("good")
    assert "intake: 3 new" in console
    assert "▶ transform / build" in console
    for task in ("ingest / scan", "ingest / collect", "transform / validate", "release / publish"):
        assert any(f"✔ {task}" in line and line.endswith(" s") for line in console.splitlines())
    assert "财政局 2020-12（2 份）：接收 2，退回 0" in console
    assert "DagBag" not in console
    assert "[info" not in console


@pytest.mark.parametrize(
    ("scenario", "words"),
    [
        ("nothing new", "nothing new: release r1 covers everything received"),
        ("nothing at all", "no spreadsheet is registered yet: put some into "),
    ],
)
def test_nothing_new_ends_well_says_so_and_starts_nothing_downstream(outcome, scenario, words):
    code, console, calls = outcome(scenario)
    assert code == 0
    assert calls == ["scan", "facts_ready"]
    assert words in console
    assert "transform" not in console


@pytest.mark.parametrize(
    ("scenario", "last_call", "words"),
    [
        ("already released", "build", "nothing to build"),
        ("no candidate", "pending_release", "no audited candidate waits"),
    ],
)
def test_a_step_with_nothing_to_do_stops_the_chain_without_failing(
    outcome, scenario, last_call, words
):
    code, console, calls = outcome(scenario)
    assert code == 0
    assert calls[-1] == last_call
    assert words in console


@pytest.mark.parametrize(
    ("scenario", "code", "last_call", "words"),
    [
        ("held", 4, "publish r1", "release / publish: release r1 is held: 2 hard findings"),
        ("unsigned", 5, "publish r1", "release / publish: release r1 waits for sign-off"),
        ("wrong layout", 2, "build", "transform / build: layout x.yml is wrong"),
        ("warehouse busy", 3, "build", "transform / build: another run is building"),
        ("parse crashes", 1, "scan", "ZeroDivisionError: a fault of the program"),
    ],
)
def test_a_failure_ends_with_its_own_code_and_words_and_no_traceback(
    outcome, scenario, code, last_call, words
):
    got, console, calls = outcome(scenario)
    assert got == code
    assert calls[-1] == last_call
    assert words in console
    assert "headless.log" in console
    assert "Traceback" not in console


def test_an_unsigned_release_is_named_again_when_nothing_new_came_in(outcome):
    code, console, calls = outcome("still unsigned")
    assert code == 5
    assert "publish r1" not in calls
    assert "nothing new since release r1, which is not signed" in console
    assert "→ govstats sign-off r1 --approve" in console


def test_a_held_release_is_named_again_when_nothing_new_came_in(outcome):
    code, console, calls = outcome("still held")
    assert code == 4
    assert calls == ["scan", "facts_ready"]
    assert "nothing new since release r1 was held" in console
    assert "release r1 is held: 2 hard findings" in console
    assert "transform" not in console


def test_a_remedy_is_shown(outcome):
    assert "→ see the report" in outcome("held")[1]


def test_nothing_is_tried_twice(seen):
    assert seen["runs"]["warehouse busy"]["calls"].count("build") == 1
    assert sorted(seen["runs"]["parse crashes"]["calls"]) == ["parse s1 s2", "parse s3", "scan"]


def test_an_interrupt_stops_at_once_with_the_batches_left_unread(seen):
    run = seen["runs"]["interrupted"]
    assert run["code"] == 130
    assert len(run["calls"]) == 2  # scan and the one batch that was interrupted
    assert run["console"].rstrip().endswith("interrupted")


def test_as_a_command_a_second_run_is_turned_away(tmp_path, fake_environment):
    """A real process: the lock is between processes, and nothing of Airflow is started."""
    from govstats.files import exclusive

    env = fake_environment(tmp_path / "airflow", tmp_path / "data")
    with exclusive(tmp_path / "airflow" / "headless.lock", "testing"):
        done = subprocess.run(
            [sys.executable, "-m", "scripts.headless"],
            env=env,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert done.returncode == 3
    assert "another run is running the pipeline" in done.stderr
    assert "Traceback" not in done.stderr


def test_as_a_command_with_a_wrong_setting_it_says_what_to_mend(tmp_path, fake_environment):
    env = fake_environment(tmp_path / "airflow", tmp_path / "data", GOVSTATS_WORKERS="many")
    done = subprocess.run(
        [sys.executable, "-m", "scripts.headless"],
        env=env,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert "GOVSTATS_WORKERS" in done.stderr
    assert "Traceback" not in done.stderr
