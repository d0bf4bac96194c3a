"""The DAG release with sign-off switched on: who is asked what, and what an answer does."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock

pytestmark = pytest.mark.slow
DRIVER = Path(__file__).resolve().parent / "signing_driver.py"
ASKED = ["sign_off_request", "sign_off_state r1"]
LOOKED = ["sign_off_state r1"]


@pytest.fixture(scope="module")
def signing(tmp_path_factory, fake_environment):
    """What the driver saw, in a process of its own, whichever worker asks first."""
    shared = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        shared = shared.parent
    result = shared / "signing.json"
    with FileLock(shared / "signing.lock"):
        if not result.exists():
            folders = (shared / "airflow-signing", shared / "signing-data")
            env = fake_environment(*folders, GOVSTATS_SIGN_OFF="on")
            command = [sys.executable, str(DRIVER), str(result)]
            done = subprocess.run(
                command, env=env, capture_output=True, text=True, timeout=240, check=False
            )
            assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return json.loads(result.read_text())


@pytest.fixture(scope="module")
def runs(signing):
    return signing["runs"]


def test_a_person_stands_between_the_audit_and_the_release(signing):
    dag = signing["dag"]
    assert dag["upstream"] == {
        "waiting": [],
        "sign_off": ["waiting"],
        "record": ["sign_off", "waiting"],
        "publish": ["record"],
    }
    assert {task for task, pool in dag["pools"].items() if pool == "warehouse"} == {"publish"}
    assert all(dag["doc"].values())


def test_old_requests_do_not_keep_a_newer_candidate_from_being_asked_about(signing):
    dag = signing["dag"]
    assert dag["max_active_runs"] > 24 * 3600 / dag["look_again_seconds"] / 2
    assert dag["look_again_seconds"] <= 3600


def test_people_are_asked_live_and_not_by_a_headless_run(signing):
    assert signing["asked_in"] == {"airflow.db": True, "headless.db": False}


def test_the_form_is_chinese_and_holds_the_pipelines_words_as_they_are(runs):
    subject, body, options, params = runs["approved"]["asked"]
    assert subject == "签发 r1？"
    assert body == "审核意见：{{ 0 条 }}"  # braces of a label are no template
    assert options == ["同意发布", "退回"]
    assert params["note"]["schema"]["title"] == "意见"


def test_approved_is_recorded_in_the_persons_name_and_published(runs):
    run = runs["approved"]
    assert run["state"] == "success"
    assert run["calls"] == [*ASKED, *LOOKED, "sign r1 approved bureau 核对无误", "publish r1"]


def test_rejected_is_recorded_and_the_rest_is_skipped(runs):
    run = runs["rejected without a word"]
    assert run["state"] == "success"
    assert run["tasks"]["publish"] == run["tasks"]["record"] == "skipped"
    assert run["calls"][-1] == "sign r1 rejected bureau （未写意见）"


def test_an_unanswered_request_looks_again_and_waits_on(runs):
    run = runs["wanted still"]
    assert run["requests"] == 2
    assert run["calls"] == [*ASKED, *LOOKED * 2, "sign r1 approved bureau ", "publish r1"]


def test_approved_on_the_command_line_the_request_ends_and_publishes(runs):
    assert runs["approved elsewhere"]["calls"] == [*ASKED, *LOOKED, "publish r1"]
    asked_before = runs["approved before it was asked"]
    assert asked_before["asked"] is None
    assert asked_before["calls"] == [*ASKED, "publish r1"]


def test_an_overtaken_request_ends_by_itself(runs):
    run = runs["overtaken"]
    assert run["state"] == "success"
    assert run["tasks"]["sign_off"] == run["tasks"]["publish"] == "skipped"
    assert run["calls"] == [*ASKED, *LOOKED]


def test_nobody_is_asked_about_nothing_or_about_what_is_held(runs):
    assert runs["nothing waits"]["tasks"]["sign_off"] == "skipped"
    assert runs["held"]["state"] == "failed"
    assert runs["nothing waits"]["asked"] is runs["held"]["asked"] is None


def test_an_answer_counts_only_when_it_is_taken_in(signing):
    recorded = signing["recorded"]
    assert recorded[""]["outcome"] == "r1"
    assert recorded[""]["calls"][-1] == "sign r1 approved airflow "  # a user without a name
    assert recorded["sign=error"]["outcome"].startswith("AirflowFailException: no such folder")
    late = recorded["sign_off_state=gone"]
    assert late["outcome"].startswith("AirflowSkipException: release r1 is published or superseded")
    assert not any(call.startswith("sign ") for call in late["calls"])
