"""Steps are named in the log, timed, counted, and never stopped by their own bookkeeping."""

import json
import logging
import time
from pathlib import Path

import pytest

from govstats import logs, metrics, steps
from govstats.errors import AwaitingSignOff, Busy, GovstatsError, ReleaseHeld
from govstats.settings import Settings
from govstats.steps import step


@pytest.fixture(autouse=True)
def here(settings: Settings) -> None:
    settings.data.mkdir()


def ended(settings: Settings) -> list[dict[str, object]]:
    text = (settings.logs / logs.FILE).read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


@step("mix")
def mix(settings: Settings, release_id: str = "", error: BaseException | None = None) -> int:
    """A step."""
    logging.getLogger("govstats").info("mixing")
    if error is not None:
        raise error
    return 7


@step("bake", gives_release=True)
def bake(settings: Settings) -> str:
    """A step that gives a release."""
    return "2020-12-a"


def test_a_step_keeps_its_name_words_and_result(settings: Settings) -> None:
    assert mix(settings) == 7
    assert mix.__name__ == "mix"
    assert mix.__doc__ == "A step."


def test_its_lines_carry_step_and_release(settings: Settings) -> None:
    with logs.during(settings, "r"):
        mix(settings, "2020-12-b")
        mix(settings, release_id="2020-12-c")
        bake(settings)
    said = [(e["event"], e["step"], e["release_id"]) for e in ended(settings)]
    assert said == [
        ("mixing", "mix", "2020-12-b"),
        ("step ended", "mix", "2020-12-b"),
        ("mixing", "mix", "2020-12-c"),
        ("step ended", "mix", "2020-12-c"),
        ("step ended", "bake", "2020-12-a"),
    ]


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (GovstatsError("wrong", "mend"), "failed"),
        (ZeroDivisionError("oh"), "failed"),
        (Busy("busy"), "busy"),
        (ReleaseHeld("held"), "held"),
        (AwaitingSignOff("waits"), "waiting"),
        (KeyboardInterrupt(), "interrupted"),
    ],
)
def test_how_a_step_ended_is_remembered(
    settings: Settings, error: BaseException, outcome: str
) -> None:
    mix(settings)
    first = steps.ends(settings)["mix"]["last_success"]
    before = time.time()
    with logs.during(settings, "r"), pytest.raises(type(error)):
        mix(settings, error=error)
    known = steps.ends(settings)["mix"]
    assert known["last_success"] == first
    assert known["ends"] == {"success": 1, outcome: 1}
    failed = known["last_failure"]
    assert (failed is not None and failed >= before - 1) is (outcome == "failed")
    assert ended(settings)[-1]["outcome"] == outcome
    assert set(known["ends"]) <= set(steps.OUTCOMES)


def test_numbers_that_cannot_be_had_stop_no_step(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(_: Settings) -> Path:
        raise ZeroDivisionError("no number")

    monkeypatch.setattr(metrics, "write", broken)
    settings.metrics.write_text("a file where a folder should be")
    assert mix(settings) == 7
    assert "the end of step mix is not counted" in caplog.text
    assert "metrics are not written: ZeroDivisionError" in caplog.text


def test_a_damaged_memory_begins_anew(settings: Settings) -> None:
    settings.metrics.mkdir()
    for damaged in ("{", "[]", '{"mix": 3}'):
        (settings.metrics / steps.FILE).write_text(damaged)
        mix(settings)
        assert steps.ends(settings)["mix"]["ends"] == {"success": 1}


def test_nothing_is_made_where_there_is_no_data_folder(settings: Settings) -> None:
    settings.data.rmdir()
    mix(settings)
    assert not settings.data.exists()
