"""What was read of a file, to be said again of others of its form."""

from collections import Counter
from dataclasses import dataclass, replace

from govstats.layouts.cellfates import CellFates
from govstats.layouts.crossings import Observations
from govstats.layouts.extract import Origin
from govstats.layouts.facts import Reading
from govstats.workbooks.cells import Place, Sheet, Workbook
from govstats.workbooks.outline import Outline, places_of
from govstats.workbooks.refilled import Blank, Refilled
from govstats.workbooks.watched import Spot


@dataclass(frozen=True)
class Known:
    """What was read of a file, and the places of the figures that were looked at for it."""

    reading: Reading
    sheets: tuple[Sheet, ...]
    looked_at: tuple[Spot, ...]
    values: tuple[str, ...]

    def holds(self, workbook: Workbook) -> bool:
        """Whether another file with the same words has the same figures there."""
        return values_at(workbook, self.looked_at) == self.values

    def moved(self, workbook: Workbook, origin: Origin) -> Reading:
        """The reading of that other file."""
        reading, submission = self.reading, origin.submission_id
        there = {id(old): new for old, new in zip(self.sheets, workbook.sheets, strict=True)}
        crossings, fates = reading.observations, reading.cells
        if not isinstance(crossings, Observations) or not isinstance(fates, CellFates):
            raise TypeError("a reading keeps its observations and cells as columns")
        tables = [replace(table, sheet=there[id(table.sheet)]) for table in crossings.tables]
        sheets = [replace(sheet, sheet=there[id(sheet.sheet)]) for sheet in fates.sheets]
        entries = (replace(table, sheet=there[id(table.sheet)]) for table in reading.entries)
        return Reading(
            reading.tables,
            Observations(submission, origin.department, tables),
            CellFates(submission, sheets),
            tuple(entries),
            reading.notes,
            reading.is_form,
        )


def values_at(workbook: Workbook, places: tuple[Spot, ...]) -> tuple[str, ...]:
    """Figures as texts that tell any two apart."""
    return tuple(repr(workbook.sheets[at].grid[row][column]) for at, row, column in places)


class Exact:
    """A reading for files that are alike to the byte but for figures that nobody looked at.

    Args:
        known: what was read.
        workbook: of which.
        own: the outline of its file.
    """

    def __init__(self, known: Known, workbook: Workbook, own: Outline) -> None:
        self._known = known
        self._workbook = workbook
        free: list[dict[Place, int]] = [{} for _ in workbook.sheets]
        fixed = []
        looked_at = frozenset(known.looked_at)
        for number, spot in enumerate(_spots(workbook, own)):
            if spot is None or spot in looked_at:
                fixed.append((number, own.texts[number]))
            else:
                at, row, column = spot
                free[at][row + 1, column + 1] = number
        self._fixed = tuple(fixed)
        self._blanks = [
            Blank(sheet.grid, places) for sheet, places in zip(workbook.sheets, free, strict=True)
        ]

    def holds(self, own: Outline) -> bool:
        """Whether another file of the same outline has the same figures where they matter."""
        texts = own.texts
        return all(texts[number] == text for number, text in self._fixed)

    def read(self, own: Outline, origin: Origin) -> tuple[Workbook, Reading]:
        """That other file and its reading."""
        pairs = zip(self._workbook.sheets, self._blanks, strict=True)
        sheets = (replace(sheet, grid=Refilled(blank, own.figures)) for sheet, blank in pairs)
        workbook = replace(self._workbook, sheets=tuple(sheets))
        return workbook, self._known.moved(workbook, origin)


def _spots(workbook: Workbook, own: Outline) -> list[Spot | None]:
    """Where each figure of an outline stands, None where it is no plain figure of one cell."""
    numbers = {sheet.name: number for number, sheet in enumerate(workbook.sheets)}
    spots: list[Spot | None] = []
    for found, figure in zip(places_of(own), own.figures, strict=True):
        name, (row, column) = found or ("", (0, 0))
        sheet = workbook.sheets[numbers[name]] if name in numbers else None
        value = sheet.value_at(row, column) if sheet else ""
        is_plain = type(value) is float and value == figure
        if sheet is None or not is_plain or (row, column) in sheet.special:
            spots.append(None)
        else:
            spots.append((numbers[name], row - 1, column - 1))
    counts = Counter(spots)
    return [spot if counts[spot] == 1 else None for spot in spots]
