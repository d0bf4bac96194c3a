"""One whole run on the demonstration data, made once and copied by every test that changes it."""

import json
import logging
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from filelock import FileLock

from demo import generate
from demo.deliver import deliver
from govstats import pipeline
from govstats.settings import Settings


@pytest.fixture(scope="session")
def first_release(
    tmp_path_factory: pytest.TempPathFactory, project: Path, worker_id: str
) -> Settings:
    """Demonstration data delivered, run and released; read it, do not change it."""
    root = tmp_path_factory.getbasetemp()
    if worker_id != "master":
        root = root.parent  # shared by the test processes
    settings = Settings(root=project, data=root / "first-release" / "data")
    with FileLock(root / "first-release.lock"):
        done = root / "first-release" / "done.json"
        if not done.exists():
            logging.getLogger("govstats").setLevel(logging.INFO)
            deliver(settings, generate(settings.raw))
            result = pipeline.run(settings)
            done.write_text(json.dumps(result))
    return settings


@pytest.fixture
def released(first_release: Settings, tmp_path: Path) -> Settings:
    """A copy of the finished run for one test to work on."""
    data = tmp_path / "data"
    shutil.copytree(first_release.data, data, symlinks=True)
    return replace(first_release, data=data)
