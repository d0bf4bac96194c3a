"""One thing that is kept no longer."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Kind(StrEnum):
    """What a thing is."""

    RELEASE = "release"
    FACTS = "facts"
    LEFTOVER = "leftover"
    LOG = "log"


@dataclass(frozen=True)
class Item:
    """A file or folder that goes, its size in bytes, and why."""

    kind: Kind
    path: Path
    size: int
    why: str
