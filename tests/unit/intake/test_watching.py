"""Watching the folder: when news is due, what counts as news, and that no file is touched."""

import asyncio
import os
import stat
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govstats.intake import register, watching
from govstats.intake.watching import Debounce, State
from govstats.settings import Settings

QUIET = 0.2


def put(folder: Path, name: str, content: bytes = b"x") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def is_due_at(debounce: Debounce, *looks: tuple[State, float]) -> list[float]:
    return [at for state, at in looks if debounce.is_due(state, at)]


ONE: State = {"甲/2020-12/a.xlsx": (1, 1)}
TWO: State = {"甲/2020-12/a.xlsx": (2, 2)}


def test_a_change_is_told_once_after_the_quiet_time() -> None:
    looks = [(ONE, t) for t in (0.0, 5.0, 9.9, 10.0, 15.0, 60.0)]
    assert is_due_at(Debounce(10, 150, {}), *looks) == [10.0]


def test_a_growing_file_keeps_it_waiting_from_the_last_growth() -> None:
    looks = [(ONE, 0.0), (TWO, 8.0), (TWO, 17.9), (TWO, 18.0), (TWO, 30.0)]
    assert is_due_at(Debounce(10, 150, {}), *looks) == [18.0]


def test_a_steady_trickle_is_told_at_the_end_of_patience_and_again() -> None:
    looks: list[tuple[State, float]] = [({str(n): (n, n)}, n * 5.0) for n in range(14)]
    assert is_due_at(Debounce(10, 30, {}), *looks) == [30.0, 65.0]


def test_what_goes_back_to_the_state_that_was_told_is_no_news() -> None:
    looks = [(ONE, 0.0), ({}, 5.0), ({}, 100.0), (ONE, 101.0), (ONE, 105.0)]
    assert is_due_at(Debounce(10, 30, {}), *looks) == []


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(1, 9)), max_size=30))
def test_whatever_happens_the_last_state_is_told_at_the_latest_after_a_quiet_time(
    steps: list[tuple[int, int]],
) -> None:
    debounce, now, state = Debounce(10, 50, {}), 0, {}
    for content, wait in steps:
        now += wait
        state = {"a": (content, content)} if content else {}
        debounce.is_due(state, now)
    debounce.is_due(state, now + 10)
    assert debounce.announced == state


def test_only_what_may_be_a_submission_is_seen(tmp_path: Path) -> None:
    put(tmp_path, "甲/2020-12/a.xlsx", b"abc")
    for name in (
        "ledger.csv",
        "甲/2020-12/.a.swp",
        "甲/2020-12/~$a.xlsx",
        "甲/2020-12/b.xlsx.part",
    ):
        put(tmp_path, name)
    assert {name: sight[0] for name, sight in watching.look(tmp_path).items()} == {
        "甲/2020-12/a.xlsx": 3
    }


def test_links_are_seen_and_not_followed_and_a_loop_ends(tmp_path: Path) -> None:
    put(tmp_path, "甲/a.xlsx")
    (tmp_path / "甲" / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "甲" / "dangling").symlink_to(tmp_path / "nowhere")
    assert sorted(watching.look(tmp_path)) == ["甲/a.xlsx", "甲/dangling", "甲/loop"]


def test_a_pipe_is_seen_and_nobody_waits_for_its_other_end(tmp_path: Path) -> None:
    (tmp_path / "甲").mkdir()
    os.mkfifo(tmp_path / "甲" / "pipe.xlsx")
    assert list(watching.look(tmp_path)) == ["甲/pipe.xlsx"]


def test_a_folder_below_that_cannot_be_read_is_a_state_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, "甲/a.xlsx")
    put(tmp_path, "乙/b.xlsx")
    real = os.scandir

    def closed(path: Path) -> object:
        if Path(path).name == "甲":
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    whole = watching.look(tmp_path)
    monkeypatch.setattr(os, "scandir", closed)
    seen = watching.look(tmp_path)
    assert seen["乙/b.xlsx"] == whole["乙/b.xlsx"]
    assert seen != whole
    assert "甲/" in seen


