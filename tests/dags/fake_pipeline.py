"""Stands in for ``govstats.pipeline``: same functions, no work, steered by ``GOVSTATS_FAKE``.

The variable (or the file ``<data>/plan.txt``, for processes that already run) lists what goes
differently from a good first run, such as ``parse=crash``. Every call is noted in
``<data>/calls.txt`` with what it was given.
"""

import logging
import os

from govstats.batches import Batch, Within  # noqa: F401 - the real one has them too
from govstats.errors import (
    AwaitingSignOff,
    Busy,
    GovstatsError,
    KnowledgeError,
    NothingReceived,
    ReleaseHeld,
)

log = logging.getLogger("govstats")


def _call(settings, name, *given):
    settings.data.mkdir(parents=True, exist_ok=True)
    with (settings.data / "calls.txt").open("a") as stream:
        print(name, *given, file=stream)
    file = settings.data / "plan.txt"
    text = file.read_text() if file.exists() else os.environ.get("GOVSTATS_FAKE", "")
    plan = dict(part.split("=") for part in text.split(",") if part)
    turn = plan.get(name, "")
    if turn == "crash":
        raise ZeroDivisionError("a fault of the program")
    if turn == "wrong":
        raise KnowledgeError("layout x.yml is wrong", "mend it")
    if turn == "busy":
        raise Busy("another run is building", "wait")
    if turn == "interrupt":
        raise KeyboardInterrupt
    if turn == "held":
        raise ReleaseHeld("release r1 is held: 2 hard findings", "see the report")
    if turn == "unsigned":
        raise AwaitingSignOff("release r1 waits for sign-off", "govstats sign-off r1 --approve")
    if turn == "error":
        raise GovstatsError("no such folder", "make it")
    return turn


def scan(settings, within=None, most=8):
    given = () if within in (None, Within()) else (within.department_code, within.time_period)
    if _call(settings, "scan", *given) == "none":
        return []
    log.info("intake: 3 new")
    return [
        {"label": "财政局 2020-12（2 份）", "submission_ids": ["s1", "s2"]},
        {"label": "统计局 2020-12（1 份）", "submission_ids": ["s3"]},
    ]


def parse(settings, submission_ids):
    _call(settings, "parse", *submission_ids)
    return {"accepted": len(submission_ids), "refused": 0, "observations": 7}


def facts_ready(settings):
    turn = _call(settings, "facts_ready")
    count = 0 if turn == "empty" else 3
    return {
        "submissions": count,
        "release_id": "r1",
        "new": turn in ("", "unread"),
        "unread": 2 if turn == "unread" else 0,
        "held": turn == "kept",
        "unsigned": turn == "waits",
    }


def run(settings, as_of):
    if _call(settings, "run", as_of) == "early":
        raise NothingReceived(f"nothing had been received by {as_of}", "choose a later day")
    return {"release_id": f"r1-as-of-{as_of}", "published": True}


def build(settings):
    return None if _call(settings, "build") == "none" else "r1"


def validate(settings, release_id):
    _call(settings, "validate", release_id)
    return {"released": True}


def pending_release(settings):
    return None if _call(settings, "pending_release") == "none" else "r1"


def sign_off_request(settings):
    turn = _call(settings, "sign_off_request")
    words = {"subject": "签发 r1？", "body": "审核意见：{{ 0 条 }}"}  # no template of anybody's
    return None if turn == "none" else {"release_id": "r1", **words}


def sign_off_state(settings, release_id):
    return _call(settings, "sign_off_state", release_id) or "open"


def sign(settings, release_id, decision, author, note=""):
    _call(settings, "sign", release_id, decision, author, note)


def publish(settings, release_id):
    _call(settings, "publish", release_id)
    return {"release_id": release_id}


def stop_if_held(settings):
    if "facts_ready=waits" in os.environ.get("GOVSTATS_FAKE", ""):
        raise AwaitingSignOff("release r1 waits for sign-off", "govstats sign-off r1 --approve")
    if "facts_ready=kept" in os.environ.get("GOVSTATS_FAKE", ""):
        raise ReleaseHeld("release r1 is held: 2 hard findings", "see the report")
