"""The book of decisions, ``data/signoffs.csv``: lines are added and never changed.

It lies beside the releases and not among the seeds: what a person decides about a release must
not change what the release is made of.
"""

import csv
import io
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from pathlib import Path

from govstats.csvtext import inert
from govstats.errors import GovstatsError
from govstats.files import exclusive, write_atomic
from govstats.settings import Settings

FILE = "signoffs.csv"
APPROVED, REJECTED = "approved", "rejected"
_REMEDY = f"restore {FILE} from a backup; only `govstats sign-off` and Airflow write it"
_WAIT_SECONDS = 10.0


@dataclass(frozen=True)
class Signature:
    """One decision: ``approved`` or ``rejected``, by whom, when, and what was said about it.

    ``decided_at`` carries the district's offset from UTC; ``note`` may be empty.
    """

    release_id: str
    decision: str
    decided_by: str
    decided_at: datetime
    note: str = ""

    @property
    def counts(self) -> bool:
        """Whether it lets the release pass."""
        return self.decision == APPROVED

    def as_dict(self) -> dict[str, str]:
        """Return its fields as texts, the time as ISO 8601."""
        return asdict(self) | {"decided_at": self.decided_at.isoformat()}


COLUMNS = tuple(field.name for field in fields(Signature))


def path(settings: Settings) -> Path:
    """Return where the book lies; it need not exist."""
    return settings.data / FILE


def read(settings: Settings) -> list[Signature]:
    """Return all decisions in the order in which they were made.

    Raises:
        GovstatsError: the book is not as written by this module; names the line.
    """
    book = path(settings)
    try:
        rows = list(csv.reader(io.StringIO(book.read_text(encoding="utf-8"), newline="")))
    except FileNotFoundError:
        return []
    except (UnicodeDecodeError, csv.Error) as error:
        raise GovstatsError(f"{FILE} cannot be read: {error}", _REMEDY) from error
    if not rows or tuple(rows[0]) != COLUMNS:
        raise GovstatsError(f"{FILE} does not begin with {','.join(COLUMNS)}", _REMEDY)
    return [_signature(row, number) for number, row in enumerate(rows[1:], start=2)]


def latest(settings: Settings, release_id: str) -> Signature | None:
    """Return the last decision on a release, which is the one that counts; None without any."""
    found = [each for each in read(settings) if each.release_id == release_id]
    return found[-1] if found else None


def approval(settings: Settings, release_id: str) -> Signature | None:
    """Return the decision that lets a release pass, None where there is none or it was rejected."""
    found = latest(settings, release_id)
    return found if found is not None and found.counts else None


def append(settings: Settings, signature: Signature) -> Signature:
    """Add a decision; saying the same again after the last one adds nothing.

    The book is replaced as a whole, so that a kill leaves the old one or the new one.

    Returns:
        The decision that counts: the given one, or the same that was there already.
    """
    with exclusive(settings.data / ".signoffs.lock", "signing", _WAIT_SECONDS):
        before = read(settings)
        last = next((s for s in reversed(before) if s.release_id == signature.release_id), None)
        if last is not None and _said(last) == _said(signature):
            return last
        text = io.StringIO()
        lines = csv.writer(text, lineterminator="\n")
        lines.writerow(COLUMNS)
        lines.writerows(each.as_dict().values() for each in (*before, signature))
        write_atomic(path(settings), text.getvalue().encode())
    return signature


def plain_text(text: str) -> str:
    """Return a person's words as one line that no terminal or spreadsheet program acts on."""
    words = "".join(c if c.isprintable() else " " for c in text)
    return inert(" ".join(words.split()))


def _said(signature: Signature) -> tuple[str, str, str]:
    return signature.decision, signature.decided_by, signature.note


def _signature(row: list[str], number: int) -> Signature:
    try:
        values = dict(zip(COLUMNS, row, strict=True))
        moment = datetime.fromisoformat(values["decided_at"])
    except ValueError as error:
        raise GovstatsError(f"{FILE} line {number} cannot be read: {error}", _REMEDY) from error
    if values["decision"] not in (APPROVED, REJECTED) or not values["decided_by"]:
        raise GovstatsError(f"{FILE} line {number} is no decision: {','.join(row)}", _REMEDY)
    return Signature(
        values["release_id"], values["decision"], values["decided_by"], moment, values["note"]
    )
