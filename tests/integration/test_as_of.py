"""A rebuilt past is, to the byte, what was released when only the files of then existed."""

import csv
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest

from govstats import pipeline
from govstats.files import sha256_file
from govstats.intake import register, survey
from govstats.release import reader, releases
from govstats.settings import Settings
from tests.knowledge import copy_knowledge

#: The day on which two sheets of one department still contradicted each other, and one was held.
HELD = date(2020, 8, 4)
#: Days in the middle of deliveries; on the last a second edition mended what had been held.
DAYS = [date(2019, 11, 20), HELD, date(2020, 8, 5)]
#: Corrections of three cells: entered, and withdrawn, on these days.
BOOK = [("2019-11-20", ""), ("2019-11-20", "2020-08-05"), ("2020-08-05", "")]

_CELLS = """
select
    observation.department_code, submission.time_period, observation.layout_id,
    observation.sheet, observation.cell,
    observation.indicator_code || '/' || observation.ref_area || '/' || observation.scope || '/'
    || cast(observation.period_end as varchar) || '/' || observation.period_type || '/'
    || observation.measure as figure,
    cast(observation.cell_value as varchar) as old_value, observation.cell_unit as value_unit
from raw.observation
inner join raw.submission on observation.submission_id = submission.submission_id
where
    observation.measure = 'level' and observation.cell_value > 1
    and submission.time_period = '2019-06'
order by all
limit 3
"""


@dataclass(frozen=True)
class Book:
    """Installations whose book of corrections is as it stood on a day."""

    released: Settings
    folder: Path
    cells: list[dict[str, object]]

    def settings(self, name: str, until: date | None) -> Settings:
        """Return an installation with an empty data folder; ``until``: its book ends there."""
        root, day = self.folder / name, until.isoformat() if until else "9999"
        copy_knowledge(self.released.root, root)
        with (root / "dbt_project/seeds/corrections.csv").open("a", encoding="utf-8") as handle:
            writer = csv.DictWriter(handle, _columns(root), lineterminator="\n")
            writer.writerows(self._lines(day))
        return replace(self.released, root=root, data=self.folder / name / "data")

    def _lines(self, day: str) -> Iterator[dict[str, object]]:
        for number, (cell, (entered, withdrawn)) in enumerate(
            zip(self.cells, BOOK, strict=True), start=1
        ):
            if entered <= day:
                yield cell | {
                    "correction_id": f"c{number}",
                    "new_value": 1,
                    "reason_zh": "原表把上年数误填入本年栏",
                    "author": "统计员",
                    "entered_on": entered,
                    "withdrawn_on": withdrawn if withdrawn <= day else "",
                }


def _columns(root: Path) -> list[str]:
    heading = (root / "dbt_project/seeds/corrections.csv").read_text(encoding="utf-8")
    return heading.splitlines()[0].split(",")


@pytest.fixture
def book(first_release: Settings, tmp_path: Path) -> Book:
    with reader.connect(first_release) as connection:
        cells = reader.rows(connection, _CELLS)
    return Book(first_release, tmp_path, cells)


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_past_is_rebuilt_to_the_byte(first_release: Settings, book: Book, day: date) -> None:
    now, then = book.settings("now", until=None), book.settings("then", until=day)
    shutil.copytree(first_release.data, now.data, symlinks=True)
    current = releases.current_id(now)
    past = pipeline.run(now, day)
    assert past["published"]
    assert releases.current_id(now) == current

    _receive(first_release, then, day)
    released = pipeline.run(then)
    rebuilt = now.releases / past["release_id"]
    original = then.releases / released["release_id"]
    assert _files(rebuilt / "parquet") == _files(original / "parquet")
    assert "fct_validation_finding.parquet" in _files(rebuilt / "parquet")
    held = [file for file in _held(then, released["release_id"]) if "主要指标" in file]
    assert bool(held) == (day == HELD)
    (listed,) = [item for item in releases.list_all(now) if item["as_of"]]
    assert (listed["as_of"], listed["current"]) == (str(day), False)
    assert releases.verify(now, past["release_id"]) == []


def _held(settings: Settings, release_id: str) -> list[str]:
    with reader.connect(settings, release_id) as connection:
        sql = "select file from raw.submission where status = 'held' order by file"
        return [str(row["file"]) for row in reader.rows(connection, sql)]


def _receive(source: Settings, then: Settings, day: date) -> None:
    """Hand in only what had been received by the end of the day, and the facts read from it."""
    entries = [entry for entry in survey(source).entries if entry.received_at.date() <= day]
    for entry in entries:
        target = then.raw / entry.file
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source.raw / entry.file, target)
    register(then, [(Path(entry.file), entry.received_at) for entry in entries])
    shutil.copytree(source.facts, then.facts)


def _files(folder: Path) -> dict[str, str]:
    return {path.name: sha256_file(path) for path in folder.iterdir()}
