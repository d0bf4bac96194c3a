"""Forms that came before: what was worked out from their words is not worked out again.

Many units fill in one form. Which words stand where is then the same to the last sign and only
figures differ; those decide neither where tables are nor what cells mean. That is not assumed:
the second file of a kind is read with ``Watched`` figures, and where reading it looked at the
value of one, later files must have the same value there.
"""

from collections import OrderedDict
from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import PurePath

from govstats.layouts.cellfates import CellFates
from govstats.layouts.crossings import Observations
from govstats.layouts.extract import Origin
from govstats.layouts.facts import Reading
from govstats.layouts.periods import find_period
from govstats.layouts.reading import Knowledge, find_layout, read_match
from govstats.workbooks.cells import Sheet, Stored, Workbook
from govstats.workbooks.refusals import Refused
from govstats.workbooks.watched import Spot, is_plain, watched

#: Forms kept, readings kept of each, and cells from which a file is too large to be compared.
_KEPT, _READINGS, _LARGEST = 128, 16, 20_000


@dataclass(frozen=True)
class _Known:
    """What was read of a file, and the places of the figures that were looked at for it."""

    reading: Reading
    sheets: tuple[Sheet, ...]
    looked_at: tuple[Spot, ...]
    values: tuple[str, ...]

    def holds(self, workbook: Workbook) -> bool:
        """Whether another file with the same words has the same figures there."""
        return _values(workbook, self.looked_at) == self.values

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
        )


@dataclass
class _Form:
    """Files with the same words. ``is_hopeless`` where one of them was refused."""

    known: list[_Known] = field(default_factory=list)
    is_hopeless: bool = False


class Forms:
    """Reads workbooks that are like an earlier one.

    Args:
        knowledge: layouts and tables.
    """

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._forms: OrderedDict[Hashable, _Form] = OrderedDict()

    def read(self, workbook: Workbook, origin: Origin, file: str) -> Reading | None:
        """What ``find_layout`` and ``read_match`` say; None where no earlier file tells.

        Args:
            workbook: its sheets.
            origin: submission, department and period.
            file: the name people know.
        """
        if _size(workbook) > _LARGEST:
            return None
        key = _words(workbook, origin, file)
        form = self._forms.get(key)
        if form is None:  # most forms come once: nothing more is done for them
            self._forms[key] = _Form()
            if len(self._forms) > _KEPT:
                self._forms.popitem(last=False)
            return None
        self._forms.move_to_end(key)
        known = next((known for known in form.known if known.holds(workbook)), None)
        if known is None and not form.is_hopeless and len(form.known) < _READINGS:
            known = self._learnt(workbook, origin, file)
            form.is_hopeless = known is None
            form.known += [known] if known else []
        return known.moved(workbook, origin) if known else None

    def _learnt(self, workbook: Workbook, origin: Origin, file: str) -> _Known | None:
        """A file read with an eye on the figures that are looked at; None where it is refused."""
        seen: set[Spot] = set()
        sheets = tuple(
            replace(sheet, grid=watched(sheet.grid, number, seen))
            for number, sheet in enumerate(workbook.sheets)
        )
        book = replace(workbook, sheets=sheets)
        try:
            chosen = find_layout(book, self._knowledge, origin)
            reading = read_match(book, chosen, self._knowledge, origin, file)
        except Refused:
            return None
        looked_at = tuple(sorted(seen))
        return _Known(reading, sheets, looked_at, _values(workbook, looked_at))


def _size(workbook: Workbook) -> int:
    return sum(len(sheet.grid) * len(sheet.grid[0]) for sheet in workbook.sheets if sheet.grid)


def _values(workbook: Workbook, places: tuple[Spot, ...]) -> tuple[str, ...]:
    return tuple(repr(workbook.sheets[at].grid[row][column]) for at, row, column in places)


def _words(workbook: Workbook, origin: Origin, file: str) -> Hashable:
    """All that decides a reading, but for plain figures."""
    said = find_period(PurePath(file).stem)
    sheets = tuple(tuple(_said(sheet)) for sheet in workbook.sheets)
    return origin.department, origin.period, said, sheets


def _said(sheet: Sheet) -> Iterator[Hashable]:
    yield sheet.name, sheet.is_visible, sheet.merges, sheet.hidden_rows, sheet.hidden_columns
    yield tuple(sorted(sheet.special.items()))
    for values in sheet.grid:
        yield tuple(
            [
                value if type(value) is str
                else None if type(value) is float and -1e15 < value < 1e15
                else _unlike(value)
                for value in values
            ]
        )  # fmt: skip


def _unlike(value: Stored) -> Hashable:
    """None for a plain figure; otherwise with its type: 1 is neither ``True`` nor 1.0."""
    return None if is_plain(value) else (type(value), value)
