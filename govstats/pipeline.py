"""The steps of a run, in order; Airflow's tasks and the command line call the same ones.

scan → parse (by batches) → facts_ready → build → validate → publish. Every step can be killed
and called again: it finds what is done and does the rest. Nothing is visible to readers before
``publish`` switches the link ``current``.
"""

import json
import logging
from collections.abc import Mapping
from contextlib import AbstractContextManager
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

from govstats import fingerprint, observations
from govstats.errors import GovstatsError, ReleaseHeld
from govstats.files import exclusive, write_atomic
from govstats.intake import Survey, kept_copy, survey, take_in
from govstats.observations import ReadSummary, SubmissionRef
from govstats.progress import followed
from govstats.release import publish as publishing
from govstats.release import releases
from govstats.release.bulletin import template
from govstats.settings import Settings
from govstats.warehouse import candidate

log = logging.getLogger("govstats")

#: Submissions read by one mapped task: few, fat tasks, because each costs the orchestrator time.
BATCH_SIZE = 500


def scan(settings: Settings) -> list[list[str]]:
    """Register new files; return batches of submission ids that are not read yet."""
    new = take_in(settings)
    found = survey(settings)
    log.info("intake: %d new, %d on the ledger", len(new), len(found.entries))
    for problem in found.problems:
        log.warning("intake: %s", problem.text_en())
    read = observations.read_summaries(_facts(settings))
    waiting = [e.submission_id for e in found.entries if e.submission_id not in read]
    return [waiting[i : i + BATCH_SIZE] for i in range(0, len(waiting), BATCH_SIZE)]


def parse(settings: Settings, submission_ids: list[str]) -> dict[str, int]:
    """Read one batch of submissions into facts; a refusal is logged and kept, never raised.

    Those that are read already, by a run that was killed later, are only counted.

    Returns:
        Counts of accepted and refused files and of observations.
    """
    folder = _facts(settings)
    done = observations.read_summaries(folder)
    wanted = set(submission_ids)
    refs = [
        SubmissionRef(
            submission_id=entry.submission_id,
            department_code=entry.department_code,
            time_period=entry.time_period,
            file=entry.file,
            path=kept_copy(settings, entry),
        )
        for entry in survey(settings).entries
        if entry.submission_id in wanted
    ]
    counts = {"accepted": 0, "refused": 0, "observations": 0}
    before = [ReadSummary(ref, done[ref.submission_id]) for ref in refs if _is_in(ref, done)]
    waiting = [ref for ref in refs if not _is_in(ref, done)]
    reading = observations.read_into(waiting, settings, folder)
    for summary in chain(before, followed(reading, len(waiting))):
        counts[summary.status] += 1
        counts["observations"] += summary.figures
        if summary.reason is not None:
            log.warning("refused: %s: %s", summary.ref.file, summary.reason)
    log.info("parse: %(accepted)d read, %(refused)d refused, %(observations)d figures", counts)
    return counts


def _facts(settings: Settings) -> Path:
    return settings.facts / observations.reader_key(settings)


def _is_in(ref: SubmissionRef, done: Mapping[str, object]) -> bool:
    return ref.submission_id in done


def facts_ready(settings: Settings) -> dict[str, Any]:
    """Return what the facts would give.

    Returns:
        ``release_id``; ``new``: whether it is not the current one; ``held``: whether these very
        inputs were audited before and are kept back by the gate.
    """
    found = survey(settings)
    release_id = fingerprint.of(settings, found).release_id
    return {
        "submissions": len(found.entries),
        "release_id": release_id,
        "new": release_id != releases.current_id(settings) and bool(found.entries),
        "held": candidate.is_held(settings, release_id),
    }


def build(settings: Settings, as_of: date | None = None) -> str | None:
    """Build the candidate warehouse of the present inputs, unless it is built or released.

    Args:
        settings: the installation.
        as_of: build what had been received by the end of this day instead.

    Returns:
        The release id, or None when the current release already has it.

    Raises:
        KnowledgeError: the bulletin's template has mistakes; better said now than at publishing.
    """
    template.load(settings.bulletin)
    with _warehouse_lock(settings):
        found = _received(settings, as_of)
        inputs = fingerprint.of(settings, found, as_of)
        if inputs.release_id == releases.current_id(settings):
            log.info("build: nothing new, release %s stands", inputs.release_id)
            return None
        summaries = _summaries(settings, found)
        candidate.build(settings, inputs, found, summaries, _facts(settings))
        return inputs.release_id


