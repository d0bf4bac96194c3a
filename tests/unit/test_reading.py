"""Scanning: what is registered, which part of it is handed on to be read."""

from pathlib import Path

import pytest

from govstats import reading
from govstats.batches import Within
from govstats.settings import Settings


@pytest.fixture
def received(settings: Settings) -> Settings:
    """Three files that are no spreadsheets: registering does not look inside."""
    for name in ("财政局/2020-12/a.csv", "财政局/2020-11/b.csv", "人社局/2020-12/c.csv"):
        path = settings.raw / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    return settings


def test_a_scan_hands_on_named_batches(received: Settings) -> None:
    assert sorted(batch["label"] for batch in reading.scan(received)) == [
        "人社局 2020-12（1 份）",
        "财政局 2020-11（1 份）",
        "财政局 2020-12（1 份）",
    ]


def test_a_scan_for_a_part_registers_everything_and_hands_on_the_part(received: Settings) -> None:
    (batch,) = reading.scan(received, Within("finance", "2020-12"))
    assert batch["label"] == "财政局 2020-12（1 份）"
    assert reading.facts_ready(received)["submissions"] == 3


def test_what_is_not_read_yet_is_counted_and_handed_on_until_it_is(received: Settings) -> None:
    (batch,) = reading.scan(received, Within("finance", "2020-12"))
    reading.parse(received, batch["submission_ids"])
    assert reading.facts_ready(received)["unread"] == 2
    assert reading.scan(received, Within("finance", "2020-12")) == []
    for rest in reading.scan(received):
        reading.parse(received, rest["submission_ids"])
    assert reading.facts_ready(received)["unread"] == 0
    assert reading.scan(received) == []


def test_a_file_that_vanished_after_the_scan_is_read_from_the_kept_copy(
    received: Settings,
) -> None:
    (batch,) = reading.scan(received, Within("finance", "2020-12"))
    (received.raw / Path("财政局/2020-12/a.csv")).unlink()
    assert sum(reading.parse(received, batch["submission_ids"]).values()) == 1
