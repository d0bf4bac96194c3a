"""Spoilt files of every format among good ones: an answer for each, and the good ones are read."""

import re
from collections import Counter
from pathlib import Path
from random import Random

import pytest

from govstats.observations import ReadOutcome, SubmissionRef, read_all
from govstats.settings import Settings
from govstats.workbooks.limits import Limits
from govstats.workbooks.refusals import codes
from tests.workbooks import builders
from tests.workbooks.fuzz_bytes import FORMATS, build, spoilt

LIMITS = Limits(memory_bytes=1024 * 1024 * 1024, cpu_seconds=6, wall_seconds=10)
#: Every so many files there is a good one.
STEP = 10
#: A place in a text of refusals that nothing was put into; what a file says may have brackets too.
_PLACEHOLDER = re.compile(r"\{[a-z_]+\}")


def figures(outcome: ReadOutcome) -> list[tuple[object, ...]]:
    return [
        (o.cell, o.indicator_code, o.measure, o.period_type, o.cell_value, o.cell_unit)
        for o in outcome.observations
    ]


def check_refusal(outcome: ReadOutcome) -> None:
    refusal = outcome.refusal
    assert refusal is not None
    assert refusal.code in codes()
    for text in (refusal.text_zh(), refusal.text_en()):
        assert not _PLACEHOLDER.search(text)
        assert "Traceback" not in text
    assert outcome.ref.file in refusal.found_zh
    assert [*outcome.observations, *outcome.cells, *outcome.entries, *outcome.notes] == []


def check_read(outcome: ReadOutcome) -> None:
    """Every cell has one fate, and every observation its cell."""
    places = Counter((cell.sheet, cell.row_number, cell.column_number) for cell in outcome.cells)
    assert max(places.values(), default=1) == 1
    observed = {(o.sheet, o.row_number, o.column_number) for o in outcome.observations}
    assert len(observed) == len(outcome.observations)
    filled = {
        (o.sheet, o.row_number, o.column_number)
        for o in outcome.observations
        if o.value_text is not None and o.missing_kind is None
    }
    assert filled <= set(places)
    for o in outcome.observations:
        assert (o.cell_value is None) == (o.missing_kind is not None)


def run(name: str, count: int, folder: Path, settings: Settings, seed: int) -> Counter[str]:
    """Read a number of spoilt files of a format, good ones among them."""
    random = Random(f"{name} {seed}")
    rows, merges = builders.finance()
    content = build(name, folder / f"good.{FORMATS[name]}", rows, merges)
    refs, is_checked = [], []
    for number in range(count):
        path = folder / f"{number}.{FORMATS[name]}"
        spoil = number % STEP != 0
        changed, checked = spoilt(name, content, random) if spoil else (content, True)
        path.write_bytes(changed)
        refs.append(SubmissionRef(str(number), "finance", "2020-03", path.name, path))
        is_checked.append(checked)
    outcomes = list(read_all(refs, settings, LIMITS))
    assert [outcome.ref for outcome in outcomes] == refs
    good = figures(outcomes[0])
    assert len(good) == 25
    for number, outcome in enumerate(outcomes):
        if outcome.status == "refused":
            assert number % STEP, f"a good file: {outcome.refusal}"
            check_refusal(outcome)
            continue
        check_read(outcome)
        if is_checked[number]:  # no changed byte of content goes unnoticed
            assert figures(outcome) == good
    return Counter(outcome.refusal.code if outcome.refusal else "read" for outcome in outcomes)


@pytest.mark.parametrize("name", FORMATS)
def test_spoilt_files(name: str, tmp_path: Path, settings: Settings) -> None:
    print(name, run(name, 25, tmp_path, settings, 1))


@pytest.mark.slow
@pytest.mark.parametrize("name", FORMATS)
def test_many_spoilt_files(name: str, tmp_path: Path, settings: Settings) -> None:
    print(name, run(name, 600, tmp_path, settings, 2))
