"""Every form says the same: each figure with its digits, each text as text, nothing for nothing."""

import csv
import io
import json
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, TextIO

import duckdb
import openpyxl
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govstats.errors import GovstatsError
from govstats.exports import forms, texts
from govstats.exports.forms import About, Form
from govstats.exports.rows import Answer

ABOUT = About("answer", date(2020, 12, 1), [("查询 query", "select 1")])
SQL = (
    "select '=1+1' as a, -12.50::decimal(9, 2) as b, date '2020-06-30' as c, null::integer as d, "
    "true as e, 123456789012.345678::decimal(24, 6) as f, 'x|y\nz<b>' as g, "
    "timestamp '2020-06-30 09:30:00' as h, 0::decimal(9, 2) as i"
)


def answer(sql: str, values: list[Any] | None = None) -> Answer:
    return Answer(duckdb.connect().execute(sql, values or []), {"b": "A figure. 一个数。"})


def written(writer: Callable[[Answer, TextIO], None], found: Answer) -> str:
    stream = io.StringIO()
    writer(found, stream)
    return stream.getvalue()


def test_csv() -> None:
    head, row = csv.reader(io.StringIO(written(texts.write_csv, answer(SQL))))
    assert head == list("abcdefghi")
    assert row == [
        *("'=1+1", "-12.5", "2020-06-30", "", "true", "123456789012.345678", "x|y\nz<b>"),
        *("2020-06-30 09:30:00", "0"),
    ]


def test_json_keeps_every_digit() -> None:
    text = written(texts.write_json, answer(SQL))
    (row,) = json.loads(text, parse_float=Decimal)
    assert row == {
        "a": "=1+1", "b": Decimal("-12.5"), "c": "2020-06-30", "d": None, "e": True,
        "f": Decimal("123456789012.345678"), "g": "x|y\nz<b>", "h": "2020-06-30T09:30:00", "i": 0,
    }  # fmt: skip
    line = written(texts.write_jsonl, answer(SQL))
    assert line.count("\n") == 1
    assert json.loads(line, parse_float=Decimal) == row


@pytest.mark.parametrize("writer", [texts.write_json, texts.write_jsonl])
def test_no_rows(writer: Callable[[Answer, TextIO], None]) -> None:
    text = written(writer, answer("select 1 as a where false"))
    assert json.loads(text or "[]") == []


def test_what_is_no_number_is_a_word_in_json() -> None:
    text = written(texts.write_json, answer("select 'nan'::double as a, [1.5, null] as b"))
    assert json.loads(text) == [{"a": "nan", "b": ["1.5", None]}]


def test_markdown_shows_texts_and_sets_figures_right() -> None:
    lines = written(texts.write_markdown, answer(SQL)).splitlines()
    assert lines[1] == "| --- | ---: | --- | ---: | --- | ---: | --- | --- | ---: |"
    assert lines[2] == (
        "| =1+1 | -12.5 | 2020-06-30 |  | true | 123456789012.345678 | x\\|y<br>z\\<b\\> "
        "| 2020-06-30 09:30:00 | 0 |"
    )


def test_a_second_column_of_a_name_is_not_lost() -> None:
    text = written(texts.write_json, answer("select 1 as a, 2 as a, 3 as a_2"))
    assert list(json.loads(text)[0].values()) == [1, 2, 3]


def test_workbook(tmp_path: Path) -> None:
    path = tmp_path / "answer.xlsx"
    forms.write(answer(SQL), Form.XLSX, path, ABOUT)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["数据", "说明"]
    rows = list(book["数据"].iter_rows(values_only=True))
    assert rows[0] == tuple("abcdefghi")
    assert rows[1] == (
        *("=1+1", -12.5, datetime(2020, 6, 30), None, True),
        # more digits than a cell holds: its text, not something near it
        *("123456789012.345678", "x|y\nz<b>", datetime(2020, 6, 30, 9, 30), 0),
    )
    assert book["数据"]["A2"].data_type == "s"
    about = [[cell for cell in row if cell] for row in book["说明"].iter_rows(values_only=True)]
    assert ["查询 query", "select 1"] in about
    assert ["b", "DECIMAL(9,2)", "A figure. 一个数。"] in about


def test_parquet_keeps_types_and_descriptions(tmp_path: Path) -> None:
    path = tmp_path / "answer.parquet"
    forms.write(answer(SQL), Form.PARQUET, path, ABOUT)
    table = pq.read_table(path)
    assert table["f"].to_pylist() == [Decimal("123456789012.345678")]
    assert table["c"].to_pylist() == [date(2020, 6, 30)]
    assert table["d"].to_pylist() == [None]
    assert table.schema.field("b").metadata[b"comment"].decode() == "A figure. 一个数。"


def test_a_chinese_desk_opens_the_csv(tmp_path: Path) -> None:
    path = tmp_path / "answer.csv"
    forms.write(answer("select '财政局' as 部门"), Form.CSV, path, ABOUT)
    assert path.read_bytes() == b"\xef\xbb\xbf" + "部门\n财政局\n".encode()


@pytest.mark.parametrize("form", [form for form in Form if form is not Form.TABLE])
def test_the_same_answer_gives_the_same_bytes(tmp_path: Path, form: Form) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    forms.write(answer(SQL), form, one, ABOUT)
    forms.write(answer(SQL), form, other, ABOUT)
    assert one.read_bytes() == other.read_bytes()


def test_a_name_says_the_form() -> None:
    assert forms.of_file(Path("a/answer.XLSX")) is Form.XLSX
    assert forms.of_file(Path("answer.md")) is Form.MARKDOWN
    with pytest.raises(GovstatsError, match="does not say what form"):
        forms.of_file(Path("answer.doc"))


FIGURES = st.decimals(-(10**12), 10**12, places=6, allow_nan=False)


@given(st.lists(FIGURES | st.none(), max_size=5))
def test_figures_come_back_exactly(figures: list[Decimal | None]) -> None:
    sql = "select unnest(?::decimal(24, 6)[]) as figure"
    lines = written(texts.write_jsonl, answer(sql, [figures])).splitlines()
    read = [json.loads(line, parse_float=Decimal, parse_int=Decimal) for line in lines]
    found = [row["figure"] for row in read]
    assert found == figures
    rows = list(csv.reader(io.StringIO(written(texts.write_csv, answer(sql, [figures])))))[1:]
    assert [Decimal(row[0]) if row and row[0] else None for row in rows] == figures


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1))
def test_a_text_stays_in_its_cell(text: str) -> None:
    lines = written(texts.write_markdown, answer("select ?::varchar as t, 1 as n", [text]))
    assert len(lines.split("\n")) == 4
    assert lines.split("\n")[2].endswith(" | 1 |")
    (row,) = json.loads(written(texts.write_json, answer("select ?::varchar as t", [text])))
    assert row["t"] == text
