"""The report's judgements are those of the code lists: every code has a shape of its own."""

import csv
from pathlib import Path

import pytest

from govstats.release.report.files import FATES
from govstats.release.report.signs import SHAPES
from govstats.release.report.verdict import WAITING

#: Lists of which only some codes are judgements.
PARTLY = {"correction_state"}


def listed(project: Path, name: str) -> dict[str, str]:
    with (project / "dbt_project/seeds/codes.csv").open(encoding="utf-8", newline="") as handle:
        return {
            row["code"]: row["name_en"] for row in csv.DictReader(handle) if row["list"] == name
        }


@pytest.mark.parametrize("name", sorted(SHAPES))
def test_codes_are_those_of_the_seed(project: Path, name: str) -> None:
    codes = listed(project, name)
    assert all(codes.values()), "a code without an English word"
    if name in PARTLY:
        assert set(SHAPES[name]) <= set(codes)
    else:
        assert set(SHAPES[name]) == set(codes)


def test_fates_and_open_states_are_those_of_the_seed(project: Path) -> None:
    assert set(FATES) == set(listed(project, "cell_fate"))
    assert set(WAITING) < set(listed(project, "finding_state"))


@pytest.mark.parametrize("name", sorted(SHAPES))
def test_no_two_judgements_of_different_tone_share_a_shape(name: str) -> None:
    # without colour, the shape (and the word beside it) must tell as much
    tones: dict[str, set[str]] = {}
    for shape, tone in SHAPES[name].values():
        tones.setdefault(shape, set()).add(tone)
    assert all(len(found) == 1 for found in tones.values())
