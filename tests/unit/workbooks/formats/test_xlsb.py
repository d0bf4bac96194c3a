""".xlsb: what the fast parser does not tell."""

from pathlib import Path

import pytest

from govstats.workbooks.cells import Merge
from govstats.workbooks.reader import read_workbook
from tests.workbooks.xlsb import Styled, xlsb


def test_every_kind_of_cell(tmp_path: Path) -> None:
    rows = [["标题", None, 1.5, Styled(0.081)], [], ["#N/A", True, "标题"]]
    path = xlsb(
        tmp_path / "a.xlsb", rows, name="月报", merges=[(1, 1, 1, 2)], hidden_rows=[3],
        hidden_columns=[2], epoch_1904=True,
    )  # fmt: skip
    book = read_workbook(path)
    (sheet,) = book.sheets
    assert (book.format, book.epoch_1904, sheet.name) == ("xlsb", True, "月报")
    assert {cell.address: cell.text for cell in sheet.in_order()} == {
        "A1": "标题", "C1": "1.5", "D1": "8.1%", "A3": "#N/A", "B3": "TRUE", "C3": "标题",
    }  # fmt: skip
    assert sheet.merges == (Merge(1, 1, 1, 2),)
    assert (sheet.hidden_rows, sheet.hidden_columns) == ({3}, {2})
    percent = sheet.at(1, 4)
    assert percent is not None
    assert percent.shown == "8.1%"


@pytest.mark.parametrize("claim", [(1, 1), (1_048_576, 16_384)])
def test_a_false_dimension_hides_and_costs_nothing(tmp_path: Path, claim: tuple[int, int]) -> None:
    (sheet,) = read_workbook(xlsb(tmp_path / "a.xlsb", [["a", 1.5], ["b"]], dimension=claim)).sheets
    assert sheet.count == 3
    assert len(sheet.grid) == 2
