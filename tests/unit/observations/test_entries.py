"""Registers and ledgers as rows of raw.entry_value: worked out by hand, and large ones."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from govstats.layouts.facts import EntryField, EntryTable
from govstats.observations import Codes
from govstats.observations.entries import PIECE, entry_tables
from govstats.observations.fields import filled
from govstats.workbooks.cells import Cell, Merge, Sheet, Stored
from govstats.workbooks.values import interpret

CODES = Codes(
    frozenset({"万元", "亿元", "%", "元"}),
    {"岳阳楼区": "430602000000"},
    {"区财政局": "finance", "区统计局": "statistics"},
)
FIELDS = (
    EntryField("name", "项目名称", "text", 1, is_key=True),
    EntryField("office", "责任单位", "department", 2),
    EntryField("amount", "投资额(万元)", "number", 3, "万元"),
    EntryField("target", "目标任务", "target", 4),
    EntryField("done_on", "完成日期", "date", 5),
    EntryField("area", "所在地", "area", 6),
)
HEADING: list[Stored] = ["项目名称", "责任单位", "投资额(万元)", "目标任务", "完成日期", "所在地"]


def table(
    rows: Sequence[Sequence[Stored]],
    fields: Sequence[EntryField] = FIELDS,
    *,
    merges: Sequence[Merge] = (),
    special: Mapping[tuple[int, int], Cell] | None = None,
    at: Sequence[int] | None = None,
    sections: Sequence[str | None] | None = None,
    totals: Sequence[int] = (),
) -> EntryTable:
    """A register whose entries begin in row 2, or stand in the rows ``at``."""
    grid = [HEADING, *map(list, rows)]
    numbers = tuple(at or range(2, len(grid) + 1))
    return EntryTable(
        layout_id="works",
        source_precedence=1,
        sheet=Sheet("重点工程", grid, tuple(merges), True, special or {}),
        period_end=date(2020, 3, 31),
        fields=tuple(fields),
        rows=numbers,
        sections=tuple(sections or [None] * len(numbers)),
        totals=frozenset(totals),
    )


def read(entries: EntryTable, codes: Codes = CODES) -> tuple[list[dict[str, Any]], int]:
    """Rows in the order of entries, then fields; and the number of non-empty cells."""
    pieces = list(entry_tables(entries, "s1", "finance", codes))
    rows = [row for piece, _ in pieces for row in piece.to_pylist()]
    order = {field.id: place for place, field in enumerate(entries.fields)}
    rows.sort(key=lambda row: (row["entry_number"], order[row["field_id"]], row["part_number"]))
    return rows, sum(count for _, count in pieces)


def said(row: Mapping[str, Any], *names: str) -> tuple[Any, ...]:
    return tuple(row[name] for name in names)


def test_an_entry_with_every_type_of_field() -> None:
    entries = table(
        [["洞庭大道", "区财政局", "1,200.5", "≥90%", datetime(2020, 3, 15), "岳阳楼区"]]
    )
    rows, count = read(entries)
    assert count == filled(entries) == 6
    assert [row["cell"] for row in rows] == ["A2", "B2", "C2", "D2", "E2", "F2"]
    for row in rows:
        assert said(row, "submission_id", "department_code", "layout_id", "sheet") == (
            "s1", "finance", "works", "重点工程",
        )  # fmt: skip
        assert said(row, "entry_number", "entry_key", "row_number") == (1, "洞庭大道", 2)
        assert said(row, "obs_status", "missing_kind", "is_total") == ("A", None, False)
        assert row["period_end"] == date(2020, 3, 31)
    name, office, amount, target, done_on, area = rows
    assert said(name, "value_text", "value_number", "value_unit") == ("洞庭大道", None, None)
    assert office["value_code"] == "finance"
    assert said(amount, "value_number", "value_unit") == (Decimal("1200.5"), "万元")
    assert said(amount, "column_label", "field_type") == ("投资额(万元)", "number")
    assert said(target, "operator", "value_number", "value_unit") == ("ge", Decimal(90), "%")
    assert done_on["value_date"] == date(2020, 3, 15)
    assert area["value_code"] == "430602000000"


def test_a_compound_target_has_a_row_for_each_part() -> None:
    rows, count = read(table([["低保", "", "", "不低于3480元/年，不低于185元/月", "", ""]]))
    assert count == 2
    parts = [row for row in rows if row["field_id"] == "target"]
    names = ("part_number", "operator", "value_number", "value_unit", "value_per", "cell")
    assert [said(part, *names) for part in parts] == [
        (1, "ge", Decimal(3480), "元", "年", "D2"),
        (2, "ge", Decimal(185), "元", "月", "D2"),
    ]
    assert len(rows) == len(FIELDS) + 1
    assert {row["entry_key"] for row in rows} == {"低保"}


def test_a_target_too_large_for_facts_is_kept_as_text() -> None:
    rows, _ = read(table([["甲", "", "", f"≥1{'0' * 20}万元"]], FIELDS[:4]))
    assert said(rows[3], "operator", "value_number", "missing_kind") == (None, None, "text")


def test_what_is_not_there_keeps_its_kind() -> None:
    rows, count = read(table([["甲", "—", "…", "", "待定", "某某镇"]]))
    assert count == 5
    kinds = {row["field_id"]: said(row, "obs_status", "missing_kind") for row in rows}
    assert kinds == {
        "name": ("A", None),
        "office": ("M", "not_applicable"),
        "amount": ("N", "less_than_unit"),
        "target": ("O", "blank"),
        "done_on": ("O", "text"),
        "area": ("O", "text"),
    }
    assert [row["value_text"] for row in rows] == ["甲", "—", "…", None, "待定", "某某镇"]


def test_a_number_in_a_field_of_words_is_what_it_says() -> None:
    (row,), _ = read(table([[12.0]], FIELDS[:1]))
    assert said(row, "value_text", "value_number", "obs_status") == ("12", None, "A")


def test_errors_and_percentages_that_the_grid_cannot_express() -> None:
    special = {
        (2, 3): Cell(2, 3, "error", "#DIV/0!"),
        (3, 3): Cell(3, 3, "number", 0.081, is_percent=True),
    }
    rows, count = read(table([["甲", "", ""], ["乙", "", 0.081]], FIELDS[:3], special=special))
    assert count == 4
    first, second = (row for row in rows if row["field_id"] == "amount")
    assert said(first, "value_text", "obs_status", "missing_kind") == ("#DIV/0!", "O", "error")
    assert said(second, "value_number", "value_unit", "value_text") == (
        Decimal("8.1"), "%", "8.1%",
    )  # fmt: skip


def test_a_unit_in_the_cell_goes_before_that_of_the_column() -> None:
    rows, _ = read(table([["甲", "", "3亿元"], ["乙", "", 5.0]], FIELDS[:3]))
    amounts = [row for row in rows if row["field_id"] == "amount"]
    assert [said(row, "value_number", "value_unit") for row in amounts] == [
        (Decimal(3), "亿元"), (Decimal(5), "万元"),
    ]  # fmt: skip


def test_a_merged_cell_speaks_for_each_of_its_rows_and_counts_once() -> None:
    rows = [["甲", "区财政局"], ["乙", ""], ["丙", ""], ["丁", "区统计局"]]
    entries = table(rows, FIELDS[:2], merges=[Merge(2, 2, 4, 2)])
    found, count = read(entries)
    offices = [row for row in found if row["field_id"] == "office"]
    assert [row["value_code"] for row in offices] == ["finance"] * 3 + ["statistics"]
    assert [row["cell"] for row in offices] == ["B2", "B2", "B2", "B5"]
    assert [row["row_number"] for row in offices] == [2, 2, 2, 5]
    assert count == filled(entries) == 6


def test_a_figure_merged_over_several_entries_is_that_of_the_first() -> None:
    """Whether 500 is the others' sum or the same for each is not written: it counts once."""
    rows = [
        ["甲", "", 500.0, "≥90%"],
        ["乙", "", "", ""],
        ["丙", "", "—", "见附表"],
        ["丁", "", "", ""],
    ]
    merges = [Merge(top, column, top + 1, column) for top in (2, 4) for column in (3, 4)]
    entries = table(rows, FIELDS[:4], merges=merges)
    found, count = read(entries)
    assert count == filled(entries) == 8
    names = ("value_text", "value_number", "obs_status", "missing_kind", "cell")
    assert [said(row, *names) for row in found if row["field_id"] == "amount"] == [
        ("500", Decimal(500), "A", None, "C2"),
        (None, None, "O", "text", "C3"),
        ("—", None, "M", "not_applicable", "C4"),
        ("—", None, "M", "not_applicable", "C4"),
    ]
    assert [said(row, *names, "operator") for row in found if row["field_id"] == "target"] == [
        ("≥90%", Decimal(90), "A", None, "D2", "ge"),
        (None, None, "O", "text", "D3", None),
        ("见附表", None, "O", "text", "D4", None),
        ("见附表", None, "O", "text", "D4", None),
    ]


