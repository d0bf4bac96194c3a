"""Whatever two releases hold, every change is found once, and every text stays in its cell."""

import re
from contextlib import closing
from decimal import Decimal
from pathlib import Path

import duckdb
import hypothesis.strategies as st
from hypothesis import given, settings

from govstats.release.notes.compare import compare
from govstats.release.notes.text import safe

MARTS = Path(__file__).with_name("marts.sql").read_text(encoding="utf-8")
FIGURES = st.dictionaries(
    st.sampled_from(["a", "b", "c", "d", "e"]),
    st.none() | st.decimals(-9, 9, places=1),
    max_size=5,
)


def opened(figures: dict[str, Decimal | None]) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(":memory:", config={"threads": 1})
    connection.execute(MARTS)
    for code, value in figures.items():
        connection.execute(
            "insert into marts.fct_observation (indicator_code, ref_area, scope, period_end, "
            "period_type, measure, obs_value, department_code, submission_id) "
            "values (?, 'x', 's', '2020-02-29', 'ytd', 'level', ?, 'o', 's1')",
            [code, value],
        )
    return connection


@settings(max_examples=25)
@given(now=FIGURES, before=FIGURES)
def test_every_figure_is_new_gone_changed_or_the_same(
    now: dict[str, Decimal | None], before: dict[str, Decimal | None]
) -> None:
    with closing(opened(now)) as new, closing(opened(before)) as old:
        parts = compare(new, old, "2020-02", "2020-02")
    assert parts["figures_new"].count == len(now.keys() - before.keys())
    assert parts["figures_gone"].count == len(before.keys() - now.keys())
    changed = {row["indicator_code"]: row for row in parts["figures_changed"].rows}
    assert changed.keys() == {c for c in now.keys() & before.keys() if now[c] != before[c]}
    for code, row in changed.items():
        assert (row["old_value"], row["new_value"]) == (before[code], now[code])


@given(st.text())
def test_a_text_stays_in_its_cell(text: str) -> None:
    shown = safe(text)
    assert "\n" not in shown
    assert not re.search(r"(?<!\\)(?:\\\\)*[|<>`\[\]]", shown)


@given(st.text(alphabet=st.characters(categories=("L", "N")), max_size=40))
def test_plain_words_are_not_touched(text: str) -> None:
    assert safe(text) == text
