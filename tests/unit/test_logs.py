"""Each line of the log is JSON with the ids that are known, whatever is logged and by how many."""

import json
import logging
import multiprocessing
import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govstats import logs
from govstats.logs import bound, during, journal
from govstats.settings import Settings

log = logging.getLogger("govstats")


@pytest.fixture(autouse=True)
def here(settings: Settings) -> Iterator[None]:
    settings.data.mkdir()
    level = log.level
    log.setLevel(logging.INFO)
    yield
    log.setLevel(level)


def lines(settings: Settings) -> list[dict[str, Any]]:
    files = sorted(settings.logs.glob("govstats*.jsonl"))
    return [json.loads(line) for f in files for line in f.read_text("utf-8").splitlines()]


def test_a_line_says_when_how_grave_what_and_whose(settings: Settings) -> None:
    before = datetime.now().astimezone()
    with during(settings, "r1"), bound(step="parse", release_id=None):
        log.warning(
            "refused: %s", "收入.xlsx", extra={"submission_id": "s1", "reason": "encrypted"}
        )
    (line,) = lines(settings)
    assert list(line)[:3] == ["timestamp", "level", "event"]
    moment = datetime.fromisoformat(line.pop("timestamp"))
    assert abs((moment - before).total_seconds()) < 60
    assert moment.utcoffset() is not None
    assert moment.utcoffset().total_seconds() == 8 * 3600  # type: ignore[union-attr]
    assert line == {
        "level": "warning",
        "event": "refused: 收入.xlsx",
        "run_id": "r1",
        "step": "parse",
        "submission_id": "s1",
        "reason": "encrypted",
        "process": os.getpid(),
    }


def test_every_line_of_a_run_has_its_id_also_from_threads_and_nested_starts(
    settings: Settings,
) -> None:
    with during(settings, "r1"):
        log.info("one")
        with during(settings, "r2"), bound(dag_run_id="d"):
            journal.info("two")
        with ThreadPoolExecutor(1) as threads:
            threads.submit(log.info, "three").result()
        logging.getLogger("govstats.run").info("four")
    log.info("nobody's")
    journal.info("nobody's")
    assert [(line["event"], line["run_id"]) for line in lines(settings)] == [
        (word, "r1") for word in ("one", "two", "three", "four")
    ]


def test_ids_hold_while_the_body_runs_and_no_longer(settings: Settings) -> None:
    with during(settings, "r"):
        with bound(step="build"), bound(release_id="2020-12-a"):
            journal.info("inside")
        journal.info("outside")
    inside, outside = lines(settings)
    assert (inside["step"], inside["release_id"]) == ("build", "2020-12-a")
    assert "step" not in outside
    assert "release_id" not in outside


