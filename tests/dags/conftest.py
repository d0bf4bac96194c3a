"""One run of ``driver.py`` for all tests of this folder, whichever worker asks first."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock

HERE = Path(__file__).resolve().parent


def _fake_environment(home, data, **more):
    return os.environ | {
        "PYTHONPATH": str(HERE / "stub"),
        "AIRFLOW_HOME": str(home),
        "GOVSTATS_DATA": str(data),
        **more,
    }


@pytest.fixture(scope="session")
def fake_environment():
    """Builds the environment of a process in which ``fake_pipeline`` replaces the real one."""
    return _fake_environment


@pytest.fixture(scope="session")
def seen(tmp_path_factory):
    """What the driver saw: order, wiring of the DAGs, outcome of each scenario."""
    shared = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        shared = shared.parent
    result = shared / "dags.json"
    with FileLock(shared / "dags.lock"):
        if not result.exists():
            env = _fake_environment(shared / "airflow", shared / "dags-data")
            command = [sys.executable, str(HERE / "driver.py"), str(result)]
            done = subprocess.run(
                command, env=env, capture_output=True, text=True, timeout=280, check=False
            )
            assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return json.loads(result.read_text())
