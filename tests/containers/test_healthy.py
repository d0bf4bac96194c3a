"""A health check says what is wrong, and takes an odd answer for none."""

import importlib.util
import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

WELL = {part: {"status": "healthy"} for part in ("metadatabase", "triggerer", "dag_processor")}


@pytest.fixture
def healthy(project):
    place = project / "deploy/healthy.py"
    spec = importlib.util.spec_from_file_location("container_healthy", place)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def server(healthy, monkeypatch):
    """Answers every question with what the test puts there."""
    answer = {"status": 200, "body": json.dumps(WELL).encode()}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(answer["status"])
            self.end_headers()
            self.wfile.write(answer["body"])

        def log_message(self, *args):
            pass

    http = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=http.serve_forever, daemon=True)
    thread.start()
    url = f"http://127.0.0.1:{http.server_port}/health"
    monkeypatch.setattr(healthy, "API", url)
    monkeypatch.setattr(healthy, "SCHEDULER", url)
    yield answer
    http.shutdown()
    http.server_close()
    thread.join()


def call(healthy, monkeypatch, capsys, *arguments):
    monkeypatch.setattr(healthy.sys, "argv", ["healthy.py", *arguments])
    return healthy.main(), capsys.readouterr().err


ROLES = ["api-server", "scheduler", "triggerer", "dag_processor"]


@pytest.mark.parametrize("role", ROLES)
def test_well(healthy, server, monkeypatch, capsys, role):
    assert call(healthy, monkeypatch, capsys, role) == (0, "")


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("status", [500, 503])
def test_an_error_is_unwell(healthy, server, monkeypatch, capsys, role, status):
    server["status"] = status
    code, said = call(healthy, monkeypatch, capsys, role)
    assert code == 1
    assert str(status) in said


@pytest.mark.parametrize("body", [b"", b"<html>", b"{}", b'{"triggerer": null}'])
def test_an_odd_answer_is_unwell(healthy, server, monkeypatch, capsys, body):
    server["body"] = body
    assert call(healthy, monkeypatch, capsys, "triggerer")[0] == 1


def test_one_part_may_be_unwell_alone(healthy, server, monkeypatch, capsys):
    parts = WELL | {"triggerer": {"status": "unhealthy"}}
    server["body"] = json.dumps(parts).encode()
    assert call(healthy, monkeypatch, capsys, "triggerer") == (1, "triggerer is unhealthy\n")
    assert call(healthy, monkeypatch, capsys, "dag_processor")[0] == 0


def test_nobody_there_is_unwell(healthy, monkeypatch, capsys):
    monkeypatch.setattr(healthy, "SCHEDULER", "http://127.0.0.1:9/health")
    assert call(healthy, monkeypatch, capsys, "scheduler")[0] == 1


@pytest.mark.parametrize("arguments", [[], ["postgres"]])
def test_no_such_service_is_unwell(healthy, monkeypatch, capsys, arguments):
    assert call(healthy, monkeypatch, capsys, *arguments)[0] == 1


def test_the_image_alone_looks_at_the_release(healthy, monkeypatch, capsys, tmp_path):
    monkeypatch.setenv("GOVSTATS_DATA", str(tmp_path))
    assert call(healthy, monkeypatch, capsys, "data") == (0, "")
    (tmp_path / "releases").mkdir()
    (tmp_path / "releases/current").symlink_to("2020-12-abc")
    code, said = call(healthy, monkeypatch, capsys, "data")
    assert code == 1
    assert "leads nowhere" in said
    (tmp_path / "releases/2020-12-abc").mkdir()
    (tmp_path / "releases/2020-12-abc/release.json").write_text("{}")
    assert call(healthy, monkeypatch, capsys, "data") == (0, "")


def test_a_worker_that_does_not_answer(healthy, monkeypatch, capsys, tmp_path):
    fake = tmp_path / "celery"
    fake.write_text('#!/bin/sh\necho "$@" >&2\nexit ${CODE}\n')
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setenv("CODE", "69")
    code, said = call(healthy, monkeypatch, capsys, "worker")
    assert code == 1
    assert "inspect ping -d celery@" in said
    monkeypatch.setenv("CODE", "0")
    assert call(healthy, monkeypatch, capsys, "worker")[0] == 0
