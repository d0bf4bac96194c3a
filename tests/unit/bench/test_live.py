"""What the live measurements count with."""

from pathlib import Path

import pytest

from bench.live.burst import troubles
from bench.live.sheets import Drop, drop_all
from bench.live.timings import clipped, covered, measured, read_clock


@pytest.mark.parametrize(
    ("spans", "seconds"),
    [
        ([], 0),
        ([(1, 3)], 2),
        ([(5, 6), (1, 3)], 3),
        ([(1, 4), (2, 3)], 3),
        ([(1, 4), (3, 6), (6, 7)], 6),
    ],
)
def test_time_in_which_somebody_worked_is_counted_once(spans, seconds):
    assert covered(spans) == seconds


def test_only_what_lies_in_the_window_counts():
    assert clipped([(0, 2), (1, 9), (3, 4), (7, 9)], (1, 8)) == [(1, 2), (1, 8), (3, 4), (7, 8)]
    assert clipped([(0, 1), (8, 9)], (1, 8)) == []


def task(name, scheduled, start, end, pid):
    def moment(second):
        return f"2026-01-01T00:00:{second:02d}+00:00"

    return {
        "dag_id": "ingest",
        "task_id": name,
        "pid": pid,
        "scheduled_when": moment(scheduled),
        "start_date": moment(start),
        "end_date": moment(end),
    }


def test_airflows_share_is_the_time_in_which_no_step_was_at_work():
    """scan 2-6 works 3-5, two batches side by side work 8-10 and 9-12; wall 0-13, worked 2 + 4."""
    midnight = 1767225600.0
    tasks = [
        task("scan", 0, 2, 6, 11),
        task("parse", 7, 7, 11, 12),
        task("parse", 7, 8, 13, 13),
        task("never", 9, 9, 9, 14) | {"start_date": None},
    ]
    calls = [
        {"name": name, "began": midnight + began, "ended": midnight + ended, "pid": pid}
        for name, began, ended, pid in [
            ("scan", 3, 5, 11),
            ("survey", 3, 4, 11),
            ("parse", 8, 10, 12),
            ("parse", 9, 12, 13),
        ]
    ]
    found = measured(tasks, calls)
    assert (found.wall, found.work) == (13, 6)
    assert found.share == pytest.approx(7 / 13)
    scan, parse = found.steps
    assert (scan.name, scan.count, scan.waited, scan.in_task, scan.in_work) == (
        *("ingest / scan", 1),
        *(2, 4, 2),
    )
    assert (parse.count, parse.waited, parse.in_task, parse.in_work) == (2, 0.5, 4.5, 2.5)


def test_without_tasks_there_is_nothing_to_share():
    assert measured([], []).share == 0


def test_a_clock_that_was_never_started_noted_nothing(tmp_path: Path):
    assert read_clock(tmp_path / "clock.jsonl") == []


def test_what_is_dropped_arrives_whole(tmp_path: Path, monkeypatch):
    monkeypatch.setattr("bench.live.sheets._PAUSE_SECONDS", 0.01)
    files = []
    for number in range(12):
        source = tmp_path / f"{number}.xlsx"
        source.write_bytes(bytes([number]) * 5000)
        files.append(Drop(source, Path("财政局/2020-12") / source.name))
    drop_all(tmp_path / "raw", files)
    for file in files:
        assert (tmp_path / "raw" / file.target).read_bytes() == file.source.read_bytes()


def test_lines_on_locks_are_found_and_others_are_not(tmp_path: Path):
    log = tmp_path / "scheduler.log"
    log.write_text("all is well\nsqlite3.OperationalError: database is locked\nlocked doors\n")
    assert troubles([log]) == ["scheduler.log: sqlite3.OperationalError: database is locked"]
