"""The guide to cell values says what the reader does: its tables are the golden results."""

import csv
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from govstats.workbooks.cells import Cell
from govstats.workbooks.values import interpret, parse_date, parse_target

ROOT = Path(__file__).parents[3]
GUIDE = (ROOT / "docs" / "cell-values.md").read_text(encoding="utf-8")


def seed(name: str, column: str) -> set[str]:
    with (ROOT / "dbt_project" / "seeds" / name).open(encoding="utf-8", newline="") as handle:
        return {row[column] for row in csv.DictReader(handle)}


UNITS = seed("units.csv", "unit_measure")


def table(*header: str) -> list[list[str]]:
    """Rows of all tables with this header; the first column without its backticks."""
    head = "| " + " | ".join(header) + " |\n"
    assert head in GUIDE
    rows = []
    for part in GUIDE.split(head)[1:]:
        for line in part.split("\n\n")[0].splitlines()[1:]:
            first, *rest = (
                re.fullmatch(r"\| (.*) \|", line.replace("| |", "|  |")).group(1).split("|")
            )  # type: ignore[union-attr]
            rows.append([re.sub(r"^`|`$", "", first.strip(" ")), *(cell.strip() for cell in rest)])
    assert len(rows) > 8
    return rows


def cell(text: str) -> Cell:
    return Cell(1, 1, "text", text)


@pytest.mark.parametrize(("text", "value", "unit"), table("cell", "value", "unit"))
def test_figures(text: str, value: str, unit: str) -> None:
    figure = interpret(cell(text), UNITS)
    assert (figure.value, figure.unit or "") == (Decimal(value), unit)
    assert (figure.obs_status, figure.missing_kind, figure.text) == ("A", None, text)


@pytest.mark.parametrize(("text", "status", "kind"), table("cell", "status", "kind"))
def test_absences(text: str, status: str, kind: str) -> None:
    figure = interpret(cell(text), UNITS)
    assert (figure.value, figure.obs_status, figure.missing_kind) == (None, status, kind)


@pytest.mark.parametrize("text", [row[0] for row in table("cell", "because")])
def test_doubts(text: str) -> None:
    assert interpret(cell(text), UNITS).missing_kind == "text"


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@pytest.mark.parametrize(("text", "found"), table("cell", "day"))
def test_dates(text: str, found: str) -> None:
    assert parse_date(text) == parse_date(cell(text)) == day(found)


@pytest.mark.parametrize(
    ("number", "from_1900", "from_1904"), table("number", "from 1900", "from 1904")
)
def test_serials(number: str, from_1900: str, from_1904: str) -> None:
    serial = Cell(1, 1, "number", float(number))
    assert parse_date(serial) == day(from_1900)
    assert parse_date(serial, epoch_1904=True) == day(from_1904)


def targets() -> list[tuple[str, list[list[str]]]]:
    """A row without text goes on with the text above it."""
    found: list[tuple[str, list[list[str]]]] = []
    columns = ("text", "operator", "figure", "to", "unit", "per", "measure", "subject")
    for text, *parts in table(*columns):
        if text:
            found.append((text, []))
        found[-1][1].append(parts)
    return found


@pytest.mark.parametrize(("text", "parts"), targets())
def test_targets(text: str, parts: list[list[str]]) -> None:
    found = parse_target(text, UNITS)
    said = [[p.operator, p.low, p.high, p.unit, p.per, p.measure, p.subject] for p in found]
    assert [["" if value is None else str(value) for value in part] for part in said] == parts
    assert all(part.text in text for part in found)


@pytest.mark.parametrize("text", [row[0] for row in table("text", "because")])
def test_no_targets(text: str) -> None:
    assert parse_target(text, UNITS) == ()
