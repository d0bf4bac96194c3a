"""Texts from a sheet reach a csv as texts, figures as figures."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govstats.csvtext import inert

LIVE = "=+-@\t\r\n＝＋－＠"


@pytest.mark.parametrize(
    "text",
    [
        '=HYPERLINK("http://x","看")',
        "=1+1",
        "+cmd|' /C calc'!A0",
        "-2+3+cmd",
        "@SUM(A1)",
        "\t=1+1",
        "\r=1+1",
        "  =1+1",
        "＝1+1",
        "-",
        "-其中",
        "+-1",
        "-1.2.3",
    ],
)
def test_what_would_run_gets_an_apostrophe(text: str) -> None:
    assert inert(text) == f"'{text}"


@pytest.mark.parametrize(
    "text",
    ["", "5", "-5", "-12.5", "+3", "-0.5%", "—", "财政局", "1-2月", "a=b", "'x", " 5"],
)
def test_what_is_harmless_stays(text: str) -> None:
    assert inert(text) == text


@given(st.text())
def test_no_text_begins_live_after_it(text: str) -> None:
    done = inert(text)
    assert done in (text, f"'{text}")
    shown = done.lstrip()
    if shown[:1] and shown[0] in LIVE:
        float(shown.removesuffix("%"))


@given(st.decimals(allow_nan=False, allow_infinity=False))
def test_numbers_stay_as_they_are(number: object) -> None:
    text = format(number, "f")
    assert inert(text) == text


@given(st.text())
def test_a_csv_gives_the_text_back(text: str) -> None:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow([inert(text), "x"])
    (row,) = csv.reader(io.StringIO(out.getvalue(), newline=""))
    assert row == [inert(text), "x"]
