"""The ledger: one line per submission, appended once, never edited.

``data/raw/ledger.csv`` says which file came from which department for which period, with the
hash of its bytes and the time it was received. Together with the files it is all that is
needed to rebuild everything else.
"""

import csv
import hashlib
import io
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from pathlib import Path

from govstats.errors import GovstatsError


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
        GovstatsError: a heading or line is not as written by this module.
    """
    if not path.exists():
        return []
    text = path.read_text(encoding="utf-8")
    whole = text[: text.rfind("\n") + 1]
    rows = list(csv.reader(io.StringIO(whole)))
    if rows and rows[0] != COLUMNS:
        raise GovstatsError(
            f"{path.name}: headings are {rows[0]}, expected {COLUMNS}",
            "restore the ledger from a backup; it is never edited by hand",
        )
    return [_parse(path, number, row) for number, row in enumerate(rows[1:], start=2)]


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
        raise GovstatsError(
            f"{path.name} line {number} is not a ledger entry: {','.join(row)} ({error})",
            "restore the line from a backup; it is never edited by hand",
        ) from error
    expected = submission_id(entry.department_code, entry.time_period, entry.sha256)
    if entry.submission_id != expected:
        raise GovstatsError(
            f"{path.name} line {number} was edited: submission {entry.submission_id}, "
            f"its department, period and hash give {expected}",
            "restore the line from a backup; it is never edited by hand",
        )
    return entry


def append(path: Path, entries: Iterable[LedgerEntry]) -> None:
    """Add entries at the end and flush them to disk; the caller holds the ledger's lock."""
    path.parent.mkdir(parents=True, exist_ok=True)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    if not path.exists() or path.stat().st_size == 0:
        writer.writerow(COLUMNS)
    for entry in entries:
        row = asdict(entry) | {"received_at": entry.received_at.isoformat()}
        writer.writerow([row[name] for name in COLUMNS])
    _drop_torn_line(path)
    with path.open("ab") as handle:
        handle.write(out.getvalue().encode())
        handle.flush()
        os.fsync(handle.fileno())


def _drop_torn_line(path: Path) -> None:
    if not path.exists():
        return
    content = path.read_bytes()
    whole = content.rfind(b"\n") + 1
    if whole < len(content):
        with path.open("r+b") as handle:
            handle.truncate(whole)
