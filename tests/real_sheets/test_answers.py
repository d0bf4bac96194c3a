"""The ruler itself: the notation of answers; no number of an answered sheet is left out."""

from pathlib import Path

import pytest

from govstats.workbooks.limits import Limits
from govstats.workbooks.reader import open_workbook
from tests.real_sheets.comparing import Grid, path, period, same_period
from tests.real_sheets.ruler import (
    AnswerError,
    Answers,
    expand,
    load_answers,
    load_file,
)

GRID: Grid = [
    ["表", "", "", ""],
    ["地  区", 2021.0, 2022.0, "序号"],
    ["北 京", 1.5, "2.5", 1.0],
    ["其中:东城(万元)", 3.0, "-", 2.0],
]
CONTENT = """
file: a.xlsx
what: small
sheets:
  - sheet: 表
    tables:
      - unit: 亿元
        columns: {B-C: {label: $2, period: $2}}
        rows:
          "3": $A
          "4": {label: "{北京|}/$A", cut: (万元), unit: [万元, null]}
    not_figures:
      - {cells: "B2:C2, D3:D4", why: years and serial numbers}
"""


def _answers(folder: Path, content: str = CONTENT) -> Answers:
    file = folder / "a.yml"
    file.write_text(content, "utf-8")
    return load_file(file)


def test_a_figure_gets_its_labels_unit_and_period(tmp_path: Path) -> None:
    found = expand(_answers(tmp_path), {"表": GRID})
    assert sorted(cell for _, cell in found) == ["B3", "B4", "C3"]
    text = found["表", "C3"]
    assert text.rows == {("北京",)}
    assert text.columns == {("2022",)}
    assert text.units == {"亿元"}
    assert text.periods == {(2022, None, None)}
    part = found["表", "B4"]
    assert part.rows == {("北京", "东城"), ("东城",)}
    assert part.units == {"万元", None}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("B-C:", "B:", "nothing is said about 表!C3"),
        (", D3:D4", "", "nothing is said about 表!D3"),
        ('"3": $A', '3, 4: "x"', "B4 is answered twice"),
        ("sheet: 表", "sheet: 别的", "no sheet “别的”"),
        ("$2, period", "$1, period", "no label stands there"),
        ("unit: 亿元", "unti: 亿元", "unti"),
    ],
)
def test_a_slip_in_an_answer_is_refused(tmp_path: Path, old: str, new: str, said: str) -> None:
    content = CONTENT.replace(old, new)
    assert content != CONTENT
    with pytest.raises(AnswerError, match=said):
        expand(_answers(tmp_path, content), {"表": GRID})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2011", (2011, None, None)),
        ("2019年", (2019, None, None)),
        ("2020年3月", (2020, 3, 3)),
        ("2010-05", (2010, 5, 5)),
        ("201806", (2018, 6, 6)),
        ("2020Q3", (2020, 7, 9)),
        ("2019年第四季度", (2019, 10, 12)),
        ("..2022-10", (2022, 0, 10)),
        ("基期", None),
    ],
)
def test_periods(text: str, expected: object) -> None:
    assert period(text) == expected


def test_a_sheet_with_numbers_and_no_answer_is_refused(tmp_path: Path) -> None:
    expand(_answers(tmp_path), {"表": GRID, "说明": [["文字"]]})
    with pytest.raises(AnswerError, match="the sheet 另一张"):
        expand(_answers(tmp_path), {"表": GRID, "另一张": [["", 1.0]]})


def test_equal_labels_and_periods() -> None:
    assert path("　其中：第一产业 / #农、林、") == ("第一产业", "农、林")
    assert same_period((2020, None, 3), (2020, 3, 3))
    assert same_period((2020, 1, 12), (2020, None, None))
    assert same_period((2022, 11, 10), (2022, 0, 10))
    assert not same_period((2020, 1, 3), (2020, 3, 3))
    assert not same_period((2020, 3, 3), (2020, None, None))
    assert not same_period(None, (2020, None, None))


def test_every_number_of_the_answered_sheets_has_its_answer(shared: Path) -> None:
    answers = load_answers()
    assert len(answers) >= 18
    assert len({answer.file for answer in answers}) == len(answers)
    figures = 0
    for answer in answers:
        workbook = open_workbook(shared / "real_sheets" / answer.file, Limits())
        found = expand(answer, {sheet.name: sheet.grid for sheet in workbook.sheets})
        assert found, answer.file
        figures += len(found)
    assert figures == 29_027
    assert sum(answer.is_held_out for answer in answers) >= 10
