"""Airflow's four processes, really started on a free loopback port, over the fake pipeline."""

import json
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

import pytest

from scripts import processes

pytestmark = [pytest.mark.slow, pytest.mark.live]

LOOPBACK = ("127.", "[::1]")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def services(command, env):
    return subprocess.run(
        [sys.executable, "-m", "scripts.services", command],
        env=env,
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )


class Live:
    """Talks to the running Airflow as a person's browser does: password, then requests."""

    def __init__(self, home, data, port):
        self.home, self.data, self.url = home, data, f"http://127.0.0.1:{port}"
        self.records = processes.recall(home / "run")
        self.token = ""
        login = {"username": "admin", "password": self.password("admin")}
        self.token = self.request("/auth/token", login)["access_token"]

    def password(self, user):
        return json.loads((self.home / "passwords.json").read_text())[user]

    def request(self, path, body=None):
        headers = {"Content-Type": "application/json"}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data, headers)
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(request, timeout=20) as response:
            return json.load(response)

    def plan(self, text):
        (self.data / "plan.txt").write_text(text)

    def runs(self, dag_id):
        """Return a DAG's runs, oldest first; none while its file has not been read yet."""
        try:
            found = self.request(f"/api/v2/dags/{dag_id}/dagRuns?order_by=run_after")
        except urllib.error.HTTPError as error:
            if error.code != 404:
                raise
            return []
        return found["dag_runs"]

    def trigger_ingest(self):
        """Start `ingest`; just after the start its file may not have been read yet."""
        deadline = time.monotonic() + 60
        while True:
            try:
                run = self.request("/api/v2/dags/ingest/dagRuns", {"logical_date": None})
                return run["dag_run_id"]
            except urllib.error.HTTPError as error:
                if error.code != 404 or time.monotonic() > deadline:
                    raise
            time.sleep(0.5)

    def wait(self, dag_id, count, seconds=120):
        """Return the ended runs of a DAG, oldest first, once there are so many."""
        deadline = time.monotonic() + seconds
        while True:
            ended = [r for r in self.runs(dag_id) if r["state"] in ("success", "failed")]
            if len(ended) >= count:
                return ended
            assert time.monotonic() < deadline, f"{dag_id}: {self.runs(dag_id)}"
            time.sleep(0.5)

    def task(self, dag_id, run_id, task_id):
        run = urllib.parse.quote(run_id)
        return self.request(f"/api/v2/dags/{dag_id}/dagRuns/{run}/taskInstances/{task_id}")

    def log_of(self, dag_id, run_id, task_id):
        run = urllib.parse.quote(run_id)
        path = f"/api/v2/dags/{dag_id}/dagRuns/{run}/taskInstances/{task_id}/logs/1"
        return json.dumps(self.request(path), ensure_ascii=False)


@pytest.fixture(scope="module")
def live(tmp_path_factory, fake_environment):
    root = tmp_path_factory.mktemp("live")
    home, data, port = root / "airflow", root / "data", free_port()
    data.mkdir()
    clock = {"GOVSTATS_INGEST_SCHEDULE": "0 0 29 2 *"}  # no run of its own while we count
    env = fake_environment(home, data, GOVSTATS_AIRFLOW_PORT=str(port), **clock)
    started = services("up", env)
    try:
        assert started.returncode == 0, started.stdout + started.stderr
        assert f"http://127.0.0.1:{port}" in started.stdout
        yield Live(home, data, port)
    finally:
        records = processes.recall(home / "run")
        stopped = services("down", env)
    assert stopped.returncode == 0, stopped.stderr
    assert [record.name for record in records if processes.family(record)] == []
    with socket.socket() as probe, pytest.raises(ConnectionRefusedError):
        probe.connect(("127.0.0.1", port))


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
    assert live.password("admin") not in ("admin", "")
    outsider = Live.__new__(Live)
    outsider.url, outsider.token = live.url, ""
    with pytest.raises(urllib.error.HTTPError, match="401"):
        outsider.request("/auth/token", {"username": "admin", "password": "admin"})
    with pytest.raises(urllib.error.HTTPError, match="401"):
        outsider.request("/api/v2/dags")


def test_assets_carry_one_ingest_through_to_a_release(live):
    before = len(live.runs("release"))
    live.plan("")
    run_id = live.trigger_ingest()
    last = live.wait("release", before + 1)[-1]
    assert (last["state"], last["run_type"]) == ("success", "asset_triggered")
    assert live.runs("transform")[-1]["run_type"] == "asset_triggered"
    calls = (live.data / "calls.txt").read_text().splitlines()
    assert calls[-1] == "publish r1"
    assert "intake: 3 new" in live.log_of("ingest", run_id, "scan")


def test_nothing_new_starts_nothing_downstream(live):
    before, ingested = len(live.runs("transform")), len(live.runs("ingest"))
    live.plan("scan=none,facts_ready=old")
    run_id = live.trigger_ingest()
    live.wait("ingest", ingested + 1)
    assert live.task("ingest", run_id, "collect")["state"] == "skipped"
    time.sleep(8)  # several turns of the scheduler
    assert len(live.runs("transform")) == before


def test_a_held_release_fails_at_its_first_try_with_the_findings_in_its_log(live):
    before = len(live.runs("release"))
    live.plan("publish=held")
    live.trigger_ingest()
    last = live.wait("release", before + 1)[-1]
    assert last["state"] == "failed"
    task = live.task("release", last["dag_run_id"], "publish")
    assert (task["state"], task["try_number"]) == ("failed", 1)
    log = live.log_of("release", last["dag_run_id"], "publish")
    assert "release r1 is held: 2 hard findings" in log


def test_a_second_start_is_refused_and_changes_nothing(live, fake_environment):
    port = live.url.rpartition(":")[2]
    env = fake_environment(live.home, live.data, GOVSTATS_AIRFLOW_PORT=port)
    again = services("up", env)
    assert again.returncode == 1
    assert "already up" in again.stderr
    assert all(processes.alive(record) for record in live.records)
    state = services("status", env)
    assert state.returncode == 0
    assert "all healthy" in state.stdout


def test_another_home_finds_the_port_taken(live, fake_environment, tmp_path):
    port = live.url.rpartition(":")[2]
    env = fake_environment(tmp_path / "other", tmp_path, GOVSTATS_AIRFLOW_PORT=port)
    refused = services("up", env)
    assert refused.returncode == 1
    assert f"port {port} on 127.0.0.1 is taken" in refused.stderr
    assert not (tmp_path / "other" / "airflow.db").exists()
