"""Faults on the way from facts to the release that is shown, at every change of a file."""

import errno
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from govstats import pipeline
from govstats.errors import Busy, GovstatsError
from govstats.files import exclusive
from govstats.release import export, releases
from govstats.settings import Settings
from tests.faults.conftest import Recorder
from tests.faults.proof import marts, received, standing, whole
from tests.faults.tripping import ERRORS, killed, small_files, tripping

pytestmark = pytest.mark.slow

#: The boundaries between steps, by the functions that do them.
BOUNDARIES = (
    "govstats.intake.ledger:append",
    "govstats.pipeline:parse",
    "govstats.warehouse.raw:load",
    "govstats.warehouse.dbt_runner:build",
    "govstats.warehouse.lineage:write",
    "govstats.validation:record",
    "govstats.warehouse.candidate:_tell",
    "govstats.release.products:write",
    "govstats.release.export:parquet",
    "govstats.release.history:append",
    "govstats.release.releases:switch",
)
FAULTS: dict[str, BaseException] = {
    "disk full": OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)),
    "interrupted": KeyboardInterrupt(),
}
Quick = Callable[[], dict[str, Any]]


@pytest.mark.parametrize("fault", FAULTS)
def test_every_boundary(quick: Quick, waiting: Settings, undisturbed: Settings, fault: str) -> None:
    """Each run fails at the next boundary, before its work, then after, and the last one ends."""
    before = standing(waiting)
    for boundary in BOUNDARIES:
        for moment in ("before", "after"):
            with pytest.MonkeyPatch.context() as patch:
                _fail(patch, boundary, moment, FAULTS[fault])
                with pytest.raises(type(FAULTS[fault])):
                    quick()
            whole(waiting)
            is_shown = (boundary, moment) == (BOUNDARIES[-1], "after")
            assert (standing(waiting) != before) == is_shown, (boundary, moment)
    quick()
    _as_undisturbed(waiting, undisturbed)


def _fail(patch: pytest.MonkeyPatch, target: str, moment: str, fault: BaseException) -> None:
    name = target.replace(":", ".")
    real = pytest.importorskip(target.partition(":")[0]).__dict__[target.partition(":")[2]]

    def failing(*given: Any, **more: Any) -> None:
        if moment == "after":
            real(*given, **more)
        raise fault

    patch.setattr(name, failing)


def _as_undisturbed(settings: Settings, undisturbed: Settings) -> None:
    whole(settings)
    assert received(settings) == received(undisturbed)
    assert marts(settings) == marts(undisturbed)
    assert [path for path in settings.releases.iterdir() if path.name.startswith(".")] == []


# ── publishing ───────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def audited(
    quick: Quick, waiting: Settings, monkeypatch: pytest.MonkeyPatch
) -> tuple[Settings, str]:
    """A candidate that may be published; its Parquet files are only copied after the first."""
    for batch in pipeline.scan(waiting):
        pipeline.parse(waiting, batch["submission_ids"])
    release_id = pipeline.build(waiting)
    assert release_id is not None
    pipeline.validate(waiting, release_id)
    made = waiting.data.parent / "parquet"
    told = export.parquet(waiting.candidates / release_id / "warehouse.duckdb", made)

    def copy(warehouse: Path, folder: Path) -> Any:
        # by another process: its files are DuckDB's to write, and are not counted as changes
        subprocess.run(["cp", "-rT", made, folder], check=True)
        return told

    monkeypatch.setattr(export, "parquet", copy)
    return waiting, release_id


def copies(settings: Settings, folder: Path) -> Iterator[tuple[int, Settings]]:
    """The installation anew for each change that may go wrong; what is not written is linked."""
    for number in range(1, 400):
        data = folder / str(number)
        shutil.copytree(settings.data, data, symlinks=True, copy_function=os.link)
        yield number, replace(settings, data=data)
        shutil.rmtree(data)
    pytest.fail("it never comes to an end")


