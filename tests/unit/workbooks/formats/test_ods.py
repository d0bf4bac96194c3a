""".ods: repeats, merged ranges, errors, hidden parts, what cells show."""

from pathlib import Path

from govstats.workbooks.cells import Merge
from govstats.workbooks.reader import read_workbook
from tests.workbooks.opendocument import empty, error, number, ods, row, table, text

_TO_THE_END = 'table:number-rows-repeated="1048573"'


def test_every_kind_of_cell(tmp_path: Path) -> None:
    wide = 'table:number-columns-spanned="2" table:number-rows-spanned="1"'
    note = "<office:annotation><text:p>批注</text:p></office:annotation>"
    rows = [
        row(text("标题", wide), "<table:covered-table-cell/>", number(2.345, "2.35"), empty(16381)),
        row(number(0.081, "8.1%", "percentage"), error("#DIV/0!"), attributes=_hidden("collapse")),
        row(
            '<table:table-cell table:formula="of:=[.A1]+1"/>',
            text("注").replace(">", f">{note}", 1),
        ),
        row(empty(16384), attributes=_TO_THE_END),
    ]
    columns = f"<table:table-column/><table:table-column {_hidden('collapse')}/>"
    book = read_workbook(ods(tmp_path / "a.ods", table(*rows, name="月报", columns=columns)))
    (sheet,) = book.sheets
    assert (book.format, sheet.name) == ("ods", "月报")
    assert {cell.address: cell.text for cell in sheet.in_order()} == {
        "A1": "标题", "C1": "2.345", "A2": "8.1%", "B2": "#DIV/0!", "A3": "=[.A1]+1", "B3": "注",
    }  # fmt: skip
    assert sheet.merges == (Merge(1, 1, 1, 2),)
    assert (sheet.hidden_rows, sheet.hidden_columns) == ({2}, {2})
    shown = {cell.address: cell.shown for cell in sheet.in_order() if cell.shown}
    assert shown == {"C1": "2.35", "A2": "8.1%"}


def _hidden(how: str) -> str:
    return f'table:visibility="{how}"'


def test_content_that_is_repeated_stands_in_every_place(tmp_path: Path) -> None:
    twice = 'table:number-columns-repeated="2"'
    rows = row(number(1.5, attributes=twice), attributes='table:number-rows-repeated="3"')
    (sheet,) = read_workbook(ods(tmp_path / "a.ods", table(rows, row(text("末"))))).sheets
    assert [[str(value) for value in values[:2]] for values in sheet.grid] == [
        ["1.5", "1.5"], ["1.5", "1.5"], ["1.5", "1.5"], ["末", ""],
    ]  # fmt: skip
    assert sheet.last_row == 4
