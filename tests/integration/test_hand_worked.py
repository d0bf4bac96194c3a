"""Judgements of the demonstration year worked out by hand from the spreadsheets themselves.

`hand_worked.csv`, one row per target and period. Worked out from the cells and from
docs/progress-method.md, not from the warehouse; blank is null where nothing else is said:

- target_id, kind, time_period: which judgement; kind repeats targets.csv for the reader.
- cells: what was read, joined by " ; ": file!sheet!cell=content as printed, the figure judged
  first, then its parts of earlier years; the last edition where there are two. Nothing after "="
  is an empty cell; "folder none" says that no file came.
- actual_value, completion_pct, gap, is_met, status, light, no_data_reason: what must be released,
  to four decimals.
- expected_pct_seasonal, expected_pct_planned, expected_pct_linear: the paths; not compared where
  there is no data.
- working_by_hand: the arithmetic.

`hand_worked_items.csv`, one row per named work and period: name, text, due day and figure as cells,
and the stage, due_date, state and no_data_reason that follow.
"""

import csv
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from govstats.release import reader
from govstats.settings import Settings

Row = dict[str, str]
FIGURES = ("actual_value", "completion_pct", "gap")
PATHS = ("expected_pct_seasonal", "expected_pct_planned", "expected_pct_linear")
WORDS = ("status", "light", "no_data_reason")
ITEM = ("stage", "required_stage", "state", "no_data_reason")


def rows(name: str) -> list[Row]:
    with Path(__file__).with_name(name).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


CASES = rows("hand_worked.csv")
ITEMS = rows("hand_worked_items.csv")


def released_rows(settings: Settings, query: str, *key: str) -> dict[tuple[str, ...], Any]:
    with reader.connect(settings) as connection:
        found = connection.execute(query)
        names = [column[0] for column in found.description]
        mapped = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    return {tuple(row[column] for column in key): row for row in mapped}


@pytest.fixture(scope="module")
def progress(first_release: Settings) -> dict[tuple[str, ...], Any]:
    query = "select *, strftime(period_end, '%Y-%m') as time_period from marts.fct_target_progress"
    return released_rows(first_release, query, "target_id", "time_period")


@pytest.fixture(scope="module")
def milestones(first_release: Settings) -> dict[tuple[str, ...], Any]:
    query = "select *, strftime(period_end, '%Y-%m') as time_period from marts.fct_milestone"
    return released_rows(first_release, query, "target_id", "item_zh", "time_period")


def to_four(value: Decimal | None) -> Decimal | None:
    return None if value is None else value.quantize(Decimal("0.0001"), ROUND_HALF_UP)


def figure(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def named(row: Row) -> str:
    return " ".join(row[c] for c in ("target_id", "entry_name", "time_period") if c in row)


@pytest.mark.parametrize("case", CASES, ids=named)
def test_judged_as_worked_by_hand(case: Row, progress: dict[tuple[str, ...], Any]) -> None:
    found = progress[case["target_id"], case["time_period"]]
    figures = FIGURES if case["no_data_reason"] else FIGURES + PATHS
    assert {name: to_four(found[name]) for name in figures} == {
        name: figure(case[name]) for name in figures
    }, case["working_by_hand"]
    assert {name: found[name] or "" for name in WORDS} == {name: case[name] for name in WORDS}
    assert {None: "", True: "true", False: "false"}[found["is_met"]] == case["is_met"]


@pytest.mark.parametrize("item", ITEMS, ids=named)
def test_named_work_stands_as_read_by_hand(
    item: Row, milestones: dict[tuple[str, ...], Any]
) -> None:
    found = milestones[item["target_id"], item["entry_name"], item["time_period"]]
    assert {name: found[name] or "" for name in ITEM} == {name: item[name] for name in ITEM}
    assert found["due_date"].isoformat() == item["due_date"]


def cited() -> Iterator[tuple[str, str, str, str]]:
    """File, sheet, cell and content of every cell that a row names."""
    for row in CASES + ITEMS:
        for reference in row["cells"].split(" ; "):
            if not reference.endswith(" none"):
                place, _, content = reference.partition("=")
                file, sheet, cell = place.split("!")
                yield file, sheet, cell, content


def as_printed(value: Any) -> str:
    if value is None:
        return ""
    return value.date().isoformat() if hasattr(value, "date") else str(value)


def test_cells_read_as_cited(first_release: Settings) -> None:
    by_file: dict[str, set[tuple[str, str, str]]] = {}
    for file, sheet, cell, content in cited():
        by_file.setdefault(file, set()).add((sheet, cell, content))
    for file, cells in by_file.items():
        book = openpyxl.load_workbook(first_release.raw / file)
        read = {(sheet, cell, as_printed(book[sheet][cell].value)) for sheet, cell, _ in cells}
        assert read == cells, file


def test_what_never_came_is_not_there(first_release: Settings) -> None:
    references = {text for row in CASES + ITEMS for text in row["cells"].split(" ; ")}
    missing = [text.removesuffix(" none") for text in references if text.endswith(" none")]
    assert missing
    assert not [folder for folder in missing if (first_release.raw / folder).exists()]


def test_cases_cover_the_method(project: Path, progress: dict[tuple[str, ...], Any]) -> None:
    with (project / "dbt_project/seeds/targets.csv").open(encoding="utf-8") as handle:
        kinds = {row["target_id"]: row["kind"] for row in csv.DictReader(handle)}
    keys = {(case["target_id"], case["time_period"]) for case in CASES}
    assert len(CASES) == len(keys) >= 70
    assert {case["target_id"] for case in CASES} == set(kinds)
    assert all(case["kind"] == kinds[case["target_id"]] for case in CASES)
    for column in ("status", "light", "no_data_reason"):
        occurring = {row[column] or "" for row in progress.values()}
        assert {case[column] for case in CASES} == occurring, column
    assert len({case["time_period"] for case in CASES}) >= 8
