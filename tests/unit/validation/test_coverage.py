"""Coverage: the cells that rules compare, counted per cell, by hand."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pytest

from govstats.errors import KnowledgeError
from govstats.rules import Rule
from govstats.validation.coverage import fill

RULE = Rule(
    id="LOG-001",
    name_zh="逻辑",
    name_en="Logic",
    kind="logic",
    severity="soft",
    holds="none",
    basis="依据",
    table="checks.chk_t",
    where="",
    expectation="expect_column_values_to_be_between",
    args={"column": "difference", "max_value": 10},
    value="",
    expected="",
    message_zh="为 {value}",
    remedy_zh="核对",
    source="expectations/logic.yml",
)
OWN = "select s.submission_id, s.sheet, s.cell from {scope} as s"


@pytest.fixture
def connection(project: Path) -> duckdb.DuckDBPyConnection:
    opened = duckdb.connect()
    opened.execute((project / "govstats/warehouse/raw.sql").read_text(encoding="utf-8"))
    opened.execute("create schema checks")
    opened.execute(
        "create table checks.chk_t as select * from (values "
        "('s1', '表', 'A1', 'B1', 5), ('s1', '表', 'A2', 'B2', 11), ('s1', '表', 'A3', 'B3', null),"
        "('s2', '表', null, 'B1', 1)) as t (submission_id, sheet, cell, other_cell, difference)"
    )
    opened.execute("create table checks.chk_file as select 's1' as submission_id, 1 as difference")
    return opened


def covered(connection: duckdb.DuckDBPyConnection, *rules: Rule) -> list[tuple[Any, ...]]:
    count = fill(connection, rules)
    found = connection.execute(
        "select submission_id, cell, n_rules, kinds from raw.rule_coverage order by all"
    ).fetchall()
    assert count == len(found)
    return found


def test_a_rule_covers_the_cells_it_could_judge(connection: duckdb.DuckDBPyConnection) -> None:
    # A3 has no difference to judge, the row of s2 no cell
    assert covered(connection, RULE) == [("s1", "A1", 1, "logic"), ("s1", "A2", 1, "logic")]


def test_a_scope_narrows_what_is_covered(connection: duckdb.DuckDBPyConnection) -> None:
    assert covered(connection, replace(RULE, where="difference > 10")) == [("s1", "A2", 1, "logic")]


def test_rules_are_counted_per_cell_and_kinds_listed_once(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    rules = (
        RULE,
        replace(RULE, id="LOG-002"),
        replace(RULE, id="BAL-001", kind="balance", where="cell = 'A1'"),
    )
    assert covered(connection, *rules) == [
        ("s1", "A1", 3, "balance, logic"),
        ("s1", "A2", 2, "logic"),
    ]


def test_a_query_names_every_figure_that_takes_part(connection: duckdb.DuckDBPyConnection) -> None:
    covers = f"{OWN} union all select s.submission_id, s.sheet, s.other_cell from {{scope}} as s;"
    rule = replace(RULE, covers=covers, where="cell = 'A1'")
    assert covered(connection, rule) == [("s1", "A1", 1, "logic"), ("s1", "B1", 1, "logic")]


def test_an_sql_rule_covers_the_rows_it_is_about(connection: duckdb.DuckDBPyConnection) -> None:
    rule = replace(RULE, expectation="sql", args={"query": "select * from {scope} where false"})
    assert [row[1] for row in covered(connection, rule)] == ["A1", "A2", "A3"]


@pytest.mark.parametrize(
    "change",
    [
        {"covers": "none"},
        {"kind": "code_list"},
        {"kind": "definition"},
        {"kind": "completeness"},
        {"kind": "timeliness"},
        {"kind": "revision"},
        {"table": "checks.chk_file"},
    ],
)
def test_rules_that_compare_no_figure_cover_none(
    connection: duckdb.DuckDBPyConnection, change: dict[str, str]
) -> None:
    assert covered(connection, replace(RULE, **change)) == []


def test_filling_twice_is_the_same_as_once(connection: duckdb.DuckDBPyConnection) -> None:
    assert covered(connection, RULE) == covered(connection, RULE)


def test_a_query_that_cannot_run_is_named_and_changes_nothing(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    before = covered(connection, RULE)
    with pytest.raises(KnowledgeError, match=r"logic[.]yml LOG-001: the cells it covers") as caught:
        fill(connection, [replace(RULE, covers="select x from {scope}")])
    assert "mend covers" in str(caught.value.__dict__) or "mend covers" in str(caught.value)
    found = connection.execute("select count(*) from raw.rule_coverage").fetchone()
    assert found == (len(before),)
