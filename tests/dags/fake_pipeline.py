"""Stands in for ``govstats.pipeline``: same functions, no work, steered by ``GOVSTATS_FAKE``.

The variable (or the file ``<data>/plan.txt``, for processes that already run) lists what goes
differently from a good first run, such as ``parse=crash``. Every call is noted in
``<data>/calls.txt`` with what it was given.
"""

import logging
import os

from govstats.errors import Busy, GovstatsError, KnowledgeError, ReleaseHeld

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
    if turn == "error":
        raise GovstatsError("no such folder", "make it")
    return turn


def scan(settings):
    if _call(settings, "scan") == "none":
        return []
    log.info("intake: 3 new")
    return [["s1", "s2"], ["s3"]]


def parse(settings, submission_ids):
    _call(settings, "parse", *submission_ids)
    return {"accepted": len(submission_ids), "refused": 0, "observations": 7}


def facts_ready(settings):
    turn = _call(settings, "facts_ready")
    count = 0 if turn == "empty" else 3
    return {"submissions": count, "release_id": "r1", "new": turn == "", "held": turn == "kept"}


def build(settings):
    return None if _call(settings, "build") == "none" else "r1"


def validate(settings, release_id):
    _call(settings, "validate", release_id)
    return {"released": True}


def pending_release(settings):
    return None if _call(settings, "pending_release") == "none" else "r1"


def publish(settings, release_id):
    _call(settings, "publish", release_id)
    return {"release_id": release_id}


def stop_if_held(settings):
    if "facts_ready=kept" in os.environ.get("GOVSTATS_FAKE", ""):
        raise ReleaseHeld("release r1 is held: 2 hard findings", "see the report")
