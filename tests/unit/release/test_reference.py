"""Addresses of figures: written and read back, whatever the key holds."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govstats.errors import GovstatsError
from govstats.release.reference import Reference

NAMES = st.text("abcdefghijklmnopqrstuvwxyz_", min_size=1)


def test_an_address_reads_well() -> None:
    key = {"entry_name": "友阿国际广场 A&B", "period_end": date(2020, 9, 30)}
    address = Reference.of("fct_key_project", "done_value", key)
    assert str(address) == (
        "fct_key_project/done_value?entry_name=友阿国际广场%20A%26B&period_end=2020-09-30"
    )


@given(NAMES, NAMES, st.dictionaries(NAMES, st.text(), min_size=1))
def test_what_is_written_is_read_back(mart: str, column: str, key: dict[str, object]) -> None:
    address = Reference.of(mart, column, key)
    assert Reference.parse(str(address)) == address


@pytest.mark.parametrize("text", ["", "gdp-level", "mart/column", "mart?a=1", "/column?a=1"])
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(GovstatsError, match="is not the address of a figure"):
        Reference.parse(text)
