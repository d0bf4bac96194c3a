"""Starting and stopping with stand-ins for Airflow's processes; the real ones: tests/dags."""

import socket
import sys
import time

import pytest

from govstats.files import exclusive
from scripts import airflow_env, metadata, processes, services

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]


@pytest.fixture(autouse=True)
def stand_ins(tmp_path, monkeypatch):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        monkeypatch.setenv("GOVSTATS_AIRFLOW_PORT", str(probe.getsockname()[1]))
    monkeypatch.setenv("AIRFLOW_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(metadata, "prepared", lambda database: True)
    monkeypatch.setattr(services, "_command", lambda name: SLEEP)
    monkeypatch.setattr(services, "_unhealthy", lambda address: "")
    yield
    processes.stop(records(), lambda name: 0)


def records():
    return processes.recall(airflow_env.home() / "run")


def test_up_starts_four_processes_and_says_where_to_look(capsys):
    assert services.main(["up"]) == 0
    assert [r.name for r in records()] == sorted(services.SERVICES)
    assert all(processes.alive(record) for record in records())
    said = capsys.readouterr().out
    assert f"http://127.0.0.1:{airflow_env.port()}" in said
    assert str(airflow_env.home() / "passwords.json") in said


def test_the_password_itself_is_never_shown(capsys):
    services.main(["up"])
    content = airflow_env.password_file().read_text()
    assert content.split('"')[3] not in capsys.readouterr().out


def test_the_password_stays_the_same_from_start_to_start():
    services.main(["up"])
    first = airflow_env.password_file().read_text()
    services.main(["down"])
    services.main(["up"])
    assert airflow_env.password_file().read_text() == first


def test_down_ends_all_and_forgets_them(capsys):
    services.main(["up"])
    before = records()
    assert services.main(["down"]) == 0
    assert not any(processes.alive(record) for record in before)
    assert records() == []
    assert "Airflow is down" in capsys.readouterr().out


def test_down_when_nothing_runs_is_fine():
    assert services.main(["down"]) == 0


def test_a_second_up_is_refused_and_leaves_the_first_running(capsys):
    services.main(["up"])
    before = records()
    assert services.main(["up"]) == 1
    assert "already up" in capsys.readouterr().err
    assert records() == before


def test_a_taken_port_is_refused_before_anything_starts(capsys):
    with socket.socket() as other:
        other.bind(("127.0.0.1", airflow_env.port()))
        other.listen()
        assert services.main(["up"]) == 1
    assert f"port {airflow_env.port()} on 127.0.0.1 is taken" in capsys.readouterr().err
    assert records() == []


def test_a_service_that_ends_at_once_takes_the_others_down_and_shows_its_log(monkeypatch, capsys):
    broken = [sys.executable, "-c", "print('no such option')"]
    monkeypatch.setattr(services, "_command", lambda name: broken if name == "scheduler" else SLEEP)
    monkeypatch.setattr(services, "_unhealthy", lambda address: "scheduler")
    assert services.main(["up"]) == 1
    error = capsys.readouterr().err
    assert "scheduler ended at once" in error
    assert "no such option" in error
    assert records() == []


def test_services_that_never_become_healthy_are_taken_down_again(monkeypatch, capsys):
    monkeypatch.setattr(services, "_unhealthy", lambda address: "triggerer")
    monkeypatch.setattr(services, "HEALTHY_WITHIN_SECONDS", 0.5)
    assert services.main(["up"]) == 1
    assert "not healthy after 0.5 s: triggerer" in capsys.readouterr().err
    assert records() == []


def test_a_service_that_listens_outside_loopback_is_taken_down(monkeypatch, capsys):
    monkeypatch.setattr(processes, "listening", lambda pids: {"0.0.0.0:8793"})
    assert services.main(["up"]) == 1
    assert "outside loopback: ['0.0.0.0:8793']" in capsys.readouterr().err
    assert records() == []


def test_status_tells_each_service_and_whether_all_run(capsys):
    assert services.main(["status"]) == 3
    assert capsys.readouterr().out.count("down") == 4
    services.main(["up"])
    capsys.readouterr()
    assert services.main(["status"]) == 0
    assert capsys.readouterr().out.count("runs, process") == 4


def test_status_shows_the_address_that_is_really_listened_on(monkeypatch, capsys):
    services.main(["up"])
    monkeypatch.setattr(processes, "listening", lambda pids: {"127.0.0.1:8090"})
    assert services.main(["status"]) == 0
    assert "http://127.0.0.1:8090" in capsys.readouterr().out


def test_two_commands_at_once_do_not_meet(capsys):
    begin = time.monotonic()
    with exclusive(airflow_env.home() / "services.lock", "testing"):
        assert services.main(["up"]) == 3
    assert time.monotonic() - begin < 5
    assert "starting or stopping Airflow" in capsys.readouterr().err
    assert records() == []
