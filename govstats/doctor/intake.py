"""What came in: the ledger, the files it names, the copies kept of them, the clock."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from govstats import observations
from govstats.doctor.model import Check, fault, ok, warning
from govstats.files import sha256_file
from govstats.intake import LedgerEntry, Survey, survey
from govstats.observations import reader_key
from govstats.settings import Settings


def checks(settings: Settings, thorough: bool) -> Iterator[Check]:
    """Look at ledger, originals and copies; ``thorough`` reads every copy.

    Raises:
        GovstatsError: the ledger cannot be read: names its line.
    """
    found = survey(settings)
    yield ok("ledger", f"{len(found.entries)} submissions")
    if not found.entries:
        return
    yield _clock(settings, found.entries)
    yield from _problems(found)
    yield _copies(settings, found.entries, thorough)
    yield _read(settings, found.entries)


def _clock(settings: Settings, entries: Sequence[LedgerEntry]) -> Check:
    now = datetime.now(ZoneInfo(settings.timezone)).replace(tzinfo=None)
    newest = max(entry.received_at.replace(tzinfo=None) for entry in entries)
    said = f"newest receipt {newest:%Y-%m-%d %H:%M}, now {now:%Y-%m-%d %H:%M}"
    if newest <= now:
        return ok("clock", said)
    remedy = "set the machine's clock; until then what comes in counts as received then"
    return fault("clock", said, remedy)


def _problems(found: Survey) -> Iterator[Check]:
    kinds = Counter(problem.kind for problem in found.problems)
    for kind, number in sorted(kinds.items()):
        first = next(problem for problem in found.problems if problem.kind == kind)
        more = f" (and {number - 1} more)" if number > 1 else ""
        yield warning("data/raw", first.text_en() + more, "`govstats status` lists them all")
    if found.arrivals:
        said = f"{len(found.arrivals)} files are not registered yet"
        yield warning("data/raw", said, "the next run takes them in")


def _copies(settings: Settings, entries: Sequence[LedgerEntry], thorough: bool) -> Check:
    bad = [entry for entry in entries if not _is_kept(settings, entry, thorough)]
    how = "read and as registered" if thorough else "there (--thorough reads them)"
    if not bad:
        return ok("data/store", f"{len(entries)} copies {how}")
    lost = [e for e in bad if not _is_original(settings, e)]
    if not lost:
        said = f"{len(bad)} copies are missing or changed; the originals are as registered"
        return warning("data/store", said, "the next run makes them again from data/raw")
    said = f"{len(lost)} copies are missing or changed and so is the original: {lost[0].file}"
    return fault("data/store", said, f"restore data/store/{lost[0].stored_name} from a backup")


def _is_kept(settings: Settings, entry: LedgerEntry, thorough: bool) -> bool:
    path = settings.store / entry.stored_name
    return path.is_file() and (not thorough or sha256_file(path) == entry.sha256)


def _is_original(settings: Settings, entry: LedgerEntry) -> bool:
    path = settings.raw / entry.file
    return path.is_file() and sha256_file(path) == entry.sha256


def _read(settings: Settings, entries: Sequence[LedgerEntry]) -> Check:
    done = observations.read_summaries(settings.facts / reader_key(settings))
    waiting = [entry for entry in entries if entry.submission_id not in done]
    if not waiting:
        return ok("facts", f"{len(entries)} submissions are read")
    return warning(
        "facts", f"{len(waiting)} submissions wait to be read", "the next run reads them"
    )
