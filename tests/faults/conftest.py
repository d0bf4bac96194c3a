"""The run that nothing disturbed, and the same run again in seconds."""

import importlib
import pickle
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from bench.runs import Runs
from govstats import pipeline, validation
from govstats.observations import read_summaries
from govstats.reading import facts_folder
from govstats.release import releases
from govstats.settings import Settings
from govstats.warehouse import candidate, dbt_runner, docs
from tests import small as installation

#: When every run of these tests takes in what is new: the marts say when a sheet was received.
NOW = datetime(2022, 2, 15, 9, tzinfo=timezone(timedelta(hours=8)))
registering = importlib.import_module("govstats.intake.register")  # the function hides it


@pytest.fixture
def fixed_receipt(monkeypatch: pytest.MonkeyPatch) -> None:
    """What comes in is received at ``NOW``."""
    monkeypatch.setattr(registering, "_now", lambda *_: NOW)


class Recorder:
    """Does the slow steps of a run once, the same again from what was kept.

    dbt and the audit follow from the bytes they are given; what is written of them is copied. The
    pages that people look at are left out: other tests look at them.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def record(self, patch: pytest.MonkeyPatch) -> None:
        """Keep what the slow steps give."""
        self.folder.mkdir()
        build, validate = dbt_runner.build, validation.validate

        def building(settings: Settings, warehouse: Path, *rest: Any, **more: Any) -> Any:
            nodes = build(settings, warehouse, *rest, **more)
            shutil.copyfile(warehouse, self.folder / "warehouse.duckdb")
            self._keep("nodes", nodes)
            return nodes

        def judging(*given: Any, **more: Any) -> Any:
            result = validate(*given, **more)
            self._keep("result", result)
            return result

        patch.setattr(dbt_runner, "build", building)
        patch.setattr(validation, "validate", judging)

    def replay(self, patch: pytest.MonkeyPatch) -> None:
        """Give again what was kept."""

        def building(settings: Settings, warehouse: Path, *rest: Any, **more: Any) -> Any:
            shutil.copyfile(self.folder / "warehouse.duckdb", warehouse)
            return self._kept("nodes")

        def page(settings: Settings, candidate: Path, *rest: Any) -> None:
            (candidate / "docs").mkdir()
            (candidate / "docs" / "index.html").write_text("docs")

        def shown(settings: Settings, folder: Path, *rest: Any) -> None:
            (folder / "board").mkdir(exist_ok=True)
            (folder / "board" / "index.html").write_text("board")

        patch.setattr(dbt_runner, "build", building)
        patch.setattr(dbt_runner, "freshness", lambda *_: [])
        patch.setattr(validation, "validate", lambda *_, **__: self._kept("result"))

        def telling(settings: Settings, here: Path, release: Any) -> None:
            told = releases.current_folder(Settings(settings.root, self.folder / "data"))
            for name in ("notes.md", "notes.json"):
                shutil.copyfile(told / name, here / name)

        patch.setattr(docs, "write", page)
        patch.setattr(candidate, "_tell", telling)
        patch.setattr("govstats.release.products.write", shown)

    def _keep(self, name: str, value: Any) -> None:
        (self.folder / name).write_bytes(pickle.dumps(value))

    def _kept(self, name: str) -> Any:
        return pickle.loads((self.folder / name).read_bytes())


@pytest.fixture(scope="session")
def recorder(
    small_release: Settings, tmp_path_factory: pytest.TempPathFactory, worker_id: str
) -> Recorder:
    """A run that nothing disturbed: the small release, one more sheet, the next release."""
    shared = tmp_path_factory.getbasetemp()
    if worker_id != "master":
        shared = shared.parent  # by the test processes
    made = Recorder(shared / "recorded")
    with FileLock(shared / "recorded.lock"):
        if not made.folder.exists():
            _undisturbed(small_release, made)
    return made


def _undisturbed(released: Settings, made: Recorder) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(registering, "_now", lambda *_: NOW)
        made.record(patch)
        settings = installation.copied(released, made.folder / "data")
        file = installation.hand_in_again(settings)
        assert pipeline.run(settings)["published"]
    read = read_summaries(facts_folder(settings)).values()
    assert {summary["status"] for summary in read} == {"accepted"}, file


@pytest.fixture(scope="session")
def undisturbed(recorder: Recorder, small_release: Settings) -> Settings:
    """What an undisturbed run makes of one more sheet; read it, do not change it."""
    return replace(small_release, data=recorder.folder / "data")


@pytest.fixture
def waiting(small: Settings) -> Settings:
    """The small release, and one more sheet that no run has seen."""
    installation.hand_in_again(small)
    return replace(small, keep_releases=3)


@pytest.fixture
def quick(
    recorder: Recorder, waiting: Settings, fixed_receipt: None, monkeypatch: pytest.MonkeyPatch
) -> Callable[[], dict[str, Any]]:
    """A run over ``waiting`` in seconds: dbt and the audit give what they gave before."""
    recorder.replay(monkeypatch)
    return lambda: pipeline.run(waiting)


@pytest.fixture(scope="module")
def runs() -> Iterator[Runs]:
    """Runs in processes of their own."""
    with Runs() as server:
        yield server
