"""Sign-off with whole releases: what waits is kept, a kill after signing is made good."""

import json
import os
import signal
import subprocess
import sys
from dataclasses import replace

import pytest

from govstats import pipeline, signoff
from govstats.errors import AwaitingSignOff
from govstats.release import releases
from govstats.settings import Settings
from govstats.signoff import APPROVED
from tests.small import hand_in_again

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

#: Approves what is named and dies as `kill -9` does, when the release is moved but not shown.
SIGNS_AND_DIES = """
import os, signal, sys
from govstats.cli import app
from govstats.release import releases

releases.switch = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
app(["sign-off", sys.argv[1], "--approve", "--author", "王主任"])
"""


def waits(settings: Settings) -> str:
    """Run until a person is needed; return what waits newest."""
    with pytest.raises(AwaitingSignOff, match="waits for sign-off"):
        pipeline.run(settings)
    return signoff.waiting(settings)[-1].release_id


def sign_and_die(settings: Settings, release_id: str) -> None:
    environment = os.environ | {
        "GOVSTATS_ROOT": str(settings.root),
        "GOVSTATS_DATA": str(settings.data),
        "GOVSTATS_SIGN_OFF": "on",
    }
    command = [sys.executable, "-c", SIGNS_AND_DIES, release_id]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr


def test_two_wait_one_is_signed_and_killed_the_other_follows(small: Settings) -> None:
    settings = replace(small, sign_off=True)
    standing = releases.current_id(settings)
    hand_in_again(settings, note="甲")
    first = waits(settings)
    assert waits(settings) == first  # nothing new: nothing is built, the same is said again
    hand_in_again(settings, note="乙", petitions=57)
    second = waits(settings)
    assert [each.release_id for each in signoff.waiting(settings)] == [first, second]
    assert releases.current_id(settings) == standing
    asked = pipeline.sign_off_request(settings)
    assert asked is not None
    assert f"与上一版 {standing}" in asked["body"]

    sign_and_die(settings, first)
    assert releases.current_id(settings) == standing
    assert waits(settings) == second  # the next run shows what was signed, and no more
    assert releases.current_id(settings) == first

    pipeline.sign(settings, second, APPROVED, "李科长", "同意")
    assert pipeline.run(settings) == {"release_id": second, "published": True}
    kept = {item["release_id"]: item for item in releases.list_all(settings)}
    assert releases.current_id(settings) == second
    assert standing is not None
    assert kept[standing]["signed"] is None
    assert kept[first]["signed"]["decided_by"] == "王主任"
    assert (kept[second]["signed"]["decided_by"], kept[second]["signed"]["note"]) == (
        "李科长",
        "同意",
    )
    notes = json.loads((settings.releases / second / "notes.json").read_text(encoding="utf-8"))
    assert notes["previous"]["release_id"] == first  # and not the one it was audited against
    assert {name: releases.verify(settings, name) for name in kept} == {name: [] for name in kept}
    assert pipeline.run(settings) == {"release_id": second, "published": False}
