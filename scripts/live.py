"""Airflow's four processes for the length of a ``with`` block, as tests and measurements need it.

Started and stopped by the same command as ``make up`` and ``make down``, with a home folder and
a port of its own, so that it disturbs no Airflow that runs on the machine already.
"""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from scripts.airflow_api import Airflow
from scripts.airflow_env import HOST

_COMMAND_SECONDS = 240


@dataclass(frozen=True)
class Place:
    """Where an Airflow of one's own lives: its home folder and the environment that says so."""

    home: Path
    environment: Mapping[str, str]

    @property
    def url(self) -> str:
        """The address of the interface."""
        return f"http://{HOST}:{self.environment['GOVSTATS_AIRFLOW_PORT']}"

    def password(self, user: str) -> str:
        """Return a user's password, which lies in the home folder."""
        passwords = json.loads((self.home / "passwords.json").read_text())
        return str(passwords[user])

    def session(self, user: str) -> Airflow:
        """Log a user in."""
        return Airflow(self.url).login(user, self.password(user))

    def services(self, command: str) -> "subprocess.CompletedProcess[str]":
        """Carry out ``up``, ``down`` or ``status`` in a process of its own."""
        return subprocess.run(
            [sys.executable, "-m", "scripts.services", command],
            env=dict(self.environment),
            capture_output=True,
            text=True,
            timeout=_COMMAND_SECONDS,
            check=False,
        )


def place(home: Path, data: Path, **more: str) -> Place:
    """Describe an Airflow of one's own on a free port.

    Args:
        home: its home folder; need not exist.
        data: the data folder on which its tasks work.
        more: further environment variables; those of the surrounding shell that are the
            project's own are dropped.
    """
    foreign = ("GOVSTATS_", "AIRFLOW_", "_AIRFLOW_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
    own = {
        "AIRFLOW_HOME": str(home),
        "GOVSTATS_DATA": str(data),
        "GOVSTATS_AIRFLOW_PORT": str(free_port()),
    }
    return Place(home, kept | own | more)


def free_port() -> int:
    """Return a loopback port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def running(where: Place) -> Iterator[Place]:
    """Start Airflow there, stop it at the end, whatever happens in between.

    Raises:
        RuntimeError: it did not start, or not stop; holds what the command said.
    """
    try:
        _carry_out(where, "up")
        yield where
    finally:
        _carry_out(where, "down")


def _carry_out(where: Place, command: str) -> None:
    done = where.services(command)
    if done.returncode != 0:
        raise RuntimeError(f"services {command}: {done.stdout}{done.stderr}")
