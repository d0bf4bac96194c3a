"""``python -m bench.structure``: unknown sheets, analysed without a layout, against the answers.

Real sheets lie beside the project (``../shared/real_sheets``, or where GOVSTATS_SHARED says); the
answers were written by a person (``tests/real_sheets/README.md``).
"""

import csv
import importlib
import os
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from govstats.workbooks.cells import Sheet, address
from govstats.workbooks.limits import Limits
from govstats.workbooks.reader import open_workbook
from tests.real_sheets import comparing, ruler

PROJECT = Path(__file__).resolve().parent.parent
#: The four things that are judged, in the order of columns.
ASPECTS = ("row", "column", "unit", "period")

Dissect = Callable[[Sheet, Collection[str], str], Any]
#: Row label, column label, unit and period of one place.
_Said = tuple[str, str, str | None, comparing.Period | None]


@dataclass(frozen=True, slots=True)
class Line:
    """One file's result: how many figures it has and how many are right in each aspect.

    ``name`` is that of its answers; ``false`` counts numbers taken for figures that are labels,
    codes or strays; ``failed`` says why a file could not be analysed at all ('' where it could);
    ``is_held_out`` where the analysis was never adjusted to the sheet.
    """

    name: str
    figures: int = 0
    row: int = 0
    column: int = 0
    unit: int = 0
    period: int = 0
    all_four: int = 0
    false: int = 0
    failed: str = ""
    is_held_out: bool = False

    def share(self, aspect: str) -> float:
        """The share of figures that are right in an aspect, 0 to 1."""
        return float(getattr(self, aspect)) / self.figures if self.figures else 0.0


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an analysis makes of one figure, against its answer."""

    cell: comparing.Place
    wrong: tuple[tuple[str, str], ...]


def measure(shared: Path | None = None, dissect: Dissect | None = None) -> list[Line]:
    """A line for every answered file, in the order of names; none where the sheets are not here.

    Args:
        shared: the folder that holds ``real_sheets``; found by itself when not given.
        dissect: the analysis to judge, ``govstats.anatomy.dissect`` when not given.
    """
    folder = (shared or shared_folder()) / "real_sheets"
    if not folder.is_dir():
        return []
    analyse = dissect or importlib.import_module("govstats.anatomy").dissect
    return [_line(answer, folder, analyse) for answer in ruler.load_answers()]


def shared_folder() -> Path:
    """Where real sheets and reference figures lie."""
    return Path(os.environ.get("GOVSTATS_SHARED") or PROJECT.parent / "shared")


def total(lines: Iterable[Line], name: str = "total") -> Line:
    """The sum of lines, under a name."""
    kept = list(lines)
    counts = (field.name for field in fields(Line) if field.type is int)
    return Line(name, *(sum(getattr(line, count) for line in kept) for count in counts))


def as_table(lines: Sequence[Line]) -> Table:
    """The lines, the sum of those held out, the sum of all; shares in percent."""
    table = Table(title="numbers of real sheets understood without a layout", title_justify="left")
    table.add_column("sheet")
    for name in ("figures", *ASPECTS, "all four", "false"):
        table.add_column(name, justify="right")
    held_out = total((line for line in lines if line.is_held_out), "held out")
    for line in (*lines, held_out, total(lines)):
        shares = [f"{100 * line.share(name):.1f}%" for name in (*ASPECTS, "all_four")]
        table.add_row(line.failed or line.name, str(line.figures), *shares, str(line.false))
    return table


def judge(
    answer: ruler.Answers, sheets: Sequence[Sheet], dissect: Dissect
) -> tuple[list[Verdict], list[str]]:
    """Every figure of a file with what is wrong about it, and the numbers that are no figures.

    Args:
        sheets: of the answered file.
        dissect: the analysis, as ``govstats.anatomy.dissect``.
    """
    right = _answered(answer, sheets)
    said: dict[comparing.Place, _Said] = {}
    false = []
    for sheet in sheets:
        numbers = set(comparing.numeric_cells(sheet.grid))
        for cell, reading in _read(dissect(sheet, _units(), answer.file)):
            said[sheet.name, cell] = reading
            if cell in numbers and (sheet.name, cell) not in right:
                false.append(f"{sheet.name}!{cell}")
    judged = [Verdict(place, tuple(_wrong(want, said.get(place)))) for place, want in right.items()]
    return judged, false


def _line(answer: ruler.Answers, folder: Path, dissect: Dissect) -> Line:
    figures = 0
    try:
        sheets = open_workbook(folder / answer.file, Limits()).sheets
        figures = len(_answered(answer, sheets))
        judged, false = judge(answer, sheets, dissect)
    except Exception as error:  # one bad file must not hide the others' results
        said = f"{answer.file}: {type(error).__name__}: {error}"
        return Line(answer.name, figures, failed=said, is_held_out=answer.is_held_out)
    row, column, unit, period = (
        sum(aspect not in dict(verdict.wrong) for verdict in judged) for aspect in ASPECTS
    )
    all_four = sum(not verdict.wrong for verdict in judged)
    counts = (figures, row, column, unit, period, all_four, len(false))
    return Line(answer.name, *counts, is_held_out=answer.is_held_out)


def _answered(
    answer: ruler.Answers, sheets: Sequence[Sheet]
) -> dict[comparing.Place, ruler.Answer]:
    return ruler.expand(answer, {sheet.name: sheet.grid for sheet in sheets})


def _read(anatomy: Any) -> Iterator[tuple[str, _Said]]:  # noqa: ANN401 - the analysis is handed in
    """Each place of each block's body: (A1, (row label, column label, unit, period))."""
    for block in anatomy.blocks:
        first, last = block.body
        labels = {column: block.column_label(column) for column in block.columns}
        for row in range(first, last + 1):
            row_label = block.row_label(row)
            for column, column_label in labels.items():
                if not block.is_figure(row, column):
                    continue
                stated = block.period_at(row, column)
                period = (stated.year, stated.first, stated.last) if stated else None
                unit = block.unit_at(row, column)
                yield address(row, column), (row_label, column_label, unit, period)


