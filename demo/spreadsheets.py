"""Write the demonstration's spreadsheets; the same seed gives the same bytes."""

from dataclasses import dataclass
from datetime import datetime
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from demo.book import Book
from demo.figures import build, edition_of
from demo.grid import body
from demo.knowledge import load
from demo.notes import footers
from demo.periods import Period
from demo.schedule import arrivals
from demo.workbook import draw

DEFAULT_SEED = 2020
EDITION_MARKS = {"first": "", "revised": "(修订)"}


@dataclass(frozen=True)
class Delivery:
    """One spreadsheet as a department handed it in.

    ``path`` is relative to the raw folder, ``period`` is YYYY-MM (last month), and
    ``received_at`` is the district's local time.
    """

    path: Path
    department: str
    period: str
    received_at: datetime


def generate(raw: Path, seed: int = DEFAULT_SEED) -> list[Delivery]:
    """Write every sheet below ``raw`` and list them in order of receipt.

    A file that is already there with the same content is left alone.
    """
    knowledge = load()
    book = build(knowledge, seed)
    deliveries = []
    for (sheet_id, period, edition), received in arrivals(knowledge.schedule).items():
        sheet = knowledge.sheets[sheet_id]
        delivery = _delivery(sheet, Period.parse(period), edition, received)
        content = _content(edition_of(book, sheet_id, period, edition), sheet, delivery, edition)
        _write_if_new(raw / delivery.path, content)
        deliveries.append(delivery)
    return sorted(deliveries, key=lambda item: (item.received_at, item.path.as_posix()))


def _delivery(sheet: dict[str, Any], period: Period, edition: str, received: datetime) -> Delivery:
    name = sheet["file"].format(label=period.label, edition=EDITION_MARKS[edition])
    path = Path(sheet["folder"]) / str(period) / name
    return Delivery(path, sheet["folder"], str(period), received)


def _content(book: Book, sheet: dict[str, Any], delivery: Delivery, edition: str) -> bytes:
    period = Period.parse(delivery.period)
    rows = body(book, sheet, period)
    blank_row = any(
        fnmatchcase(delivery.period, pattern) for pattern in sheet.get("blank_row_after_title", [])
    )
    notes = footers(book, sheet, period, rows, edition)
    return draw(sheet, period.label, rows, notes, delivery.received_at, blank_row)


def _write_if_new(path: Path, content: bytes) -> None:
    if path.is_file() and path.read_bytes() == content:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
