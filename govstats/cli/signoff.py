"""The command of a person who lets a release pass, or sends it back: sign-off."""

from typing import Annotated, Any

import typer

from govstats import pipeline, signoff
from govstats.cli.output import Json, console, print_json, table
from govstats.errors import GovstatsError
from govstats.settings import Settings
from govstats.signoff import APPROVED, REJECTED, book
from govstats.warehouse import candidate


def add_to(app: typer.Typer) -> None:
    """Register this module's command."""
    app.command("sign-off")(sign_off)


def sign_off(
    release: Annotated[
        str | None, typer.Argument(help="Id of the candidate (default: the only one that waits).")
    ] = None,
    approve: Annotated[
        bool, typer.Option("--approve", help="Let it pass and publish it at once.")
    ] = False,
    reject: Annotated[
        bool, typer.Option("--reject", help="Send it back; the last release stands.")
    ] = False,
    author: Annotated[str, typer.Option(help="Who answers for the decision.")] = "",
    note: Annotated[str, typer.Option(help="What is said about it; a rejection says why.")] = "",
    show: Annotated[
        bool, typer.Option("--list", help="List what waits and all decisions so far.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Decide on a release before it is published, where sign-off is switched on.

    Without --approve or --reject it shows what is to be decided. A decision holds for these very
    inputs; other inputs want another one. Exit code 4: the audit holds the candidate.
    """
    settings = Settings.from_environment()
    if approve and reject:
        raise GovstatsError("--approve and --reject are both given", "give one of them")
    if show:
        _list(settings, as_json)
        return
    release_id = release or _only_one(settings)
    if approve or reject:
        _decide(settings, release_id, APPROVED if approve else REJECTED, author, note, as_json)
    else:
        _show(settings, release_id, as_json)


def _only_one(settings: Settings) -> str:
    waits = [each.release_id for each in signoff.waiting(settings)]
    if len(waits) == 1:
        return waits[0]
    if waits:
        raise GovstatsError(f"{len(waits)} candidates wait", f"name one: {', '.join(waits)}")
    raise GovstatsError(
        "no candidate waits for sign-off",
        "`govstats run` builds one where something new came in and GOVSTATS_SIGN_OFF is on",
    )


def _decide(
    settings: Settings, release_id: str, decision: str, author: str, note: str, as_json: bool
) -> None:
    signature = pipeline.sign(settings, release_id, decision, author, note)
    if signature.counts:
        pipeline.publish(settings, release_id)
    if as_json:
        print_json(signature.as_dict() | {"published": signature.counts})
        return
    word = "approved and published" if signature.counts else "rejected; the last release stands"
    console.print(f"{release_id} {word}", highlight=False)
    console.print(f"by         {signature.decided_by}, {signature.decided_at}", highlight=False)
    if signature.note:
        console.print(f"note       {signature.note}", highlight=False)


def _show(settings: Settings, release_id: str, as_json: bool) -> None:
    known = {each.release_id: each.signature for each in signoff.waiting(settings)}
    if release_id not in known:
        raise GovstatsError(
            f"no candidate {release_id!r} waits for sign-off",
            "`govstats sign-off --list` shows what waits",
        )
    asked = signoff.request(settings, release_id)
    if as_json:
        print_json(vars(asked) | {"signature": _as_dict(known[release_id])})
        return
    console.print(asked.subject, highlight=False)
    console.print(asked.body, highlight=False, soft_wrap=True)


def _list(settings: Settings, as_json: bool) -> None:
    waits, decisions = signoff.waiting(settings), book.read(settings)
    if as_json:
        told: list[dict[str, Any]] = [
            {
                "release_id": each.release_id,
                "signature": _as_dict(each.signature),
                "report": str(_report(settings, each.release_id)),
            }
            for each in waits
        ]
        print_json({"waiting": told, "decisions": [each.as_dict() for each in decisions]})
        return
    for each in waits:
        state = each.signature.decision if each.signature else "waits"
        report = _report(settings, each.release_id)
        console.print(f"{state:<10} {each.release_id}  {report}", highlight=False, soft_wrap=True)
    rows = [
        [s.release_id, s.decision, s.decided_by, f"{s.decided_at:%Y-%m-%d %H:%M}", s.note]
        for s in decisions
    ]
    names = ["release", "decision", "by", "at", "note"]
    console.print(table(f"{len(rows)} decisions", names, rows))


def _report(settings: Settings, release_id: str) -> object:
    return candidate.folder(settings, release_id) / "validation" / "index.html"


def _as_dict(signature: signoff.Signature | None) -> dict[str, str] | None:
    return signature.as_dict() if signature else None
