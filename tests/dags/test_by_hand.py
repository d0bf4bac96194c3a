"""Runs that a person starts, with parameters: what they ask of the pipeline, and what they say."""

import pytest


@pytest.mark.parametrize(
    ("run", "calls"),
    [
        ("one department", ["scan finance None", "facts_ready"]),
        ("one period", ["scan None 2020-12", "facts_ready"]),
        ("a past day", ["run 2020-10-20"]),
        ("no period", []),
        ("a day to come", []),
        ("no day", []),
    ],
)
def test_parameters_reach_the_pipeline_as_values(seen, run, calls):
    noted = [call for call in seen["by_hand"][run]["calls"] if not call.startswith("parse")]
    assert noted == calls


@pytest.mark.parametrize(
    ("run", "task", "state", "words"),
    [
        ("others unread", "collect", "skipped", "2 other sheets are not read yet"),
        ("one period", "announce", "skipped", "nothing new: release r1"),
        ("before the first", "keep", "skipped", "nothing had been received by 2019-01-01"),
        ("a past day", "keep", "success", ""),
        ("no period", "scan", "failed", "no period is named"),
        ("a day to come", "keep", "failed", "2999-12-31 is not over yet"),
        ("no day", "keep", "failed", "no day is named"),
    ],
)
def test_what_cannot_be_done_is_skipped_or_fails_with_words(seen, run, task, state, words):
    told = seen["by_hand"][run]
    assert told["states"][task] == state
    assert words in told["words"]


def test_a_partition_says_period_or_day_and_is_refused_where_it_is_written_otherwise(seen):
    assert seen["partition_keys"] == {
        "2020-12": "2020-12",
        "2020-1": "'2020-1' is not a period",
        "2020-12-31": "2020-12-31",
        "2020-1-31": "'2020-1-31' is not a day",
        "2999-12-31": "2999-12-31 is not over yet",
    }
