"""The report's words for codes are those of the code lists."""

import csv
from pathlib import Path

import pytest

from govstats.release.report import view

WORDS = {
    "severity": {code: sign.word for code, sign in view.SEVERITIES.items()},
    "outcome": {code: sign.word for code, sign in view.OUTCOMES.items()},
    "duty_state": {code: sign.word for code, sign in view.DUTIES.items()},
    "holds": view.HOLDS,
    "measure": view._MEASURES,
    "period_type": view._PERIOD_TYPES,
    "scope": view._SCOPES,
}


@pytest.mark.parametrize("name", sorted(WORDS))
def test_words_are_those_of_the_seed(project: Path, name: str) -> None:
    with (project / "dbt_project/seeds/codes.csv").open(encoding="utf-8", newline="") as handle:
        listed = {
            row["code"]: row["name_zh"] for row in csv.DictReader(handle) if row["list"] == name
        }
    assert WORDS[name] == listed
