"""Taking in a person's decision on a candidate."""

from datetime import datetime
from difflib import get_close_matches
from zoneinfo import ZoneInfo

from govstats import fingerprint
from govstats.errors import GovstatsError, ReleaseHeld
from govstats.release import releases
from govstats.settings import Settings
from govstats.signoff import book, state
from govstats.signoff.book import APPROVED, REJECTED, Signature
from govstats.warehouse import candidate

LONGEST_NAME, LONGEST_NOTE = 100, 1000


def enter(
    settings: Settings, release_id: str, decision: str, author: str, note: str = ""
) -> Signature:
    """Write a decision into the book; it publishes nothing.

    The last decision on a release counts, so that a rejected one may be approved after all.

    Args:
        settings: the installation.
        release_id: a candidate that waits.
        decision: ``approved`` or ``rejected``.
        author: who answers for it.
        note: what was said about it; a rejection must say why.

    Returns:
        The decision that counts; the same one said twice stands once, with its first time.

    Raises:
        ReleaseHeld: the audit holds this candidate, and no signature lets it pass.
        GovstatsError: sign-off is off, nothing waits under this id, or a text is missing or too
            long.
    """
    if not settings.sign_off:
        raise GovstatsError(
            "sign-off is switched off: releases are published without it",
            "set GOVSTATS_SIGN_OFF=on for every program of the installation",
        )
    if decision not in (APPROVED, REJECTED):
        raise GovstatsError(f"{decision!r} is no decision", f"say {APPROVED} or {REJECTED}")
    author, note = book.plain_text(author), book.plain_text(note)
    _look_at_words(decision, author, note)
    _look_at_candidate(settings, release_id)
    now = datetime.now(ZoneInfo(settings.timezone)).replace(microsecond=0)
    return book.append(settings, Signature(release_id, decision, author, now, note))


def _look_at_words(decision: str, author: str, note: str) -> None:
    if not author:
        raise GovstatsError("it is not said who decides", "name them: --author NAME")
    if decision == REJECTED and not note:
        raise GovstatsError("it is not said why it is rejected", "say what to mend: --note TEXT")
    for name, text, longest in (("author", author, LONGEST_NAME), ("note", note, LONGEST_NOTE)):
        if len(text) > longest:
            raise GovstatsError(
                f"the {name} has {len(text)} characters", f"keep it to {longest}, name the rest"
            )


def _look_at_candidate(settings: Settings, release_id: str) -> None:
    waits = [each.release_id for each in state.waiting(settings)]
    if release_id in waits:
        return
    shown = releases.current_id(settings)
    if release_id == shown:
        remedy = "`govstats releases --use ID` goes back to an earlier release"
        raise GovstatsError(f"release {release_id} is published already", remedy)
    if fingerprint.is_past(release_id):
        raise GovstatsError(f"{release_id} shows a past day and needs no sign-off", "do nothing")
    here = settings.candidates / release_id
    named = bool(release_id) and here.parent == settings.candidates
    if named and candidate.is_held(settings, release_id):
        text = candidate.decision(settings, release_id)["text_en"]
        raise ReleaseHeld(
            f"release {release_id} is held by the audit: {text}",
            f"read {here / 'validation' / 'index.html'} and mend what it names",
        )
    near = get_close_matches(release_id, waits, n=1, cutoff=0.7)
    said = f"; current is {shown}, which supersedes what was built before it" if shown else ""
    advice = f"did you mean {near[0]}?" if near else "`govstats sign-off --list` shows what waits"
    raise GovstatsError(f"no candidate {release_id!r} waits for sign-off{said}", advice)
