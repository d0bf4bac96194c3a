"""Spreadsheets that offices really published: none may take the run down.

They lie beside the project (or where GOVSTATS_SHARED says) and are only read from there.
"""

import warnings
from collections import Counter
from pathlib import Path

import pytest

from govstats.layouts.look import Looker
from govstats.layouts.reading import Knowledge
from govstats.observations import SubmissionRef, read_all
from govstats.settings import Settings
from govstats.workbooks.cells import Sheet
from govstats.workbooks.jail import Died, run_jailed
from govstats.workbooks.limits import Limits
from govstats.workbooks.reader import open_workbook
from tests.workbooks.independent import READERS, Cells, differences
from tests.workbooks.opened import opened


@pytest.fixture(scope="module")
def sheets(shared: Path) -> list[Path]:
    found = sorted(path for path in (shared / "real_sheets").iterdir() if path.is_file())
    assert len(found) > 50
    return found


def test_every_real_file_is_read_or_refused_with_a_reason(
    sheets: list[Path], settings: Settings
) -> None:
    """Layouts fit few of them here; each gets its answer, and the process lives."""
    refs = [
        SubmissionRef(f"s{number}", "statistics", "2020-03", path.name, path)
        for number, path in enumerate(sheets)
    ]
    outcomes = list(read_all(refs, settings))
    assert [entry.ref for entry in outcomes] == refs
    counts = Counter(entry.refusal.code if entry.refusal else "accepted" for entry in outcomes)
    print(dict(counts))
    assert not counts.keys() & {"reader_crashed", "reader_timeout", "not_a_spreadsheet"}
    for entry in outcomes:
        assert (entry.status == "accepted") == (entry.refusal is None)


def test_every_real_file_gives_cells(sheets: list[Path]) -> None:
    results = list(run_jailed(opened, sheets, Limits()))
    counts = Counter("died" if isinstance(end, Died) else end.split()[0] for end in results)
    print(dict(counts))
    assert counts == {"read": len(sheets)}


def _cells(sheet: Sheet) -> Cells:
    cells = {
        (row, column): value
        for row, values in enumerate(sheet.grid, start=1)
        for column, value in enumerate(values, start=1)
        if value != ""
    }
    errors = {place: cell.text for place, cell in sheet.special.items() if cell.kind == "error"}
    return {**cells, **errors}


def test_every_cell_is_what_another_library_reads(sheets: list[Path]) -> None:
    compared = 0
    for path in sheets:
        workbook = open_workbook(path, Limits())
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            theirs = READERS[workbook.format](path)
        for sheet in workbook.sheets:
            cells = _cells(sheet)
            assert list(differences(cells, theirs[sheet.name])) == [], (path.name, sheet.name)
            compared += len(cells)
    print(f"{compared:,} cells of {len(sheets)} files")
    assert compared > 100_000


def test_real_files_can_be_inspected(sheets: list[Path], project: Path, settings: Settings) -> None:
    from govstats.layouts.knowledge import load_knowledge

    knowledge: Knowledge = load_knowledge(settings)
    looker = Looker(knowledge, Limits(), "statistics", "2020-03", "表.xlsx")
    books = [path for path in sheets if path.suffix == ".xlsx"]
    for path, found in zip(books, run_jailed(looker.look, books, Limits()), strict=True):
        assert not isinstance(found, Died), path.name
        assert found.refusal is not None
        assert found.as_dict()["sheets"] or found.refusal.code != "unknown_layout"
