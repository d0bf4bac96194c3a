"""Parquet beside the warehouse: the same rows, the same bytes."""

from pathlib import Path

import duckdb
import pytest

from govstats.release import export


def warehouse(path: Path, rows: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(str(path)) as connection:
        connection.execute("create schema marts")
        connection.execute(
            f"create table marts.dim_unit as select * from (values {rows}) as t(code, factor)"
        )
        connection.execute("create view marts.fct_view as select code from marts.dim_unit")
        connection.execute("create table not_a_mart as select 1 as x")
    return path


def test_every_mart_and_view_is_exported_and_nothing_else(tmp_path: Path) -> None:
    made = export.parquet(warehouse(tmp_path / "w.duckdb", "('亿元', 1.5)"), tmp_path / "out")
    assert {name: item["rows"] for name, item in made.items()} == {"dim_unit": 1, "fct_view": 1}
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "dim_unit.parquet",
        "fct_view.parquet",
    ]


def test_order_of_storage_does_not_show(tmp_path: Path) -> None:
    one = export.parquet(warehouse(tmp_path / "1/w.duckdb", "('a', 1), ('b', 2)"), tmp_path / "1/o")
    two = export.parquet(warehouse(tmp_path / "2/w.duckdb", "('b', 2), ('a', 1)"), tmp_path / "2/o")
    assert one == two


def test_another_figure_is_another_hash(tmp_path: Path) -> None:
    one = export.parquet(warehouse(tmp_path / "1/w.duckdb", "('a', 1)"), tmp_path / "1/o")
    two = export.parquet(warehouse(tmp_path / "2/w.duckdb", "('a', 3)"), tmp_path / "2/o")
    assert one["dim_unit"]["sha256"] != two["dim_unit"]["sha256"]
    assert one["fct_view"]["sha256"] == two["fct_view"]["sha256"]


@pytest.mark.parametrize("name", ["it's", "空 格"])
def test_odd_folder_names_are_no_trouble(tmp_path: Path, name: str) -> None:
    made = export.parquet(warehouse(tmp_path / "w.duckdb", "('a', 1)"), tmp_path / name)
    assert (tmp_path / name / "dim_unit.parquet").exists()
    assert made["dim_unit"]["rows"] == 1
