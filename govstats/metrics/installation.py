"""What lies in the data folder: files that wait, candidates, releases, steps, the disk."""

import os
import platform
import shutil
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from govstats import __version__, fingerprint, signoff, steps
from govstats.errors import GovstatsError
from govstats.intake import ledger
from govstats.intake.places import candidates as files_in
from govstats.metrics.model import Family, by, one
from govstats.release import releases
from govstats.settings import Settings
from govstats.warehouse import candidate

_ENGINES = {"dbt": "dbt-core", "duckdb": "duckdb", "great_expectations": "great-expectations"}
_FOLDERS = ("raw", "store", "facts", "work", "candidates", "releases", "logs", "metrics")


def families(settings: Settings) -> Iterator[Family]:
    """Count what lies there; a part that cannot be read is left out."""
    yield _build()
    for part in (_intake, _candidates, _releases, _steps, _disk):
        try:
            yield from part(settings)
        except (GovstatsError, OSError, ValueError, KeyError, TypeError):
            continue  # `govstats doctor` says what is wrong with it


def _build() -> Family:
    labels = {"version": __version__, "python": platform.python_version()}
    for name, package in _ENGINES.items():
        try:
            labels[name] = version(package)
        except PackageNotFoundError:
            labels[name] = "none"
    return Family("build_info", "Versions of the program.", [(labels, 1.0)])


def _intake(settings: Settings) -> Iterator[Family]:
    entries = ledger.read(settings.ledger)
    yield one("ledger_submissions", "Submissions on the ledger.", len(entries))
    known = {entry.file for entry in entries}
    waiting = [path for path in _files(settings) if path.as_posix() not in known]
    words = "Files in data/raw that are not on the ledger: new, misplaced or sent twice."
    yield one("files_not_registered", words, len(waiting))
    if entries:
        newest = max(entry.received_at for entry in entries).timestamp()
        yield one("newest_receipt_timestamp_seconds", "When the newest file came in.", newest)


def _files(settings: Settings) -> list[Path]:
    return files_in(settings.raw) if settings.raw.is_dir() else []


def _candidates(settings: Settings) -> Iterator[Family]:
    found = settings.candidates.iterdir() if settings.candidates.is_dir() else ()
    names = [path.name for path in found if path.is_dir() and not path.name.startswith(".")]
    own = [name for name in names if not fingerprint.is_past(name)]
    held = [name for name in own if candidate.is_held(settings, name)]
    yield one("candidates_held", "Candidates that the audit holds as a whole.", len(held))
    unsigned = [each for each in signoff.waiting(settings) if each.signature is None]
    words = "Candidates that wait for a sign-off; 0 where none is wanted."
    yield one("candidates_unsigned", words, len(unsigned) if settings.sign_off else 0)


def _releases(settings: Settings) -> Iterator[Family]:
    kept = releases.list_all(settings) if settings.releases.is_dir() else []
    pasts = sum(item["as_of"] is not None for item in kept)
    counted = [("release", float(len(kept) - pasts)), ("past", float(pasts))]
    yield by("kind", "releases_kept", "Releases and rebuilt pasts that are kept.", counted)


def _steps(settings: Settings) -> Iterator[Family]:
    known = steps.ends(settings)
    well = [(name, each["last_success"]) for name, each in known.items()]
    words = "When the step last ended well."
    yield by("step", "step_last_success_timestamp_seconds", words, _given(well))
    ill = [(name, each["last_failure"]) for name, each in known.items()]
    words = "When the step last failed."
    yield by("step", "step_last_failure_timestamp_seconds", words, _given(ill))
    took = [(name, each["last_seconds"]) for name, each in known.items()]
    yield by("step", "step_last_duration_seconds", "How long the step took last.", took)
    samples = [
        ({"step": name, "outcome": outcome}, float(number))
        for name, each in sorted(known.items())
        for outcome, number in sorted(each["ends"].items())
        if outcome in steps.OUTCOMES
    ]
    yield Family("step_ends", "How often the step ended so.", [*samples], "counter")


def _given(pairs: list[tuple[str, float | None]]) -> list[tuple[str, float]]:
    return [(name, value) for name, value in pairs if value is not None]


def _disk(settings: Settings) -> Iterator[Family]:
    if not settings.data.is_dir():
        return
    usage = shutil.disk_usage(settings.data)
    yield one("disk_free_bytes", "Free space where the data folder lies.", usage.free)
    yield one("disk_size_bytes", "Size of the disk where the data folder lies.", usage.total)
    sizes = [(name, float(_size(settings.data / name))) for name in _FOLDERS]
    yield by("folder", "data_bytes", "Bytes in each part of the data folder.", sizes)


def _size(folder: Path) -> int:
    """Sum of the sizes of the files below a folder; links are not followed."""
    total = 0
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    total += _size(Path(entry.path))
                elif entry.is_file(follow_symlinks=False):
                    total += _bytes(entry)
    except FileNotFoundError:
        return total
    return total


def _bytes(entry: os.DirEntry[str]) -> int:
    try:
        return entry.stat(follow_symlinks=False).st_size
    except FileNotFoundError:
        return 0
