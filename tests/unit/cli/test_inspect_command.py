"""``govstats inspect``: the picture, the draft, and what stands on which stream."""

import json
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from govstats.cli import app
from govstats.errors import GovstatsError
from tests.workbooks import builders

UNKNOWN: builders.Rows = [
    ["2019年各地区人口"],
    ["单位:万人"],
    ["地区", "总人口", "城镇"],
    ["甲区", 120.5, 80.0],
    ["乙县", 60.0, 20.25],
    ["丙县", 40.0, 10.5],
]


@pytest.fixture
def run(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.setenv("GOVSTATS_ROOT", str(project))
    monkeypatch.setenv("GOVSTATS_DATA", str(tmp_path / "data"))
    return CliRunner()


def test_a_picture_is_written_beside_the_tables(run: CliRunner, tmp_path: Path) -> None:
    rows, merges = builders.finance()
    path = builders.workbook(tmp_path / "财政局/2020-03/收入.xlsx", rows, merges)
    target = tmp_path / "图.html"
    done = run.invoke(app, ["inspect", str(path), "--html", str(target)])
    assert done.exit_code == 0
    assert "finance_revenue" in done.stdout
    assert str(target) in done.stderr
    assert "可以读入" in target.read_text(encoding="utf-8")


def test_json_stays_json_with_a_picture(run: CliRunner, tmp_path: Path) -> None:
    rows, merges = builders.finance()
    path = builders.workbook(tmp_path / "财政局/2020-03/收入.xlsx", rows, merges)
    done = run.invoke(app, ["inspect", str(path), "--json", "--html", str(tmp_path / "a.html")])
    content = json.loads(done.stdout)
    assert content["layout_id"] == "finance_revenue"
    assert content["tables"][0]["rows_found"] == 5
    assert content["sheets"][0]["merged"] == len(merges)


def test_a_draft_goes_to_standard_output_alone(run: CliRunner, tmp_path: Path) -> None:
    path = builders.workbook(tmp_path / "人口.xlsx", UNKNOWN)
    done = run.invoke(app, ["inspect", str(path), "--propose"])
    assert done.exit_code == 0
    draft = yaml.safe_load(done.stdout)
    labels = [column["label"] for column in draft["layouts"][0]["columns"]]
    assert labels == ["地区", "总人口", "城镇"]
    assert "TODO" in done.stderr
    assert str(path) in done.stderr


def test_a_sheet_that_is_nearly_known_gets_lines_instead_of_a_draft(
    run: CliRunner, tmp_path: Path
) -> None:
    rows, merges = builders.finance()
    rows = builders.with_cell(rows, 4, 5, "比上年增长(%)")
    path = builders.workbook(tmp_path / "财政局/2020-03/收入.xlsx", rows, merges)
    done = run.invoke(app, ["inspect", str(path), "--propose"])
    assert done.exit_code == 0
    assert "also: [[累计完成, 比上年增长]]" in done.stdout
    assert "finance_revenue" in done.stderr


def test_nothing_to_draft_is_said(run: CliRunner, tmp_path: Path) -> None:
    rows, merges = builders.finance()
    path = builders.workbook(tmp_path / "财政局/2020-03/收入.xlsx", rows, merges)
    done = run.invoke(app, ["inspect", str(path), "--propose"])
    assert isinstance(done.exception, GovstatsError)
    assert "has a layout already" in str(done.exception)
    broken = tmp_path / "b.xlsx"
    broken.write_bytes(b"no spreadsheet")
    done = run.invoke(app, ["inspect", str(broken), "--propose"])
    assert isinstance(done.exception, GovstatsError)
    assert "b.xlsx" in str(done.exception)
