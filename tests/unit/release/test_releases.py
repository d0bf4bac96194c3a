"""Switching, verifying and pruning releases."""

import json
from pathlib import Path

import pytest

from govstats.errors import GovstatsError
from govstats.files import sha256_file
from govstats.release import releases
from govstats.settings import Settings


def make(settings: Settings, name: str, minute: int = 0) -> Path:
    folder = settings.releases / name
    folder.mkdir(parents=True)
    (folder / "warehouse.duckdb").write_text(name)
    manifest = {
        "release_id": name,
        "published_at": f"2021-01-20T10:{minute:02}:00+08:00",
        "files": {"warehouse.duckdb": sha256_file(folder / "warehouse.duckdb")},
    }
    (folder / "release.json").write_text(json.dumps(manifest))
    return folder


def test_nothing_released_says_what_to_do(settings: Settings) -> None:
    assert releases.current_id(settings) is None
    with pytest.raises(GovstatsError, match="make run"):
        releases.current_folder(settings)


def test_switch_moves_current_and_back(settings: Settings) -> None:
    make(settings, "a")
    make(settings, "b")
    releases.switch(settings, "a")
    releases.switch(settings, "b")
    assert releases.current_id(settings) == "b"
    releases.switch(settings, "a")
    assert (settings.releases / "current" / "warehouse.duckdb").read_text() == "a"
    assert [path.name for path in settings.releases.iterdir() if path.name.startswith(".")] == []


def test_switch_to_an_unknown_release_changes_nothing(settings: Settings) -> None:
    make(settings, "a")
    releases.switch(settings, "a")
    for name in ("b", "../a", "current"):
        with pytest.raises(GovstatsError, match="kept releases: a"):
            releases.switch(settings, name)
    assert releases.current_id(settings) == "a"


def test_changed_and_missing_files_are_named(settings: Settings) -> None:
    folder = make(settings, "a")
    assert releases.verify(settings, "a") == []
    (folder / "warehouse.duckdb").write_text("other")
    assert releases.verify(settings, "a") == ["warehouse.duckdb was changed after publishing"]
    (folder / "warehouse.duckdb").unlink()
    assert releases.verify(settings, "a") == ["warehouse.duckdb is missing"]


def test_prune_keeps_the_newest_and_always_the_current(settings: Settings) -> None:
    for minute, name in enumerate("abcde"):
        make(settings, name, minute)
    releases.switch(settings, "a")
    assert sorted(releases.prune(settings)) == ["b", "c"]
    assert {item["release_id"] for item in releases.list_all(settings)} == {"a", "d", "e"}
