"""Which statement of a unit counts, and when two contradict each other."""

import pytest

from govstats.layouts.units import Claim, claimed, resolve

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


@pytest.mark.parametrize(
    ("claims", "expected", "unit"),
    [
        ([], "万元", "万元"),
        ([("corner", "亿元")], "万元", "亿元"),
        ([("corner", "亿元", "%")], "元", "元"),
        ([(COLUMN, "元"), ("corner", "亿元", "%")], "元", "元"),
        ([(HEADER, "万元"), ("corner", "亿元")], "万元", "万元"),
        ([(CELL, "%"), (HEADER, "%")], "%", "%"),
        ([(HEADER, "亿元"), (COLUMN, "亿元")], "万元", "亿元"),
    ],
)
def test_the_most_specific_counts(claims: list[tuple[str, ...]], expected: str, unit: str) -> None:
    assert resolve([Claim(c[0], c[1:]) for c in claims], expected, KINDS) == (unit, None)


@pytest.mark.parametrize(
    ("claims", "expected", "against"),
    [
        ([("corner", "人")], "万元", "corner"),
        ([(HEADER, "亿元"), ("corner", "万元")], "万元", "corner"),
        ([(COLUMN, "万元"), ("corner", "亿元", "%")], "亿元", "corner"),
        ([(CELL, "‰"), (HEADER, "%")], "%", HEADER),
        ([(CELL, "人"), (HEADER, "%")], "%", CELL),
    ],
)
def test_contradictions(claims: list[tuple[str, ...]], expected: str, against: str) -> None:
    _, found = resolve([Claim(c[0], c[1:]) for c in claims], expected, KINDS)
    assert found is not None
    assert found.place == against
