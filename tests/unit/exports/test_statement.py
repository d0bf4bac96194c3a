"""Whatever is typed: the release, the disk and the session stay as they are."""

import hashlib
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govstats.errors import GovstatsError
from govstats.exports.statement import check
from govstats.release import reader

READING = [
    "select 1",
    "  -- a remark\n with a as (select 1 as x) select x from a;",
    "from marts.dim_area",
    "values (1)",
    "table marts.dim_area",
    "describe marts.dim_area",
    "show tables",
    "summarize marts.dim_area",
    "select * from range(3)",
    "select column_name from duckdb_columns()",
    "select unnest([1, 2])",
    "select * from (select name_zh, ref_area from marts.dim_area) "
    "pivot (count(*) for name_zh in ('甲区'))",
]
#: Each would write, reach out, change the session, or (logging) end the process.
REFUSED = [
    "insert into marts.dim_area values ('1', '2', '3')",
    "update marts.dim_area set name_zh = ''",
    "delete from marts.dim_area",
    "create table marts.x (i integer)",
    "create temp table x (i integer)",
    "create macro f() as 1",
    "drop table marts.dim_area",
    "alter table marts.dim_area rename to x",
    "comment on table marts.dim_area is 'x'",
    "truncate marts.dim_area",
    "attach '{folder}/new.duckdb' as n",
    "attach ':memory:' as n",
    "detach warehouse",
    "use memory",
    "copy (select 1) to '{folder}/out.csv'",
    "copy marts.dim_area from '{folder}/in.csv'",
    "export database '{folder}/out'",
    "import database '{folder}/out'",
    "install httpfs",
    "load httpfs",
    "pragma enable_profiling",
    "pragma profiling_output = '{folder}/profile.json'",
    "pragma table_info('marts.dim_area')",
    "set enable_external_access = true",
    "set lock_configuration = false",
    "reset lock_configuration",
    "set variable a = 1",
    "checkpoint",
    "vacuum",
    "begin",
    "prepare a as select 1",
    "explain analyze delete from marts.dim_area",
    "create secret (type s3)",
    "call enable_logging(storage = 'file', storage_path = '{folder}/logs')",
    "from enable_logging(storage = 'file', storage_path = '{folder}/logs')",
    'select (select count(*) from main."CHECKPOINT"())',
    "with a as (from force_checkpoint()) select * from a",
    "select 1 where exists (from query('select 1'))",
    "describe from enable_logging()",
    "summarize from checkpoint()",
    "select * from read_csv('{folder}/in.csv')",
    "select * from read_text('{folder}/in.csv')",
    "select * from read_parquet('{folder}/*.parquet')",
    "select * from glob('{folder}/*')",
    "select * from sniff_csv('{folder}/in.csv')",
    "select * from '{folder}/in.csv'",
    "select * from 'https://example.org/a.parquet'",
    "select 1; select 2",
    "select 1; drop table marts.dim_area",
    "pivot marts.dim_area on name_zh",
    "selec 1",
    "",
    "-- nothing",
    ";",
]


@pytest.mark.parametrize("statement", READING)
def test_questions_are_answered(warehouse: Path, statement: str) -> None:
    with reader.open_warehouse(warehouse) as connection:
        check(connection, statement)
        connection.execute(statement).fetchall()


@pytest.mark.parametrize("statement", REFUSED)
def test_nothing_else_is_done(warehouse: Path, statement: str) -> None:
    folder = warehouse.parent
    (folder / "in.csv").write_text("secret\n", encoding="utf-8")
    before = state(folder)
    with reader.open_warehouse(warehouse) as connection:
        with pytest.raises((GovstatsError, duckdb.Error)):
            ask(connection, statement.format(folder=folder))
        assert connection.execute("select name_zh from marts.dim_area").fetchall() == [("甲区",)]
    assert state(folder) == before


def test_the_refusal_says_what_is_possible(warehouse: Path) -> None:
    with reader.open_warehouse(warehouse) as connection:
        with pytest.raises(GovstatsError, match="only reading is possible") as refused:
            check(connection, "delete from marts.dim_area")
        assert "DESCRIBE" in refused.value.remedy
        with pytest.raises(GovstatsError, match="2 statements"):
            check(connection, "select 1; select 2")
        with pytest.raises(GovstatsError, match="syntax error"):
            check(connection, "selec 1")


@given(st.text(max_size=40))
def test_any_text_is_a_question_or_an_error_with_a_remedy(text: str) -> None:
    with duckdb.connect() as connection:
        assert all(error.remedy for error in errors(connection, text))


def test_a_large_sort_leaves_nothing_beside_the_release(warehouse: Path) -> None:
    with reader.open_warehouse(warehouse) as connection:
        (place,) = connection.execute("select current_setting('temp_directory')").fetchone() or ()
    assert not Path(str(place)).is_relative_to(warehouse.parent)
    assert [path.name for path in warehouse.parent.iterdir()] == [warehouse.name]


def ask(connection: duckdb.DuckDBPyConnection, statement: str) -> None:
    check(connection, statement)
    connection.execute(statement).fetchall()


def state(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def errors(connection: duckdb.DuckDBPyConnection, text: str) -> list[GovstatsError]:
    try:
        check(connection, text)
    except GovstatsError as error:
        return [error]
    return []
