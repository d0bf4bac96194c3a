"""A rebuilt past: what counts then, what its release is called, and that it never is current."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from govstats import fingerprint, pipeline
from govstats.errors import GovstatsError
from govstats.intake import Survey, register, survey
from govstats.release import releases
from govstats.settings import Settings
from govstats.warehouse import candidate
from tests.unit.cli.test_cli import govstats

FILES = {
    "财政局/2020-02/a.xlsx": datetime(2020, 3, 12, 9, 30),
    "财政局/2020-03/b.xlsx": datetime(2020, 4, 13, 23, 59, 59),
    "财政局/2020-04/c.xlsx": datetime(2020, 4, 14, 0, 0),
}


@pytest.fixture
def found(settings: Settings) -> Survey:
    for name in FILES:
        path = settings.raw / name
        path.parent.mkdir(parents=True)
        path.write_bytes(name.encode())
    register(settings, [(Path(name), received) for name, received in FILES.items()])
    (settings.raw / "财政局/2020-02/a.xlsx").write_bytes(b"changed since")
    (settings.raw / "财政局/2020-02/late.xlsx").write_bytes(b"not registered yet")
    return survey(settings)


def publish(settings: Settings, name: str, minute: int = 0, as_of: str | None = None) -> None:
    folder = settings.releases / name
    folder.mkdir(parents=True)
    content: dict[str, Any] = {"release_id": name, "as_of": as_of, "files": {}}
    content["published_at"] = f"2021-01-20T10:{minute:02}:00+08:00"
    (folder / "release.json").write_text(json.dumps(content))


def test_a_day_counts_to_its_end_in_the_districts_time(found: Survey) -> None:
    then = found.as_of(date(2020, 4, 13))
    assert [entry.time_period for entry in then.entries] == ["2020-02", "2020-03"]
    assert len(found.as_of(date(2020, 4, 14)).entries) == 3
    assert found.as_of(date(2020, 3, 11)).entries == ()


def test_what_is_wrong_today_is_not_laid_to_the_past(found: Survey) -> None:
    assert [problem.kind for problem in found.problems] == ["tampered"]
    assert len(found.arrivals) == 1
    then = found.as_of(date(2020, 4, 14))
    assert (then.arrivals, then.problems) == ((), ())


def test_the_id_names_the_day_and_the_inputs_of_then(settings: Settings, found: Survey) -> None:
    then = fingerprint.of(settings, found, date(2020, 4, 13))
    assert then.as_of == "2020-04-13"
    assert then.release_id.endswith("-as-of-2020-04-13")
    assert then.latest_period == "2020-03"
    assert fingerprint.is_past(then.release_id)
    # what a run on that day, with the same knowledge, would have been called
    alone = fingerprint.of(settings, found.as_of(date(2020, 4, 13)))
    assert then.release_id.startswith(f"{alone.release_id}-")
    assert not fingerprint.is_past(alone.release_id)


def test_a_day_before_the_first_submission_says_so(settings: Settings, found: Survey) -> None:
    with pytest.raises(GovstatsError, match="nothing had been received by 2020-03-11") as caught:
        pipeline.build(settings, date(2020, 3, 11))
    assert "2020-03-12" in caught.value.remedy


def test_a_past_is_never_made_current(settings: Settings) -> None:
    publish(settings, "now")
    publish(settings, "then-as-of-2020-04-13", as_of="2020-04-13")
    releases.switch(settings, "now")
    with pytest.raises(GovstatsError, match="never the current release"):
        releases.switch(settings, "then-as-of-2020-04-13")
    assert releases.current_id(settings) == "now"
    assert releases.is_kept(settings, "then-as-of-2020-04-13")


def test_looking_back_removes_no_release(settings: Settings) -> None:
    for minute, name in enumerate("abc"):
        publish(settings, name, minute)
    for minute in range(4):
        publish(settings, f"p{minute}-as-of-2020-04-13", 10 + minute, as_of="2020-04-13")
    releases.switch(settings, "a")
    assert releases.prune(settings) == ["p0-as-of-2020-04-13"]
    assert len(releases.list_all(settings)) == 6


def test_a_past_takes_no_candidates_place(settings: Settings) -> None:
    for name in ("held", "old-as-of-2020-01-01"):
        (settings.candidates / name).mkdir(parents=True)
    candidate.discard(settings, "new-as-of-2020-04-13")
    assert [path.name for path in settings.candidates.iterdir()] == ["held"]
    (settings.candidates / "old-as-of-2020-01-01").mkdir()
    candidate.discard(settings, "new")
    assert [path.name for path in settings.candidates.iterdir()] == ["old-as-of-2020-01-01"]


@pytest.mark.parametrize(
    ("day", "words"),
    [("20 October", "is not a day"), ("2999-01-01", "is not over yet")],
)
def test_a_wrong_day_ends_in_words(tmp_path: Path, day: str, words: str) -> None:
    done = govstats("run", "--as-of", day, data=tmp_path)
    assert done.returncode == 1
    assert words in done.stderr
