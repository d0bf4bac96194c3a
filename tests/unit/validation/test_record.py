"""An audit is written into its warehouse once, whole, and with nothing left beside the file."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from govstats.validation import Finding, RuleResult, ValidationResult, record

RESULT = RuleResult(
    rule_id="LOG-001",
    name_zh="逻辑",
    name_en="Logic",
    kind="logic",
    kind_zh="逻辑",
    severity="soft",
    holds="none",
    basis="依据",
    evaluated=2,
    failed=1,
    outcome="fail",
)
FINDING = Finding(
    finding_id="a1",
    place_key="p1",
    finding_key="k1",
    rule_id="LOG-001",
    rule_name_zh="逻辑",
    rule_name_en="logic",
    kind="logic",
    severity="soft",
    holds="none",
    state="open",
    department_code="finance",
    submission_id="s1",
    file="财政局/收入.xlsx",
    sheet="收入",
    cell="D7",
    indicator_code=None,
    ref_area=None,
    period_end=date(2020, 6, 30),
    value="11",
    expected="不大于 10",
    message_zh="为 11",
    remedy_zh="核对",
)
AUDIT = ValidationResult((RESULT,), (FINDING,))
Stored = Callable[[str], list[tuple[Any, ...]]]


@pytest.fixture
def warehouse(project: Path, tmp_path: Path) -> Path:
    path = tmp_path / "warehouse.duckdb"
    with duckdb.connect(str(path)) as connection:
        ddl = project / "govstats/warehouse/raw.sql"
        connection.execute(ddl.read_text(encoding="utf-8"))
    return path


@pytest.fixture
def stored(warehouse: Path) -> Stored:
    def read(sql: str) -> list[tuple[Any, ...]]:
        with duckdb.connect(str(warehouse)) as connection:
            return connection.execute(sql).fetchall()

    return read


def test_every_field_finds_its_column(warehouse: Path, stored: Stored) -> None:
    record(warehouse, AUDIT)
    assert stored("select * from raw.rule_result") == [tuple(vars(RESULT).values())]
    assert stored("select * from raw.validation_finding") == [tuple(vars(FINDING).values())]


def test_recording_twice_is_recording_once(warehouse: Path, stored: Stored) -> None:
    record(warehouse, AUDIT)
    record(warehouse, AUDIT)
    assert stored("select count(*) from raw.rule_result") == [(1,)]
    assert stored("select count(*) from raw.validation_finding") == [(1,)]
    assert not warehouse.with_name("warehouse.duckdb.wal").exists()


def test_an_earlier_audit_is_replaced(warehouse: Path, stored: Stored) -> None:
    record(warehouse, AUDIT)
    record(warehouse, ValidationResult((replace(RESULT, outcome="pass"),), ()))
    assert stored("select outcome from raw.rule_result") == [("pass",)]
    assert stored("select * from raw.validation_finding") == []


def test_a_broken_audit_leaves_the_earlier_one(warehouse: Path, stored: Stored) -> None:
    record(warehouse, AUDIT)
    twice = ValidationResult((), (FINDING, replace(FINDING, cell="D8")))
    with pytest.raises(duckdb.ConstraintException):
        record(warehouse, twice)
    assert stored("select cell from raw.validation_finding") == [("D7",)]
    assert stored("select count(*) from raw.rule_result") == [(1,)]


def test_findings_from_elsewhere_are_recorded_too(warehouse: Path, stored: Stored) -> None:
    record(warehouse, AUDIT, [replace(FINDING, finding_id="b2", file=None, cell=None)])
    assert stored("select finding_id from raw.validation_finding order by all") == [
        ("a1",),
        ("b2",),
    ]
