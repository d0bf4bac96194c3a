"""The tables of the demonstration: typing errors are refused, every entry is used."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demo import counties, growth, knowledge, levels, messy, tables
from demo.book import rounded
from demo.periods import Period, legal_periods
from govstats.errors import KnowledgeError

PROJECT = Path(__file__).parents[3]


def test_a_word_where_a_number_belongs_is_refused_with_its_place() -> None:
    with pytest.raises(KnowledgeError, match=r"annual\.csv gdp 2018: '66o' is no number") as caught:
        tables.number("66o", "annual.csv gdp 2018")
    assert caught.value.remedy


def test_an_unknown_key_is_refused() -> None:
    with pytest.raises(KnowledgeError, match="unknown \\['grwth'\\]"):
        tables.checked_keys({"grwth": "path"}, knowledge.SERIES_KEYS, "demo/series.yml gdp")


def test_an_indicator_that_no_series_declares_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    read = tables.read_csv

    def misspelt(name: str) -> list[dict[str, str]]:
        rows = read(name)
        return [row | {"indicator": "gpd"} for row in rows] if name == "plans.csv" else rows

    monkeypatch.setattr(knowledge, "read_csv", misspelt)
    with pytest.raises(KnowledgeError, match="gpd"):
        knowledge.load()


def test_every_declared_method_and_form_exists() -> None:
    known = knowledge.load()
    for series in (*known.series, *known.after_counties):
        assert series.level in levels.METHODS
        assert series.growth in growth.METHODS
    assert {mess.form for mess in known.messes} <= {*messy.FORMS, "long"}


def test_the_periods_of_a_year_begin_with_february() -> None:
    periods = [str(period) for period in legal_periods([2019])]
    assert periods[0] == "2019-02"
    assert periods[-1] == "2019-12"
    assert len(periods) == 11
    assert Period(2019, 2).label == "2019年1-2月"
    assert str(Period(2020, 2).last_day) == "2020-02-29"
    assert str(Period(2020, 12).last_day) == "2020-12-31"


@given(
    total=st.decimals(min_value=1, max_value=5000, places=2),
    weights=st.lists(st.decimals(min_value=1, max_value=50, places=1), min_size=1, max_size=9),
)
def test_an_allocated_amount_is_whole_and_fair(total: Decimal, weights: list[Decimal]) -> None:
    parts = counties.allocated(total, weights)
    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - total * weight / sum(weights)) < Decimal("0.01")


@pytest.mark.parametrize(
    ("value", "places", "expected"),
    [("0.125", 2, "0.13"), ("-0.125", 2, "-0.13"), ("-0.04", 1, "0.0"), ("2.5", 0, "3")],
)
def test_rounding_is_half_away_from_zero_without_negative_zero(
    value: str, places: int, expected: str
) -> None:
    assert str(rounded(Decimal(value), places)) == expected


def test_the_documentation_lists_published_figures_messy_cells_and_editions() -> None:
    text = (PROJECT / "docs" / "demonstration-data.md").read_text(encoding="utf-8")
    for row in tables.read_csv("published.csv"):
        line = f"| {row['period']} | {row['measure']} | {row['value']} {row['unit']} |"
        assert line in text, line
    for row in tables.read_csv("messy.csv"):
        assert row["why"] in text, row
    for row in tables.read_csv("plans.csv"):
        assert f"{row['value']} {row['unit']}" in text, row
    for name, sheet in knowledge.load().sheets.items():
        habit = sheet.get("schedule", {})
        for entry in habit.get("received", []):
            assert f"{entry['at']:%Y-%m-%d %H:%M}" in text, (name, entry)
        for period in habit.get("missing", []):
            assert f"| `{name}` | {period} | never |" in text, (name, period)
        for entry in sheet.get("messy", []):
            assert f"| `{name}` | {entry['period'].replace('*', chr(92) + '*')} |" in text, entry
