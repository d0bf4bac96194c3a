"""What a picture of a sheet consists of; small enough to leave the process that read the file."""

from dataclasses import dataclass
from typing import Literal

from govstats.layouts.facts import Observation

#: The layouts of a file that was read; the nearest layout of one that is refused; its shape.
Basis = Literal["read", "tried", "inferred"]


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one cell was read as.

    ``fate`` is a fate of ``layouts.facts`` or one of the further kinds in ``marks.toml``,
    ``detail`` what the reader says of it, ``observation`` what was read from it.
    """

    fate: str
    detail: str = ""
    observation: Observation | None = None


@dataclass(frozen=True, slots=True)
class Box:
    """One place of the picture, spanning others where cells are merged.

    ``text`` is what the sheet shows, ``stored`` what is stored where that differs; both are ''
    for an empty place, whose ``meaning`` is None.
    """

    row: int
    column: int
    text: str = ""
    stored: str = ""
    is_figure: bool = False
    meaning: Meaning | None = None
    rows: int = 1
    columns: int = 1
    is_hidden: bool = False


@dataclass(frozen=True)
class Line:
    """One row of the sheet; places that a merged cell covers have no box."""

    row: int
    boxes: tuple[Box, ...]
    is_hidden: bool = False


@dataclass(frozen=True)
class Band:
    """Rows that follow each other on the sheet; ``skipped`` rows above it are left out."""

    lines: tuple[Line, ...]
    skipped: int = 0


@dataclass(frozen=True)
class SheetPicture:
    """One sheet, whole or in part.

    ``columns`` are the column numbers shown; ``counts`` has (fate, cells) of the whole sheet;
    ``basis`` says what the meanings rest on, ``layout_id`` which layout was tried.
    """

    name: str
    is_visible: bool
    cells: int
    merged: int
    last_row: int
    last_column: int
    columns: tuple[int, ...]
    bands: tuple[Band, ...]
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    counts: tuple[tuple[str, int], ...] = ()
    basis: Basis = "read"
    layout_id: str = ""

    @property
    def rows_shown(self) -> int:
        """Rows of the sheet that the picture shows."""
        return sum(len(band.lines) for band in self.bands)
