"""What the doctor says of runs, logs and room, and how the daily care ends."""

import json
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from govstats import doctor, steps
from govstats.doctor import State, operation
from govstats.doctor.model import Check, fault, ok, warning
from govstats.errors import GovstatsError
from govstats.settings import Settings


@pytest.fixture(autouse=True)
def here(settings: Settings) -> None:
    settings.data.mkdir()


def said(settings: Settings) -> dict[str, Check]:
    return {check.subject: check for check in operation.checks(settings, False)}


def remember(settings: Settings, success: float | None, failure: float | None) -> None:
    settings.metrics.mkdir(exist_ok=True)
    end = {"last_success": success, "last_failure": failure, "last_seconds": 1, "ends": {}}
    (settings.metrics / steps.FILE).write_text(json.dumps({"publish": end}))


@pytest.mark.parametrize(
    ("success", "failure", "is_told"),
    [(2.0, 1.0, False), (1.0, 2.0, True), (None, 1.0, True), (1.0, None, False)],
)
def test_a_step_that_failed_last_is_told_until_it_ends_well(
    settings: Settings, success: float | None, failure: float | None, is_told: bool
) -> None:
    remember(settings, success, failure)
    found = said(settings).get("steps")
    assert (found is not None) is is_told
    if found is not None:
        assert found.state is State.WARNING
        assert "publish failed at 1970-01-01 08:00" in found.found
        assert "govstats.jsonl" in found.remedy


def test_what_could_be_removed_is_no_warning(settings: Settings) -> None:
    assert said(settings)["room"].found == "nothing is kept longer than it has to be"
    (settings.candidates / ".building-x").mkdir(parents=True)
    (settings.candidates / ".building-x" / "w").write_bytes(b"x" * 3_000_000)
    assert said(settings)["room"] == ok("room", "`govstats prune` would remove 1 things, 3 MB")


def test_a_log_that_cannot_be_written_is_told(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert said(settings)["logs"].state is State.OK
    monkeypatch.setattr("os.access", lambda path, _: Path(path) != settings.data)
    assert said(settings)["logs"].state is State.WARNING


def answers(monkeypatch: pytest.MonkeyPatch, checks: Iterable[Check]) -> None:
    parts = (("part", lambda *_: checks),)
    monkeypatch.setattr(sys.modules["govstats.doctor.examine"], "_PARTS", parts)


def test_the_daily_care_names_every_fault_with_its_remedy(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers(monkeypatch, [ok("a", "fine"), fault("b", "broken", "mend b"), fault("c", "x", "do y")])
    with pytest.raises(GovstatsError) as caught:
        doctor.stop_if_ill(settings)
    assert "b: broken → mend b" in caught.value.what
    assert "c: x → do y" in caught.value.what
    assert steps.ends(settings)["doctor"]["ends"] == {"failed": 1}


def test_the_daily_care_goes_on_with_warnings(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "govstats")
    answers(monkeypatch, [ok("a", "fine"), warning("b", "odd", "look")])
    assert doctor.stop_if_ill(settings) == {"ok": 1, "warning": 1}
    assert "doctor: b: odd; look" in caplog.text