def test_odd_names_do_no_harm(tmp_path: Path) -> None:
    put(tmp_path, "甲/a\nb\u202e.xlsx")
    (tmp_path / "甲" / os.fsdecode(b"\xff\xfe.xlsx")).write_bytes(b"")
    assert len(watching.look(tmp_path)) == 2


def test_looking_leaves_everything_as_it_was(tmp_path: Path) -> None:
    path = put(tmp_path, "甲/2020-12/a.xlsx")
    os.utime(path, ns=(1_000, 2_000))
    before = path.stat()
    watching.look(tmp_path)
    after = path.stat()
    assert (after.st_atime_ns, after.st_mtime_ns, after.st_ino) == (1_000, 2_000, before.st_ino)
    assert stat.S_IMODE(after.st_mode) == stat.S_IMODE(before.st_mode)


def test_what_changed_is_counted_and_not_named() -> None:
    before: State = {"a": (1, 1), "b": (1, 1), "c": (1, 1)}
    after: State = {"b": (1, 1), "c": (2, 2), "d": (1, 1), "e": (1, 1)}
    assert watching.difference(before, after) == {"new": 2, "changed": 1, "gone": 1}


def news(
    folder: Path, *then: Callable[[], object], wait: float = 3.0
) -> list[dict[str, int] | None]:
    """Watch; after each news (or ``wait`` seconds without, which is None) do what comes next."""

    async def collect() -> list[dict[str, int] | None]:
        told: list[dict[str, int] | None] = []
        watcher = watching.watch(folder, QUIET)
        coming = asyncio.ensure_future(anext(watcher))
        for act in (*then, None):
            done, _ = await asyncio.wait([coming], timeout=wait)
            told.append(coming.result() if done else None)
            if done:
                coming = asyncio.ensure_future(anext(watcher))
            if act is not None:
                act()
        coming.cancel()
        return told

    return asyncio.run(collect())


def test_after_a_restart_only_what_is_not_on_the_ledger_is_news(settings: Settings) -> None:
    put(settings.raw, "财政局/2020-12/a.xlsx")
    register(settings, [(Path("财政局/2020-12/a.xlsx"), datetime(2021, 1, 5, tzinfo=UTC))])
    assert news(settings.raw, wait=1.0) == [None]
    put(settings.raw, "财政局/2020-12/b.xlsx")
    assert news(settings.raw) == [{"new": 1, "changed": 0, "gone": 0}]


def test_news_comes_again_and_again_and_registering_is_none(settings: Settings) -> None:
    settings.raw.mkdir(parents=True)
    told = news(
        settings.raw,
        lambda: put(settings.raw, "财政局/2020-12/a.xlsx"),
        lambda: put(settings.raw, "财政局/2020-12/a.xlsx", b"longer"),
        lambda: (settings.raw / "财政局/2020-12/a.xlsx").unlink(),
        lambda: put(settings.raw, "ledger.csv"),
        wait=1.0,
    )
    assert told == [
        None,
        {"new": 1, "changed": 0, "gone": 0},
        {"new": 0, "changed": 1, "gone": 0},
        {"new": 0, "changed": 0, "gone": 1},
        None,
    ]


def test_an_absent_folder_is_reported_once_and_watched_as_soon_as_it_is_there(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "raw"
    caplog.set_level("INFO", logger="govstats")
    assert news(folder, lambda: put(folder, "甲/a.xlsx"), wait=1.0)[1] is not None
    said = [record.getMessage() for record in caplog.records]
    assert [line for line in said if line.startswith("cannot watch")] == [
        f"cannot watch, trying again: [Errno 2] No such file or directory: '{folder}'"
    ]
    assert "watching again" in said


def test_a_folder_that_is_a_loop_of_links_is_reported(tmp_path: Path) -> None:
    folder = tmp_path / "raw"
    folder.symlink_to(folder)
    with pytest.raises(OSError, match="symbolic links"):
        watching.look(folder)


def test_a_ledger_that_cannot_be_read_makes_every_file_news(settings: Settings) -> None:
    put(settings.raw, "财政局/2020-12/a.xlsx")
    settings.ledger.write_text("not a ledger\n")
    assert news(settings.raw) == [{"new": 1, "changed": 0, "gone": 0}]
