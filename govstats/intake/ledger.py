"""The ledger: one line per submission, appended once, never edited.

``data/raw/ledger.csv`` says which file came from which department for which period, with the
hash of its bytes and the time it was received. Together with the files it is all that is
needed to rebuild everything else.
"""

import csv
import hashlib
import io
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from pathlib import Path, PurePosixPath

from govstats.errors import GovstatsError

_REMEDY = (
    "put the ledger of the last `govstats backup` in its place (it is never edited by hand); "
    "later files are registered anew, for the originals in data/raw and the copies in data/store "
    "are untouched"
)


_CODE = re.compile(r"[A-Za-z0-9_]+")
_PERIOD = re.compile(r"[0-9]{4}-[0-9]{2}")
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class LedgerEntry:
    """One registered submission; ``file`` is its path below ``data/raw``.

    ``received_at`` carries the district's offset from UTC.
    """

    sequence_number: int
    submission_id: str
    department_code: str
    time_period: str
    file: str
    sha256: str
    size_bytes: int
    received_at: datetime

    @property
    def stored_name(self) -> str:
        """Name of the kept copy in ``data/store``."""
        return self.sha256 + Path(self.file).suffix.lower()


COLUMNS = [field.name for field in fields(LedgerEntry)]


def submission_id(department_code: str, time_period: str, sha256: str) -> str:
    """Name a submission by who, when and what: the same bytes get the same name anywhere."""
    digest = hashlib.sha256(f"{department_code}|{time_period}|{sha256}".encode()).hexdigest()
    return f"{department_code}-{time_period}-{digest[:10]}"


def read(path: Path) -> list[LedgerEntry]:
    """Return the entries in order of registration; an absent ledger is an empty one.

    A last line without its line end was cut off by a kill while it was written: its file is
    not registered yet and is taken in again at the next scan.

    Raises:
        GovstatsError: a heading or line is not as written by this module, twice there, or one is
            missing before it; nothing is registered on top of a ledger that cannot be trusted.
    """
    if not path.exists():
        return []
    content = path.read_bytes()
    rows = list(_rows(path, content[: content.rfind(b"\n") + 1]))
    if rows and rows[0][1] != COLUMNS:
        raise GovstatsError(f"{path.name}: headings are {rows[0][1]}, expected {COLUMNS}", _REMEDY)
    entries = [_parse(path, number, row) for number, row in rows[1:]]
    _check_order(path, entries)
    return entries


def _rows(path: Path, whole: bytes) -> Iterator[tuple[int, list[str]]]:
    """Give the rows with the number of their last line; a line may be anything but text."""
    try:
        reader = csv.reader(io.StringIO(whole.decode("utf-8"), newline=""))
    except UnicodeDecodeError as error:
        number = whole.count(b"\n", 0, error.start) + 1
        raise _garbled(path, number, "it is not UTF-8 text") from None
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise _garbled(path, reader.line_num, str(error)) from None
        yield reader.line_num, row


def _garbled(path: Path, number: int, said: str) -> GovstatsError:
    return GovstatsError(f"{path.name} line {number} is not a ledger entry: {said}", _REMEDY)


def _check_order(path: Path, entries: Sequence[LedgerEntry]) -> None:
    """Every line has the number after that of the line before, and names something new."""
    seen: set[str] = set()
    for expected, entry in enumerate(entries, start=1):
        if entry.sequence_number != expected:
            raise _garbled(
                path,
                expected + 1,
                f"its number is {entry.sequence_number}, expected {expected}: "
                "lines are missing, doubled or out of order",
            )
        if entry.submission_id in seen:
            raise _garbled(path, expected + 1, f"{entry.submission_id} is there already")
        seen.add(entry.submission_id)


def _parse(path: Path, number: int, row: list[str]) -> LedgerEntry:
    try:
        values = dict(zip(COLUMNS, row, strict=True))
        entry = LedgerEntry(
            sequence_number=int(values["sequence_number"]),
            submission_id=values["submission_id"],
            department_code=values["department_code"],
            time_period=values["time_period"],
            file=values["file"],
            sha256=values["sha256"],
            size_bytes=int(values["size_bytes"]),
            received_at=datetime.fromisoformat(values["received_at"]),
        )
    except ValueError as error:
        raise _garbled(path, number, f"{','.join(row)} ({error})") from error
    _refuse_paths(path, number, entry)
    expected = submission_id(entry.department_code, entry.time_period, entry.sha256)
    if entry.submission_id != expected:
        raise GovstatsError(
            f"{path.name} line {number} was edited: submission {entry.submission_id}, "
            f"its department, period and hash give {expected}",
            _REMEDY,
        )
    return entry


def _refuse_paths(path: Path, number: int, entry: LedgerEntry) -> None:
    """Names of files are made of these: nothing but names may stand there, however it came."""
    file = PurePosixPath(entry.file)
    sound = (
        _CODE.fullmatch(entry.department_code)
        and _PERIOD.fullmatch(entry.time_period)
        and _SHA256.fullmatch(entry.sha256)
        and not (file.is_absolute() or ".." in file.parts or "\0" in entry.file)
    )
    if not sound:
        raise GovstatsError(
            f"{path.name} line {number} names what may lie outside data/raw, or no hash: "
            f"{entry.file!r}",
            _REMEDY,
        )


def append(path: Path, entries: Iterable[LedgerEntry]) -> None:
    """Add entries at the end and flush them to disk; the caller holds the ledger's lock.

    Where that fails, for want of space or the like, the ledger is as before.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    _drop_torn_line(path)
    before = path.stat().st_size if path.exists() else 0
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    if not before:
        writer.writerow(COLUMNS)
    for entry in entries:
        row = asdict(entry) | {"received_at": entry.received_at.isoformat()}
        writer.writerow([row[name] for name in COLUMNS])
    content = out.getvalue().encode()
    try:
        with path.open("ab") as handle:
            handle.write(content)
            handle.flush()
            os.fsync(handle.fileno())
    except OSError:
        with suppress(OSError):
            os.truncate(path, before)
        raise


def _drop_torn_line(path: Path) -> None:
    if not path.exists():
        return
    content = path.read_bytes()
    whole = content.rfind(b"\n") + 1
    if whole < len(content):
        os.truncate(path, whole)
