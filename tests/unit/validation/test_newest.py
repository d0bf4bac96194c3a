"""A hard finding is laid to the newest edition of its sheet, wherever the figure stands there."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import duckdb
import pytest

from govstats.validation import Finding, newest

FOUND = Finding(
    finding_id="a1", place_key="p1", finding_key="k1", rule_id="BAL-001", rule_name_zh="平衡",
    rule_name_en="Balance", kind="balance", severity="hard", holds="submission",
    state="must_mend", department_code="finance", submission_id="s1", file="s1.xlsx",
    sheet="收入", cell="D7", indicator_code="revenue", ref_area="a", period_end=date(2020, 6, 30),
    value="12", expected="13", message_zh="相差 1", remedy_zh="核对",
)  # fmt: skip


@pytest.fixture
def raw(project: Path) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute((project / "govstats/warehouse/raw.sql").read_text(encoding="utf-8"))
    return connection


def came(
    raw: duckdb.DuckDBPyConnection, name: str, day: int, *layouts: str, status: str = "accepted",
    cell: str = "D7", period: str = "2020-06",
) -> None:  # fmt: skip
    raw.execute(
        "insert into raw.submission by name select ? as submission_id, ? as status, "
        "? as sequence_number, 'finance' as department_code, ? as time_period, ? as file, "
        "'' as sha256, 1 as size_bytes, ? as received_at, 0 as cells_total, "
        "0 as cells_observation, 0 as cells_label, 0 as cells_metadata, 0 as cells_ignorable, "
        "0 as cells_unmapped, 0 as observations",
        [name, status, day, period, f"{name}.xlsx", datetime(2020, 7, day)],
    )
    for number, layout in enumerate(layouts, start=1):
        raw.execute(
            "insert into raw.submission_table by name select ? as submission_id, "
            "? as table_number, ? as layout_id, 'table' as shape, '收入' as sheet, '' as title, "
            "'A1' as first_cell, 'Z9' as last_cell, 1 as parts, 1 as rows_found, "
            "1 as columns_found",
            [name, number, layout],
        )
        raw.execute(
            "insert into raw.observation by name select ? as submission_id, "
            "'finance' as department_code, ? as layout_id, 1 as source_precedence, "
            "'收入' as sheet, ? as cell, 7 as row_number, 4 as column_number, '' as row_label, "
            "'' as column_label, 'revenue' as indicator_code, 'a' as ref_area, 'own' as scope, "
            "date '2020-06-30' as period_end, 'ytd' as period_type, 'level' as measure, "
            "12 as cell_value, '亿元' as cell_unit, 'A' as obs_status",
            [name, layout, cell],
        )


def test_the_last_edition_is_named_with_its_own_cell(raw: duckdb.DuckDBPyConnection) -> None:
    came(raw, "s1", 1, "l")
    came(raw, "s3", 3, "l", cell="D9")  # two rows were inserted
    came(raw, "s2", 2, "l")
    (found,) = newest.edition(raw, [FOUND])
    there = replace(FOUND, submission_id="s3", file="s3.xlsx", cell="D9")
    assert found == replace(there, finding_id=found.finding_id)
    assert found.finding_id != FOUND.finding_id
    assert newest.edition(raw, [FOUND]) == (found,), "the same at every audit"


def test_only_an_accepted_edition_of_all_its_tables_takes_its_place(
    raw: duckdb.DuckDBPyConnection,
) -> None:
    came(raw, "s1", 1, "l", "m")
    came(raw, "part", 2, "l")
    came(raw, "held", 3, "l", "m", status="held")
    came(raw, "other", 4, "l", "m", period="2020-05")
    assert newest.edition(raw, [FOUND]) == (FOUND,)
    came(raw, "whole", 5, "m", "l", "n")
    (found,) = newest.edition(raw, [FOUND])
    assert found.submission_id == "whole"


def test_what_is_not_in_the_newer_edition_keeps_its_address(
    raw: duckdb.DuckDBPyConnection,
) -> None:
    came(raw, "s1", 1, "l")
    came(raw, "s2", 2, "l")
    whole_sheet = replace(FOUND, cell=None)
    (found,) = newest.edition(raw, [whole_sheet])
    assert (found.submission_id, found.file, found.cell) == ("s2", "s2.xlsx", None)


@pytest.mark.parametrize("holds", ["none", "release"])
def test_others_stay_where_they_were_found(raw: duckdb.DuckDBPyConnection, holds: str) -> None:
    came(raw, "s1", 1, "l")
    came(raw, "s2", 2, "l")
    assert newest.edition(raw, [replace(FOUND, holds=holds)]) == (replace(FOUND, holds=holds),)
