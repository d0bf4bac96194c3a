"""Settings from the environment."""

from dataclasses import fields
from pathlib import Path

import pytest

from govstats.errors import GovstatsError
from govstats.settings import ENVIRONMENT, Settings
from govstats.workbooks.limits import Limits, meanings


def test_every_limit_is_a_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    for number, limit in enumerate(fields(Limits), start=1001):
        name = f"GOVSTATS_LIMIT_{limit.name.upper()}"
        assert str(getattr(Limits(), limit.name)) in ENVIRONMENT[name]
        monkeypatch.setenv(name, str(number))
    limits = Settings.from_environment().limits
    assert [getattr(limits, limit.name) for limit in fields(Limits)] == list(
        range(1001, 1001 + len(fields(Limits)))
    )


@pytest.mark.parametrize("page", ["operate.md", "formats.md"])
def test_the_guides_state_every_limit(project: Path, page: str) -> None:
    lines = (project / "docs" / page).read_text(encoding="utf-8").splitlines()
    for name, meaning in meanings().items():
        (line,) = [line for line in lines if f"`GOVSTATS_LIMIT_{name.upper()}`" in line]
        assert meaning in line
        assert f"{getattr(Limits(), name):,}" in line


def test_a_limit_that_is_no_number_is_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOVSTATS_LIMIT_CELL_AREA", "no")
    with pytest.raises(GovstatsError, match="GOVSTATS_LIMIT_CELL_AREA is 'no'"):
        Settings.from_environment()
