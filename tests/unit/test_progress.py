"""How far a batch has come is said, and nothing is lost or held back by saying it."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from govstats.observations import ReadSummary, SubmissionRef
from govstats.progress import followed


def read(count: int) -> Iterator[ReadSummary]:
    for number in range(1, count + 1):
        ref = SubmissionRef(f"s{number}", "finance", "2020-03", f"[red]{number}.xlsx", Path("x"))
        yield ReadSummary(ref, {"status": "accepted"})


@pytest.mark.parametrize("count", [0, 1, 19, 20, 103])
def test_everything_is_passed_on_in_order(count: int) -> None:
    assert list(followed(read(count), count)) == list(read(count))


def test_without_a_terminal_the_log_says_how_far_it_is(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "govstats"):
        list(followed(read(103), 103))
    assert len(caplog.messages) == 9
    assert caplog.messages[0] == "parse: 11 of 103 files read, last [red]11.xlsx"


def test_a_few_files_need_no_word(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "govstats"):
        list(followed(read(19), 19))
    assert caplog.messages == []


def test_a_terminal_gets_a_bar_with_the_file_as_it_is_called(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert len(list(followed(read(25), 25))) == 25
    assert "[red]" in capsys.readouterr().err
