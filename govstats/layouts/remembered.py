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

from govstats.layouts.extract import Origin
from govstats.layouts.facts import Reading
from govstats.layouts.known import Exact, Known, values_at
from govstats.layouts.periods import find_period
from govstats.layouts.reading import Knowledge, find_layout, read_match
from govstats.workbooks.cells import Sheet, Stored, Workbook
from govstats.workbooks.outline import Outline
from govstats.workbooks.refusals import Refused
from govstats.workbooks.watched import Spot, is_plain, watched

#: Forms kept, readings kept of each, and cells from which a file is too large to be compared.
_KEPT, _READINGS, _LARGEST = 128, 16, 20_000


@dataclass
class _Form:
    """Files with the same words. ``is_hopeless`` where one of them was refused."""

    known: list[Known] = field(default_factory=list)
    is_hopeless: bool = False


class Forms:
    """Reads workbooks that are like an earlier one.

    Args:
        knowledge: layouts and tables.
    """

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._forms: OrderedDict[Hashable, _Form] = OrderedDict()
        self._exact: OrderedDict[Hashable, list[Exact]] = OrderedDict()

    def again(self, own: Outline, origin: Origin, file: str) -> tuple[Workbook, Reading] | None:
        """A file and its reading, from its outline alone; None where no earlier file tells.

        Args:
            own: the file's outline.
            origin: submission, department and period.
            file: the name people know.
        """
        known = self._exact.get(_beside(origin, file, own.key), ())
        found = next((exact for exact in known if exact.holds(own)), None)
        return found.read(own, origin) if found else None

    def _keep(self, known: Known, workbook: Workbook, own: Outline, key: Hashable) -> None:
        kept = self._exact.setdefault(key, [])
        if len(kept) < _READINGS:
            kept.append(Exact(known, workbook, own))
        if len(self._exact) > _KEPT:
            self._exact.popitem(last=False)

    def read(
        self, workbook: Workbook, origin: Origin, file: str, own: Outline | None = None
    ) -> Reading | None:
        """What ``find_layout`` and ``read_match`` say; None where no earlier file tells.

        Args:
            workbook: its sheets.
            origin: submission, department and period.
            file: the name people know.
            own: the outline of its file, where it has one.
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
        if known is None:
            return None
        if own is not None:
            self._keep(known, workbook, own, _beside(origin, file, own.key))
        return known.moved(workbook, origin)

    def _learnt(self, workbook: Workbook, origin: Origin, file: str) -> Known | None:
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
        return Known(reading, sheets, looked_at, values_at(workbook, looked_at))


def _size(workbook: Workbook) -> int:
    return sum(len(sheet.grid) * len(sheet.grid[0]) for sheet in workbook.sheets if sheet.grid)


def _words(workbook: Workbook, origin: Origin, file: str) -> Hashable:
    """All that decides a reading, but for plain figures."""
    return _beside(origin, file, tuple(tuple(_said(sheet)) for sheet in workbook.sheets))


def _beside(origin: Origin, file: str, said: Hashable) -> Hashable:
    """What a file says, and what is said of it elsewhere."""
    name = PurePath(file)
    return origin.department, origin.period, find_period(name.stem), name.suffix.lower(), said


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
