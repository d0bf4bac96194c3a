"""Marts as files: names, order, descriptions; and the command around them."""

import csv
import json
from pathlib import Path

import duckdb
import openpyxl
import pytest
from typer.testing import CliRunner

from govstats.cli import app
from govstats.errors import GovstatsError
from govstats.exports import marts
from govstats.exports.forms import Form

RELEASE = {"release_id": "2020-12-abc", "latest_period": "2020-12"}


def test_marts_are_found_with_and_without_their_schema(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    assert marts.chosen(connection, ["marts.dim_area", "dim_area", "dim_unit"]) == [
        *("dim_area", "dim_unit"),
    ]
    with pytest.raises(GovstatsError, match="no mart dim_aera") as wrong:
        marts.chosen(connection, ["dim_aera"])
    assert "dim_area" in wrong.value.remedy


def test_a_mart_is_written_in_full_order(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    (path,) = marts.write(connection, ["fct_observation"], Form.CSV, tmp_path, RELEASE)
    assert path.name == "fct_observation.csv"
    rows = list(csv.DictReader(path.open(encoding="utf-8-sig", newline="")))
    assert [(row["indicator_code"], row["obs_value"]) for row in rows] == [
        *(("jobs", "-7.5"), ("jobs", "0"), ("output", ""), ("output", "12.34")),
        *(("output", "3"), ("output", "123456789012.345678")),
    ]


def test_a_workbook_names_its_release_and_describes_its_columns(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    (path,) = marts.write(connection, ["fct_observation"], Form.XLSX, tmp_path, RELEASE)
    cells = {cell.value for row in openpyxl.load_workbook(path)["说明"] for cell in row}
    assert {"2020-12-abc", "One row per figure. 一行一个数。", "The figure. 数值。"} <= cells


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch, warehouse: Path) -> Path:
    """A data folder whose current release has the warehouse."""
    release = warehouse.parent / "data" / "releases" / "2020-12-abc"
    release.mkdir(parents=True)
    warehouse.rename(release / "warehouse.duckdb")
    text = json.dumps(RELEASE | {"published_at": "2021-01-05"})
    (release / "release.json").write_text(text, encoding="utf-8")
    (release.parent / "current").symlink_to(release.name)
    monkeypatch.setenv("GOVSTATS_DATA", str(release.parent.parent))
    return release.parent.parent


def call(*arguments: str) -> tuple[int, str, GovstatsError | None]:
    done = CliRunner().invoke(app, list(arguments))
    error = done.exception if isinstance(done.exception, GovstatsError) else None
    return done.exit_code, done.output, error


def test_export_tells_what_it_wrote(kept: Path, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    code, text, _ = call(
        "export", "--all", "--format", "parquet", "--output", str(folder), "--json"
    )
    assert code == 0
    told = json.loads(text)
    assert told["release_id"] == "2020-12-abc"
    assert sorted(told["files"]) == sorted(str(path) for path in folder.iterdir())
    assert len(told["files"]) == 9
    assert sorted(path.name for path in (kept / "releases/2020-12-abc").iterdir()) == [
        *("release.json", "warehouse.duckdb"),
    ]


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["export"], "no mart is named"),
        (["export", "dim_nothing"], "no mart dim_nothing"),
        (["export", "dim_area", "--format", "sdmx-csv"], "no data structure"),
        (["sql"], "taken from one place"),
        (["sql", "select 1", "--file", "a.sql"], "taken from one place"),
        (["sql", "--file", "nowhere.sql"], "cannot be read"),
        (["sql", "select 1", "--format", "xlsx"], "xlsx is a file"),
        (["sql", "select 1", "--output", "a.doc"], "does not say what form"),
        (["sql", "drop table marts.dim_area"], "only reading"),
        (["sql", "select * from marts.nothing"], "nothing"),
    ],
)
def test_mistakes_are_told(arguments: list[str], said: str) -> None:
    code, _, error = call(*arguments)
    assert code != 0
    assert error is not None
    assert said in error.what
    assert error.remedy


def test_nothing_is_written_into_a_release(kept: Path) -> None:
    inside = kept / "releases" / "current"
    for arguments in (
        ["export", "dim_area", "--output", str(inside)],
        ["sql", "select 1", "--output", str(inside / "a.csv")],
    ):
        assert "within the releases" in getattr(call(*arguments)[2], "what", "")


@pytest.mark.usefixtures("kept")
def test_a_query_comes_from_a_file_or_from_stdin(tmp_path: Path) -> None:
    query = tmp_path / "q.sql"
    query.write_text("\ufeffselect name_zh from marts.dim_area", encoding="utf-8")
    assert call("sql", "--file", str(query), "--format", "csv")[1] == "name_zh\n甲区\n"
    done = CliRunner().invoke(app, ["sql", "-", "--format", "jsonl"], input="select 1 as a")
    assert done.output == '{"a": 1}\n'
    assert call("sql", "select 1 as a", "--output", str(tmp_path / "a.md"))[0] == 0
    assert (tmp_path / "a.md").read_text("utf-8") == "| a |\n| ---: |\n| 1 |\n"
