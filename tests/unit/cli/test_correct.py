"""`govstats correct`: enters, withdraws and lists, for people and for programs."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from govstats.cli import app
from govstats.errors import GovstatsError
from tests.workbooks import builders

FILE = "财政局/2020-03/收入.xlsx"
CELL = [FILE, "收入", "D7", "--old", "69317"]
WHY = ["--reason", "两张缴库凭证重复计入", "--author", "王敏", "--on", "2020-04-20"]

Govstats = Callable[..., Result]


@pytest.fixture
def govstats(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Govstats:
    """Run the command in a project folder of the test's own, with one finance sheet."""
    root = tmp_path / "project"
    for name in ("layouts", "dbt_project/seeds"):
        shutil.copytree(project / name, root / name)
    shutil.copy(project / "dbt_project/dbt_project.yml", root / "dbt_project")
    rows, merges = builders.finance()
    builders.workbook(root / "data/raw" / FILE, rows, merges, "收入")
    monkeypatch.setenv("GOVSTATS_ROOT", str(root))
    monkeypatch.delenv("GOVSTATS_DATA", raising=False)
    return lambda *arguments: CliRunner().invoke(app, ["correct", *arguments])


def test_a_correction_is_entered_listed_and_withdrawn(govstats: Govstats) -> None:
    entered = govstats(*CELL, "--new", "69000", *WHY)
    assert entered.exit_code == 0, entered.output
    assert "entered    finance-2020-03-01" in entered.output
    assert "69317 → 69000 (万元)" in entered.output
    assert "from the next" in entered.output
    (listed,) = json.loads(govstats("--list", "--json").output)
    assert listed["correction_id"] == "finance-2020-03-01"
    assert (listed["new_value"], listed["entered_on"]) == (69000, "2020-04-20")
    assert listed["state"] is None  # nothing is released yet
    assert "not released yet" in " ".join(govstats("--list").output.split())
    gone = govstats("--withdraw", "finance-2020-03-01", "--on", "2020-04-21", "--json")
    assert json.loads(gone.output)["withdrawn_on"] == "2020-04-21"


def test_an_empty_new_figure_withdraws_the_figure(govstats: Govstats) -> None:
    assert "69317 → withdrawn (万元)" in govstats(*CELL, "--new", "", *WHY).output


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "say what is to be corrected"),
        ([*CELL, *WHY], "--new '' withdraws the figure"),
        ([*CELL, "--new", "1", "--on", "20.4.2020"], "--on '20.4.2020' is no date"),
        (["--withdraw", "x"], "none is in force"),
    ],
)
def test_mistakes_say_what_to_do(govstats: Govstats, arguments: list[str], words: str) -> None:
    done = govstats(*arguments)
    assert isinstance(done.exception, GovstatsError)
    assert words in str(done.exception)
