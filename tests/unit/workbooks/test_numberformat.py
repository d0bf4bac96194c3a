"""What a number format shows."""

from decimal import Decimal

import pytest

from govstats.workbooks.numberformat import is_percentage, is_plain, shown


@pytest.mark.parametrize(
    ("code", "value", "text"),
    [
        ("0", "2.5", "3"),
        ("0.00", "22.15718562874252", "22.16"),
        ("0.00", "-0.125", "-0.13"),
        ("0.0_ ", "8.25", "8.3"),
        ("#,##0", "1234567.5", "1,234,568"),
        ("#,##0.00", "-1234.5", "-1,234.50"),
        ("0%", "0.085", "9%"),
        ("0.00%", "0.081", "8.10%"),
        ("0.0_);[Red]\\(0.0\\)", "-3.25", "(3.3)"),
        ("#,##0.00_ ;[Red]\\-#,##0.00\\ ", "-3.2", "-3.20"),
        ("0.00;-0.00;-", "0", None),
        ("General", "1", None),
        ("", "1", None),
        ('0.0"亿元"', "1", None),
        ("[$-804]0", "1", None),
        ("yyyy-mm-dd", "1", None),
        ("0.00E+00", "1", None),
    ],
)
def test_shown(code: str, value: str, text: str | None) -> None:
    assert shown(Decimal(value), code) == text


def test_a_printed_sign_makes_no_percentage() -> None:
    assert [is_percentage(code) for code in ("0.0%", '0.0"%"', "0.0\\%", "0;0%")] == [
        True, False, False, True,
    ]  # fmt: skip
    assert is_plain("0.00")
    assert not is_plain("@")
