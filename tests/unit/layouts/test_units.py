"""Which statement of a unit counts, and when two contradict each other."""

import pytest

from govstats.layouts.units import Claim, Resolved, claimed, in_title, resolve

KINDS = {
    "亿元": "money",
    "万元": "money",
    "元": "money",
    "%": "ratio",
    "‰": "ratio",
    "人": "persons",
}


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("亿元、%", ("亿元", "%")),
        ("亿元，元，％", ("亿元", "元", "%")),
        ("万 元", ("万元",)),
        ("人/万元", ("人", "万元")),
        ("岳阳楼区统计局", ()),
        ("亿元、美元", ()),
        ("", ()),
    ],
)
def test_lists_of_units(text: str, units: tuple[str, ...]) -> None:
    assert claimed(text, KINDS) == units


CELL, HEADER, COLUMN = "cell", "header", "unit_column"
#: Units of the other figures of the table.
OTHERS = {"亿元", "%"}


@pytest.mark.parametrize(
    ("claims", "expected", "unit"),
    [
        ([], "万元", "万元"),
        # As always: the table is in 亿元, this row is not.
        ([("corner", "亿元", "%")], "元", "元"),
        ([("corner", "亿元")], "元", "元"),
        ([("corner", "亿元")], "%", "%"),
        ([("title", "亿元")], "人", "人"),
        ([(COLUMN, "元"), ("corner", "亿元", "%")], "元", "元"),
        ([(HEADER, "万元"), ("corner", "亿元")], "万元", "万元"),
        ([(CELL, "%"), (HEADER, "%")], "%", "%"),
        ([(HEADER, "亿元"), (COLUMN, "亿元")], "万元", "亿元"),
        # The corner means the other figures: it does not silence the title.
        ([("corner", "亿元"), ("title", "‰")], "人", "人"),
        ([("corner", "%"), ("title", "元")], "亿元", "元"),
    ],
)
def test_the_most_specific_counts(claims: list[tuple[str, ...]], expected: str, unit: str) -> None:
    resolved = resolve([Claim(c[0], c[1:]) for c in claims], expected, KINDS, OTHERS)
    assert (resolved.unit, resolved.against) == (unit, None)


@pytest.mark.parametrize(
    ("claims", "expected", "against", "unit"),
    [
        ([("corner", "人")], "万元", "corner", None),
        ([("corner", "美元")], "万元", "corner", None),
        ([("corner", "亿元"), ("corner", "元")], "万元", "corner", None),
        ([(HEADER, "亿元"), ("corner", "万元")], "万元", "corner", "亿元"),
        ([(COLUMN, "万元"), ("corner", "亿元", "%")], "亿元", "corner", "万元"),
        ([(CELL, "‰"), (HEADER, "%")], "%", HEADER, "‰"),
        ([(CELL, "人"), (HEADER, "%")], "%", CELL, None),
    ],
)
def test_contradictions(
    claims: list[tuple[str, ...]], expected: str, against: str, unit: str | None
) -> None:
    """``unit`` None where no figure may be read."""
    resolved = resolve([Claim(c[0], c[1:]) for c in claims], expected, KINDS, {expected})
    assert resolved.against is not None
    assert resolved.against.place == against
    assert (resolved.unit if resolved.is_sure else None) == unit


def test_a_changed_unit_where_the_table_has_several_of_a_kind() -> None:
    """万元 over a table that used to be in 亿元 and 元: nobody can say which row is which."""
    corner = [Claim("corner", ("万元",))]
    assert not resolve(corner, "元", KINDS, {"亿元", "元"}).is_sure
    assert resolve(corner, "亿元", KINDS, {"亿元"}) == Resolved("万元")
    assert resolve(corner, "亿元", KINDS, {"亿元", "%"}) == Resolved("万元")


def test_what_a_title_says_in_brackets() -> None:
    assert in_title("收支表(单位:亿元)", KINDS) == Claim("title", ("亿元",))
    assert in_title("收支表（万元）", KINDS) == Claim("title", ("万元",))
    assert in_title("收支表(1-3月)", KINDS) is None
    assert in_title("收支表(单位:美元)", KINDS) == Claim("title", ("美元",))
