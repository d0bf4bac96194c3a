"""What is kept no longer goes; what cannot be made again, and what is shown, never does."""

import json
import os
import time
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from govstats import retention
from govstats.errors import Busy
from govstats.files import exclusive
from govstats.intake import register
from govstats.observations import reader_key
from govstats.release import releases
from govstats.retention import Kind
from govstats.settings import Settings

DAY = 86_400
OLD = 3 * DAY


def put(path: Path, content: str = "x", age: float = 0) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content)
    grow_old(path, age)
    return path


def grow_old(path: Path, age: float) -> None:
    moment = time.time() - age
    os.utime(path, (moment, moment), follow_symlinks=False)


def release(settings: Settings, name: str, minute: int, as_of: str | None = None) -> Path:
    folder = settings.releases / name
    put(folder / "warehouse.duckdb", name * 100)
    manifest = {
        "release_id": name,
        "latest_period": "2020-12",
        "published_at": f"2021-01-20T10:{minute:02}:00+08:00",
        "as_of": as_of,
        "files": {},
    }
    put(folder / "release.json", json.dumps(manifest))
    return folder


def gone(settings: Settings) -> dict[str, Kind]:
    return {
        item.path.relative_to(settings.data).as_posix(): item.kind
        for item in retention.prune(settings)
    }


