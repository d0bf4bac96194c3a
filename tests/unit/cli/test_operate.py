"""The commands for whoever operates an installation: metrics, prune, and the log of commands."""

import json
import logging
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families
from typer.testing import CliRunner

from govstats import cli
from govstats.cli import app


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GOVSTATS_DATA", str(tmp_path / "data"))
    (tmp_path / "data").mkdir()
    return tmp_path / "data"


def run(*arguments: str) -> str:
    done = CliRunner().invoke(app, arguments)
    assert done.exit_code == 0, done.output
    return done.stdout


def test_metrics_are_written_where_they_are_wanted(data: Path, tmp_path: Path) -> None:
    assert str(data / "metrics" / "govstats.prom") in run("metrics")
    target = tmp_path / "textfile" / "govstats.prom"
    run("metrics", "--output", str(target))
    for text in (target.read_text(), run("metrics", "--output", "-")):
        names = {family.name for family in text_string_to_metric_families(text)}
        assert "govstats_ledger_submissions" in names
    told = json.loads(run("metrics", "--json"))
    assert {"name": "ledger_submissions", "labels": {}, "value": 0} in told


def test_metrics_without_a_data_folder_say_what_to_do(data: Path) -> None:
    data.rmdir()
    done = CliRunner().invoke(app, ["metrics"])
    assert "GOVSTATS_DATA" in str(done.exception)
    assert not data.exists()


def test_prune_says_what_goes_and_only_then_removes_it(data: Path) -> None:
    leftover = data / "candidates" / ".building-x"
    leftover.mkdir(parents=True)
    assert "1 things would be removed" in run("prune", "--dry-run")
    (item,) = json.loads(run("prune", "--dry-run", "--json"))
    assert (item["kind"], item["path"]) == ("leftover", str(leftover))
    assert leftover.exists()
    assert "1 things removed" in run("prune")
    assert not leftover.exists()
    assert json.loads(run("prune", "--json")) == []


def test_a_commands_lines_are_one_run_and_its_error_is_kept(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = logging.getLogger("govstats").handlers[:]
    monkeypatch.setattr("sys.argv", ["govstats", "run"])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    logging.getLogger("govstats").handlers[:] = before
    assert ended.value.code == 1
    said = (data / "logs" / "govstats.jsonl").read_text(encoding="utf-8").splitlines()
    lines = [json.loads(line) for line in said]
    assert len({line["run_id"] for line in lines}) == 1
    assert {line["command"] for line in lines} == {"run"}
    assert [line["step"] for line in lines if line["event"] == "step ended"] == ["scan", "build"]
    assert lines[-1]["event"] == "command failed"
    assert "nothing is registered yet" in lines[-1]["error"]


def test_a_wrong_environment_does_not_hide_the_help(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = logging.getLogger("govstats").handlers[:]
    monkeypatch.setenv("GOVSTATS_WORKERS", "many")
    monkeypatch.setattr("sys.argv", ["govstats", "metrics", "--help"])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    logging.getLogger("govstats").handlers[:] = before
    assert ended.value.code == 0
    assert "Prometheus" in capsys.readouterr().out
