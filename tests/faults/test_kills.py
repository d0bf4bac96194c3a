"""`kill -9` at every boundary of a real run, and two runs at once: processes of their own.

The ladder: each run is killed at the next boundary and the one after it goes on from what is
left, so that every state a kill leaves is one that a run starts from.
"""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bench.runs import Runs
from govstats.settings import Settings
from tests.faults.conftest import NOW
from tests.faults.proof import marts, received, standing, whole

pytestmark = pytest.mark.slow

#: What a run does, in order, with when it is killed there. Before one is mostly after another.
LADDER = (
    ("govstats.intake.ledger:append", "before"),
    ("govstats.intake.ledger:append", "after"),
    ("govstats.pipeline:parse", "after"),
    ("govstats.warehouse.raw:load", "after"),
    ("govstats.warehouse.docs:write", "after"),
    ("govstats.warehouse.candidate:build", "after"),
    ("govstats.validation:record", "after"),
    ("govstats.release.report:write", "after"),
    ("govstats.warehouse.candidate:audit", "after"),
    ("govstats.release.products:write", "after"),
    ("govstats.release.publish:sync_tree", "after"),
    ("govstats.release.history:append", "after"),
    ("govstats.release.releases:switch", "before"),
    ("govstats.release.releases:switch", "after"),
)


@pytest.mark.timeout(600)
def test_killed_at_every_boundary(
    runs: Runs, waiting: Settings, undisturbed: Settings, tmp_path: Path
) -> None:
    before, log = standing(waiting), tmp_path / "runs.log"
    for rung in LADDER:
        runs.start(waiting.root, waiting.data, log, dies=rung, now=NOW)
        assert runs.wait() == -signal.SIGKILL, (rung, log.read_text("utf-8")[-2000:])
        whole(waiting)
        assert (standing(waiting) == before) != (rung == LADDER[-1]), rung
        assert received(undisturbed)[:-1] == received(waiting)[: len(received(undisturbed)) - 1]
    runs.start(waiting.root, waiting.data, log, now=NOW)
    assert runs.wait() == 0, log.read_text("utf-8")[-2000:]
    whole(waiting)
    assert received(waiting) == received(undisturbed)
    assert marts(waiting) == marts(undisturbed)
    assert not list(waiting.releases.glob("*/*.wal"))


@pytest.mark.timeout(600)
def test_two_runs_at_once_and_a_reader(
    runs: Runs, waiting: Settings, undisturbed: Settings, tmp_path: Path
) -> None:
    """One does the work, the other says so or finds it done; who reads sees no error."""
    log = tmp_path / "runs.log"
    environment = os.environ | {
        "GOVSTATS_DATA": str(waiting.data), "GOVSTATS_ROOT": str(waiting.root),
    }  # fmt: skip
    with subprocess.Popen(
        [sys.executable, "-c", READER, str(waiting.releases / "current" / "warehouse.duckdb")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as reader:
        assert reader.stdout is not None
        first = reader.stdout.readline()
        runs.start(waiting.root, waiting.data, log, now=NOW)
        while len(received(waiting)) < len(received(undisturbed)):
            time.sleep(0.05)  # the sheet is registered at the time that the marts are compared by
        other = subprocess.run(
            [sys.executable, "-c", "from govstats.cli import main; main()", "run"],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert runs.wait() in (0, 3), log.read_text("utf-8")[-2000:]
        assert other.returncode in (0, 3), other.stderr
        assert other.returncode == 0 or "another run is building" in other.stderr
        out, _ = reader.communicate("go\n", timeout=60)
    assert first.strip()
    assert out == first
    assert reader.returncode == 0
    whole(waiting)
    assert received(waiting) == received(undisturbed)
    assert marts(waiting) == marts(undisturbed)


READER = """
import sys, duckdb
c = duckdb.connect(sys.argv[1], read_only=True)
ask = 'select count(*), sum(obs_value) from marts.fct_observation'
print(c.execute(ask).fetchone(), flush=True)
sys.stdin.readline()
print(c.execute(ask).fetchone(), flush=True)
"""