def tree(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


def test_releases_and_pasts_beyond_the_number_go_each_counted_apart(settings: Settings) -> None:
    for minute, name in enumerate("abcd"):
        release(settings, name, minute)
        release(settings, f"{name}-as-of-2020-0{minute + 1}-01", minute, f"2020-0{minute + 1}-01")
    releases.switch(settings, "a")  # the oldest is shown
    assert gone(settings) == {
        "releases/b": Kind.RELEASE,
        "releases/a-as-of-2020-01-01": Kind.RELEASE,
    }
    assert releases.current_id(settings) == "a"
    assert gone(settings) == {}


def test_facts_of_other_readers_go_once_they_are_at_rest(settings: Settings) -> None:
    present = reader_key(settings)
    put(settings.facts / present / "s1.json", age=OLD)
    put(settings.facts / "old" / "s1.json", age=OLD)
    put(settings.facts / "busy" / "s1.json", age=OLD)
    put(settings.facts / "busy" / "s2.json")
    for name in (present, "old", "busy"):
        grow_old(settings.facts / name, OLD)
    assert gone(settings) == {"facts/old": Kind.FACTS}
    assert (settings.facts / present / "s1.json").exists()


def test_leftovers_of_killed_runs_go(settings: Settings) -> None:
    release(settings, "a", 0)
    releases.switch(settings, "a")
    put(settings.candidates / ".building-x" / "warehouse.duckdb")
    put(settings.releases / ".removing-b" / "release.json")
    put(settings.releases / "c" / "parquet" / "x.parquet")
    (settings.releases / ".current.123").symlink_to("a")
    put(settings.store / ".0a1b.xlsx.77.tmp", age=OLD)
    put(settings.facts / reader_key(settings) / ".s1.json.77.tmp", age=OLD)
    put(settings.candidates / ".pending.json.77.tmp", age=OLD)
    found = gone(settings)
    assert set(found.values()) == {Kind.LEFTOVER}
    assert set(found) == {
        "candidates/.building-x",
        "candidates/.pending.json.77.tmp",
        f"facts/{reader_key(settings)}/.s1.json.77.tmp",
        "releases/.current.123",
        "releases/c",
        "releases/.removing-b",
        "store/.0a1b.xlsx.77.tmp",
    }
    assert not list(settings.data.rglob(".removing-*"))


def test_what_came_in_what_waits_and_what_is_shown_stay(settings: Settings) -> None:
    put(settings.raw / "财政局/2020-02/收入.xlsx", "sheet")
    register(settings, [(Path("财政局/2020-02/收入.xlsx"), datetime(2020, 3, 12))])
    put(settings.raw / "财政局/2020-02/.草稿.1.tmp", age=OLD)
    put(settings.raw / ".x.1.tmp", age=OLD)
    put(settings.store / "no-ledger-line.xlsx", age=OLD)
    put(settings.store / ".fresh.xlsx.1.tmp")
    put(settings.candidates / "2020-12-waits" / "gate.json", "{}", age=OLD)
    put(settings.candidates / "pending.json", "{}", age=OLD)
    put(settings.data / "signoffs.csv", age=OLD)
    put(settings.releases / "history.csv", age=OLD)
    put(settings.data / "work" / "target" / "manifest.json", age=OLD)
    release(settings, "a", 0)
    releases.switch(settings, "a")
    put(settings.logs / "govstats.jsonl", age=500 * DAY)
    before = tree(settings.data)
    assert gone(settings) == {}
    assert {name for name in tree(settings.data) - before if not name.endswith(".lock")} == {
        "metrics",
        "metrics/steps.json",
        "metrics/govstats.prom",
    }
    assert before <= tree(settings.data)


def test_full_logs_go_after_their_days_and_the_present_one_never(settings: Settings) -> None:
    chosen = replace(settings, keep_log_days=30)
    put(settings.logs / "govstats.jsonl", age=31 * DAY)
    put(settings.logs / "govstats-20200101T00000000.jsonl", age=31 * DAY)
    put(settings.logs / "govstats-20200301T00000000.jsonl", age=29 * DAY)
    put(settings.logs / "other.jsonl", age=31 * DAY)
    assert gone(chosen) == {"logs/govstats-20200101T00000000.jsonl": Kind.LOG}


def test_a_plan_changes_nothing_and_says_size_and_reason(settings: Settings) -> None:
    for minute, name in enumerate("abcd"):
        release(settings, name, minute)
    releases.switch(settings, "d")
    before = tree(settings.data)
    (item,) = retention.plan(settings)
    assert tree(settings.data) == before
    assert item.path.name == "a"
    assert item.size == sum(f.stat().st_size for f in item.path.iterdir())
    assert "beyond the 3 releases" in item.why


def test_nothing_goes_while_a_run_is_at_work(settings: Settings) -> None:
    put(settings.candidates / ".building-x" / "warehouse.duckdb")
    with (
        exclusive(settings.data / ".warehouse.lock", "building or publishing"),
        pytest.raises(Busy),
    ):
        retention.prune(settings)
    assert (settings.candidates / ".building-x").exists()


def test_a_release_that_became_current_meanwhile_stays(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    for minute, name in enumerate("abcd"):
        release(settings, name, minute)
    releases.switch(settings, "d")
    named = retention.plan(settings)
    monkeypatch.setattr("govstats.retention.removing.plan", lambda _: named)
    releases.switch(settings, "a")
    assert gone(settings) == {}
    assert (settings.releases / "a" / "release.json").exists()


def test_an_empty_installation_has_nothing_to_prune(settings: Settings) -> None:
    assert retention.plan(settings) == []
    assert retention.prune(settings) == []
    assert not settings.data.exists()


@examples(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    kept=st.integers(1, 4),
    made=st.lists(st.booleans(), min_size=1, max_size=7),
    shown=st.integers(0, 6),
)
def test_as_many_stay_as_are_to_be_kept(
    tmp_path_factory: pytest.TempPathFactory,
    settings: Settings,
    kept: int,
    made: list[bool],
    shown: int,
) -> None:
    mine = replace(settings, data=tmp_path_factory.mktemp("data"), keep_releases=kept)
    own = [f"r{number}" for number, is_past in enumerate(made) if not is_past]
    for number, is_past in enumerate(made):
        name = f"r{number}-as-of-2020-01-01" if is_past else f"r{number}"
        release(mine, name, number, "2020-01-01" if is_past else None)
    if own:
        releases.switch(mine, own[shown % len(own)])
    before = releases.current_id(mine)
    retention.prune(mine)
    left = releases.list_all(mine)
    assert releases.current_id(mine) == before
    if own:
        assert sum(item["as_of"] is None for item in left) == min(len(own), kept)
    assert sum(item["as_of"] is not None for item in left) == min(len(made) - len(own), kept)
    others = [name for name in reversed(own) if name != before]
    assert [
        item["release_id"] for item in left if item["as_of"] is None and not item["current"]
    ] == others[: kept - 1]
