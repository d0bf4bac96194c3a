"""Airflow's four processes over the fake pipeline or the real one, and what tests ask of them."""

import socket
from contextlib import contextmanager
from pathlib import Path

import pytest

from scripts import processes
from scripts.airflow_api import Airflow
from scripts.live import Place, place, running

STUB = Path(__file__).resolve().parent / "stub"
#: A schedule that never comes due while a test counts runs.
NEVER = "0 0 29 2 *"


class Live:
    """A running Airflow: where it lives, what works on it, and the administrator's session."""

    def __init__(self, where: Place):
        self.where, self.home = where, where.home
        self.data = Path(where.environment["GOVSTATS_DATA"])
        self.records = processes.recall(where.home / "run")
        self.api = where.session("admin")

    def session(self, user) -> Airflow:
        return self.where.session(user)

    def plan(self, text):
        """Say what goes differently from now on in the fake pipeline."""
        (self.data / "plan.txt").write_text(text)

    def calls(self):
        """What the fake pipeline was called with."""
        file = self.data / "calls.txt"
        return file.read_text().splitlines() if file.exists() else []


@contextmanager
def started(root: Path, *, fake: bool, **more: str):
    """Start Airflow below ``root``, stop it, and see that nothing of it is left."""
    data = root / "data"
    data.mkdir(exist_ok=True)
    stub = {"PYTHONPATH": str(STUB)} if fake else {}
    where = place(root / "airflow", data, **stub, **more)
    live = None
    with running(where):
        live = Live(where)
        yield live
    assert [record.name for record in live.records if processes.family(record)] == []
    port = int(where.environment["GOVSTATS_AIRFLOW_PORT"])
    with socket.socket() as probe, pytest.raises(ConnectionRefusedError):
        probe.connect(("127.0.0.1", port))
