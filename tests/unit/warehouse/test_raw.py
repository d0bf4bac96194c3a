"""Loading schema raw: what is on the ledger, no more and no less."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from govstats.errors import GovstatsError
from govstats.intake import LedgerEntry, ledger, problems
from govstats.warehouse import raw

REFUSED: dict[str, Any] = dict.fromkeys(raw.COUNTS, 0) | {
    "status": "refused",
    "layout_id": None,
    "title": None,
    "refusal": {"code": "empty_file", "text_zh": "空文件", "text_en": "empty"},
}


@pytest.fixture
def entry() -> LedgerEntry:
    return LedgerEntry(
        sequence_number=1,
        submission_id=ledger.submission_id("finance", "2020-02", "ab" * 32),
        department_code="finance",
        time_period="2020-02",
        file="财政局/2020-02/'; drop table raw.cell; --.xlsx",
        sha256="ab" * 32,
        size_bytes=0,
        received_at=datetime(2020, 3, 10, 9, 30, tzinfo=UTC),
    )


def test_refused_submission_keeps_its_reason_and_has_no_figures(
    tmp_path: Path, entry: LedgerEntry
) -> None:
    warehouse = tmp_path / "w.duckdb"
    problem = problems.tampered(entry, "cd" * 32)
    raw.load(warehouse, [entry], [problem], {entry.submission_id: REFUSED}, tmp_path)
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        found = connection.execute(
            "select file, status, reason_code, reason_zh, received_at from raw.submission"
        ).fetchall()
        assert found == [
            (entry.file, "refused", "empty_file", "空文件", datetime(2020, 3, 10, 9, 30))
        ]
        kinds = connection.execute("select kind, submission_id from raw.intake_problem").fetchall()
        assert kinds == [("tampered", entry.submission_id)]
        assert connection.execute("select count(*) from raw.observation").fetchone() == (0,)
    assert not (tmp_path / "w.duckdb.wal").exists()


def test_damaged_facts_are_named_with_what_to_do(tmp_path: Path, entry: LedgerEntry) -> None:
    facts = tmp_path / "facts"
    facts.mkdir()
    (facts / f"{entry.submission_id}.observations.parquet").write_bytes(b"not parquet")
    with pytest.raises(GovstatsError, match="delete that folder and run again"):
        raw.load(tmp_path / "w.duckdb", [entry], [], {entry.submission_id: REFUSED}, facts)
