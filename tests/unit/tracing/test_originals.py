"""Cells of the bytes kept, and their surroundings."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
import xlsxwriter

from govstats.errors import GovstatsError
from govstats.files import sha256_file
from govstats.intake import ledger
from govstats.intake.ledger import LedgerEntry, submission_id
from govstats.settings import Settings
from govstats.tracing.originals import Originals


@pytest.fixture
def entry(settings: Settings) -> LedgerEntry:
    """A file of 40 rows and 12 columns that was taken in: row r, column c holds r * 100 + c."""
    path = settings.raw / "甲局" / "2020-09" / "月报.xlsx"
    path.parent.mkdir(parents=True)
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("表")
    for row in range(1, 41):
        for column in range(1, 13):
            sheet.write(row - 1, column - 1, row * 100 + column)
    book.close()
    digest = sha256_file(path)
    made = LedgerEntry(
        sequence_number=1,
        submission_id=submission_id("a", "2020-09", digest),
        department_code="a",
        time_period="2020-09",
        file="甲局/2020-09/月报.xlsx",
        sha256=digest,
        size_bytes=path.stat().st_size,
        received_at=datetime(2020, 10, 9, tzinfo=UTC),
    )
    ledger.append(settings.ledger, [made])
    return made


@pytest.mark.parametrize(
    ("sheet", "cell", "text"),
    [
        ("表", "C20", "2003"),
        ("表", "Z99", ""),
        ("另表", "C20", ""),
        ("表", "C", ""),
        ("表", "", ""),
    ],
)
def test_a_cell_is_read_from_the_bytes_kept(
    settings: Settings, entry: LedgerEntry, sheet: str, cell: str, text: str
) -> None:
    assert Originals(settings).text(entry.submission_id, sheet, cell) == text


def test_the_picture_has_the_head_and_the_neighbours(
    settings: Settings, entry: LedgerEntry
) -> None:
    picture = Originals(settings).picture(entry.submission_id, "表", "H20")
    assert picture is not None
    assert picture.columns == (1, 2, 5, 6, 7, 8, 9, 10, 11)
    rows = [line.row for band in picture.bands for line in band.lines]
    assert rows == [*range(1, 7), *range(16, 25)]
    assert [band.skipped for band in picture.bands] == [0, 9]
    (here,) = [
        box
        for band in picture.bands
        for line in band.lines
        for box in line.boxes
        if (box.row, box.column) == (20, 8)
    ]
    assert here.text == "2008"


def test_a_blank_cell_beyond_the_sheet_can_be_pictured(
    settings: Settings, entry: LedgerEntry
) -> None:
    picture = Originals(settings).picture(entry.submission_id, "表", "P60")
    assert picture is not None
    assert max(picture.columns) == 16


def test_bytes_and_submissions_that_are_gone_are_said_to_be(
    settings: Settings, entry: LedgerEntry
) -> None:
    with pytest.raises(GovstatsError, match="is not on the ledger"):
        Originals(settings).text("b-2020-09-0000000000", "表", "A1")
    Path(settings.raw / entry.file).write_bytes(b"another")
    with pytest.raises(GovstatsError, match="neither in data/store nor in data/raw"):
        Originals(settings).text(entry.submission_id, "表", "A1")
