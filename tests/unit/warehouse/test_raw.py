"""Loading schema raw: what is on the ledger, no more and no less."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from govstats.errors import GovstatsError
from govstats.intake import LedgerEntry, ledger, problems
from govstats.layouts.facts import CellFate, EntryField, EntryTable, Note, TableRead
from govstats.observations import Codes, ReadOutcome, SubmissionRef, read_summaries
from govstats.observations.pack import Pack
from govstats.validation import Finding, ValidationResult, record
from govstats.validation.holds import Hold
from govstats.warehouse import raw
from govstats.workbooks.cells import Merge, Sheet, Stored

REFUSED: dict[str, Any] = dict.fromkeys(raw.COUNTS, 0) | {
    "status": "refused",
    "layout_id": None,
    "title": None,
    "refusal": {"code": "empty_file", "text_zh": "空文件", "text_en": "empty", "lines": "also: x"},
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
            "select file, status, reason_code, reason_zh, received_at, reason_lines "
            "from raw.submission"
        ).fetchall()
        assert found == [
            (entry.file, "refused", "empty_file", "空文件", datetime(2020, 3, 10, 9, 30), "also: x")
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


# ── facts of several submissions in one set of files ─────────────────────────────────────────

NOTE = dict.fromkeys(
    ("found_zh", "expected_zh", "remedy_zh", "found_en", "expected_en", "remedy_en"), "x"
)


def another(entry: LedgerEntry, number: int) -> LedgerEntry:
    name = f"finance-2020-02-{number}"
    return replace(entry, submission_id=name, sequence_number=number, file=f"{number}.xlsx")


def register(name: str) -> EntryTable:
    """Two entries with a name, a merged office and an amount."""
    grid: list[list[Stored]] = [["名称", "单位", "金额"], ["甲", "区财政局", 1.5], ["乙", "", ""]]
    fields = (
        EntryField("name", "名称", "text", 1, is_key=True),
        EntryField("office", "单位", "text", 2),
        EntryField("amount", "金额", "number", 3, "万元"),
    )
    sheet = Sheet(name, grid, (Merge(2, 2, 3, 2),))
    return EntryTable("works", 1, sheet, date(2020, 2, 29), fields, (2, 3), (None, None))


def outcome(entry: LedgerEntry) -> ReadOutcome:
    ref = SubmissionRef(entry.submission_id, "finance", "2020-02", entry.file, Path(entry.file))
    headings = tuple(
        CellFate(entry.submission_id, "登记", f"{letter}1", 1, column, text, "label", None)
        for column, (letter, text) in enumerate(
            zip("ABC", ("名称", "单位", "金额"), strict=True), start=1
        )
    )
    table = TableRead("works", "register", "登记", "", None, None, "A1", "C3", 1, 2, 3)
    note = Note("unknown_row", "works", "登记", None, **NOTE)
    return ReadOutcome(
        ref, "accepted", "works", "", cells=headings, tables=(table,), notes=(note,),
        entries=(register("登记"),), format="xls",
    )  # fmt: skip


def packed(folder: Path, name: str, entries: list[LedgerEntry]) -> None:
    pack = Pack(folder, name, Codes(frozenset({"万元"}), {}, {}))
    for entry in entries:
        pack.add(outcome(entry))
    pack.close()


def test_entries_tables_and_notes_are_loaded(tmp_path: Path, entry: LedgerEntry) -> None:
    mine = another(entry, 1)
    packed(tmp_path, "pack-a", [mine])
    raw.load(tmp_path / "w.duckdb", [mine], [], read_summaries(tmp_path), tmp_path)
    with duckdb.connect(str(tmp_path / "w.duckdb"), read_only=True) as connection:
        run = connection.execute
        assert run(
            "select entry_key, field_id, cell, value_text, value_number, value_unit, missing_kind "
            "from raw.entry_value order by entry_number, column_number"
        ).fetchall() == [
            ("甲", "name", "A2", "甲", None, None, None),
            ("甲", "office", "B2", "区财政局", None, None, None),
            ("甲", "amount", "C2", "1.5", Decimal("1.5"), "万元", None),
            ("乙", "name", "A3", "乙", None, None, None),
            ("乙", "office", "B2", "区财政局", None, None, None),
            ("乙", "amount", "C3", None, None, "万元", "blank"),
        ]
        assert run(
            "select table_number, shape, first_cell, last_cell from raw.submission_table"
        ).fetchall() == [(1, "register", "A1", "C3")]
        assert run("select kind, department_code, found_zh from raw.reading_note").fetchall() == [
            ("unknown_row", "finance", "x")
        ]
        assert run("select format, entry_values, cells_total from raw.submission").fetchall() == [
            ("xls", 6, 7)
        ]


def test_every_non_empty_cell_has_one_fate(tmp_path: Path, entry: LedgerEntry) -> None:
    """The merged office speaks for two entries and is one cell."""
    mine = another(entry, 1)
    packed(tmp_path, "pack-a", [mine])
    raw.load(tmp_path / "w.duckdb", [mine], [], read_summaries(tmp_path), tmp_path)
    with duckdb.connect(str(tmp_path / "w.duckdb"), read_only=True) as connection:
        fates = connection.execute("select cell, fate from raw.cell order by cell").fetchall()
        (total,) = connection.execute("select cells_total from raw.submission").fetchall()
    assert fates == [
        ("A1", "label"), ("A2", "observation"), ("A3", "observation"), ("B1", "label"),
        ("B2", "observation"), ("C1", "label"), ("C2", "observation"),
    ]  # fmt: skip
    assert total == (len(fates),)


def test_only_what_is_on_the_ledger_is_taken_from_a_pack_and_only_once(
    tmp_path: Path, entry: LedgerEntry
) -> None:
    one, two, three, four = (another(entry, number) for number in (1, 2, 3, 4))
    packed(tmp_path, "pack-a", [one, two])
    packed(tmp_path, "pack-b", [two, three])  # two was read by another run at the same time
    packed(tmp_path, "pack-c", [four])
    summaries = read_summaries(tmp_path)
    raw.load(tmp_path / "w.duckdb", [one, two, three], [], summaries, tmp_path)
    with duckdb.connect(str(tmp_path / "w.duckdb"), read_only=True) as connection:
        for table, rows in (("entry_value", 6), ("sheet_cell", 3)):
            found = connection.execute(
                f"select submission_id, count(*) from raw.{table} group by 1 order by 1"
            ).fetchall()
            assert found == [(each.submission_id, rows) for each in (one, two, three)]


# ── a copy in which submissions are held ─────────────────────────────────────────────────────


def test_a_copy_holds_what_it_is_told_to_and_keeps_the_rest(
    tmp_path: Path, entry: LedgerEntry
) -> None:
    first, second = another(entry, 1), another(entry, 2)
    packed(tmp_path, "pack-a", [first, second])
    source = tmp_path / "it's a warehouse.duckdb"
    raw.load(source, [first, second], [], read_summaries(tmp_path), tmp_path)
    empty: dict[str, Any] = dict.fromkeys(
        ("place_key", "finding_key", "rule_name_zh", "kind", "remedy_zh"), ""
    ) | dict.fromkeys(
        ("department_code", "indicator_code", "ref_area", "period_end", "value", "expected")
    )
    found = Finding(
        **empty,
        finding_id="f1", rule_id="BAL-001", rule_name_en="Balance", severity="hard",
        holds="submission", state="must_mend", submission_id=first.submission_id, file="1.xlsx",
        sheet="登记", cell="C2", message_zh="相差 1", message_en="off by 1",
    )  # fmt: skip
    record(source, ValidationResult((), (found, replace(found, finding_id="f2", sheet=None))))

    target = tmp_path / "copy.duckdb"
    raw.copy(source, target, [Hold(first.submission_id, (found,))], [found])

    with duckdb.connect(str(target), read_only=True) as connection:
        run = connection.execute
        assert run(
            "select file, status, reason_code, reason_zh, reason_en, entry_values "
            "from raw.submission order by file"
        ).fetchall() == [
            (
                "1.xlsx", "held", "audit_hold",
                "未通过强制性审核，本次报送的数据暂不采用：BAL-001 登记 C2：相差 1。",
                "hard findings of the audit, its figures are not used: BAL-001 登记 C2: off by 1",
                6,
            ),
            ("2.xlsx", "accepted", None, None, None, 6),
        ]  # fmt: skip
        assert run("select finding_id from raw.validation_finding").fetchall() == [("f1",)]
        for table in ("entry_value", "sheet_cell", "submission_table", "reading_note"):
            run(f"attach if not exists '{str(source).replace(chr(39), chr(39) * 2)}' as earlier")
            assert run(f"select * from raw.{table}").fetchall() == (
                run(f"select * from earlier.raw.{table}").fetchall()
            )
    assert not target.with_name("copy.duckdb.wal").exists()
