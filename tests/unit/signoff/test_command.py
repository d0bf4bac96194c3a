"""govstats sign-off: shows, decides, lists; every mistake ends in words."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from govstats.cli import app
from govstats.errors import GovstatsError
from govstats.release import releases
from govstats.settings import Settings

A, B = "2020-11-aaaaaaaaaa", "2020-12-bbbbbbbbbb"
Audit = Callable[..., Path]


@pytest.fixture
def say(signed: Settings, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    monkeypatch.setenv("GOVSTATS_SIGN_OFF", "on")
    monkeypatch.setenv("GOVSTATS_DATA", str(signed.data))
    monkeypatch.setenv("GOVSTATS_ROOT", str(signed.root))

    def invoke(*arguments: str) -> str:
        done = CliRunner().invoke(app, ["sign-off", *arguments])
        if isinstance(done.exception, GovstatsError):
            raise done.exception
        assert done.exit_code == 0, done.output
        return done.stdout

    return invoke


def test_the_only_one_is_shown_and_approved_without_its_id(
    say: Callable[..., str], signed: Settings, audit: Audit
) -> None:
    audit(A)
    assert f"统计数据发布签发：2020-12（{A}）" in say()
    asked = json.loads(say("--json"))
    assert (asked["release_id"], asked["signature"]) == (A, None)
    done = json.loads(say("--approve", "--author", "王主任", "--json"))
    assert (done["decision"], done["published"]) == ("approved", True)
    assert releases.current_id(signed) == A
    told = json.loads(say("--list", "--json"))
    assert told["waiting"] == []
    assert [each["decided_by"] for each in told["decisions"]] == ["王主任"]


def test_rejected_stays_on_the_list_with_its_report(
    say: Callable[..., str], signed: Settings, audit: Audit
) -> None:
    audit(A)
    audit(B)
    said = say(A, "--reject", "--author", "王主任", "--note", "[重报] 一次")
    assert "[重报] 一次" in said  # no markup
    assert releases.current_id(signed) is None
    told = json.loads(say("--list", "--json"))["waiting"]
    assert [each["release_id"] for each in told] == [A, B]
    assert told[0]["signature"]["note"] == "[重报] 一次"
    assert told[1]["signature"] is None
    assert told[1]["report"].endswith("validation/index.html")
    assert "waits" in say("--list")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--approve", "--reject"], "both given"),
        (["--approve", "--author", "王"], "2 candidates wait"),
        ([A, "--approve"], "not said who decides"),
        ([A, "--reject", "--author", "王"], "not said why"),
        (["other"], "no candidate 'other' waits"),
    ],
)
def test_mistakes(say: Callable[..., str], audit: Audit, arguments: list[str], words: str) -> None:
    audit(A)
    audit(B)
    with pytest.raises(GovstatsError, match=words):
        say(*arguments)


def test_nothing_waits(say: Callable[..., str]) -> None:
    with pytest.raises(GovstatsError, match="no candidate waits"):
        say()
    assert json.loads(say("--list", "--json")) == {"waiting": [], "decisions": []}


def test_neither_on_nor_off_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOVSTATS_SIGN_OFF", "yes please")
    with pytest.raises(GovstatsError, match=r"GOVSTATS_SIGN_OFF is 'yes please'.*\n.*on or off"):
        Settings.from_environment()
