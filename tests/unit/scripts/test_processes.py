import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import replace

import pytest

from scripts import processes

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]
# Ignores the request to end, and has a child that does too.
STUBBORN = [
    sys.executable,
    "-c",
    "import os, signal, time\n"
    "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
    "os.fork()\n"
    "print('ready', flush=True)\n"
    "time.sleep(60)\n",
]


@pytest.fixture
def launch(tmp_path):
    """Starts processes and makes sure none outlives the test."""
    started = []

    def start(command, name="one"):
        record = processes.start(name, command, os.environ, tmp_path / f"{name}.log")
        started.append(record)
        return record

    yield start
    processes.stop(started, lambda name: 0)


def wait_for(condition):
    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_record_survives_on_disk_and_finds_its_process(tmp_path, launch):
    record = launch(SLEEP)
    processes.remember(tmp_path / "run", record)
    assert processes.recall(tmp_path / "run") == [record]
    assert processes.alive(record)
    assert processes.family(record) == [record.pid]
    processes.forget(tmp_path / "run", record)
    assert processes.recall(tmp_path / "run") == []


def test_an_unreadable_record_counts_as_none(tmp_path):
    (tmp_path / "broken.pid").write_text("{")
    (tmp_path / "other.pid").write_text('{"pid": 1}')
    assert processes.recall(tmp_path) == []


@pytest.mark.parametrize("changed", [{"started": 1}, {"boot": "another boot"}])
def test_a_process_that_only_has_the_same_number_is_never_touched(launch, changed):
    record = launch(SLEEP)
    stranger = replace(record, **changed)
    assert not processes.alive(stranger)
    assert processes.family(stranger) == []
    processes.stop([stranger], lambda name: 0)
    assert processes.alive(record)


def test_stopping_ends_a_willing_process_without_waiting_for_the_grace(launch):
    record = launch(SLEEP)
    begin = time.monotonic()
    processes.stop([record], lambda name: 30)
    assert not processes.alive(record)
    assert time.monotonic() - begin < 5


def test_a_stubborn_process_and_its_child_are_killed_after_the_grace(launch, tmp_path):
    record = launch(STUBBORN)
    wait_for(lambda: (tmp_path / "one.log").read_text().count("ready") == 2)
    assert len(processes.family(record)) == 2
    processes.stop([record], lambda name: 0.3)
    assert processes.family(record) == []


def test_children_left_behind_by_a_killed_process_are_found_and_ended(launch, tmp_path):
    record = launch(STUBBORN)
    wait_for(lambda: (tmp_path / "one.log").read_text().count("ready") == 2)
    os.kill(record.pid, signal.SIGKILL)
    os.waitpid(record.pid, 0)
    assert not processes.alive(record)
    assert len(processes.family(record)) == 1
    processes.stop([record], lambda name: 0)
    assert processes.family(record) == []


def test_only_our_own_processes_end(launch):
    bystander = subprocess.Popen(SLEEP)
    try:
        processes.stop([launch(SLEEP)], lambda name: 5)
        assert bystander.poll() is None
    finally:
        bystander.kill()
        bystander.wait()


def test_the_log_of_the_start_before_is_kept(launch, tmp_path):
    for word in ("first", "second"):
        record = launch([sys.executable, "-c", f"print('{word}')"])
        wait_for(lambda record=record: not processes.alive(record))
    assert (tmp_path / "one.log").read_text() == "second\n"
    assert (tmp_path / "one.log.1").read_text() == "first\n"


@pytest.mark.parametrize(
    ("family", "host", "shown"),
    [
        (socket.AF_INET, "127.0.0.1", "127.0.0.1"),
        (socket.AF_INET, "127.0.0.2", "127.0.0.2"),
        (socket.AF_INET6, "::1", "[::1]"),
    ],
)
def test_addresses_listened_on_are_seen(family, host, shown):
    try:
        server = socket.socket(family)
        server.bind((host, 0))
    except OSError:
        pytest.skip(f"this machine has no {host}")
    with server:
        assert not processes.listening([os.getpid()]) & {f"{shown}:{server.getsockname()[1]}"}
        server.listen()
        assert f"{shown}:{server.getsockname()[1]}" in processes.listening([os.getpid()])
        assert processes.listening([1 << 22]) == set()


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("0100007F:1F90", "127.0.0.1:8080"),
        ("00000000:2259", "0.0.0.0:8793"),
        ("00000000000000000000000001000000:0050", "[::1]:80"),
        ("00000000000000000000000000000000:0050", "[" + "0" * 32 + "]:80"),
    ],
)
def test_addresses_are_read_as_the_kernel_writes_them(text, address):
    assert processes._address(text) == address
