"""Figures as people write them."""

from decimal import Decimal

import pytest

from govstats.numbers import plain


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("735.000000"), "735"),
        (Decimal("25.200000"), "25.2"),
        (Decimal("-0.6000"), "-0.6"),
        (Decimal("700"), "700"),
        (Decimal("1E+3"), "1000"),
        (Decimal("0.000000"), "0"),
        (None, ""),
        ("岳阳楼区", "岳阳楼区"),
    ],
)
def test_plain(value: object, text: str) -> None:
    assert plain(value) == text
