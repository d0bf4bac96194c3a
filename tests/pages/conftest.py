"""Pages of a release in a real browser, from disk, with no network; an offence fails the test.

The pages are those of the demonstration's release. ``GOVSTATS_PAGES_DATA`` names a finished data
folder to look at instead: quicker while a page is being written, or to try another district's.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from govstats.settings import Settings
from tests.integration.conftest import first_release  # noqa: F401 - a fixture of this folder too
from tests.pages.looking import Visitor

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser's path; without one the tests of pages are skipped, saying so."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip(f"no browser here: none of {', '.join(NAMES)} (apt-get install chromium)")
    return found


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """One browser for a file's tests.

    Not for the session: Playwright's event loop would stay in the process, and tests after it
    that run a loop of their own would fail.
    """
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=chromium,
            args=["--host-resolver-rules=MAP * ~NOTFOUND", "--disable-background-networking"],
        )
        yield started
        started.close()


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visitor]:
    """``visit(path, query="", size=WIDE, …)``: a page; an offence fails the test at its end."""
    visitor = Visitor(browser)
    yield visitor
    assert visitor.leave() == []


@pytest.fixture(scope="session")
def released_data(request: pytest.FixtureRequest) -> Settings:
    """A finished run with a release: the demonstration's, or that of GOVSTATS_PAGES_DATA."""
    chosen = os.environ.get("GOVSTATS_PAGES_DATA")
    if not chosen:
        made: Settings = request.getfixturevalue("first_release")
        return made
    return Settings(root=request.getfixturevalue("project"), data=Path(chosen).resolve())


@pytest.fixture(scope="session")
def release(released_data: Settings) -> Path:
    """The folder of the current release."""
    return (released_data.releases / "current").resolve()
