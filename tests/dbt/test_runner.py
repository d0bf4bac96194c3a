"""What the runner promises: one file, closed; errors that name the node; repeatable builds."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from govstats.errors import GovstatsError
from govstats.settings import Settings
from govstats.warehouse import dbt_runner

WRITE = "import duckdb, sys; duckdb.connect(sys.argv[1]).execute('checkpoint')"
SELECT = "path:seeds path:models/staging path:models/intermediate path:models/marts"


@pytest.fixture
def project_settings(project: Path, tmp_path: Path) -> Settings:
    return Settings(root=project, data=tmp_path)


@pytest.mark.slow
def test_two_builds_give_identical_marts(
    project_settings: Settings,
    tmp_path: Path,
    work: Path,
    warehouse: Path,
    fill_raw: Callable[[Path], Path],
) -> None:
    second = fill_raw(tmp_path / "warehouse.duckdb")
    dbt_runner.build(project_settings, second, work, select=SELECT)
    assert _contents(second) == _contents(warehouse)


def _contents(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return the rows of every mart in the order in which they are stored."""
    with duckdb.connect(str(path), read_only=True) as connection:
        tables = connection.execute(
            "select table_name from information_schema.tables where table_schema = 'marts'"
        ).fetchall()
        assert len(tables) >= 30
        return {
            name: connection.execute(f'select * from marts."{name}"').fetchall()
            for (name,) in tables
        }


def test_the_file_is_left_closed_and_whole(warehouse: Path, work: Path) -> None:
    assert [path.name for path in warehouse.parent.iterdir()] == [warehouse.name]
    assert not list(work.glob("warehouse.duckdb*"))
    # a second process can write: nobody holds the file
    opened = subprocess.run(
        [sys.executable, "-c", WRITE, str(warehouse)],
        check=False,
        capture_output=True,
        text=True,
    )
    assert opened.returncode == 0, opened.stderr


def test_views_work_where_the_file_has_another_name(warehouse: Path) -> None:
    with duckdb.connect() as connection:
        connection.execute(f"attach '{warehouse}' as elsewhere (read_only)")
        for view in ("fct_rule_result", "fct_validation_finding"):
            found = connection.execute(f"select count(*) from elsewhere.marts.{view}").fetchone()
            assert found == (0,)


def test_each_node_is_told_and_the_environment_restored(
    project_settings: Settings, warehouse: Path, work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOVSTATS_WAREHOUSE", "before")
    lines: list[str] = []
    results = dbt_runner.build(project_settings, warehouse, work, select="units", log=lines.append)
    assert os.environ["GOVSTATS_WAREHOUSE"] == "before"
    assert len(lines) == len(results)
    assert any(line.startswith("dbt: units: success in ") for line in lines)
    seed = next(result for result in results if result.name == "units")
    assert (seed.kind, seed.status) == ("seed", "success")


def test_a_link_left_by_a_killed_build_is_replaced(
    project_settings: Settings, warehouse: Path, work: Path, tmp_path: Path
) -> None:
    (work / warehouse.name).symlink_to(tmp_path / "gone.duckdb")
    dbt_runner.build(project_settings, warehouse, work, select="units")
    assert not (tmp_path / "gone.duckdb").exists()
    assert not (work / warehouse.name).is_symlink()


def test_a_failing_test_names_itself_and_says_what_to_do(
    project_settings: Settings, tmp_path: Path, work: Path, fill_raw: Callable[[Path], Path]
) -> None:
    path = fill_raw(tmp_path / "warehouse.duckdb")
    with duckdb.connect(str(path)) as connection:
        # the same figure twice on one sheet
        connection.execute(
            "insert into raw.observation by name "
            "select * replace ('Z9' as cell) from raw.observation where cell = 'D14'"
        )
    with pytest.raises(GovstatsError, match="observations_are_sound") as caught:
        dbt_runner.build(
            project_settings, path, work, select="+stg_observation areas codes departments"
        )
    assert "stat-2012 retail_sales 430602000000" in caught.value.what
    assert "occurs more than once" in caught.value.what
    assert "query: " in caught.value.remedy


def test_a_wrong_seed_names_file_and_value(
    broken: tuple[Settings, Path], tmp_path: Path, fill_raw: Callable[[Path], Path]
) -> None:
    settings, work = broken
    path = fill_raw(tmp_path / "warehouse.duckdb")
    with pytest.raises(GovstatsError, match="light_rules") as caught:
        dbt_runner.build(settings, path, work, select="light_rules")
    assert "half" in caught.value.what
    assert "light_rules.csv" in caught.value.remedy
    assert "Traceback" not in str(caught.value)


def test_a_warehouse_that_is_not_there(project_settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(GovstatsError, match="there is no warehouse"):
        dbt_runner.build(project_settings, tmp_path / "none.duckdb", tmp_path / "work")
    assert not (tmp_path / "none.duckdb").exists()


def test_old_sources_are_a_warning_and_stop_nothing(
    project_settings: Settings, tmp_path: Path, work: Path, fill_raw: Callable[[Path], Path]
) -> None:
    warehouse = fill_raw(tmp_path / "warehouse.duckdb")
    (old,) = dbt_runner.freshness(project_settings, warehouse, work)
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute("update raw.submission set received_at = now()::timestamp")
    (new,) = dbt_runner.freshness(project_settings, warehouse, work)
    assert (old.name, old.status, new.status) == ("submission", "warn", "pass")