def test_sections_totals_and_rows_between() -> None:
    rows = [["一、民生实事"], ["甲", "区财政局"], ["二、重点工程"], ["乙"], ["合计"]]
    entries = table(
        rows, FIELDS[:2], at=[3, 5, 6], sections=["一、民生实事", "二、重点工程", None], totals=[6]
    )
    found, count = read(entries)
    assert count == filled(entries) == 4
    names = ("entry_number", "entry_key", "section", "is_total", "cell", "value_text")
    assert [said(row, *names) for row in found] == [
        (1, "甲", "一、民生实事", False, "A3", "甲"),
        (1, "甲", "一、民生实事", False, "B3", "区财政局"),
        (2, "乙", "二、重点工程", False, "A5", "乙"),
        (2, "乙", "二、重点工程", False, "B5", None),
        (3, "合计", None, True, "A6", "合计"),
        (3, "合计", None, True, "B6", None),
    ]


def test_key_fields_are_joined_and_empty_ones_left_out() -> None:
    fields = [
        EntryField("a", "镇", "text", 1, is_key=True),
        EntryField("b", "村", "text", 2, is_key=True),
    ]
    rows, _ = read(table([["甲镇", "乙村"], ["丙镇", ""], ["", ""]], fields))
    assert [row["entry_key"] for row in rows if row["field_id"] == "a"] == [
        "甲镇 / 乙村", "丙镇", None,
    ]  # fmt: skip


