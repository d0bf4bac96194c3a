"""The measuring of unknown sheets' structure: shares against answers, false figures counted."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import pytest

from bench import structure
from govstats.layouts.periods import Statement
from govstats.workbooks.cells import Sheet, column_letters
from tests.real_sheets.ruler import Answers, load_file

CONTENT = """
file: a.xlsx
what: small
sheets:
  - sheet: 表
    tables:
      - unit: 亿元
        columns: {B-C: {label: $1, period: $1}}
        rows: {2-3: $A}
    not_figures:
      - {cells: "B1:C1, D2:D3", why: years and serial numbers}
"""
SHEET = SimpleNamespace(
    name="表",
    grid=[["地区", 2021.0, 2022.0, "序号"], ["甲", 1.0, 2.0, 1.0], ["乙", 3.0, 4.0, 2.0]],
)


@dataclass(frozen=True)
class Block:
    """An analysis of ``SHEET`` that is right but for one row label and one unit."""

    columns: tuple[int, ...] = (2, 3)
    body: tuple[int, int] = (2, 3)
    left_out: frozenset[tuple[int, int]] = frozenset()

    def is_figure(self, row: int, column: int) -> bool:
        return (row, column) not in self.left_out

    def row_label(self, row: int) -> str:
        return {2: " 甲", 3: "错"}[row]

    def column_label(self, column: int) -> str:
        return {2: "2021", 3: "2022", 4: "序号"}[column]

    def unit_at(self, row: int, column: int) -> str | None:
        return None if column_letters(column) == "C" else "亿元"

    def period_at(self, row: int, column: int) -> Statement | None:
        return Statement("", {2: 2021, 3: 2022}[column]) if column in (2, 3) else None


@pytest.fixture
def answer(tmp_path: Path) -> Answers:
    file = tmp_path / "a.yml"
    file.write_text(CONTENT, "utf-8")
    return load_file(file)


def test_each_aspect_is_judged_by_itself(answer: Answers) -> None:
    def dissect(sheet: Sheet, units: Collection[str], file: str) -> object:
        assert "亿元" in units
        return SimpleNamespace(blocks=(Block(),))

    judged, false = structure.judge(answer, [SHEET], dissect)  # type: ignore[list-item]
    found = {verdict.cell[1]: dict(verdict.wrong) for verdict in judged}
    assert found == {
        "B2": {},
        "C2": {"unit": "None"},
        "B3": {"row": "错"},
        "C3": {"row": "错", "unit": "None"},
    }
    assert false == []


def test_what_is_not_found_is_wrong_and_what_is_no_figure_is_false(answer: Answers) -> None:
    def dissect(sheet: Sheet, units: Collection[str], file: str) -> object:
        return SimpleNamespace(blocks=(Block(columns=(3, 4), body=(2, 2)),))

    judged, false = structure.judge(answer, [SHEET], dissect)  # type: ignore[list-item]
    missing = [verdict.cell[1] for verdict in judged if len(verdict.wrong) == 4]
    assert missing == ["B2", "B3", "C3"]
    assert false == ["表!D2"]


def test_what_the_analysis_takes_for_no_figure_is_not_found(answer: Answers) -> None:
    block = Block(columns=(2, 3, 4), left_out=frozenset({(2, 2), (2, 4), (3, 4)}))

    def dissect(sheet: Sheet, units: Collection[str], file: str) -> object:
        return SimpleNamespace(blocks=(block,))

    judged, false = structure.judge(answer, [SHEET], dissect)  # type: ignore[list-item]
    assert [verdict.cell[1] for verdict in judged if len(verdict.wrong) == 4] == ["B2"]
    assert false == []


def test_lines_add_up() -> None:
    lines = [
        structure.Line("a", 4, 2, 4, 1, 0, 0, 3),
        structure.Line("b", 6, 6, 6, 6, 6, 6, is_held_out=True),
        structure.Line("c", failed="c: refused"),
    ]
    whole = structure.total(lines)
    assert (whole.figures, whole.row, whole.all_four, whole.false) == (10, 8, 6, 3)
    assert whole.share("row") == 0.8
    assert structure.Line("empty").share("row") == 0.0


def test_the_table_ends_with_what_was_held_out_and_with_all() -> None:
    lines = [
        structure.Line("a", 4, 2, 4, 1, 0, 0, 3),
        structure.Line("b", 6, 6, 6, 6, 6, 3, is_held_out=True),
        structure.Line("c", failed="c: refused"),
    ]
    columns = structure.as_table(lines).columns
    rows = list(zip(*(column.cells for column in columns), strict=True))
    assert [row[0] for row in rows] == ["a", "b", "c: refused", "held out", "total"]
    assert [(row[1], row[-2], row[-1]) for row in rows[-2:]] == [
        ("6", "50.0%", "0"),
        ("10", "30.0%", "3"),
    ]


def test_without_real_sheets_nothing_is_measured(tmp_path: Path) -> None:
    assert structure.measure(tmp_path) == []
