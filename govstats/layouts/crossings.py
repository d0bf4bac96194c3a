"""Observations of a table as columns: what stands at its crossings of rows and columns.

A sheet has hundreds of crossings that say the same in most of their columns. What does not
depend on a figure is worked out once for the table; the plain figures stay in the sheet's grid
until they are written or asked for.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from govstats.layouts.facts import Observation
from govstats.layouts.lazy import LazyRows
from govstats.workbooks.cells import Sheet, Stored, stored_cell
from govstats.workbooks.refilled import Picked, Refilled
from govstats.workbooks.values import interpret, stored

#: Columns of an observation that a ``Crossings`` says itself, in no order.
NAMES = (
    "cell", "row_number", "column_number", "row_label", "column_label", "indicator_code",
    "ref_area", "scope", "period_end", "period_type", "measure", "growth_basis", "cell_unit",
    "obs_status", "missing_kind",
)  # fmt: skip

#: Text and value of a crossing that holds no plain figure.
Given = tuple[str | None, Decimal | None]


@dataclass(frozen=True, eq=False)
class Frame:
    """What the observations of one part of a table say, whatever the plain figures are.

    ``columns`` has a list for each of ``NAMES``, all of one length and in the order of the sheet;
    ``given`` are text and value by position where something else than a plain figure stands.
    """

    columns: Mapping[str, Sequence[Any]]
    given: Mapping[int, Given]


@dataclass(frozen=True)
class Crossings:
    """The observations of one part of a table; ``sheet`` holds the plain figures."""

    layout_id: str
    source_precedence: int
    sheet: Sheet
    frame: Frame

    def __len__(self) -> int:
        """How many observations."""
        return len(self.frame.columns["cell"])

    def again(self) -> tuple[Picked, Sequence[float]] | None:
        """What stands at the crossings of a form filled in again, None for any other sheet."""
        grid, columns = self.sheet.grid, self.frame.columns
        if not isinstance(grid, Refilled):
            return None
        places = zip(columns["row_number"], columns["column_number"], strict=True)
        return grid.blank.picked(self.frame, places, self.figures), grid.figures

    def figures(self) -> list[Stored | Given]:
        """The stored double of each plain figure, text and value of everything else."""
        grid, columns, given = self.sheet.grid, self.frame.columns, self.frame.given
        places = zip(columns["row_number"], columns["column_number"], strict=True)
        if not given:
            return [grid[row - 1][column - 1] for row, column in places]
        return [
            given[at] if at in given else grid[row - 1][column - 1]
            for at, (row, column) in enumerate(places)
        ]


class Observations(LazyRows[Observation]):
    """The observations of a file.

    Args:
        submission_id: of the file.
        department: who sent it.
        tables: one per part of a table.
    """

    def __init__(self, submission_id: str, department: str, tables: Sequence[Crossings]) -> None:
        self.submission_id = submission_id
        self.department = department
        self.tables = tuple(tables)

    def __len__(self) -> int:
        """How many observations, without making any."""
        return sum(map(len, self.tables))

    def _make(self) -> Iterator[Observation]:
        for table in self.tables:
            lists = [table.frame.columns[name] for name in NAMES]
            for figure, said in zip(table.figures(), zip(*lists, strict=True), strict=True):
                text, value = given(figure)
                yield Observation(
                    submission_id=self.submission_id,
                    department_code=self.department,
                    layout_id=table.layout_id,
                    source_precedence=table.source_precedence,
                    sheet=table.sheet.name,
                    value_text=text,
                    cell_value=value,
                    **dict(zip(NAMES, said, strict=True)),
                )


def given(figure: Stored | Given) -> Given:
    """Text and value of a crossing."""
    if isinstance(figure, tuple):
        return figure
    read = interpret(stored_cell(1, 1, figure), ())
    return read.text, None if read.value is None else stored(read.value)
