"""Tables are found by their labels: moved, widened or re-drawn sheets read the same."""

from collections.abc import Callable

from govstats.layouts.facts import Reading
from tests.workbooks import builders
from tests.workbooks.builders import Rows

Read = Callable[..., Reading]


def figures(reading: Reading) -> list[tuple[object, ...]]:
    """Everything an observation says except where it stood."""
    return sorted(
        (
            e.indicator_code,
            e.ref_area,
            e.scope,
            e.measure,
            e.period_type,
            str(e.cell_value),
            e.cell_unit,
        )
        for e in reading.observations
    )


def unmapped(reading: Reading) -> list[str]:
    return [cell.value_text for cell in reading.cells if cell.fate == "unmapped"]


def test_rows_put_in_above_and_between(read: Read) -> None:
    rows, merges = builders.monthly()
    expected = figures(read("statistics", rows, merges))
    lower: Rows = [["附件2"], [], *rows[:13], ["全社会用电量", "亿元", 1, 2, 3], [], *rows[13:]]
    reading = read("statistics", lower, builders.shifted(merges, rows=2))
    assert figures(reading) == expected
    assert unmapped(reading) == ["附件2", "全社会用电量", "亿元", "1", "2", "3"]


def test_columns_put_in_before_and_between(read: Read) -> None:
    rows, merges = builders.finance()
    expected = figures(read("finance", rows, merges))
    wide = builders.with_column(rows, 3, {3: "上年同期", 5: 91128, 6: 82150})
    wide = builders.with_column(wide, 1, {})
    moved = [builders.shifted([m], columns=1 if m[1] < 3 else 2)[0] for m in merges[1:]]
    reading = read("finance", wide, moved)
    assert figures(reading) == expected
    assert unmapped(reading) == ["上年同期", "91128", "82150"]


def test_columns_in_another_order(read: Read) -> None:
    rows, _ = builders.employment()
    expected = figures(read("hrss", rows))
    turned = [[*row[:2], *reversed(row[2:] + [None] * (7 - len(row)))] for row in rows]
    turned[0], turned[-1] = rows[0], rows[-1]
    assert figures(read("hrss", turned)) == expected


def test_a_header_that_was_never_merged(read: Read) -> None:
    rows, merges = builders.county()
    expected = figures(read("statistics", rows, merges))
    assert figures(read("statistics", rows)) == expected


def test_a_header_of_three_rows_with_units_below(read: Read) -> None:
    rows, merges = builders.finance()
    expected = figures(read("finance", rows, merges))
    deep: Rows = [*rows[:3], [None, None, None, "金额", "同比增长", "占年初预算"]]
    deep += [[None, "万元", "万元", "万元", "%", "%"], *rows[4:]]
    assert figures(read("finance", deep, [(3, 1, 5, 1), (3, 4, 3, 6)])) == expected


def test_a_header_in_one_row(read: Read) -> None:
    rows, merges = builders.finance()
    expected = figures(read("finance", rows, merges))
    flat: Rows = [
        *rows[:2],
        [*rows[2][:3], "累计完成金额", "累计完成同比增长(%)", "累计完成 占年初预算（％）"],
    ]
    reading = read("finance", flat + rows[4:])
    assert figures(reading) == expected


def test_labels_padded_broken_and_full_width(read: Read) -> None:
    rows, merges = builders.finance()
    expected = figures(read("finance", rows, merges))
    rows = builders.with_cell(rows, 3, 1, "项　　目")
    rows = builders.with_cell(rows, 4, 5, "同比\n增长（％）")
    rows = builders.with_cell(rows, 6, 1, "其中：税 收 收 入")
    rows = builders.with_cell(rows, 2, 6, "单位：万元")
    reading = read("finance", rows, merges)
    assert figures(reading) == expected
    assert not unmapped(reading)


def test_of_which_in_a_cell_of_its_own(read: Read) -> None:
    rows, merges = builders.finance()
    expected = figures(read("finance", rows, merges))
    apart: Rows = [*rows[:5], ["其中:"], ["税收收入", *rows[5][1:]], *rows[6:]]
    assert figures(read("finance", apart, merges)) == expected


def test_parts_of_an_unknown_row_are_not_those_of_a_known_one(read: Read) -> None:
    """全社会用电量 has a 第二产业 of its own; nothing below it may be taken for GDP."""
    rows, merges = builders.monthly()
    expected = figures(read("statistics", rows, merges))
    strange: Rows = [["全社会用电量", "亿元", 1, 2, 3], ["其中:第一产业", "亿元", 4, 5, 6]]
    strange += [["第二产业", "亿元", 7, 8, 9]]
    reading = read("statistics", rows[:8] + strange + rows[8:], merges)
    assert figures(reading) == expected
    assert "其中:第一产业" in unmapped(reading)
    assert "第二产业" in unmapped(reading)


def test_other_sheets_of_the_workbook_are_listed(read: Read, tmp_path) -> None:
    from govstats.workbooks.reader import read_workbook

    rows, merges = builders.finance()
    path = builders.workbook(
        tmp_path / "b.xlsx", rows, merges, "收入", more={"草稿": [["试算", 1]]}
    )
    reading = read("finance", rows, book=read_workbook(path))
    assert len(reading.observations) == 25
    assert [(c.sheet, c.cell) for c in reading.cells if c.fate == "unmapped"] == [
        ("草稿", "A1"), ("草稿", "B1"),
    ]  # fmt: skip
