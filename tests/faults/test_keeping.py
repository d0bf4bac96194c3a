"""Faults while old releases go, and a clock that goes back: the newest stay, none is half there."""

import importlib
import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from govstats.errors import GovstatsError
from govstats.files import remove_tree, sha256_file, sweep
from govstats.release import releases
from govstats.settings import Settings
from tests.faults.tripping import ERRORS, killed, tripping

publishing = importlib.import_module("govstats.release.publish")
ZONE = timezone(timedelta(hours=8))


def make(settings: Settings, name: str, published: datetime) -> None:
    folder = settings.releases / name
    (folder / "board").mkdir(parents=True)
    for file in ("warehouse.duckdb", "board/index.html", "notes.md"):
        (folder / file).write_text(name)
    files = {file: sha256_file(folder / file) for file in ("warehouse.duckdb", "notes.md")}
    manifest = {"release_id": name, "published_at": published.isoformat(), "files": files}
    (folder / "release.json").write_text(json.dumps(manifest))


@pytest.fixture
def six(settings: Settings) -> Settings:
    """Six releases of which three are kept, the newest is shown."""
    for number in range(6):
        make(settings, f"r{number}", datetime(2021, 1, 1 + number, 10, tzinfo=ZONE))
    releases.switch(settings, "r5")
    return settings


def copies(settings: Settings, folder: Path) -> Iterator[tuple[int, Settings]]:
    for number in range(1, 200):
        data = folder / str(number)
        shutil.copytree(settings.data, data, symlinks=True)
        yield number, replace(settings, data=data)
    pytest.fail("it never comes to an end")


def intact(settings: Settings) -> list[str]:
    listed = [item["release_id"] for item in releases.list_all(settings)]
    for name in listed:
        assert releases.verify(settings, name) == []
    assert releases.current_id(settings) == "r5"
    return listed


def finished(settings: Settings) -> None:
    sweep(settings.releases)  # as publishing begins
    releases.prune(settings)
    assert intact(settings) == ["r5", "r4", "r3"]
    assert sorted(path.name for path in settings.releases.iterdir()) == [
        "current", "r3", "r4", "r5",
    ]  # fmt: skip


def test_removing_releases_killed_before_every_change(six: Settings, tmp_path: Path) -> None:
    for number, copy in copies(six, tmp_path / "copies"):
        died = killed(partial(releases.prune, copy), copy.data, number)
        assert intact(copy)[:3] == ["r5", "r4", "r3"]
        finished(copy)
        if not died:
            break
    assert number > 10


@pytest.mark.parametrize("fault", ERRORS)
def test_removing_releases_failed_before_every_change(
    six: Settings, tmp_path: Path, fault: str
) -> None:
    for number, copy in copies(six, tmp_path / "copies"):
        with tripping(copy.data, number, ERRORS[fault], lasting=True) as trip:
            try:
                releases.prune(copy)
            except OSError:
                assert trip.seen >= number
        assert intact(copy)[:3] == ["r5", "r4", "r3"]
        finished(copy)
        if trip.seen < number:
            break
    assert number > 10


def test_switching_killed_before_every_change(six: Settings, tmp_path: Path) -> None:
    for number, copy in copies(six, tmp_path / "copies"):
        died = killed(partial(releases.switch, copy, "r4"), copy.data, number)
        assert releases.current_id(copy) in ("r4", "r5")
        releases.switch(copy, "r4")
        assert releases.current_id(copy) == "r4"
        assert not list(copy.releases.glob(".*"))
        if not died:
            break
    assert number == 3  # before the new link is made, before it takes the place of the old one


def test_what_is_swept(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    (tmp_path / ".file.json.12.tmp").touch()
    (tmp_path / ".building-x").mkdir()
    remove_tree(tmp_path / "kept")
    (tmp_path / ".removing-old" / "half").mkdir(parents=True)
    sweep(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [".building-x"]


class Clock(datetime):
    """A clock that was set back to before every release."""

    @classmethod
    def now(cls, tz: Any = None) -> datetime:
        return datetime(2020, 6, 1, tzinfo=ZONE).astimezone(tz)


def test_clock_that_goes_back_removes_no_newer_release(
    six: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publishing, "datetime", Clock)
    for number in (6, 7):
        moment = publishing._now(six)
        assert moment > datetime.fromisoformat(releases.list_all(six)[0]["published_at"])
        make(six, f"r{number}", moment)
        releases.switch(six, f"r{number}")
    releases.prune(six)
    assert [item["release_id"] for item in releases.list_all(six)] == ["r7", "r6", "r5"]


def test_damaged_manifest_is_named_with_what_to_do(six: Settings) -> None:
    (six.releases / "r2" / "release.json").write_text("{")
    with pytest.raises(GovstatsError, match=r"r2/release\.json is damaged") as told:
        releases.list_all(six)
    assert "rm -r" in told.value.remedy
