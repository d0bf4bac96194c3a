"""What is shown and kept: the link, the releases' files, leftovers, what is held."""

from collections.abc import Iterator

from govstats import fingerprint, signoff
from govstats.doctor.model import Check, fault, ok, warning
from govstats.release import releases
from govstats.settings import Settings
from govstats.warehouse import candidate


def checks(settings: Settings, thorough: bool) -> Iterator[Check]:
    """Look at releases and candidates; ``thorough`` compares every file with its hash.

    Raises:
        GovstatsError: a manifest cannot be read.
    """
    yield _current(settings)
    if settings.releases.is_dir():
        yield from _releases(settings, thorough)
        yield from _leftovers(settings)
    yield from _candidates(settings)
    yield from _sign_off(settings)


def _current(settings: Settings) -> Check:
    link = settings.releases / releases.LINK
    shown = releases.current_id(settings)
    if shown is None:
        if link.is_symlink():
            remedy = "`govstats releases --use ID`, or `govstats run`"
            return fault("current", f"points to {link.readlink()}, which is gone", remedy)
        return warning("current", "nothing is released yet", "`govstats run`")
    if not (settings.releases / shown / "release.json").is_file():
        remedy = "`govstats releases --use ID` switches to a whole one"
        return fault("current", f"{shown} has no release.json", remedy)
    return ok("current", shown)


def _releases(settings: Settings, thorough: bool) -> Iterator[Check]:
    kept = [item["release_id"] for item in releases.list_all(settings)]
    looked = kept if thorough else [name for name in kept if name == releases.current_id(settings)]
    for name in looked:
        problems = releases.verify(settings, name)
        if problems:
            remedy = "`govstats releases --use ID` switches to another; `govstats run` builds anew"
            yield fault("release", f"{name}: {'; '.join(problems[:3])}", remedy)
        else:
            yield ok("release", f"{name}: every file as published")
        if list((settings.releases / name).glob("*.wal")):
            remedy = "somebody opened the warehouse for writing; delete the .wal file"
            yield fault("release", f"{name}: a .wal lies beside the warehouse", remedy)
    if not thorough and len(kept) > len(looked):
        yield ok("releases", f"{len(kept)} kept; --thorough compares them all")


def _leftovers(settings: Settings) -> Iterator[Check]:
    for path in sorted(settings.releases.iterdir()):
        is_link = path.is_symlink() or path.name.startswith(".")
        if path.is_dir() and not is_link and not (path / "release.json").exists():
            remedy = f"nobody reads it: delete data/releases/{path.name}"
            yield warning("releases", f"{path.name} is not whole", remedy)


def _candidates(settings: Settings) -> Iterator[Check]:
    if not settings.candidates.is_dir():
        return
    for path in sorted(settings.candidates.iterdir()):
        if not path.is_dir():
            continue
        if path.name.startswith("."):
            yield warning("candidates", f"{path.name} is half built", "the next run removes it")
        elif not fingerprint.is_past(path.name) and candidate.is_held(settings, path.name):
            said = candidate.decision(settings, path.name)["text_en"]
            remedy = f"read data/candidates/{path.name}/validation/index.html, mend what it names"
            yield warning("candidates", f"{path.name} is held: {said}", remedy)


def _sign_off(settings: Settings) -> Iterator[Check]:
    """What waits for a person; nothing to say where no sign-off is wanted."""
    for each in signoff.waiting(settings) if settings.sign_off else ():
        name, said = each.release_id, each.signature
        if said is None:
            remedy = f"`govstats sign-off {name} --approve --author NAME`, or --reject --note WHY"
            yield warning("sign-off", f"{name} waits for a decision", remedy)
        elif said.counts:
            remedy = "`govstats run` publishes it"
            yield warning("sign-off", f"{name} is approved and not published", remedy)
        else:
            remedy = "mend what the note names and run again"
            found = f"{name} was rejected by {said.decided_by}: {said.note}"
            yield warning("sign-off", found, remedy)