def _received(settings: Settings, as_of: date | None) -> Survey:
    found = survey(settings)
    if not found.entries:
        raise GovstatsError(
            "nothing is registered yet",
            f"put spreadsheets into {settings.raw}/<department>/<YYYY-MM>/ and run again",
        )
    if as_of is None:
        return found
    then = found.as_of(as_of)
    if not then.entries:
        first = min(entry.received_at for entry in found.entries)
        raise GovstatsError(
            f"nothing had been received by {as_of}", f"choose {first.date()} or a later day"
        )
    return then


def _summaries(settings: Settings, found: Survey) -> dict[str, dict[str, Any]]:
    summaries = observations.read_summaries(_facts(settings))
    for entry in found.entries:
        if entry.submission_id not in summaries:
            raise GovstatsError(
                f"submission {entry.submission_id} ({entry.file}) is registered but not read",
                "run the ingest step again",
            )
    return summaries


def validate(settings: Settings, release_id: str) -> dict[str, Any]:
    """Audit the candidate with the rules of ``expectations/`` and decide on its release.

    Returns:
        The gate's decision as kept in ``gate.json``: ``released`` (bool), counts, reasons.
    """
    with _warehouse_lock(settings):
        decision = candidate.audit(settings, release_id)
        # a rebuilt past waits for nobody to publish it
        if release_id != releases.current_id(settings) and not fingerprint.is_past(release_id):
            pointer = {"release_id": release_id}
            write_atomic(settings.candidates / "pending.json", json.dumps(pointer).encode())
    log.info("validate: %s", decision["text_en"])
    return decision


def pending_release(settings: Settings) -> str | None:
    """Return the id of the newest audited candidate that is not published, or None."""
    pointer = settings.candidates / "pending.json"
    if not pointer.exists():
        return None
    release_id: str = json.loads(pointer.read_text())["release_id"]
    return release_id if candidate.folder(settings, release_id).is_dir() else None


def publish(settings: Settings, release_id: str) -> dict[str, Any]:
    """Publish an audited candidate and switch ``current`` to it.

    Returns:
        The content of ``release.json``.

    Raises:
        ReleaseHeld: a hard finding holds it; the last release stands.
    """
    with _warehouse_lock(settings):
        _stop_if_held(settings, release_id)
        manifest = publishing.publish(settings, release_id)
    what = "is kept, current stays" if fingerprint.is_past(release_id) else "is current"
    log.info("publish: release %s %s", release_id, what)
    return manifest


def stop_if_held(settings: Settings) -> None:
    """Say again that the present inputs are held, where nothing new has come in since.

    Raises:
        ReleaseHeld: a hard finding holds them.
    """
    state = facts_ready(settings)
    if state["held"]:
        _stop_if_held(settings, state["release_id"])


def _stop_if_held(settings: Settings, release_id: str) -> None:
    decision = candidate.decision(settings, release_id)
    if not decision["released"]:
        raise ReleaseHeld(
            f"release {release_id} is held: {decision['text_zh']}",
            f"see {candidate.folder(settings, release_id) / 'validation' / 'index.html'}",
        )


def run(settings: Settings, as_of: date | None = None) -> dict[str, Any]:
    """Run all steps without an orchestrator.

    Args:
        settings: the installation.
        as_of: rebuild this past day beside the current release, with today's knowledge.

    Returns:
        ``release_id`` and ``published`` (False when nothing was new).
    """
    for batch in scan(settings):
        parse(settings, batch)
    release_id = build(settings, as_of)
    if release_id is None:
        return {"release_id": releases.current_id(settings), "published": False}
    if releases.is_kept(settings, release_id):
        return {"release_id": release_id, "published": False}
    validate(settings, release_id)
    publish(settings, release_id)
    return {"release_id": release_id, "published": True}


def _warehouse_lock(settings: Settings) -> AbstractContextManager[None]:
    return exclusive(settings.data / ".warehouse.lock", "building or publishing")
