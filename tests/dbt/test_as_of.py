"""The variable `as_of` alone gives the marts of that day, from a raw schema that holds it all."""

from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from govstats.settings import Settings
from govstats.warehouse import dbt_runner

SELECT = "path:seeds path:models/staging path:models/intermediate path:models/marts"
#: Between the two editions of the half-year's revenue: only the first is known.
DAY = "2020-07-15"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("as-of")


@pytest.mark.slow
def test_the_variable_gives_what_the_files_of_then_give(
    project: Path, folder: Path, fill_raw: Callable[[Path], Path]
) -> None:
    settings = Settings(root=project, data=folder)
    whole, then = folder / "whole.duckdb", folder / "then.duckdb"
    _drop_later(fill_raw(then))
    dbt_runner.build(settings, fill_raw(whole), folder / "work", select=SELECT, as_of=DAY)
    dbt_runner.build(settings, then, folder / "work", select=SELECT)
    rebuilt, released = _marts(whole), _marts(then)
    assert rebuilt == released
    revenue = [row for row in rebuilt["fct_submission"] if "fin-2006" in str(row[0])]
    assert len(revenue) == 1


def _drop_later(warehouse: Path) -> None:
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute(
            "delete from raw.observation where submission_id in "
            f"(select submission_id from raw.submission where received_at > '{DAY} 23:59:59')"
        )
        connection.execute(f"delete from raw.submission where received_at > '{DAY} 23:59:59'")


def _marts(warehouse: Path) -> dict[str, list[tuple[object, ...]]]:
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        names = connection.execute(
            "select table_name from information_schema.tables where table_schema = 'marts'"
        ).fetchall()
        return {
            name: connection.execute(f'select * from marts."{name}"').fetchall()
            for (name,) in sorted(names)
        }
