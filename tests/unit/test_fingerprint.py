"""A release id changes with everything that decides a release, and with nothing else."""

from dataclasses import replace
from pathlib import Path

import pytest

from govstats import fingerprint
from govstats.intake import survey, take_in
from govstats.settings import Settings
from tests.knowledge import copy_knowledge


@pytest.fixture
def own(settings: Settings, tmp_path: Path) -> Settings:
    """A project folder whose knowledge the test may change, with one registered file."""
    root = copy_knowledge(settings.root, tmp_path / "project")
    changed = replace(settings, root=root)
    (changed.raw / "财政局/2020-02").mkdir(parents=True)
    (changed.raw / "财政局/2020-02/a.xlsx").write_bytes(b"a")
    take_in(changed)
    return changed


def release_id(settings: Settings) -> str:
    return fingerprint.of(settings, survey(settings)).release_id


def test_same_inputs_same_id(own: Settings) -> None:
    assert release_id(own) == release_id(own)
    assert release_id(own).startswith("2020-02-")


@pytest.mark.parametrize(
    "file",
    [
        "layouts/finance.yml",
        "bulletin/template.yml",
        "dbt_project/seeds/targets.csv",
        "dbt_project/seeds/corrections.csv",
        "dbt_project/dbt_project.yml",
    ],
)
def test_changed_knowledge_changes_the_id(own: Settings, file: str) -> None:
    before = release_id(own)
    with (own.root / file).open("a") as handle:
        handle.write("\n")
    assert release_id(own) != before


def test_new_and_changed_files_change_the_id(own: Settings) -> None:
    before = release_id(own)
    (own.raw / "财政局/2020-02/a.xlsx").write_bytes(b"tampered")
    after = release_id(own)
    assert after != before


def test_dbt_scratch_does_not_change_the_id(own: Settings) -> None:
    before = release_id(own)
    scratch = own.root / "dbt_project" / "target"
    scratch.mkdir()
    (scratch / "manifest.json").write_text("{}")
    assert release_id(own) == before
