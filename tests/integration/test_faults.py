"""A kill at any step: the last release stands, the next run completes, nothing is twice."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from govstats import pipeline
from govstats.intake import survey
from govstats.release import releases
from govstats.settings import Settings

# Each step is replaced by one that ends the process as `kill -9` does, before or after its work.
STEPS = {
    "registering": "govstats.intake.ledger:append",
    "reading": "govstats.pipeline:parse",
    "raw loaded": "govstats.warehouse.raw:load",
    "dbt done": "govstats.warehouse.dbt_runner:build",
    "findings recorded": "govstats.validation:record",
    "report written": "govstats.release.report:write",
    "board and bulletins written": "govstats.release.products:write",
    "parquet written": "govstats.release.export:parquet",
    "release moved": "govstats.release.releases:switch",
}

KILLER = """
import importlib, os, signal, sys
from pathlib import Path
from govstats import pipeline
from govstats.settings import Settings

module_name, name = sys.argv[1].split(":")
module = importlib.import_module(module_name)
real = getattr(module, name)

def deadly(*args, **kwargs):
    if sys.argv[2] == "after":
        real(*args, **kwargs)
    os.kill(os.getpid(), signal.SIGKILL)

setattr(module, name, deadly)
pipeline.run(Settings.from_environment())
"""


def add_revision(settings: Settings) -> Path:
    """Hand in the newest finance sheet once more, as another file: one more submission."""
    source = sorted(settings.raw.glob("财政局/2020-12/*.xlsx"))[-1]
    content = source.read_bytes()
    target = source.with_stem(source.stem + "(补报)")
    target.write_bytes(content[:-2] + (6).to_bytes(2, "little") + b"resent")
    return target


def run_and_die(settings: Settings, step: str, moment: str) -> None:
    environment = os.environ | {"GOVSTATS_DATA": str(settings.data)}
    done = subprocess.run(
        [sys.executable, "-c", KILLER, STEPS[step], moment],
        cwd=settings.root,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr


def cases() -> list[tuple[str, str]]:
    """After each step, and before the first and the switch: before another is after the last."""
    first, *_, switch = STEPS
    return [(first, "before"), *((step, "after") for step in STEPS), (switch, "before")]


@pytest.mark.slow
@pytest.mark.parametrize(("step", "moment"), cases())
def test_kill_leaves_the_last_release_and_the_next_run_completes(
    released: Settings, step: str, moment: str
) -> None:
    before = releases.current_id(released)
    count = len(survey(released).entries)
    add_revision(released)
    run_and_die(released, step, moment)

    standing = releases.current_id(released)
    assert standing is not None
    assert releases.verify(released, standing) == []
    assert standing == before or (step, moment) == ("release moved", "after")

    pipeline.run(released)
    after = releases.current_id(released)
    assert after is not None
    assert after != before
    assert releases.verify(released, after) == []
    assert len(survey(released).entries) == count + 1
    assert not list(released.releases.glob("*/*.wal"))
    with duckdb.connect(
        str(releases.current_folder(released) / "warehouse.duckdb"), read_only=True
    ) as connection:
        twice = connection.execute(
            "select count(*) - count(distinct submission_id) from marts.fct_submission"
        ).fetchone()
    assert twice == (0,)


@pytest.mark.slow
def test_open_reader_sees_no_error_through_a_release(released: Settings) -> None:
    warehouse = released.releases / "current" / "warehouse.duckdb"
    script = (
        "import sys, duckdb\n"
        f"c = duckdb.connect({str(warehouse)!r}, read_only=True)\n"
        "ask = 'select count(*), sum(obs_value) from marts.fct_observation'\n"
        "print(c.execute(ask).fetchone(), flush=True)\n"
        "sys.stdin.readline()\n"
        "print(c.execute(ask).fetchone(), flush=True)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as reader:
        assert reader.stdout is not None
        first = reader.stdout.readline()
        add_revision(released)
        assert pipeline.run(released)["published"]
        out, _ = reader.communicate("go\n", timeout=60)
    assert first.strip()
    assert out == first
    assert reader.returncode == 0
