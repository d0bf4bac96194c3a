"""`govstats sql`: what sheets say is printed as text that no program runs."""

import csv
import io
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from govstats.cli import app
from govstats.release import reader
from govstats.settings import Settings


@pytest.fixture
def released(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def connect(_settings: Settings, _release: str | None) -> duckdb.DuckDBPyConnection:
        return duckdb.connect()

    monkeypatch.setenv("GOVSTATS_DATA", str(tmp_path))
    monkeypatch.setattr(reader, "connect", connect)


def fields(statement: str) -> list[list[str]]:
    done = CliRunner().invoke(app, ["sql", statement, "--format", "csv"])
    assert done.exit_code == 0, done.output
    return list(csv.reader(io.StringIO(done.output)))


@pytest.mark.usefixtures("released")
def test_texts_are_made_harmless_and_figures_kept() -> None:
    head, row = fields(
        "select '=1+1' as a, '-其中' as b, '-12.5' as c, cast(-1.50 as decimal(9, 2)) as d, "
        "date '2020-06-30' as e, null as f, '财政局' as g"
    )
    assert head == list("abcdefg")
    assert row == ["'=1+1", "'-其中", "-12.5", "-1.5", "2020-06-30", "", "财政局"]


@pytest.mark.usefixtures("released")
def test_headings_are_texts_too() -> None:
    assert fields('select 1 as "=cmd"') == [["'=cmd"], ["1"]]
