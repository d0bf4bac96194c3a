"""Facts as files: complete or not there, the same bytes every time, packs of small sheets."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from govstats.observations import (
    ReadOutcome,
    SubmissionRef,
    read_all,
    read_into,
    read_summaries,
    read_summary,
    write_facts,
)
from govstats.observations.model import Job
from govstats.observations.pack import KINDS
from govstats.settings import Settings
from govstats.workbooks.jail import Died
from tests.workbooks import builders, hostile
from tests.workbooks.submissions import submission


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "raw/财政局/2020-03"
    folder.mkdir(parents=True)
    return tmp_path / "raw"


@pytest.fixture
def outcome(raw: Path, settings: Settings) -> ReadOutcome:
    path = builders.workbook(raw / "财政局/2020-03/收入.xlsx", *builders.finance())
    (entry,) = read_all([replace(submission(raw, path), submission_id="s1")], settings)
    return entry


def test_facts_are_written_and_summed_up(outcome: ReadOutcome, tmp_path: Path) -> None:
    folder = tmp_path / "facts"
    write_facts(folder, outcome)
    assert sorted(path.name for path in folder.iterdir()) == [
        "s1.cells.parquet", "s1.json", "s1.observations.parquet",
    ]  # fmt: skip
    found = read_summary(folder, "s1")
    assert found is not None
    (table,) = found.pop("tables")
    assert (table["layout_id"], table["title"]) == (found["layout_id"], found["title"])
    assert found == {
        "submission_id": "s1",
        "status": "accepted",
        "layout_id": "finance_revenue",
        "title": "岳阳楼区2020年1-3月一般公共预算收入完成情况表",
        "format": "xlsx",
        "is_form": False,
        "refusal": None,
        "notes": [],
        "cells_total": 44,
        "cells_observation": 25,
        "cells_label": 12,
        "cells_metadata": 7,
        "cells_ignorable": 0,
        "cells_unmapped": 0,
        "observations": 25,
        "entry_values": 0,
        "pack": "s1",
        "pack_size": 1,
    }
    stored = pq.read_table(folder / "s1.observations.parquet")
    assert str(stored.schema.field("cell_value").type) == "decimal128(28, 8)"
    assert str(stored.schema.field("period_end").type) == "date32[day]"
    assert stored.column("cell_value")[0].as_py() == Decimal("334000.00000000")


def test_facts_have_the_columns_of_the_warehouse(
    outcome: ReadOutcome, tmp_path: Path, project: Path
) -> None:
    write_facts(tmp_path, outcome)
    ddl = (project / "govstats/warehouse/raw.sql").read_text("utf-8")
    tables = {"observation": "observations", "sheet_cell": "cells", "entry_value": "entries"}
    for table, kind in tables.items():
        body = ddl.split(f"create table raw.{table} (")[1].split("\n);")[0]
        lines = [line.split("--")[0].split() for line in body.strip().splitlines()]
        schema = KINDS[kind]
        if kind != "entries":
            assert pq.read_schema(tmp_path / f"s1.{kind}.parquet").equals(schema)
        assert schema.names == [line[0] for line in lines]
        required = [line[0] for line in lines if "not null" in " ".join(line)]
        assert required == [field.name for field in schema if not field.nullable]


def test_the_same_outcome_gives_the_same_bytes(outcome: ReadOutcome, tmp_path: Path) -> None:
    write_facts(tmp_path / "a", outcome)
    write_facts(tmp_path / "b", outcome)
    for path in (tmp_path / "a").iterdir():
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes()


def test_facts_without_their_last_file_do_not_count(outcome: ReadOutcome, tmp_path: Path) -> None:
    assert read_summary(tmp_path, "s1") is None
    write_facts(tmp_path, outcome)
    (tmp_path / "s1.cells.parquet").unlink()
    assert read_summary(tmp_path, "s1") is None
    write_facts(tmp_path, outcome)
    with (tmp_path / "s1.cells.parquet").open("ab") as stream:
        stream.write(b"more")
    assert read_summary(tmp_path, "s1") is None
    write_facts(tmp_path, outcome)
    for damaged in ("{", "[]", '{"files": {}}', '{"files": 1, "submissions": []}'):
        (tmp_path / "s1.json").write_text(damaged, "utf-8")
        assert read_summary(tmp_path, "s1") is None


def test_a_refusal_is_written_with_its_texts(raw: Path, settings: Settings, tmp_path: Path) -> None:
    path = hostile.encrypted(raw / "财政局/2020-03/收入.xlsx")
    (entry,) = read_all([submission(raw, path)], settings)
    write_facts(tmp_path / "facts", entry)
    content = read_summary(tmp_path / "facts", entry.ref.submission_id)
    assert content is not None
    assert (content["status"], content["cells_total"]) == ("refused", 0)
    assert content["refusal"]["code"] == "encrypted"
    assert content["refusal"]["text_zh"].startswith("“财政局/2020-03/收入.xlsx”设有打开密码")
    assert "password" in content["refusal"]["text_en"]
    assert content["refusal"]["lines"] == ""
    assert sorted(path.suffix for path in (tmp_path / "facts").iterdir()) == [".json"]


# ── many files at once ───────────────────────────────────────────────────────────────────────


def many(raw: Path, count: int = 20) -> list[SubmissionRef]:
    folder = raw / "财政局/2020-03"
    paths = [folder / f"{number:02}.xlsx" for number in range(count)]
    for number, path in enumerate(paths):
        rows, merges = builders.finance()
        builders.workbook(path, builders.with_cell(rows, 5, 2, 334000 + number), merges)
    return [submission(raw, path) for path in paths]


def test_small_sheets_share_files_and_each_has_its_summary(
    raw: Path, settings: Settings, tmp_path: Path
) -> None:
    refs = many(raw)
    folder = tmp_path / "facts"
    found = list(read_into(refs, settings, folder))
    assert [summary.ref for summary in found] == refs
    assert {(summary.status, summary.figures, summary.reason) for summary in found} == {
        ("accepted", 25, None)
    }
    kept = read_summaries(folder)
    assert set(kept) == {ref.submission_id for ref in refs}
    packs = {summary["pack"] for summary in kept.values()}
    assert 1 < len(packs) < len(refs)
    assert not list(folder.glob(".*"))
    for number, ref in enumerate(refs):
        table = pq.read_table(folder / f"{kept[ref.submission_id]['pack']}.observations.parquet")
        own = [row for row in table.to_pylist() if row["submission_id"] == ref.submission_id]
        assert len(own) == 25
        assert own[0]["cell_value"] == 334000 + number


def test_the_facts_are_those_of_reading_one_by_one(
    raw: Path, settings: Settings, tmp_path: Path
) -> None:
    refs = many(raw, 3)
    list(read_into(refs, settings, tmp_path / "packed"))
    for outcome in read_all(refs, settings):
        write_facts(tmp_path / "single", outcome)
    for kind in ("observations", "cells"):
        rows = [
            sorted(map(str, pq.read_table(folder, schema=KINDS[kind]).to_pylist()))
            for folder in (
                sorted((tmp_path / name).glob(f"*.{kind}.parquet")) for name in ("packed", "single")
            )
        ]
        assert rows[0] == rows[1]


def test_a_file_that_kills_its_reader_costs_only_itself(
    raw: Path, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refs = many(raw)
    deadly = refs[5]

    def jail(
        work: Callable[[Job], Any],
        jobs: Iterable[Job],
        *_: object,
        prepare: Callable[[], None],
        **__: object,
    ) -> Iterator[Any]:
        prepare()
        for job in jobs:
            yield Died("crashed", "SIGSEGV") if deadly in job.refs else work(job)

    monkeypatch.setattr("govstats.observations.read.run_jailed", jail)
    found = list(read_into(refs, settings, tmp_path / "facts"))
    assert sorted(summary.ref.file for summary in found) == [ref.file for ref in refs]
    assert [summary.ref for summary in found if summary.status == "refused"] == [deadly]
    kept = read_summaries(tmp_path / "facts")
    assert kept.keys() == {ref.submission_id for ref in refs}
    assert kept[deadly.submission_id]["refusal"]["code"] == "reader_crashed"
    assert kept[refs[4].submission_id]["pack_size"] == 1


def test_what_a_dead_process_left_is_removed(
    raw: Path, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (ref,) = many(raw, 1)
    job = Job(tmp_path, (ref,))
    left = tmp_path / f".{job.name}.cells.parquet.123.tmp"
    other = tmp_path / ".another.cells.parquet.123.tmp"
    for path in (left, other):
        path.touch()
    died = Died("crashed", "SIGKILL")
    monkeypatch.setattr(
        "govstats.observations.read.run_jailed", lambda _, jobs, *__, **___: [died for _ in jobs]
    )
    (summary,) = read_into([ref], settings, tmp_path)
    assert summary.status == "refused"
    assert summary.reason is not None
    assert "SIGKILL" in summary.reason
    assert not left.exists()
    assert other.exists()


def test_a_pack_is_named_by_what_is_in_it(raw: Path) -> None:
    one, two, three = many(raw, 3)
    assert Job(raw, (one,)).name == one.submission_id
    assert Job(raw, (one, two)).name != Job(raw, (one, three)).name
    assert Job(raw, (one, two)).name == Job(raw / "elsewhere", (one, two)).name
