"""From a file's bytes to observations: what a reader process does, without heavy imports."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from govstats.layouts.cellfates import CellFates, Fated
from govstats.layouts.choose import Chosen, find_tables
from govstats.layouts.crossings import Observations
from govstats.layouts.extract import Extraction, Origin
from govstats.layouts.facts import EntryTable, Note, Reading
from govstats.layouts.fates import SheetFates
from govstats.layouts.forms import find_form
from govstats.layouts.match import Match
from govstats.layouts.model import Layout
from govstats.layouts.notes import note
from govstats.layouts.seeds import Seeds
from govstats.layouts.tablenotes import drift_notes
from govstats.layouts.timing import Places, check_period
from govstats.workbooks.cells import Sheet, Workbook
from govstats.workbooks.refusals import words


@dataclass(frozen=True)
class Knowledge:
    """What is known about sheets: layouts and the tables they lean on.

    ``forms`` are the layouts of what the bureau hands out and any department sends back.
    """

    layouts: tuple[Layout, ...]
    seeds: Seeds
    forms: tuple[Layout, ...] = ()


def find_layout(workbook: Workbook, knowledge: Knowledge, origin: Origin) -> Chosen:
    """The tables of a workbook that count.

    Raises:
        Refused: see ``choose``.
    """
    seeds, department, period = knowledge.seeds, origin.department, origin.period
    form = find_form(workbook, knowledge.forms, department, period, seeds)
    return form or find_tables(workbook, knowledge.layouts, department, period, seeds)


def read_match(
    workbook: Workbook, chosen: Chosen, knowledge: Knowledge, origin: Origin, file: str
) -> Reading:
    """Observations, entries, notes and fates of a workbook whose tables were found.

    Args:
        workbook: its sheets.
        chosen: as ``find_layout`` gives them.
        knowledge: layouts and tables.
        origin: submission, department and period.
        file: the name people know, whose stated period is held against the folder's.

    Raises:
        Refused: ``period_conflict``, ``period_missing``, ``unit_conflict`` or ``extra_labels``.
    """
    matches = chosen.matches
    notes = [entry for match in matches for entry in _period_notes(match, origin, file)]
    read = [Extraction(match, origin, knowledge.seeds.units) for match in matches]
    crossings = [part for table in read for part in table.crossings()]
    entries = tuple(entry for table in read for entry in table.entries())
    for table in read:
        notes += drift_notes(table.match, matches, knowledge.seeds)
        notes += table.doubts.notes()
    fates = [_fates(sheet, read, entries, chosen.is_form) for sheet in workbook.sheets]
    submission = origin.submission_id
    tables = tuple(table.table() for table in read)
    return Reading(
        tables,
        Observations(submission, origin.department, crossings),
        CellFates(submission, fates),
        entries,
        tuple(notes),
        chosen.is_form,
    )


def _period_notes(match: Match, origin: Origin, file: str) -> Iterator[Note]:
    if match.layout.cycle == "any":
        return
    columns = [entry.period_end for part in match.parts for entry in part.header.found.values()]
    rows = [entry.period_end for part in match.parts for entry in part.rows.found]
    newest = max((end for end in (*columns, *rows) if end), default=None)
    for sheet in dict.fromkeys(part.sheet.name for part in match.parts):
        parts = [part for part in match.parts if part.sheet.name == sheet]
        # A further part may leave the period out, as in a title that only says (续).
        own = [cell.text for part in parts for cell in part.titles]
        titles = dict.fromkeys([match.title_text, *own])
        places = Places(tuple(titles), sheet, file, newest)
        for said in check_period(match.layout, origin.period, places):
            yield note(
                "period_conflict", match, sheet, None,
                place=words(said.place), stated=said.statement.text, expected=origin.period,
            )  # fmt: skip


def _fates(
    sheet: Sheet, read: Sequence[Extraction], entries: Sequence[EntryTable], is_form: bool
) -> Fated:
    aside = {place for table in read for name, place in table.aside if name == sheet.name}
    return SheetFates(
        sheet,
        [table.match for table in read],
        [table.claims for table in read],
        frozenset(aside),
        entries,
        is_form=is_form,
    ).fated()
