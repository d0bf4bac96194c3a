"""Faults while sheets are read and their facts written: nothing refused that is not at fault."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from govstats import reading
from govstats.errors import MachineError
from govstats.files import sha256_file
from govstats.intake import survey, take_in
from govstats.observations import SubmissionRef, read_into, read_summaries
from govstats.observations.model import Job
from govstats.settings import Settings
from govstats.workbooks.jail import Died
from tests.faults.tripping import small_files
from tests.workbooks import builders

SHEETS = 3


@pytest.fixture
def handed_in(settings: Settings) -> Settings:
    """Three sheets on the ledger, not read yet."""
    folder = settings.raw / "财政局/2020-03"
    folder.mkdir(parents=True)
    rows, merges = builders.finance()
    for number in range(SHEETS):
        changed = builders.with_cell(rows, 5, 2, 334000 + number)
        builders.workbook(folder / f"{number}.xlsx", changed, merges)
    take_in(settings)
    return settings


def facts(settings: Settings) -> dict[str, str]:
    folder = reading.facts_folder(settings)
    return {path.name: sha256_file(path) for path in sorted(folder.iterdir())}


def parse(settings: Settings) -> dict[str, int]:
    return reading.parse(settings, [entry.submission_id for entry in survey(settings).entries])


def flip(path: Path, place: float) -> None:
    content = bytearray(path.read_bytes())
    content[int(len(content) * place)] ^= 1
    path.write_bytes(content)


DAMAGE: dict[str, tuple[str, Callable[[Path], object]]] = {
    "cut off": ("*.observations.parquet", lambda path: os.truncate(path, 100)),
    "emptied": ("*.cells.parquet", lambda path: os.truncate(path, 0)),
    "longer": ("*.observations.parquet", lambda path: path.write_bytes(path.read_bytes() + b"x")),
    "one bit at the begin": ("*.observations.parquet", lambda path: flip(path, 0)),
    "one bit of the figures": ("*.observations.parquet", lambda path: flip(path, 0.2)),
    "one bit at the end": ("*.cells.parquet", lambda path: flip(path, 0.999)),
    "one bit of a summary": ("*.json", lambda path: flip(path, 0.7)),
    "one bit of the seal": ("*.json", lambda path: flip(path, 0.02)),
    "summary cut off": ("*.json", lambda path: os.truncate(path, 500)),
    "tables gone": ("*.cells.parquet", Path.unlink),
    "summary gone": ("*.json", Path.unlink),
}


@pytest.fixture(scope="module")
def read_once(tmp_path_factory: pytest.TempPathFactory, project: Path) -> Settings:
    """The three sheets, read."""
    settings = Settings(root=project, data=tmp_path_factory.mktemp("facts") / "data")
    handed_in.__wrapped__(settings)  # type: ignore[attr-defined]
    assert parse(settings)["accepted"] == SHEETS
    return settings


@pytest.mark.parametrize("kind", DAMAGE)
def test_damaged_facts_are_read_again(read_once: Settings, kind: str) -> None:
    """Before a build every byte is compared; the facts are then what they were."""
    whole = facts(read_once)
    pattern, harm = DAMAGE[kind]
    harm(next(reading.facts_folder(read_once).glob(pattern)))
    assert facts(read_once) != whole
    for batch in reading.scan(read_once):  # a run begins so: what is evidently damaged is read
        reading.parse(read_once, batch["submission_ids"])
    found = reading.summaries_of(read_once, survey(read_once))
    assert facts(read_once) == whole
    assert {summary["status"] for summary in found.values()} == {"accepted"}
    assert len(found) == SHEETS


def test_full_disk_refuses_no_sheet(handed_in: Settings) -> None:
    """The tables do not fit, a summary would: that it could not be read must not be recorded."""
    with small_files(2_000), pytest.raises(MachineError) as raised:
        parse(handed_in)
    assert raised.value.filename == str(reading.facts_folder(handed_in))
    assert read_summaries(reading.facts_folder(handed_in)) == {}
    assert parse(handed_in) == {"accepted": SHEETS, "refused": 0, "observations": 25 * SHEETS}
    assert not list(reading.facts_folder(handed_in).glob(".*"))


def test_copy_that_cannot_be_opened_refuses_no_sheet(handed_in: Settings) -> None:
    entry = survey(handed_in).entries[0]
    ref = SubmissionRef(
        entry.submission_id, "finance", "2020-03", entry.file, handed_in.store / "gone.xlsx"
    )
    folder = reading.facts_folder(handed_in)
    with pytest.raises(MachineError, match="No such file"):
        list(read_into([ref], handed_in, folder))
    assert read_summaries(folder) == {}


def test_folder_in_the_way_is_the_machines_fault(handed_in: Settings) -> None:
    folder = reading.facts_folder(handed_in)
    folder.parent.mkdir(parents=True)
    folder.write_text("a file where a folder belongs")
    with pytest.raises(OSError, match=r"exists|directory"):
        parse(handed_in)
    folder.unlink()
    assert parse(handed_in)["accepted"] == SHEETS


def dying(times: int) -> Callable[..., Iterator[Any]]:
    """A jail whose process is killed from outside at its first jobs."""
    left = [times]

    def jail(
        work: Callable[[Job], Any],
        jobs: Iterable[Job],
        *_: object,
        prepare: Callable[[], None],
        **__: object,
    ) -> Iterator[Any]:
        prepare()
        for job in jobs:
            if left[0]:
                left[0] -= 1
                yield Died("crashed", "SIGKILL")
            else:
                yield work(job)

    return jail


@pytest.mark.parametrize(("times", "status"), [(1, "accepted"), (2, "refused")])
def test_reader_killed_from_outside_reads_again_once(
    handed_in: Settings, monkeypatch: pytest.MonkeyPatch, times: int, status: str
) -> None:
    monkeypatch.setattr("govstats.observations.read.run_jailed", dying(times))
    only = survey(handed_in).entries[0].submission_id
    reading.parse(handed_in, [only])
    assert read_summaries(reading.facts_folder(handed_in))[only]["status"] == status


def test_file_gone_between_scan_and_reading_is_read_from_its_copy(handed_in: Settings) -> None:
    shutil.rmtree(handed_in.raw / "财政局")
    assert parse(handed_in)["accepted"] == SHEETS


PARSE = """
import sys
from pathlib import Path
from govstats import reading
from govstats.intake import survey
from govstats.settings import Settings
settings = Settings(root=Path(sys.argv[1]), data=Path(sys.argv[2]))
print("ready", flush=True)
sys.stdin.readline()
done = reading.parse(settings, [entry.submission_id for entry in survey(settings).entries])
assert done["accepted"] == 3, done
"""


def test_two_processes_read_the_same_sheets_at_once(handed_in: Settings) -> None:
    command = [sys.executable, "-c", PARSE, str(handed_in.root), str(handed_in.data)]
    both = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    for process in both:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in both:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in both:
        process.communicate(timeout=120)
        assert process.returncode == 0
    assert len(reading.summaries_of(handed_in, survey(handed_in))) == SHEETS
