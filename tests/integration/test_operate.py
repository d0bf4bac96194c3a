"""Metrics of a whole run agree with the marts it released."""

from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from govstats import metrics, retention
from govstats.release import reader
from govstats.settings import Settings

pytestmark = pytest.mark.slow

COUNTED = {
    "govstats_submissions": "select status, count(*) from marts.fct_submission group by all",
    "govstats_findings": (
        "select severity || '/' || state, count(*) from marts.fct_validation_finding group by all"
    ),
    "govstats_duties": "select state, count(*) from marts.fct_reporting_duty group by all",
    "govstats_ledger_submissions": "select '', count(*) from marts.fct_submission",
}


@pytest.fixture(scope="module")
def written(first_release: Settings) -> dict[str, dict[str, float]]:
    """What the run left, by metric and by its labels' values."""
    text = (first_release.metrics / metrics.FILE).read_text(encoding="utf-8")
    found: dict[str, dict[str, float]] = {}
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            key = "/".join(value for _, value in sorted(sample.labels.items()))
            found.setdefault(sample.name, {})[key] = sample.value
    return found


@pytest.mark.parametrize("name", COUNTED)
def test_what_was_counted_is_what_the_marts_say(
    first_release: Settings, written: dict[str, dict[str, float]], name: str
) -> None:
    with reader.connect(first_release) as connection:
        expected = dict(connection.execute(COUNTED[name]).fetchall())
    assert {key: value for key, value in written[name].items() if value} == expected
    assert sum(expected.values()) > 0


def test_every_step_of_the_run_ended_well(written: dict[str, dict[str, float]]) -> None:
    ended = {f"success/{step}" for step in ("scan", "parse", "build", "validate", "publish")}
    assert ended <= set(written["govstats_step_ends_total"])
    took = written["govstats_step_last_duration_seconds"]
    assert took["build"] > took["scan"] >= 0


def test_no_label_holds_a_file(first_release: Settings) -> None:
    text = Path(first_release.metrics / metrics.FILE).read_text(encoding="utf-8")
    assert ".xls" not in text


def test_a_finished_run_leaves_nothing_to_prune(first_release: Settings) -> None:
    assert retention.plan(first_release) == []
