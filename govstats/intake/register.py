"""Registering files: hash, keep the bytes, add a line to the ledger."""

import hashlib
import logging
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from govstats.errors import GovstatsError
from govstats.files import exclusive, sha256_file, write_atomic
from govstats.intake import ledger, problems
from govstats.intake.ledger import LedgerEntry
from govstats.intake.places import Place, Registry, candidates, is_writable, leads_outside
from govstats.intake.problems import IntakeProblem
from govstats.intake.settling import settled
from govstats.settings import Settings

log = logging.getLogger("govstats")

_LOCK_WAIT_SECONDS = 60


@dataclass(frozen=True)
class Survey:
    """The ledger beside what lies in ``data/raw``: entries, files not yet registered, problems."""

    entries: tuple[LedgerEntry, ...]
    arrivals: tuple[tuple[Path, Place], ...]
    problems: tuple[IntakeProblem, ...]

    def as_of(self, day: date) -> "Survey":
        """Return what had been received by the end of a day of the district.

        Files that lie there unregistered, and what is wrong with files, belong to today: nobody
        knows since when, so the past has neither.
        """
        entries = (entry for entry in self.entries if entry.received_at.date() <= day)
        return Survey(tuple(entries), arrivals=(), problems=())


def survey(settings: Settings) -> Survey:
    """Compare ``data/raw`` with the ledger and change nothing."""
    entries = ledger.read(settings.ledger)
    registry = Registry.load(settings)
    files = candidates(settings.raw) if settings.raw.is_dir() else []
    known = {entry.file: entry for entry in entries}
    by_id = {entry.submission_id: entry for entry in entries}
    arrivals: list[tuple[Path, Place]] = []
    found = [
        problems.vanished(entry) for entry in entries if not _is_there(settings.raw / entry.file)
    ]
    for file in files:
        problem = _judge(settings, file, registry, known, by_id, arrivals)
        if problem is not None:
            found.append(problem)
    ordered = sorted(found, key=lambda problem: (problem.file, problem.kind))
    return Survey(tuple(entries), tuple(arrivals), tuple(ordered))


def _is_there(path: Path) -> bool:
    try:
        return path.is_file()
    except PermissionError:
        return False  # behind a folder that is closed to this user


def _judge(
    settings: Settings,
    file: Path,
    registry: Registry,
    known: dict[str, LedgerEntry],
    by_id: dict[str, LedgerEntry],
    arrivals: list[tuple[Path, Place]],
) -> IntakeProblem | None:
    """Return what is wrong with one file; a new and sound one joins ``arrivals``."""
    if not is_writable(file):
        return problems.misnamed(file)
    if leads_outside(settings.raw, file):
        return problems.linked(file)
    try:
        sha256 = sha256_file(settings.raw / file)
    except (FileNotFoundError, NotADirectoryError):
        return None  # taken away between the listing and now: as if it had never been there
    except OSError as error:
        return problems.unreadable(file, error)  # one closed file holds up no other
    entry = known.get(file.as_posix())
    if entry is not None:
        return None if entry.sha256 == sha256 else problems.tampered(entry, sha256)
    place = registry.place(file)
    if place is None:
        return problems.unplaced(file, registry)
    twin = by_id.get(ledger.submission_id(place.department_code, place.time_period, sha256))
    if twin is not None:
        return problems.duplicate(file, twin)
    arrivals.append((file, place))
    return None


def take_in(settings: Settings) -> list[LedgerEntry]:
    """Register every new file in ``data/raw``, received now; return the new entries.

    A file that somebody is still writing is left to the next call.
    """
    with ledger_lock(settings):
        found = survey(settings)
        now = _now(settings, found.entries)
        whole = settled(settings.raw, (f for f, _ in found.arrivals), settings.quiet_seconds)
        return _enter(settings, [(f, place, now) for f, place in found.arrivals if f in whole])


