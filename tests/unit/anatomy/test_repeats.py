"""A header that is repeated, and what the one before it says for both."""

from collections.abc import Sequence

from govstats.anatomy import Block
from govstats.workbooks.cells import Stored
from tests.unit.anatomy.sheets import anatomy, columns, period, rows

_HEAD: tuple[list[Stored], ...] = (
    ["地区", "学校", "", "学生", ""],
    ["", "应评", "实评", "应评", "实评"],
)
_AGAIN: list[Stored] = ["地区", "应评", "实评", "应评", "实评"]
_SPANNED = ["学校/应评", "学校/实评", "学生/应评", "学生/实评"]
_MERGES = [(1, 1, 2, 1), (1, 2, 1, 3), (1, 4, 1, 5)]


def _parts(between: Sequence[Sequence[Stored]], again: list[Stored] = _AGAIN) -> tuple[Block, ...]:
    return anatomy(
        *_HEAD,
        ["甲", 12.5, 11, 90, 80],
        ["乙", 10, 10.5, 70, 60],
        *between,
        again,
        ["丙", 9, 8, 66.5, 60],
        ["丁", 7, 7, 50, 49.5],
        merges=_MERGES,
    ).blocks


def test_a_repeated_header_keeps_the_headings_above_the_first() -> None:
    first, second = _parts([[]])
    assert columns(first) == _SPANNED
    assert columns(second) == _SPANNED
    assert rows(second) == ["丙", "丁"]


def test_it_keeps_them_from_part_to_part() -> None:
    found = _parts([[], _AGAIN, ["戊", 1.5, 2, 3, 4], ["己", 2.5, 3, 4, 5], []])
    assert [columns(part) for part in found] == [_SPANNED] * 3


def test_a_title_of_its_own_ends_what_the_first_says() -> None:
    _, second = _parts([[], ["表2 教师"]])
    assert columns(second) == _AGAIN[1:]


def test_other_words_are_another_header() -> None:
    _, second = _parts([[]], ["地区", "应评", "实评", "新增", "减少"])
    assert columns(second) == ["应评", "实评", "新增", "减少"]


def test_unit_and_period_of_the_title_count_below_a_repeated_header() -> None:
    head: list[Stored] = ["项目", "本月", "累计"]
    first, second, third = anatomy(
        ["2020年1-6月收入"],
        ["单位:万元"],
        head,
        ["税收", 1.5, 2],
        ["注:含上划"],
        [],
        head,
        ["非税", 2.5, 3],
        [],
        ["2019年支出"],
        head,
        ["教育", 3.5, 4],
    ).blocks
    assert [part.unit_at(part.body[0], 2) for part in (first, second, third)] == [
        "万元",
        "万元",
        None,
    ]
    assert [period(part, part.body[0], 2) for part in (first, second, third)] == [
        (2020, 1, 6),
        (2020, 1, 6),
        (2019, None, None),
    ]
