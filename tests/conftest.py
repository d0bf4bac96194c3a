"""What every test may use: the project, a data folder of its own, the shared material."""

import os
from pathlib import Path

import hypothesis
import pytest

from govstats.settings import Settings
from tests.small import small, small_release

__all__ = ["small", "small_release"]

PROJECT = Path(__file__).resolve().parent.parent

# Tests hand in whole files, also to processes of their own: nothing to wait for.
os.environ.setdefault("GOVSTATS_QUIET_SECONDS", "0")

# No test is a matter of time: first calls load libraries, and machines are busy. What fails is
# printed as an example to copy, not kept in a database; every run tries the same examples.
hypothesis.settings.register_profile(
    "project", deadline=None, database=None, derandomize=True, print_blob=True
)
hypothesis.settings.load_profile("project")


@pytest.fixture(scope="session")
def project() -> Path:
    """The project's root."""
    return PROJECT


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """The project's knowledge with an empty data folder."""
    return Settings(root=PROJECT, data=tmp_path / "data", keep_releases=3)


@pytest.fixture(scope="session")
def shared() -> Path:
    """Reference figures and real sheets, which lie beside the project and not in it."""
    folder = Path(os.environ.get("GOVSTATS_SHARED") or PROJECT.parent / "shared")
    if not folder.is_dir():
        pytest.skip("no folder ../shared here (set GOVSTATS_SHARED): real sheets are not read")
    return folder


@pytest.hookimpl(tryfirst=True)  # before pytest chooses by mark
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that looks at a whole run of the demonstration is slow, for the run is."""
    for item in items:
        if "first_release" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.slow)
