"""What waits for a decision, and whether a release may be published."""

from dataclasses import dataclass

from govstats import fingerprint
from govstats.errors import AwaitingSignOff
from govstats.release import releases
from govstats.settings import Settings
from govstats.signoff import book
from govstats.signoff.book import Signature
from govstats.warehouse import candidate, pending


@dataclass(frozen=True)
class Candidate:
    """An audited candidate that the gate lets pass, and the decision on it, None before one."""

    release_id: str
    signature: Signature | None


def waiting(settings: Settings) -> list[Candidate]:
    """Return the candidates that are not published yet, oldest first, rejected ones too.

    Those that the audit holds are not among them: nobody can sign them.

    Raises:
        GovstatsError: the book cannot be read.
    """
    shown = releases.current_id(settings)
    names = pending.in_order(settings)
    if shown in names:  # killed right after its switch: it and those before it wait no more
        names = names[names.index(shown) + 1 :]
    return [
        Candidate(name, book.latest(settings, name))
        for name in names
        if (candidate.folder(settings, name) / "gate.json").exists()
        and candidate.decision(settings, name)["released"]
    ]


def sign_off_state(settings: Settings, release_id: str) -> str:
    """Return how a request for a decision stands: ``open``, ``approved``, or ``gone``.

    It is gone where nothing waits under this id any more: it was published, a newer one was
    published, or its candidate was thrown away.
    """
    found = {each.release_id: each.signature for each in waiting(settings)}
    if release_id not in found:
        return "gone"
    signature = found[release_id]
    return "approved" if signature is not None and signature.counts else "open"


def spared(settings: Settings) -> set[str]:
    """Return the ids that a newer candidate must not take the place of.

    The newest of those that wait for a decision or for their publishing, as many as releases are
    kept; none where no sign-off is wanted. A rejected one makes room.
    """
    if not settings.sign_off:
        return set()
    wanted = [
        each.release_id
        for each in waiting(settings)
        if each.signature is None or each.signature.counts
    ]
    return set(wanted[-settings.keep_releases :])


def signed_one(settings: Settings) -> str | None:
    """Return the newest candidate that was approved and is not published yet, None without any."""
    if not settings.sign_off:
        return None
    signed = [s.release_id for s in waiting(settings) if s.signature and s.signature.counts]
    return signed[-1] if signed else None


def undecided(settings: Settings, release_id: str) -> bool:
    """Whether this candidate is audited, may pass, and waits for a decision or was rejected."""
    if not settings.sign_off or release_id == releases.current_id(settings):
        return False
    audited = (candidate.folder(settings, release_id) / "gate.json").exists()
    may_pass = audited and candidate.decision(settings, release_id)["released"]
    return may_pass and book.approval(settings, release_id) is None


def require(settings: Settings, release_id: str) -> None:
    """Let a release pass only where nobody needs to sign it, or somebody has.

    A rebuilt past needs no signature, nor does the release that is shown already.

    Raises:
        AwaitingSignOff: nobody has decided yet, or it was rejected: says by whom and why.
    """
    shown = release_id == releases.current_id(settings)
    if not settings.sign_off or shown or fingerprint.is_past(release_id):
        return
    signature = book.latest(settings, release_id)
    report = candidate.folder(settings, release_id) / "validation" / "index.html"
    if signature is None:
        raise AwaitingSignOff(
            f"release {release_id} waits for sign-off; the last release stands",
            f"read {report}, then `govstats sign-off {release_id} --approve --author NAME`, "
            "or --reject --note WHY, or answer the request in Airflow",
        )
    if not signature.counts:
        day = f"{signature.decided_at:%Y-%m-%d %H:%M}"
        raise AwaitingSignOff(
            f"release {release_id} was rejected by {signature.decided_by} ({day}): "
            f"{signature.note or 'no reason given'}; the last release stands",
            "mend what the note names and run again; or "
            f"`govstats sign-off {release_id} --approve --author NAME`",
        )
