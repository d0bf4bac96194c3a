"""The steps of a run, in order; Airflow's tasks and the command line call the same ones.

scan → parse (by batches) → facts_ready → build → validate → publish. Every step can be killed
and called again: it finds what is done and does the rest. Nothing is visible to readers before
``publish`` switches the link ``current``.
"""

import json
import logging
from contextlib import AbstractContextManager
from typing import Any

from govstats import fingerprint, observations
from govstats.errors import GovstatsError, ReleaseHeld
from govstats.files import exclusive, write_atomic
from govstats.intake import Survey, kept_copy, survey, take_in
from govstats.observations import SubmissionRef
from govstats.release import publish as publishing
from govstats.release import releases
from govstats.settings import Settings
from govstats.warehouse import candidate

log = logging.getLogger("govstats")

#: Submissions read by one mapped task: few, fat tasks, because each costs the orchestrator time.
BATCH_SIZE = 100


def scan(settings: Settings) -> list[list[str]]:
    """Register new files; return batches of submission ids that are not read yet."""
    new = take_in(settings)
    found = survey(settings)
    log.info("intake: %d new, %d on the ledger", len(new), len(found.entries))
    for problem in found.problems:
        log.warning("intake: %s", problem.text_en())
    folder = settings.facts / observations.reader_key(settings)
    waiting = [
        entry.submission_id
        for entry in found.entries
        if observations.read_summary(folder, entry.submission_id) is None
    ]
    return [waiting[i : i + BATCH_SIZE] for i in range(0, len(waiting), BATCH_SIZE)]


def parse(settings: Settings, submission_ids: list[str]) -> dict[str, int]:
    """Read one batch of submissions into facts; a refusal is logged and kept, never raised.

    Returns:
        Counts of accepted and refused files and of observations.
    """
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
    folder = settings.facts / observations.reader_key(settings)
    counts = {"accepted": 0, "refused": 0, "observations": 0}
    for outcome in observations.read_all(refs, settings):
        observations.write_facts(folder, outcome)
        counts[outcome.status] += 1
        counts["observations"] += len(outcome.observations)
        if outcome.refusal is not None:
            log.warning("refused: %s: %s", outcome.ref.file, outcome.refusal.text_en())
    log.info("parse: %(accepted)d read, %(refused)d refused, %(observations)d figures", counts)
    return counts


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


def build(settings: Settings) -> str | None:
    """Build the candidate warehouse of the present inputs, unless it is built or released.

    Returns:
        The release id, or None when the current release already has it.
    """
    with _warehouse_lock(settings):
        found = survey(settings)
        if not found.entries:
            raise GovstatsError(
                "nothing is registered yet",
                f"put spreadsheets into {settings.raw}/<department>/<YYYY-MM>/ and run again",
            )
        inputs = fingerprint.of(settings, found)
        if inputs.release_id == releases.current_id(settings):
            log.info("build: nothing new, release %s stands", inputs.release_id)
            return None
        folder = settings.facts / observations.reader_key(settings)
        summaries = _summaries(settings, found)
        candidate.build(settings, inputs, found, summaries, folder)
        return inputs.release_id


def _summaries(settings: Settings, found: Survey) -> dict[str, dict[str, Any]]:
    folder = settings.facts / observations.reader_key(settings)
    summaries = {}
    for entry in found.entries:
        summary = observations.read_summary(folder, entry.submission_id)
        if summary is None:
            raise GovstatsError(
                f"submission {entry.submission_id} ({entry.file}) is registered but not read",
                "run the ingest step again",
            )
        summaries[entry.submission_id] = summary
    return summaries


def validate(settings: Settings, release_id: str) -> dict[str, Any]:
    """Audit the candidate with the rules of ``expectations/`` and decide on its release.

    Returns:
        The gate's decision as kept in ``gate.json``: ``released`` (bool), counts, reasons.
    """
    with _warehouse_lock(settings):
        decision = candidate.audit(settings, release_id)
        if release_id != releases.current_id(settings):
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
    log.info("publish: release %s is current", release_id)
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


def run(settings: Settings) -> dict[str, Any]:
    """Run all steps without an orchestrator.

    Returns:
        ``release_id`` and ``published`` (False when nothing was new).
    """
    for batch in scan(settings):
        parse(settings, batch)
    release_id = build(settings)
    if release_id is None:
        return {"release_id": releases.current_id(settings), "published": False}
    validate(settings, release_id)
    publish(settings, release_id)
    return {"release_id": release_id, "published": True}


def _warehouse_lock(settings: Settings) -> AbstractContextManager[None]:
    return exclusive(settings.data / ".warehouse.lock", "building or publishing")
