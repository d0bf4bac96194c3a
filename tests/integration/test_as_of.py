"""A rebuilt past is, to the byte, what was released when only the files of then existed."""

import csv
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest

from govstats import pipeline
from govstats.errors import ReleaseHeld
from govstats.files import sha256_file
from govstats.intake import register, survey
from govstats.release import reader, releases
from govstats.settings import Settings

#: Days in the middle of deliveries; on the second a second edition came in.
DAYS = [date(2019, 11, 20), date(2020, 8, 5), date(2020, 10, 20)]
#: The day before, when two sheets of one department contradicted each other.
HELD = date(2020, 8, 4)
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
        for part in ("layouts", "expectations", "dbt_project"):
            ignored = shutil.ignore_patterns("target", "logs")
            shutil.copytree(self.released.root / part, root / part, ignore=ignored)
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
    (listed,) = [item for item in releases.list_all(now) if item["as_of"]]
    assert (listed["as_of"], listed["current"]) == (str(day), False)
    assert releases.verify(now, past["release_id"]) == []


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_what_was_held_then_is_held_again(first_release: Settings, book: Book) -> None:
    now, then = book.settings("now", until=None), book.settings("then", until=HELD)
    shutil.copytree(first_release.data, now.data, symlinks=True)
    _receive(first_release, then, HELD)
    with pytest.raises(ReleaseHeld):
        pipeline.run(now, HELD)
    with pytest.raises(ReleaseHeld):
        pipeline.run(then)
    gates = [list(each.candidates.glob("*/gate.json")) for each in (now, then)]
    ((rebuilt,), (original,)) = gates
    assert rebuilt.read_bytes() == original.read_bytes()
    assert len(releases.list_all(now)) == 1


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
