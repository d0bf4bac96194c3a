"""The command line: help for everything, mistakes end in words and an exit code."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.main import get_command

from govstats.cli import app
from govstats.cli.output import table
from govstats.status import wide_console

CONTRACT = {"run", "status", "inspect", "trace", "sql", "validate", "releases"}
COMMANDS = get_command(app).commands  # type: ignore[attr-defined]


def govstats(*arguments: str, data: Path) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"GOVSTATS_DATA": str(data), "NO_COLOR": "1", "COLUMNS": "200"}
    return subprocess.run(
        [sys.executable, "-c", "from govstats.cli import main; main()", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_command_of_the_contract_is_there() -> None:
    assert set(COMMANDS) >= CONTRACT


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_and_parameter_is_explained_and_speaks_json(name: str) -> None:
    command = COMMANDS[name]
    assert command.help
    assert all(getattr(parameter, "help", None) for parameter in command.params)
    assert "--json" in {option for parameter in command.params for option in parameter.opts}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["sql", "select 1"], "nothing is released yet"),
        (["trace", "gdp-level", "--period", "2020-12"], "make run"),
        (["run"], "put spreadsheets into"),
        (["inspect", "absent.xlsx"], "there is no file absent.xlsx"),
        (["releases", "--use", "nothing"], "no release 'nothing'"),
        (["register", "absent.xlsx", "--received", "2020-03-01"], "does not lie in"),
    ],
)
def test_mistakes_end_in_words_and_an_exit_code(
    tmp_path: Path, arguments: list[str], words: str
) -> None:
    done = govstats(*arguments, data=tmp_path)
    assert done.returncode == 1
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_wrong_environment_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOVSTATS_WORKERS", "many")
    done = govstats("status", data=tmp_path)
    assert done.returncode == 1
    assert "GOVSTATS_WORKERS is 'many'" in done.stderr


def test_terminal_without_chinese_is_no_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "latin-1:strict")
    done = govstats("inspect", "没有.xlsx", data=tmp_path)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr


def test_status_of_an_empty_installation_is_no_error(tmp_path: Path) -> None:
    done = govstats("status", "--json", data=tmp_path)
    assert done.returncode == 0
    assert json.loads(done.stdout)["release_id"] is None


HOSTILE = "[/b] [red]甲[/red] :100: \\[x]"


def test_texts_that_look_like_markup_are_shown_as_they_are(tmp_path: Path) -> None:
    folder = tmp_path / "raw" / "[bold]局["  # a path may close a tag that nobody opened
    folder.mkdir(parents=True)
    (folder / "b]:100:.xlsx").write_bytes(b"")
    done = govstats("status", data=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "[bold]局[/b]:100:.xlsx" in done.stdout


def test_rows_that_look_like_markup_are_shown_as_they_are(
    capsys: pytest.CaptureFixture[str],
) -> None:
    wide_console().print(table(HOSTILE, [HOSTILE], [[HOSTILE]]))
    assert capsys.readouterr().out.count(HOSTILE) == 3


def test_data_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    done = govstats("run", data=tmp_path / "file" / "data")
    assert done.returncode == 1
    assert str(tmp_path / "file") in done.stderr
    assert "Traceback" not in done.stderr