def test_nothing_in_a_register() -> None:
    assert read(table([])) == ([], 0)


def test_a_long_ledger_comes_in_pieces_that_fit_together() -> None:
    count = PIECE + 7
    grid: list[list[Stored]] = [[f"单位{row}", "", float(row), "", "", ""] for row in range(count)]
    grid[PIECE - 2][1] = "区财政局"  # row 8192 of the sheet, the last but one of the first piece
    entries = table(grid, FIELDS[:3], merges=[Merge(PIECE, 2, PIECE + 4, 2)])
    pieces = [piece for piece, _ in entry_tables(entries, "s1", "finance", CODES)]
    assert len(pieces) == 2
    whole = pa.concat_tables(pieces)
    assert whole.num_rows == 3 * count
    amounts = {row["entry_number"]: row for row in whole.to_pylist() if row["field_id"] == "amount"}
    assert amounts[count]["value_number"] == count - 1
    assert amounts[count]["cell"] == f"C{count + 1}"
    assert amounts[count]["entry_key"] == f"单位{count - 1}"
    offices = [row for row in whole.to_pylist() if row["value_code"] == "finance"]
    assert [row["entry_number"] for row in offices] == list(range(PIECE - 1, PIECE + 4))
    assert {row["cell"] for row in offices} == {f"B{PIECE}"}


STORED = st.one_of(
    st.just(""),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.text(max_size=30),
    st.sampled_from(["—", "…", "-", "1,234.5", "8950元", "(3.2)", "8.1%", "#N/A", "　", "无"]),
)


@given(st.lists(STORED, max_size=8))
@pytest.mark.filterwarnings("ignore")
def test_figures_are_those_of_single_cells(values: list[Stored]) -> None:
    entries = table([["", "", value] for value in values], FIELDS[:3])
    rows, count = read(entries)
    assert count == filled(entries)
    for row in (row for row in rows if row["field_id"] == "amount"):
        figure = interpret(entries.sheet.at(row["row_number"], 3), CODES.units)
        assert said(row, "obs_status", "missing_kind") == (figure.obs_status, figure.missing_kind)
        assert row["value_text"] == figure.text
        assert (row["value_number"] is None) == (figure.value is None)
        if figure.value is not None:
            assert abs(row["value_number"] - figure.value) <= Decimal("0.5e-8")
            assert row["value_unit"] == (figure.unit or "万元")


@given(st.lists(st.text(max_size=30), max_size=8))
@example(["#GETTING_DATA"])
def test_words_are_kept_as_they_are(values: list[str]) -> None:
    rows, _ = read(table([[value] for value in values], FIELDS[:1]))
    assert [row["value_text"] or "" for row in rows] == values
    for row in rows:
        figure = interpret(
            None if not row["value_text"] else Cell(1, 1, "text", row["value_text"]), CODES.units
        )
        missing = figure.missing_kind if figure.missing_kind != "text" else None
        assert row["missing_kind"] == missing
