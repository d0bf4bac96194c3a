"""Files that are still being written wait for the next scan; none waits for ever."""

import os
import sys
from functools import partial
from pathlib import Path

import pytest

from govstats.intake import take_in
from govstats.intake.settling import settled
from govstats.settings import Settings

NAME = Path("财政局/2020-12/a.xlsx")
NOW = 1_600_000_000.0


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    path = tmp_path / NAME
    path.parent.mkdir(parents=True)
    path.write_bytes(b"half")
    return tmp_path


def grow(raw: Path) -> None:
    (raw / NAME).write_bytes(b"half and more")


def changed_at(raw: Path, seconds: float) -> None:
    os.utime(raw / NAME, (seconds, seconds))


def outcome(raw: Path, during: object = None) -> tuple[bool, list[float]]:
    """Return whether the file counts as whole, and how long it was waited for."""
    waited: list[float] = []

    def sleep(seconds: float) -> None:
        waited.append(seconds)
        if during == "grows":
            grow(raw)
        if during == "goes":
            (raw / NAME).unlink()

    return NAME in settled(raw, [NAME], 2, sleep, lambda: NOW), waited


def test_an_old_file_is_taken_at_once(raw: Path) -> None:
    changed_at(raw, NOW - 2)
    assert outcome(raw, "grows") == (True, [])


@pytest.mark.parametrize("age", [0, 1.9, -1.9])
def test_a_young_file_is_looked_at_again_and_taken_if_it_stayed(raw: Path, age: float) -> None:
    changed_at(raw, NOW - age)
    assert outcome(raw) == (True, [2])


@pytest.mark.parametrize("during", ["grows", "goes"])
def test_a_young_file_that_changes_meanwhile_is_left_out(raw: Path, during: str) -> None:
    changed_at(raw, NOW - 1)
    assert outcome(raw, during) == (False, [2])


def test_a_file_from_the_future_is_not_kept_waiting(raw: Path) -> None:
    """The clock was set back by an hour, or another machine's is fast."""
    changed_at(raw, NOW + 3600)
    assert outcome(raw) == (True, [])


def test_a_thousand_young_files_are_waited_for_once(raw: Path) -> None:
    names = [NAME.with_name(f"{n}.xlsx") for n in range(1000)]
    for name in names:
        (raw / name).touch()
        os.utime(raw / name, (NOW, NOW))
    waited: list[float] = []
    assert settled(raw, names, 2, waited.append, lambda: NOW) == set(names)
    assert waited == [2]


def test_without_a_quiet_time_every_file_is_taken_as_it_is(raw: Path) -> None:
    changed_at(raw, NOW)
    assert settled(raw, [NAME], 0, pytest.fail, lambda: NOW) == {NAME}


def test_the_next_scan_takes_what_was_still_growing(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(root=project, data=tmp_path / "data", quiet_seconds=1)
    path = settings.raw / NAME
    path.parent.mkdir(parents=True)
    path.write_bytes(b"half")
    with monkeypatch.context() as patch:
        growing = partial(settled, sleep=lambda _: grow(settings.raw))
        patch.setattr(sys.modules["govstats.intake.register"], "settled", growing)
        assert take_in(settings) == []
    os.utime(path, (NOW, NOW))
    assert [entry.size_bytes for entry in take_in(settings)] == [len(b"half and more")]
