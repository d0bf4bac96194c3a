"""The steps of a run, in order; Airflow's tasks and the command line call the same ones.

scan → parse (by batches) → facts_ready → build → validate → publish, with ``sign`` before
``publish`` where a sign-off is wanted. Every step can be killed and called again: it finds what
is done and does the rest. Nothing is visible to readers before ``publish`` switches the link
``current``.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from govstats import fingerprint, signoff
from govstats.batches import Batch, Within
from govstats.errors import GovstatsError, NothingReceived
from govstats.files import exclusive
from govstats.intake import Survey, survey
from govstats.logs import bound
from govstats.reading import facts_folder, facts_ready, parse, scan, summaries_of
from govstats.release import publish as publishing
from govstats.release import releases
from govstats.release.bulletin import template
from govstats.settings import Settings
from govstats.signoff import sign_off_request, sign_off_state
from govstats.steps import step
from govstats.warehouse import candidate, machine, pending

__all__ = [
    "Batch",
    "Within",
    "build",
    "facts_ready",
    "parse",
    "pending_release",
    "publish",
    "publish_signed",
    "run",
    "scan",
    "sign",
    "sign_off_request",
    "sign_off_state",
    "stop_if_held",
    "validate",
]

log = logging.getLogger("govstats")


@step("build", gives_release=True)
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
        summaries = summaries_of(settings, found)
        spared = signoff.spared(settings)
        with bound(release_id=inputs.release_id):
            candidate.build(settings, inputs, found, summaries, facts_folder(settings), spared)
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
        raise NothingReceived(
            f"nothing had been received by {as_of}", f"choose {first.date()} or a later day"
        )
    return then


@step("validate")
def validate(settings: Settings, release_id: str) -> dict[str, Any]:
    """Audit the candidate with the rules of ``expectations/`` and decide on its release.

    Returns:
        The gate's decision as kept in ``gate.json``: ``released`` (bool), counts, reasons.
    """
    with _warehouse_lock(settings):
        decision = candidate.audit(settings, release_id)
        # a rebuilt past waits for nobody to publish it
        if release_id != releases.current_id(settings) and not fingerprint.is_past(release_id):
            pending.announce(settings, release_id)
    log.info("validate: %s", decision["text_en"])
    return decision


def pending_release(settings: Settings) -> str | None:
    """Return the id of the newest audited candidate that is not published, or None."""
    return pending.newest(settings)


@step("sign")
def sign(
    settings: Settings, release_id: str, decision: str, author: str, note: str = ""
) -> signoff.Signature:
    """Take in a person's decision on a candidate; arguments and errors as ``signoff.enter``."""
    signature = signoff.enter(settings, release_id, decision, author, note)
    said = f": {signature.note}" if signature.note else ""
    log.info("sign-off: %s %s by %s%s", release_id, decision, signature.decided_by, said)
    return signature


@step("publish")
def publish(settings: Settings, release_id: str) -> dict[str, Any]:
    """Publish an audited candidate and switch ``current`` to it.

    Returns:
        The content of ``release.json``.

    Raises:
        ReleaseHeld: a hard finding holds it; the last release stands.
        AwaitingSignOff: a sign-off is wanted, and nobody has decided or it was rejected.
        GovstatsError: a newer one was published since.
    """
    with _warehouse_lock(settings):
        _stop_if_gone(settings, release_id)
        candidate.stop_if_held(settings, release_id)
        signoff.require(settings, release_id)
        candidate.tell_again(settings, release_id)
        manifest = publishing.publish(settings, release_id)
    what = "is kept, current stays" if fingerprint.is_past(release_id) else "is current"
    log.info("publish: release %s %s", release_id, what)
    return manifest


def publish_signed(settings: Settings) -> str | None:
    """Publish what was approved and then left lying, by a kill or because others were at work.

    Returns:
        The id of the newest such candidate, None where there is none.
    """
    release_id = signoff.signed_one(settings)
    if release_id is not None:
        publish(settings, release_id)
    return release_id


def stop_if_held(settings: Settings) -> None:
    """Say again that the present inputs are held or unsigned, where nothing new has come in.

    Raises:
        ReleaseHeld: a hard finding holds them.
        AwaitingSignOff: nobody has signed them yet, or they were rejected.
    """
    state = facts_ready(settings)
    if state["held"]:
        candidate.stop_if_held(settings, state["release_id"])
    if state["unsigned"]:
        signoff.require(settings, state["release_id"])


def _stop_if_gone(settings: Settings, release_id: str) -> None:
    if not candidate.folder(settings, release_id).is_dir():
        raise GovstatsError(
            f"candidate {release_id} is not there: nothing built it, or a newer one took its place",
            "`govstats run` builds and publishes what came in",
        )


def run(settings: Settings, as_of: date | None = None) -> dict[str, Any]:
    """Run all steps without an orchestrator.

    Args:
        settings: the installation.
        as_of: rebuild this past day beside the current release, with today's knowledge.

    Returns:
        ``release_id`` and ``published`` (False when nothing was new).

    Raises:
        AwaitingSignOff: the candidate is ready and waits for a person.
    """
    signed = publish_signed(settings) if as_of is None else None
    # together: readers that start once per batch would cost more than the reading
    waiting = [each for batch in scan(settings) for each in batch["submission_ids"]]
    if waiting:
        parse(settings, waiting)
    release_id = build(settings, as_of)
    if release_id is None:
        return {"release_id": releases.current_id(settings), "published": signed is not None}
    if releases.is_kept(settings, release_id):
        return {"release_id": release_id, "published": False}
    validate(settings, release_id)
    publish(settings, release_id)
    return {"release_id": release_id, "published": True}


@contextmanager
def _warehouse_lock(settings: Settings) -> Iterator[None]:
    with exclusive(settings.data / ".warehouse.lock", "building or publishing"), machine.speaking():
        yield
