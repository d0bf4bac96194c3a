"""What a look at a file's bytes yields: enough to parse it safely and to read it whole."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from govstats.workbooks.cells import Merge, Place, Stored
from govstats.workbooks.limits import Limits
from govstats.workbooks.places import address
from govstats.workbooks.refusals import Fact, Refused

Format = Literal["xlsx", "xlsm", "xlsb", "xls", "ods", "csv"]


@dataclass
class SheetFacts:
    """What the parser of cells does not tell about one sheet."""

    #: Error text (#N/A, #DIV/0! …), or ``=formula`` where no result was ever stored.
    errors: dict[Place, str] = field(default_factory=dict)
    #: Numbers shown as percentages: 0.081 that people read as 8.1%.
    percents: set[Place] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    #: Merged ranges; None where the parser tells them itself.
    merges: list[Merge] | None = None
    #: Number formats by place, looked up when first asked for.
    formats: Callable[[], Mapping[Place, str]] | None = None
    #: The text each cell shows, where the file itself says it.
    shown: Mapping[Place, str] = field(default_factory=dict)
    #: Texts that the parser reads wrongly, as they are.
    texts: dict[Place, str] = field(default_factory=dict)
    #: The sheet's name, where the parser reads that wrongly.
    name: str = ""
    last_row: int = 0
    last_column: int = 0


@dataclass(frozen=True)
class Scan:
    """A file that may be parsed.

    ``content`` are its bytes; ``sheets`` what is known beforehand, by sheet
    name (or number where names are not told apart safely); ``grid`` the
    cells themselves for formats that need no parser.
    """

    format: Format
    content: bytes
    sheets: Mapping[str | int, SheetFacts] = field(default_factory=dict)
    epoch_1904: bool = False
    unpacked_bytes: int = 0
    grid: list[list[Stored]] | None = None

    @property
    def last_row(self) -> int:
        """The farthest row with content, as far as it had to be known."""
        return max((facts.last_row for facts in self.sheets.values()), default=0)

    @property
    def last_column(self) -> int:
        """The farthest column with content, as far as it had to be known."""
        return max((facts.last_column for facts in self.sheets.values()), default=0)


def unsafe(variant: str, found: int, allowed: int) -> Refused:
    """More of something than ``Limits`` allow."""
    return Refused("unsafe_archive", variant=variant, found=f"{found:,}", allowed=f"{allowed:,}")


def check_area(row: int, column: int, limits: Limits, sheet: str = "") -> None:
    """Refuse a sheet whose content reaches so far that a grid of it would not fit.

    Raises:
        Refused: ``unsafe_archive`` with the farthest cell.
    """
    if row * column > limits.cell_area:
        far = address(row, min(column, 18_278))
        raise Refused(
            "unsafe_archive",
            variant="cell_area",
            sheet=sheet,
            cell=far,
            allowed=f"{limits.cell_area:,}",
        )


def cell_too_long(length: int, limits: Limits, part: str, cell: str = "") -> Refused:
    """One cell with more text than a spreadsheet can hold."""
    variant = "cell" if cell else "part"
    more: dict[str, Fact] = {
        "part": part,
        "found": f"{length:,}",
        "allowed": f"{limits.cell_text:,}",
    }
    sheet = part if cell else ""
    return Refused("cell_too_long", variant=variant, sheet=sheet, cell=cell, more=more)
