"""What a department handed in, and how it comes to lie on disk."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path


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


def write_if_new(path: Path, content: bytes) -> None:
    """Write a file, unless it is already there with the same content."""
    if path.is_file() and path.read_bytes() == content:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
