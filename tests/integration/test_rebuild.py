"""The same inputs give the same release, to the byte of every mart."""

import shutil

import pytest

from govstats import pipeline
from govstats.release import releases
from govstats.settings import Settings


@pytest.mark.slow
def test_two_builds_are_identical(released: Settings) -> None:
    folder = releases.current_folder(released)
    first = releases.manifest(folder)
    report = (folder / "validation" / "index.html").read_bytes()
    for name in ("facts", "releases", "candidates", "work", "store"):
        shutil.rmtree(released.data / name, ignore_errors=True)
    pipeline.run(released)
    again = releases.current_folder(released)
    second = releases.manifest(again)
    assert second["release_id"] == first["release_id"]
    assert second["marts"] == first["marts"]
    assert (again / "validation" / "index.html").read_bytes() == report