def _wrong(right: ruler.Answer, said: _Said | None) -> Iterator[tuple[str, str]]:
    if said is None:
        yield from ((aspect, "not found") for aspect in ASPECTS)
        return
    row_label, column_label, unit, period = said
    if comparing.path(row_label) not in right.rows:
        yield "row", row_label
    if comparing.path(column_label) not in right.columns:
        yield "column", column_label
    if comparing.unit(unit) not in right.units:
        yield "unit", str(unit)
    if not any(comparing.same_period(period, one) for one in right.periods):
        yield "period", str(period)


def _units() -> frozenset[str]:
    with (PROJECT / "dbt_project" / "seeds" / "units.csv").open(encoding="utf-8") as file:
        return frozenset(row["unit_measure"] for row in csv.DictReader(file))


def _explain(name: str, shared: Path) -> None:
    """Print what is wrong in one answered file: a line per figure."""
    answer = next(one for one in ruler.load_answers() if one.name == name)
    sheets = open_workbook(shared / "real_sheets" / answer.file, Limits()).sheets
    dissect = importlib.import_module("govstats.anatomy").dissect
    judged, false = judge(answer, sheets, dissect)
    for verdict in judged:
        for aspect, said in verdict.wrong:
            print("!".join(verdict.cell), aspect, repr(said))
    for cell in false:
        print(cell, "false figure")


def main() -> None:
    """Print the table, or with the name of an answers file what is wrong in it."""
    if len(sys.argv) > 1:
        _explain(sys.argv[1], shared_folder())
        return
    lines = measure()
    if not lines:
        Console().print("no real sheets here: set GOVSTATS_SHARED")
        return
    Console().print(as_table(lines))


if __name__ == "__main__":
    main()
