"""Cells read again from the bytes kept at registration, each file opened once."""

import re
from functools import cached_property

from govstats.errors import GovstatsError
from govstats.intake import LedgerEntry, kept_copy, ledger
from govstats.picture.draw import Window, draw
from govstats.picture.model import SheetPicture
from govstats.settings import Settings
from govstats.workbooks.cells import Place, Sheet, Workbook, column_number
from govstats.workbooks.reader import open_workbook

#: Rows at the head of a sheet, and columns at its left, that say what a cell is about.
_HEAD_ROWS, _HEAD_COLUMNS = 6, 2
#: Rows and columns shown around a cell.
_ROWS, _COLUMNS = 4, 3
_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9]\d*)")


class Originals:
    """The kept originals of a data folder; nothing of them is changed."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._open: dict[str, Workbook] = {}

    @cached_property
    def _entries(self) -> dict[str, LedgerEntry]:
        return {entry.submission_id: entry for entry in ledger.read(self._settings.ledger)}

    def entry(self, submission_id: str) -> LedgerEntry:
        """Return the ledger's line of a submission.

        Raises:
            GovstatsError: the ledger does not know it.
        """
        if submission_id not in self._entries:
            raise GovstatsError(
                f"submission {submission_id} is not on the ledger",
                "restore data/raw/ledger.csv of the time of that release from a backup",
            )
        return self._entries[submission_id]

    def text(self, submission_id: str, sheet: str, cell: str) -> str:
        """Return what a cell holds, as the reader sees it; a blank one is empty.

        Raises:
            GovstatsError: the bytes are kept nowhere any more.
        """
        found = self._sheet(submission_id, sheet)
        place = _place(cell)
        at = found.at(*place) if found and place else None
        return at.text if at else ""

    def picture(self, submission_id: str, sheet: str, cell: str) -> SheetPicture | None:
        """Draw the cell with its surroundings: the sheet's head, its first columns, neighbours."""
        found = self._sheet(submission_id, sheet)
        place = _place(cell)
        if found is None or place is None:
            return None
        row, column = place
        view = Window(
            _around(row, _ROWS, _HEAD_ROWS, max(found.last_row, row)),
            _around(column, _COLUMNS, _HEAD_COLUMNS, max(found.last_column, column)),
        )
        return draw(found, {}, {}, view=view)

    def _sheet(self, submission_id: str, name: str) -> Sheet | None:
        if submission_id not in self._open:
            entry = self.entry(submission_id)
            # Under the name it was sent by: that of a text file is the name of its only sheet.
            self._open[submission_id] = open_workbook(
                kept_copy(self._settings, entry), self._settings.limits, entry.file
            )
        sheets = self._open[submission_id].sheets
        return next((sheet for sheet in sheets if sheet.name == name), None)


def _around(position: int, reach: int, head: int, last: int) -> tuple[int, ...]:
    shown = {*range(1, min(head, last) + 1)}
    shown |= {*range(max(1, position - reach), min(position + reach, last) + 1)}
    return tuple(sorted(shown))


def _place(cell: str) -> Place | None:
    found = _ADDRESS.fullmatch(cell)
    return (int(found[2]), column_number(found[1])) if found else None
