"""The DAGs with the real pipeline: from demonstration spreadsheets to a release, as a command."""

import json
import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("whole")


@pytest.fixture(scope="module")
def command(folder):
    """Runs a module of the project on data and an Airflow home of its own."""
    own = {"GOVSTATS_DATA": str(folder / "data"), "AIRFLOW_HOME": str(folder / "airflow")}
    env = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"} | own

    def run(module):
        return subprocess.run(
            [sys.executable, "-m", module],
            env=env,
            capture_output=True,
            text=True,
            timeout=280,
            check=False,
        )

    return run


@pytest.fixture(scope="module")
def first(command):
    delivered = command("demo")
    assert delivered.returncode == 0, delivered.stderr
    return command("scripts.headless")


def test_the_first_run_publishes_and_prints_the_scorecard(first, folder):
    assert first.returncode == 0, first.stderr[-3000:]
    for name in ("scan", "collect", "build", "validate", "publish"):
        assert f"/ {name} " in first.stderr
    manifest = json.loads((folder / "data/releases/current/release.json").read_text())
    assert manifest["release_id"] in first.stdout
    assert "目标进度" in first.stdout


def test_the_next_run_finds_nothing_new_and_still_prints_the_scorecard(first, command, folder):
    assert first.returncode == 0
    before = (folder / "data/releases/current").readlink()
    again = command("scripts.headless")
    assert again.returncode == 0, again.stderr[-3000:]
    assert "nothing new" in again.stderr
    assert "transform" not in again.stderr
    assert "目标进度" in again.stdout
    assert (folder / "data/releases/current").readlink() == before