@pytest.mark.parametrize(
    "text",
    [
        'first\n{"level": "error", "event": "forged"}',
        "\x1b[2J\x1b]0;title\x07\r",
        "\x9b31m \u202egnp.exe \u2028 \u2066 \ufeff \x85",
        "lone \udc80 surrogate",
        'quotes " \\ and \x00',
    ],
    # the test's name travels between processes as UTF-8, which the text itself could not
    ids=["forged line", "escape codes", "hidden line ends", "lone surrogate", "quotes and NUL"],
)
def test_whatever_a_label_says_it_stays_one_line_of_plain_text(
    settings: Settings, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # pytest would keep the line for its report, and cannot send half a character to its master
    monkeypatch.setattr(log, "propagate", False)
    with during(settings, "r"):
        log.warning("refused: %s", text, extra={"file": text, "nested": {"a": [text]}})
    (raw,) = (settings.logs / logs.FILE).read_bytes().split(b"\n")[:-1]
    assert not [c for c in raw.decode() if not c.isprintable()]
    line = json.loads(raw)
    assert line["event"] == f"refused: {text}"
    assert line["file"] == text
    assert line["level"] == "warning"


TEXTS = st.text(st.characters(exclude_categories=()), max_size=40)


@given(text=TEXTS, name=TEXTS, value=st.one_of(TEXTS, st.floats(), st.lists(TEXTS), st.binary()))
def test_any_text_gives_one_line_that_is_json(text: str, name: str, value: object) -> None:
    record = logging.makeLogRecord({"msg": text, "levelno": 30, "levelname": "WARNING"})
    record.field = {name: value}
    line = logs.formatter(ZoneInfo("Asia/Shanghai"), "r").format(record)
    assert line.isprintable()
    assert json.loads(line, parse_constant=pytest.fail)["run_id"] == "r"


def test_secrets_are_not_kept(settings: Settings) -> None:
    secret = "s3cr3t-Zx9"
    with during(settings, "r"):
        log.warning("no answer from dingtalk://%s/x", secret)
        log.info("sent", extra={"password": secret, "url": f"https://a:{secret}@b.cn/"})
        log.info("sent", extra={"connection": {"token": secret, "to": [f"key={secret}"]}})
        try:
            raise ValueError(f"https://x/send?access_token={secret}")
        except ValueError:
            log.exception("failed")
    assert secret not in (settings.logs / logs.FILE).read_text()
    assert "ValueError" in lines(settings)[-1]["exception"]
    assert len(lines(settings)) == 4


def test_a_full_file_is_put_aside_and_nothing_is_lost(settings: Settings) -> None:
    with during(settings, "r"):
        handler = next(each for each in journal.handlers if isinstance(each, logs.Lines))
        handler._most = 2_000
        for number in range(100):
            journal.info("line", extra={"number": number})
    assert sorted(line["number"] for line in lines(settings)) == list(range(100))
    assert len(list(settings.logs.glob(logs.ASIDE))) > 3
    assert all(f.stat().st_size < 2_500 for f in settings.logs.glob("*.jsonl"))


def write_many(data: Path, who: int, count: int, gate: Any) -> None:
    settings = Settings(root=data, data=data)
    handler = logs.Lines(settings, f"run{who}", most=20_000)
    journal.addHandler(handler)
    gate.wait()
    for number in range(count):
        journal.info("line", extra={"who": who, "number": number, "file": "收入" * 20})
    handler.close()


def test_several_processes_lose_no_line_while_files_are_put_aside(settings: Settings) -> None:
    count, writers = 300, 3
    context = multiprocessing.get_context("fork")
    gate = context.Barrier(writers)
    started = [
        context.Process(target=write_many, args=(settings.data, who, count, gate))
        for who in range(writers)
    ]
    for process in started:
        process.start()
    for process in started:
        process.join(60)
    assert [process.exitcode for process in started] == [0] * writers
    found = sorted((line["who"], line["number"]) for line in lines(settings))
    assert found == [(who, number) for who in range(writers) for number in range(count)]
    assert len(list(settings.logs.glob(logs.ASIDE))) > 3


def test_no_data_folder_is_made_for_a_log(settings: Settings) -> None:
    settings.data.rmdir()
    with during(settings, "r"):
        log.info("nothing here")
    assert not settings.data.exists()


def test_a_log_that_cannot_be_written_stops_no_work_and_is_told_once(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    room = [7]  # bytes left on the disk
    real = os.write

    def full(descriptor: int, content: bytes) -> int:
        if not room[0]:
            raise OSError(28, "No space left on device")
        written = real(descriptor, content[: room[0]])
        room[0] -= written
        return written

    with during(settings, "r"):
        monkeypatch.setattr(os, "write", full)
        log.info("half")
        log.info("none")
        room[0] = 1_000_000
        log.info("again")
    monkeypatch.undo()
    assert capsys.readouterr().err.count("No space left on device") == 1
    torn, whole = (settings.logs / logs.FILE).read_text().splitlines()
    assert len(torn) == 7
    assert json.loads(whole)["event"] == "again"


def test_an_analyst_who_may_not_write_hears_nothing_of_it(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def denied(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", denied)
    with during(settings, "r"):
        log.info("nothing")
    monkeypatch.undo()
    assert capsys.readouterr().err == ""


def test_a_line_costs_little(settings: Settings) -> None:
    with during(settings, "r"), bound(step="parse"):
        start = time.process_time()
        for number in range(1_000):
            journal.info(
                "read", extra={"submission_id": str(number), "file": "财政局/2020-02/收入"}
            )
        assert time.process_time() - start < 1.0  # 0.1 s on a quiet machine


def test_a_line_that_cannot_be_put_into_words_stops_no_work(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    class Broken:
        def __str__(self) -> str:
            raise ZeroDivisionError

    with during(settings, "r"):
        journal.info("broken", extra={"thing": Broken(), b"key".hex(): {b"k": 1, None: 2}})
        journal.info("next")
    assert [line["event"] for line in lines(settings)] == ["next"]
    assert "the log cannot be written" in capsys.readouterr().err