def _now(settings: Settings, entries: Sequence[LedgerEntry]) -> datetime:
    """The time of receipt of what is there now; never before that of what came in earlier.

    A clock that was set back would make a revision older than the sheet it revises.
    """
    now = datetime.now(ZoneInfo(settings.timezone)).replace(microsecond=0)
    newest = max((entry.received_at for entry in entries), default=now)
    if newest <= now:
        return now
    log.warning(
        "intake: the clock says %s, the newest receipt is of %s: what comes in counts as received "
        "then; set the machine's clock",
        now.isoformat(),
        newest.isoformat(),
    )
    return newest.astimezone(now.tzinfo)


def register(settings: Settings, deliveries: list[tuple[Path, datetime]]) -> list[LedgerEntry]:
    """Register files with the time they were really received, for backlogs and demonstrations.

    Args:
        settings: the installation.
        deliveries: path below ``data/raw`` and time of receipt; a time without an offset is
            the district's local time.

    Returns:
        The new entries; files that were registered before are left out.

    Raises:
        GovstatsError: a path names no known department and legal period.
    """
    registry = Registry.load(settings)
    zone = ZoneInfo(settings.timezone)
    with ledger_lock(settings):
        known = {entry.file for entry in ledger.read(settings.ledger)}
        placed = []
        for file, received in deliveries:
            place = registry.place(file)
            if place is None or not is_writable(file):
                problem = problems.misnamed(file) if place else problems.unplaced(file, registry)
                raise GovstatsError(problem.found_en, problem.remedy_en)
            if file.as_posix() not in known:
                local = received if received.tzinfo else received.replace(tzinfo=zone)
                placed.append((file, place, local.astimezone(zone)))
        return _enter(settings, placed)


def _enter(settings: Settings, placed: list[tuple[Path, Place, datetime]]) -> list[LedgerEntry]:
    existing = ledger.read(settings.ledger)
    taken = {entry.submission_id for entry in existing}
    number = max((entry.sequence_number for entry in existing), default=0)
    entries: list[LedgerEntry] = []
    for file, place, received in placed:
        entry = _keep(settings, file, place, received, number + 1)
        if entry is not None and entry.submission_id not in taken:
            taken.add(entry.submission_id)
            entries.append(entry)
            number += 1
    if entries:
        ledger.append(settings.ledger, entries)
    return entries


def _keep(
    settings: Settings, file: Path, place: Place, received: datetime, number: int
) -> LedgerEntry | None:
    """Keep the bytes before the ledger names them; None when the file vanishes or changes now."""
    path = settings.raw / file
    try:
        before = path.stat()
        content = path.read_bytes()
        after = path.stat()
    except OSError:
        return None  # the next scan sees it again, says what is wrong with it, or never does
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        return None  # still being written; the next scan takes it whole
    digest = hashlib.sha256(content).hexdigest()
    entry = LedgerEntry(
        sequence_number=number,
        submission_id=ledger.submission_id(place.department_code, place.time_period, digest),
        department_code=place.department_code,
        time_period=place.time_period,
        file=file.as_posix(),
        sha256=digest,
        size_bytes=len(content),
        received_at=received,
    )
    if not (settings.store / entry.stored_name).exists():
        write_atomic(settings.store / entry.stored_name, content)
    return entry


def kept_copy(settings: Settings, entry: LedgerEntry) -> Path:
    """Return the path of the bytes kept at registration.

    A copy lost from the store is made again from ``data/raw`` while that file is unchanged.

    Raises:
        GovstatsError: the bytes are in neither place.
    """
    stored = settings.store / entry.stored_name
    if stored.is_file() and sha256_file(stored) == entry.sha256:
        return stored
    original = settings.raw / entry.file
    if original.is_file() and sha256_file(original) == entry.sha256:
        write_atomic(stored, original.read_bytes())
        return stored
    raise GovstatsError(
        f"the bytes of {entry.submission_id} ({entry.file}) are neither in data/store nor in "
        f"data/raw as registered (SHA-256 {entry.sha256[:12]}…)",
        f"restore data/store/{entry.stored_name} or data/raw/{entry.file} from a backup",
    )


def ledger_lock(settings: Settings) -> AbstractContextManager[None]:
    """Keep others from registering files while the body runs; waits for one who does."""
    return exclusive(settings.data / ".ledger.lock", "registering files", _LOCK_WAIT_SECONDS)
