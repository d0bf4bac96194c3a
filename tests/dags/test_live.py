"""Airflow's four processes, really started on a free loopback port, over the fake pipeline."""

import time

import pytest

from scripts import processes
from scripts.airflow_api import Airflow, Refused
from scripts.live import place
from tests.dags.live import NEVER, started

pytestmark = [pytest.mark.slow, pytest.mark.live]

LOOPBACK = ("127.", "[::1]")


@pytest.fixture(scope="module")
def live(tmp_path_factory):
    # no run of its own while we count
    with started(
        tmp_path_factory.mktemp("live"), fake=True, GOVSTATS_INGEST_SCHEDULE=NEVER
    ) as found:
        yield found


def test_everything_listens_on_loopback_only(live):
    assert sorted(r.name for r in live.records) == [
        "api-server",
        "dag-processor",
        "scheduler",
        "triggerer",
    ]
    pids = [pid for record in live.records for pid in processes.family(record)]
    assert len(pids) > len(live.records)  # their children are looked at too
    addresses = processes.listening(pids)
    assert addresses
    assert [a for a in addresses if not a.startswith(LOOPBACK)] == []


def test_the_password_is_generated_private_and_the_only_way_in(live):
    file = live.home / "passwords.json"
    assert file.stat().st_mode & 0o077 == 0
    assert live.where.password("admin") not in ("admin", "")
    outsider = Airflow(live.where.url)
    with pytest.raises(Refused, match="401"):
        outsider.login("admin", "admin")
    with pytest.raises(Refused, match="401"):
        outsider.ask("/api/v2/dags")


def test_assets_carry_one_ingest_through_to_a_release(live):
    before = len(live.api.runs("release"))
    live.plan("")
    run_id = live.api.trigger("ingest")
    last = live.api.ended("release", before + 1)[-1]
    assert (last["state"], last["run_type"]) == ("success", "asset_triggered")
    assert live.api.runs("transform")[-1]["run_type"] == "asset_triggered"
    assert live.calls()[-1] == "publish r1"
    assert "intake: 3 new" in live.api.log_of("ingest", run_id, "scan")


def test_nothing_new_starts_nothing_downstream(live):
    before, ingested = len(live.api.runs("transform")), len(live.api.runs("ingest"))
    live.plan("scan=none,facts_ready=old")
    run_id = live.api.trigger("ingest")
    live.api.ended("ingest", ingested + 1)
    assert live.api.task("ingest", run_id, "collect")["state"] == "skipped"
    time.sleep(8)  # several turns of the scheduler
    assert len(live.api.runs("transform")) == before


def test_a_held_release_fails_at_its_first_try_with_the_findings_in_its_log(live):
    before = len(live.api.runs("release"))
    live.plan("publish=held")
    live.api.trigger("ingest")
    last = live.api.ended("release", before + 1)[-1]
    assert last["state"] == "failed"
    task = live.api.task("release", last["dag_run_id"], "publish")
    assert (task["state"], task["try_number"]) == ("failed", 1)
    log = live.api.log_of("release", last["dag_run_id"], "publish")
    assert "release r1 is held: 2 hard findings" in log


def test_a_second_start_is_refused_and_changes_nothing(live):
    again = live.where.services("up")
    assert again.returncode == 1
    assert "already up" in again.stderr
    assert all(processes.alive(record) for record in live.records)
    state = live.where.services("status")
    assert state.returncode == 0
    assert "all healthy" in state.stdout


def test_another_home_finds_the_port_taken(live, tmp_path):
    port = live.where.environment["GOVSTATS_AIRFLOW_PORT"]
    other = place(tmp_path / "other", tmp_path, GOVSTATS_AIRFLOW_PORT=port)
    refused = other.services("up")
    assert refused.returncode == 1
    assert f"port {port} on 127.0.0.1 is taken" in refused.stderr
    assert not (tmp_path / "other" / "airflow.db").exists()
