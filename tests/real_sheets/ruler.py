"""Answers written by a person: what every number of a real sheet means.

The ruler for anything that finds out a sheet's structure by itself. The notation is described
in ``README.md`` of this folder; the files hold labels and ranges, no figures.
"""

import itertools
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jsonschema

from govstats.layouts.labels import squeeze
from govstats.workbooks.cells import address, column_letters, column_number
from govstats.yamlfile import read_yaml
from tests.real_sheets.comparing import (
    Grid,
    Period,
    Place,
    Stored,
    is_number,
    numeric_cells,
    path,
    period,
    unit,
)

FOLDER = Path(__file__).parent / "answers"
_CHOICE = re.compile(r"\{([^{}]*)\}")
_RANGE = re.compile(r"([A-Z]+)(\d+)(?::([A-Z]+)(\d+))?")
_SOURCE = re.compile(r"\$([A-Z]+|\d+)")


class AnswerError(ValueError):
    """An answers file contradicts itself, its notation or its sheet."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The readings of one figure that are right; of each kind there may be several.

    Labels are paths of segments in their comparable form (``path``).
    """

    rows: frozenset[tuple[str, ...]]
    columns: frozenset[tuple[str, ...]]
    units: frozenset[str | None]
    periods: frozenset[Period | None]


@dataclass(frozen=True)
class Answers:
    """One file's answers: ``content`` as the schema describes it."""

    name: str
    file: str
    what: str
    content: Mapping[str, Any]

    @property
    def is_held_out(self) -> bool:
        """Whether no analysis was ever adjusted to this sheet."""
        return bool(self.content.get("held_out"))

    @property
    def sheets(self) -> tuple[str, ...]:
        """Names of the answered sheets."""
        return tuple(entry["sheet"] for entry in self.content["sheets"])


def load_answers(folder: Path = FOLDER) -> tuple[Answers, ...]:
    """Every answers file, in the order of names.

    Raises:
        AnswerError: a file does not keep to ``schema.json``.
    """
    return tuple(load_file(path) for path in sorted(folder.glob("*.yml")))


def load_file(path: Path) -> Answers:
    """One answers file, checked against the schema."""
    content = read_yaml(path, path.name)
    schema = json.loads((FOLDER / "schema.json").read_text("utf-8"))
    for error in jsonschema.Draft202012Validator(schema).iter_errors(content):
        raise AnswerError(f"{path.name}: {error.json_path}: {error.message}")
    return Answers(path.stem, content["file"], content["what"], content)


def expand(answers: Answers, grids: Mapping[str, Grid]) -> dict[Place, Answer]:
    """(sheet, A1) → what the figure there means.

    Args:
        answers: of one file.
        grids: the stored values by sheet; row 1 is ``grid[0]``.

    Raises:
        AnswerError: a figure is answered twice, a number neither answered nor named as no figure,
            or a sheet is not there.
    """
    found: dict[Place, Answer] = {}
    for entry in answers.content["sheets"]:
        name = entry["sheet"]
        if name not in grids:
            raise AnswerError(f"{answers.name}: no sheet “{name}” among {sorted(grids)}")
        answered = _sheet(entry, grids[name], answers.name)
        found |= {(name, cell): answer for cell, answer in answered.items()}
    for name in grids.keys() - set(answers.sheets):
        if any(numeric_cells(grids[name])):
            raise AnswerError(f"{answers.name}: nothing is said about the sheet {name}")
    return found


def _sheet(entry: Mapping[str, Any], grid: Grid, file: str) -> dict[str, Answer]:
    where = f"{file}: {entry['sheet']}"
    none = not_figures(entry)
    found: dict[str, Answer] = {}
    for table in entry["tables"]:
        for cell, answer in _table(table, grid):
            if cell in found:
                raise AnswerError(f"{where}!{cell} is answered twice")
            if cell not in none:
                found[cell] = answer
    for cell in numeric_cells(grid):
        if cell not in found and cell not in none:
            raise AnswerError(f"{file}: nothing is said about {entry['sheet']}!{cell}")
    return found


