"""The ledger only grows, survives a cut-off line and notices an edited one."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from govstats.errors import GovstatsError
from govstats.intake import ledger


def entry(number: int, sha256: str = "ab" * 32) -> ledger.LedgerEntry:
    return ledger.LedgerEntry(
        sequence_number=number,
        submission_id=ledger.submission_id("finance", "2020-02", sha256),
        department_code="finance",
        time_period="2020-02",
        file="财政局/2020-02/收入,表 1.xlsx",
        sha256=sha256,
        size_bytes=10,
        received_at=datetime(2020, 3, 1, tzinfo=UTC),
    )


def test_what_is_appended_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "ledger.csv"
    first, second = entry(1), entry(2, "cd" * 32)
    ledger.append(path, [first])
    ledger.append(path, [second])
    assert ledger.read(path) == [first, second]


def test_absent_ledger_is_empty(tmp_path: Path) -> None:
    assert ledger.read(tmp_path / "ledger.csv") == []


def test_line_cut_off_by_a_kill_is_dropped_and_written_again(tmp_path: Path) -> None:
    path = tmp_path / "ledger.csv"
    ledger.append(path, [entry(1)])
    with path.open("ab") as handle:
        handle.write(b"2,finance-2020-02-abc,fin")
    assert ledger.read(path) == [entry(1)]
    ledger.append(path, [entry(2, "cd" * 32)])
    assert ledger.read(path) == [entry(1), entry(2, "cd" * 32)]


@pytest.mark.parametrize(
    ("old", "new"),
    [(",10,", ",ten,"), ("finance,2020-02", "finance,2020-03"), ("sequence_number", "number")],
)
def test_edited_ledger_is_refused(tmp_path: Path, old: str, new: str) -> None:
    path = tmp_path / "ledger.csv"
    ledger.append(path, [entry(1)])
    path.write_text(path.read_text().replace(old, new, 1))
    with pytest.raises(GovstatsError, match=r"ledger\.csv"):
        ledger.read(path)
