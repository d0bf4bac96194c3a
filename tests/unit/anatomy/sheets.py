"""Small sheets made by hand."""

from collections.abc import Sequence

from govstats.anatomy import Anatomy, Block, dissect
from govstats.workbooks.cells import Merge, Sheet, Stored

UNITS = frozenset({"亿元", "万元", "元", "%", "‰", "人", "万人", "户", "位次", "百分点"})
_ = ""


def sheet(
    *rows: Sequence[Stored], merges: Sequence[tuple[int, int, int, int]] = (), name: str = "Sheet1"
) -> Sheet:
    """A sheet of these rows; merges as (top, left, bottom, right)."""
    return Sheet(name, rows, tuple(Merge(*merge) for merge in merges))


def anatomy(
    *rows: Sequence[Stored],
    merges: Sequence[tuple[int, int, int, int]] = (),
    name: str = "Sheet1",
    file: str = "",
) -> Anatomy:
    """What is found on it."""
    return dissect(sheet(*rows, merges=merges, name=name), UNITS, file)


def block(
    *rows: Sequence[Stored],
    merges: Sequence[tuple[int, int, int, int]] = (),
    name: str = "Sheet1",
    file: str = "",
) -> Block:
    """The only table on it."""
    found = anatomy(*rows, merges=merges, name=name, file=file)
    assert len(found.blocks) == 1
    return found.blocks[0]


def columns(found: Block) -> list[str]:
    """Labels of its columns of figures."""
    return [found.column_label(column) for column in found.columns]


def rows(found: Block) -> list[str]:
    """Labels of its rows that have figures."""
    return list(dict.fromkeys(found.row_label(row) for row, _ in found.figures()))


def period(found: Block, row: int, column: int) -> tuple[int | None, int | None, int | None] | None:
    """Year, first and last month of a figure."""
    stated = found.period_at(row, column)
    return (stated.year, stated.first, stated.last) if stated else None
