"""One thing wrong at a time: the doctor names it, says what to do, and changes nothing."""

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from govstats import doctor
from govstats.doctor import State, knowledge, machine
from govstats.files import exclusive, sha256_file
from govstats.intake import register, survey
from govstats.settings import Settings
from tests.knowledge import copy_knowledge


@pytest.fixture
def healthy(settings: Settings) -> Settings:
    """One registered file and a release of one file."""
    put(settings, "财政局/2020-02/收入.xlsx", datetime(2020, 3, 12))
    release = settings.releases / "2020-02-aaaaaaaaaa"
    release.mkdir(parents=True)
    (release / "warehouse.duckdb").write_bytes(b"marts")
    manifest = {
        "release_id": release.name,
        "published_at": "2020-03-13",
        "files": {"warehouse.duckdb": sha256_file(release / "warehouse.duckdb")},
    }
    (release / "release.json").write_text(json.dumps(manifest))
    (settings.releases / "current").symlink_to(release.name)
    return settings


def put(settings: Settings, name: str, received: datetime) -> None:
    path = settings.raw / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(name.encode())
    register(settings, [(Path(name), received)])


@pytest.fixture(autouse=True)
def known(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading all layouts and rules takes a second; only the test of them does."""
    if "knowledge" not in request.node.name:
        monkeypatch.setattr(knowledge, "load_seeds", lambda _: None)
        monkeypatch.setattr(knowledge, "load_layouts", lambda *_: ())
        monkeypatch.setattr(knowledge, "load_rules", lambda _: ())


def wrong(settings: Settings, thorough: bool = False) -> dict[str, doctor.Check]:
    """What is not fine, by subject; but for what every such installation says."""
    usual = {"facts"}  # nothing is read here
    found = doctor.examine(settings, thorough)
    return {c.subject: c for c in found if c.state is not State.OK and c.subject not in usual}


def tree(folder: Path) -> dict[str, float]:
    return {str(f): f.lstat().st_mtime_ns for f in sorted(folder.rglob("*"))}


def test_a_healthy_installation_has_nothing_wrong_and_is_left_alone(healthy: Settings) -> None:
    before = tree(healthy.raw) | tree(healthy.releases)
    assert wrong(healthy, thorough=True) == {}
    assert tree(healthy.raw) | tree(healthy.releases) == before


def test_an_empty_installation_says_how_to_begin(settings: Settings) -> None:
    found = wrong(settings)
    assert set(found) == {"data folder", "current"}
    assert doctor.worst(found.values()) is State.WARNING
    assert all(check.remedy for check in found.values())


def store_file(settings: Settings) -> Path:
    return settings.store / survey(settings).entries[0].stored_name


def release(settings: Settings) -> Path:
    return settings.releases / "2020-02-aaaaaaaaaa"


def lose_original_and_copy(settings: Settings) -> None:
    store_file(settings).write_bytes(b"other")
    next(settings.raw.glob("*/*/*.xlsx")).write_bytes(b"other")


def hold(settings: Settings) -> None:
    gate = settings.candidates / "2020-03-bbbbbbbbbb" / "gate.json"
    gate.parent.mkdir(parents=True)
    gate.write_text(json.dumps({"released": False, "text_en": "held by REL-001"}))


FAULTS: dict[str, tuple[Callable[[Settings], object], str, State, str]] = {
    "ledger line": (
        lambda s: s.ledger.write_text(s.ledger.read_text("utf-8") + "one,two\n", "utf-8"),
        "intake", State.FAULT, "line 3",
    ),
    "copy lost": (
        lambda s: store_file(s).unlink(), "data/store", State.WARNING, "originals are",
    ),
    "copy changed": (
        lambda s: store_file(s).write_bytes(b"x"), "data/store", State.WARNING, "1 copies",
    ),
    "copy and original changed": (
        lose_original_and_copy, "data/store", State.FAULT, "财政局/2020-02/收入.xlsx",
    ),
    "original gone": (
        lambda s: next(s.raw.glob("*/*/*.xlsx")).unlink(), "data/raw", State.WARNING, "收入.xlsx",
    ),
    "clock went back": (
        lambda s: put(s, "财政局/2020-03/收入.xlsx", datetime.now() + timedelta(days=2)),
        "clock", State.FAULT, "newest receipt",
    ),
    "link to nowhere": (
        lambda s: shutil.rmtree(release(s)), "current", State.FAULT, "which is gone",
    ),
    "no manifest": (
        lambda s: (release(s) / "release.json").unlink(), "current", State.FAULT, "no release.json",
    ),
    "manifest damaged": (
        lambda s: (release(s) / "release.json").write_text("{"), "release", State.FAULT, "damaged",
    ),
    "warehouse changed": (
        lambda s: (release(s) / "warehouse.duckdb").write_bytes(b"y"),
        "release", State.FAULT, "warehouse.duckdb was changed after publishing",
    ),
    "wal beside it": (
        lambda s: (release(s) / "warehouse.duckdb.wal").write_bytes(b""),
        "release", State.FAULT, ".wal",
    ),
    "half a release": (
        lambda s: (s.releases / "2020-01-cccccccccc").mkdir(),
        "releases", State.WARNING, "2020-01-cccccccccc is not whole",
    ),
    "half built": (
        lambda s: (s.candidates / ".building-x").mkdir(parents=True),
        "candidates", State.WARNING, "half built",
    ),
    "held": (hold, "candidates", State.WARNING, "held by REL-001"),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_is_named_with_its_remedy(healthy: Settings, name: str) -> None:
    harm, subject, state, said = FAULTS[name]
    harm(healthy)
    check = wrong(healthy, thorough=True)[subject]
    assert (check.state, said in check.found) == (state, True), check
    assert check.remedy


def test_only_a_thorough_look_reads_the_copies(healthy: Settings) -> None:
    store_file(healthy).write_bytes(b"x")
    assert "data/store" not in wrong(healthy)
    assert "data/store" in wrong(healthy, thorough=True)


def test_a_run_at_work_is_seen(healthy: Settings) -> None:
    for lock, purpose in machine.LOCKS.items():
        with exclusive(healthy.data / lock, purpose):
            assert purpose in wrong(healthy)["lock"].found
    assert "lock" not in wrong(healthy)


def test_too_little_space_is_said(healthy: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=14))
    assert wrong(healthy)["disk"].state is State.FAULT


def test_a_folder_that_cannot_be_written_is_said(
    healthy: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    # not by chmod: root, as which the tests may run, writes anywhere
    monkeypatch.setattr(os, "access", lambda path, _: Path(path) != healthy.raw)
    check = wrong(healthy)["data folder"]
    assert (check.state, check.found) == (State.FAULT, f"cannot write to {healthy.raw}")


def test_other_packages_than_pinned_are_named(
    healthy: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machine, "version", lambda name: "0.0.1")
    check = wrong(healthy)["packages"]
    assert (check.state, "duckdb 0.0.1 instead of" in check.found) == (State.FAULT, True)


def test_a_machine_without_chinese_letters_is_told(
    healthy: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: "/usr/bin/fc-list")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: SimpleNamespace(stdout=""))
    assert "boxes" in wrong(healthy)["fonts"].remedy


def test_a_mistake_in_knowledge_is_told_in_its_own_words(healthy: Settings, tmp_path: Path) -> None:
    copy_knowledge(healthy.root, tmp_path / "project")
    rules = tmp_path / "project" / "expectations" / "balance.yml"
    rules.write_text(rules.read_text("utf-8").replace("severity: hard", "severity: hrad"), "utf-8")
    check = wrong(replace(healthy, root=tmp_path / "project"))["knowledge"]
    assert (check.state, "balance.yml" in check.found) == (State.FAULT, True)
