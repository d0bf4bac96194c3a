"""Spreadsheets that offices really published: none may take the run down.

They lie beside the project (or where GOVSTATS_SHARED says) and are only read from there.
"""

from pathlib import Path

import pytest

from govstats.layouts.look import Looker
from govstats.layouts.reading import Knowledge, open_workbook
from govstats.observations import SubmissionRef, read_all
from govstats.settings import Settings
from govstats.workbooks.jail import Died, run_jailed
from govstats.workbooks.limits import Limits
from govstats.workbooks.refusals import Refused


@pytest.fixture(scope="module")
def sheets(shared: Path) -> list[Path]:
    found = sorted(path for path in (shared / "real_sheets").iterdir() if path.is_file())
    assert len(found) > 50
    return found


def test_every_real_file_ends_in_a_refusal_with_a_reason(
    sheets: list[Path], settings: Settings
) -> None:
    """No layout is meant for them; each still gets its answer, and the process lives."""
    refs = [
        SubmissionRef(f"s{number}", "statistics", "2020-03", path.name, path)
        for number, path in enumerate(sheets)
    ]
    outcomes = list(read_all(refs, settings))
    assert [entry.ref for entry in outcomes] == refs
    for entry in outcomes:
        assert entry.refusal is not None, entry.ref.file
        assert entry.refusal.code != "reader_crashed", entry.refusal.text_en()
        if entry.ref.path.suffix == ".xls":
            assert entry.refusal.code in ("unsupported_format", "not_a_spreadsheet")


def test_real_workbooks_give_cells(sheets: list[Path]) -> None:
    books = [path for path in sheets if path.suffix in (".xlsx", ".xlsm")]
    read = 0
    for path in books:
        try:
            workbook = open_workbook(path, Limits())
        except Refused:
            continue
        assert all(cell.text for sheet in workbook.sheets for cell in sheet.in_order())
        read += 1
    assert read >= len(books) // 2


def test_real_files_can_be_inspected(sheets: list[Path], project: Path, settings: Settings) -> None:
    from govstats.layouts.knowledge import load_knowledge

    knowledge: Knowledge = load_knowledge(settings)
    looker = Looker(knowledge, Limits(), "statistics", "2020-03", "表.xlsx")
    books = [path for path in sheets if path.suffix == ".xlsx"]
    for path, found in zip(books, run_jailed(looker.look, books, Limits()), strict=True):
        assert not isinstance(found, Died), path.name
        assert found.refusal is not None
        assert found.as_dict()["sheets"] or found.refusal.code != "unknown_layout"