def test_publishing_killed_before_every_change(
    audited: tuple[Settings, str], undisturbed: Settings, tmp_path: Path
) -> None:
    settings, release_id = audited
    before = standing(settings)
    for number, copy in copies(settings, tmp_path / "copies"):
        died = killed(partial(pipeline.publish, copy, release_id), copy.data, number)
        whole(copy)
        switched = releases.current_id(copy) == release_id
        assert switched or standing(copy) == before
        pipeline.publish(copy, release_id)
        _as_undisturbed(copy, undisturbed)
        if not died:
            break
    assert number > 10


@pytest.mark.parametrize("fault", ["disk full", "read-only"])
def test_publishing_failed_before_every_change(
    audited: tuple[Settings, str], undisturbed: Settings, tmp_path: Path, fault: str
) -> None:
    settings, release_id = audited
    failed = 0
    for number, copy in copies(settings, tmp_path / "copies"):
        lasting = fault == "read-only"
        with tripping(copy.data, number, ERRORS[fault], lasting=lasting) as trip:
            try:
                pipeline.publish(copy, release_id)
            except OSError:
                failed += 1
        whole(copy)
        pipeline.publish(copy, release_id)
        _as_undisturbed(copy, undisturbed)
        if trip.seen < number:
            break
    assert failed > 10


# ── what other libraries write ───────────────────────────────────────────────────────────────


def test_disk_full_wherever_the_warehouse_is_written(
    quick: Quick, waiting: Settings, undisturbed: Settings, recorder: Recorder
) -> None:
    """DuckDB's own writes come back half done; it is told as the machine's fault."""
    size = (recorder.folder / "warehouse.duckdb").stat().st_size
    before = standing(waiting)
    for most in (50_000, 300_000, 2_000_000, size // 2, size - 4096, size):
        with small_files(most), pytest.raises(OSError, match=r"."):
            quick()
        whole(waiting)
        assert standing(waiting) == before
    quick()
    _as_undisturbed(waiting, undisturbed)


# ── the link ─────────────────────────────────────────────────────────────────────────────────


def _gone(settings: Settings) -> None:
    (settings.releases / releases.LINK).unlink()


def _dangling(settings: Settings) -> None:
    _gone(settings)
    (settings.releases / releases.LINK).symlink_to("2019-12-0000000000")


def _half_done(settings: Settings) -> None:
    (settings.releases / f".{releases.LINK}.4194304").symlink_to("2019-12-0000000000")
    _gone(settings)


def _to_a_half_release(settings: Settings) -> None:
    (settings.releases / "2019-12-0000000000").mkdir()
    _dangling(settings)


LINKS = {
    "gone": _gone,
    "dangling": _dangling,
    "half done": _half_done,
    "to a half release": _to_a_half_release,
}


@pytest.mark.parametrize("kind", LINKS)
def test_link_that_shows_nothing_is_set_again(
    small: Settings, quick: Quick, waiting: Settings, undisturbed: Settings, kind: str
) -> None:
    LINKS[kind](waiting)
    quick()
    _as_undisturbed(waiting, undisturbed)


def test_folder_in_place_of_the_link_is_told(small: Settings) -> None:
    shown = releases.current_id(small)
    assert shown is not None
    link = small.releases / releases.LINK
    link.unlink()
    shutil.copytree(small.releases / shown, link)
    with pytest.raises(GovstatsError, match="no link") as told:
        releases.switch(small, shown)
    assert "mv " in told.value.remedy
    shutil.rmtree(link)
    releases.switch(small, shown)
    whole(small)


def test_run_beside_another_says_so_and_changes_nothing(quick: Quick, waiting: Settings) -> None:
    before = standing(waiting)
    with exclusive(waiting.data / ".warehouse.lock", "building"), pytest.raises(Busy):
        quick()
    assert standing(waiting) == before
    assert quick()["published"]
    whole(waiting)
