"""Whatever stands on a sheet: no exception, no cell lost."""

from datetime import date

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from govstats.anatomy import dissect, propose
from govstats.layouts.seeds import Seeds
from govstats.workbooks.cells import Merge, Sheet, Stored, Workbook

SEEDS = Seeds(frozenset({"i"}), {"1": ("甲",)}, {"万元": "money", "%": "ratio"}, {})
VALUES = st.one_of(
    st.just(""),
    st.sampled_from(
        [
            "地区",
            "单位:万元",
            "合计",
            "其中:甲",
            "  乙",
            "2020年",
            "(一)",
            "—",
            "注:无",
            "序号",
            " ",
        ]
    ),
    st.sampled_from(["1,234", "8950人", "12.5%", "Total", "x/y", "农、林、", "续表", "\n", " "]),
    st.integers(1, 4),
    st.integers(1999, 2003),
    st.floats(-1e6, 1e6, allow_nan=False),
    st.booleans(),
    st.dates(date(2000, 1, 1), date(2030, 1, 1)),
    st.text(max_size=4),
)
GRIDS = st.lists(st.lists(VALUES, max_size=7), max_size=9)
PLACES = st.integers(1, 6)
MERGES = st.lists(st.tuples(PLACES, PLACES, st.integers(0, 3), st.integers(0, 3)), max_size=3)


@settings(max_examples=300, deadline=None)
@given(GRIDS, MERGES)
def test_any_grid_is_dissected(grid: list[list[object]], merges: list[tuple[int, ...]]) -> None:
    ranges = tuple(Merge(top, left, top + down, left + right) for top, left, down, right in merges)
    sheet = Sheet("2020年", grid, ranges)  # type: ignore[arg-type]
    found = dissect(sheet, frozenset({"万元"}), "表_2020年1-3月.xlsx")
    for cell in sheet.in_order():
        assert found.part_at(cell.row, cell.column) is not None
    for block in found.blocks:
        for row, column in block.figures():
            block.row_label(row)
            block.column_label(column)
            block.unit_at(row, column)
            block.period_at(row, column)
    text = propose(Workbook((sheet,)), found, SEEDS)
    assert yaml.safe_load(text) is None or "layouts" in yaml.safe_load(text)


def test_twice_the_same() -> None:
    grid: list[list[Stored]] = [["指标", "2019", "2020"], ["甲", 1, 2.5], ["  乙", 3, 4.5]]
    first, second = (dissect(Sheet("s", grid), frozenset()) for _ in range(2))
    assert first.blocks[0].lines == second.blocks[0].lines
    assert first.remarks == second.remarks
