"""What the service `init` refuses before it touches the database, and its order."""

import socket

import pytest

from govstats.errors import GovstatsError
from scripts import containers


@pytest.fixture
def nothing_done(monkeypatch):
    done = []
    for name in ("migrate", "make_pools", "make_first_user"):
        monkeypatch.setattr(containers, name, lambda *args, name=name: done.append(name))
    return done


def test_database_then_pools_then_user(monkeypatch, nothing_done, capsys):
    monkeypatch.delenv("AIRFLOW__CORE__EXECUTOR", raising=False)
    assert containers.main(["init"]) == 0
    assert nothing_done == ["migrate", "make_pools", "make_first_user"]
    assert "users stay" in capsys.readouterr().out


def test_workers_without_broker_are_refused(monkeypatch, nothing_done, capsys):
    monkeypatch.setenv("AIRFLOW__CORE__EXECUTOR", "CeleryExecutor")
    monkeypatch.setattr(containers, "BROKER", ("127.0.0.1", 9))
    assert containers.main(["init"]) != 0
    assert nothing_done == []
    assert "COMPOSE_PROFILES=scale" in capsys.readouterr().err


def test_workers_with_broker_are_not(monkeypatch, nothing_done):
    with socket.create_server(("127.0.0.1", 0)) as broker:
        monkeypatch.setenv("AIRFLOW__CORE__EXECUTOR", "CeleryExecutor")
        monkeypatch.setattr(containers, "BROKER", broker.getsockname())
        containers.require_broker()


def test_the_broker_is_the_one_of_the_compose_file(services, project):
    host, port = containers.BROKER
    assert host in services
    assert f"@{host}:{port}/" in (project / "deploy/address.sh").read_text()


def test_a_failed_migration_stops_it(monkeypatch, tmp_path, capsys):
    fake = tmp_path / "airflow"
    fake.write_text("#!/bin/sh\nexit 1\n")
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.delenv("AIRFLOW__CORE__EXECUTOR", raising=False)
    assert containers.main(["init"]) == 1
    assert "database was not made" in capsys.readouterr().err


@pytest.mark.parametrize("password", ["", "admin", "12345678901 \n"])
def test_a_password_everybody_guesses_is_refused(tmp_path, password):
    (tmp_path / "admin_password").write_text(password)
    with pytest.raises(GovstatsError, match="too short"):
        containers.make_first_user(tmp_path)
