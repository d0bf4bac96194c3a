"""Figures as people write them."""

from decimal import Decimal


def plain(value: object) -> str:
    """Write a figure without trailing zeros or exponent; a missing one as an empty text."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        text = format(value, "f")
        return text.rstrip("0").rstrip(".") if "." in text else text
    return str(value)
