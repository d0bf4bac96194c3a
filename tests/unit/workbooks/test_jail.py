"""Jobs that crash, hang or eat memory cost themselves and nobody else."""

import os
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from govstats.workbooks.cells import Workbook
from govstats.workbooks.formats.scan import Scan
from govstats.workbooks.jail import Died, run_jailed
from govstats.workbooks.limits import Limits
from govstats.workbooks.reader import parse
from tests.workbooks import hostile

MIB = 1024 * 1024
SMALL = Limits(memory_bytes=700 * MIB, cpu_seconds=1, wall_seconds=3)


def test_results_come_in_order() -> None:
    words = ["a" * length for length in range(1, 40)]
    assert list(run_jailed(len, words, SMALL)) == list(range(1, 40))


def test_a_crash_costs_one_item() -> None:
    jobs = ["1+1", "__import__('os').abort()", "2+2", "__import__('os')._exit(3)", "3+3"]
    assert list(run_jailed(eval, jobs, SMALL)) == [
        2, Died("crashed", "SIGABRT"), 4, Died("crashed", "exit code 3"), 6,
    ]  # fmt: skip


def test_time_by_the_clock_and_by_the_processor() -> None:
    slow = Limits(cpu_seconds=1, wall_seconds=1)
    assert list(run_jailed(time.sleep, [0, 30, 0], slow)) == [None, Died("timeout", "1 s"), None]
    (busy,) = run_jailed(eval, ["sum(i * i for i in range(10**10))"], Limits(cpu_seconds=1))
    assert busy == Died("timeout", "SIGXCPU")


def test_memory_has_an_end() -> None:
    (died,) = run_jailed(bytearray, [1024 * MIB], SMALL)
    assert isinstance(died, Died)
    assert died.detail.startswith("MemoryError")


def test_what_a_job_raises_costs_that_item_alone() -> None:
    results = list(run_jailed(eval, ["1+1", "1/0", "2+2"], SMALL))
    assert results == [2, Died("crashed", "ZeroDivisionError: division by zero"), 4]


def test_processes_that_cannot_even_start_end_in_a_reason() -> None:
    results = list(run_jailed(len, ["a", "b"], SMALL, prepare=partial(os._exit, 1)))
    assert [result.reason for result in results if isinstance(result, Died)] == ["crashed"] * 2


def test_the_main_module_is_not_imported_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    marker = tmp_path / "imported"
    main = tmp_path / "heavy.py"
    main.write_text(f"open({str(marker)!r}, 'w').close()\n")
    monkeypatch.setattr(sys.modules["__main__"], "__file__", str(main), raising=False)
    monkeypatch.setattr(sys.modules["__main__"], "__spec__", None)
    assert list(run_jailed(len, ["abc"], SMALL)) == [3]
    assert not marker.exists()


def _unchecked(path: Path) -> Workbook:
    return parse(Scan("xlsx", path.read_bytes()), Limits())


def test_a_cell_at_the_end_of_the_world_kills_only_its_reader(tmp_path: Path) -> None:
    """What the look at the bytes is for: the parser itself does not survive this file."""
    far = hostile.far_cell(tmp_path / "far.xlsx")
    good = hostile.plain(tmp_path / "good.xlsx")
    died, read = run_jailed(_unchecked, [far, good], SMALL, workers=1)
    assert isinstance(died, Died)
    assert not isinstance(read, Died)
    assert len(read.sheets[0].cells) == 4