def not_figures(entry: Mapping[str, Any]) -> set[str]:
    """Addresses of a sheet's numbers that are labels, codes or strays."""
    return {cell for part in entry.get("not_figures", ()) for cell in _cells(part["cells"])}


def _table(table: Mapping[str, Any], grid: Grid) -> Iterator[tuple[str, Answer]]:
    rows = [
        (number, _line(line), _labels(line, grid, number, None))
        for key, line in table["rows"].items()
        for number in _numbers(key)
    ]
    columns = [
        (number, _line(line), _labels(line, grid, None, number))
        for key, line in table["columns"].items()
        for number in _columns(key)
    ]
    for (row, row_line, row_labels), (column, column_line, column_labels) in itertools.product(
        rows, columns
    ):
        if not is_number(_value(grid, row, column)):
            continue
        lines = (row_line, column_line, table)
        yield (
            address(row, column),
            Answer(
                row_labels,
                column_labels,
                frozenset(unit(text) for text in _stated(lines, "unit")),
                frozenset(_period(text, grid, row, column) for text in _stated(lines, "period")),
            ),
        )


def _line(line: str | Mapping[str, Any]) -> Mapping[str, Any]:
    return {"label": line} if isinstance(line, str) else line


def _stated(lines: Sequence[Mapping[str, Any]], key: str) -> list[str | None]:
    """What the row says, else the column, else the table."""
    value = next((line[key] for line in lines if key in line), None)
    return value if isinstance(value, list) else [value]


def _period(text: str | None, grid: Grid, row: int, column: int) -> Period | None:
    if text is None:
        return None
    found = period(_filled(text, grid, row, column))
    if found is None and "$" not in text:
        raise AnswerError(f"“{text}” is no period")
    return found


def _labels(
    line: str | Mapping[str, Any], grid: Grid, row: int | None, column: int | None
) -> frozenset[tuple[str, ...]]:
    entry = _line(line)
    choices = [
        part.split("|") if number % 2 else [part]
        for number, part in enumerate(_CHOICE.split(entry["label"]))
    ]
    cut, may_cut = squeeze(entry.get("cut", "")), squeeze(entry.get("may_cut", ""))
    filled = [
        squeeze(_filled("".join(parts), grid, row, column)).replace(cut, "")
        for parts in itertools.product(*choices)
    ]
    return frozenset(path(text) for one in filled for text in (one, one.replace(may_cut, "")))


def _filled(text: str, grid: Grid, row: int | None, column: int | None) -> str:
    """Put the text of the named column of this row, or row of this column, in the place of $."""

    def stored(match: re.Match[str]) -> str:
        name = match.group(1)
        value = (
            _value(grid, int(name), column or 0)
            if name.isdigit()
            else _value(grid, row or 0, column_number(name))
        )
        shown = str(int(value)) if isinstance(value, float) and value == int(value) else str(value)
        if not shown.strip():
            raise AnswerError(f"“{text}”: no label stands there (row {row}, column {column})")
        return shown

    return _SOURCE.sub(stored, text)


def _value(grid: Grid, row: int, column: int) -> Stored:
    if 0 < row <= len(grid) and 0 < column <= len(grid[row - 1]):
        return grid[row - 1][column - 1]
    return ""


def _numbers(key: str) -> Iterator[int]:
    for part in key.split(", "):
        first, _, last = part.partition("-")
        yield from range(int(first), int(last or first) + 1)


def _columns(key: str) -> Iterator[int]:
    for part in key.split(", "):
        first, _, last = part.partition("-")
        yield from range(column_number(first), column_number(last or first) + 1)


def _cells(text: str) -> Iterator[str]:
    for match in _RANGE.finditer(text):
        left, top, right, bottom = match.groups()
        for row in range(int(top), int(bottom or top) + 1):
            for column in range(column_number(left), column_number(right or left) + 1):
                yield f"{column_letters(column)}{row}"
