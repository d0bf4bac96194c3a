"""A project folder whose book the tests may write, with one finance sheet in data/raw."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from govstats.settings import Settings
from tests.workbooks import builders

FILE = "财政局/2020-03/收入.xlsx"


@pytest.fixture
def own(settings: Settings, tmp_path: Path) -> Settings:
    """The project's knowledge in a folder of the test's own."""
    root = tmp_path / "project"
    for name in ("layouts", "dbt_project/seeds"):
        shutil.copytree(settings.root / name, root / name)
    shutil.copy(settings.root / "dbt_project/dbt_project.yml", root / "dbt_project")
    return replace(settings, root=root)


@pytest.fixture
def sheet(own: Settings) -> Settings:
    """The same with a sheet: D7 holds 69317 万元, D6 68103 and D8 is made a dash."""
    rows, merges = builders.finance()
    rows = builders.with_cell(rows, 8, 4, "—")
    builders.workbook(own.raw / FILE, rows, merges, "收入")
    return own
