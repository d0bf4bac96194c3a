"""Faults while files come in: at every change of a file, at every byte of the ledger's end."""

import importlib
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from govstats.backup import restore, write
from govstats.errors import GovstatsError
from govstats.files import sha256_file
from govstats.intake import kept_copy, ledger, register, survey, take_in
from govstats.settings import Settings
from tests.faults.proof import received
from tests.faults.tripping import ERRORS, killed, small_files, tripping

registering = importlib.import_module("govstats.intake.register")  # the function hides it
FOLDER = "财政局/2020-02"
ZONE = timezone(timedelta(hours=8))


def put(settings: Settings, name: str, content: bytes | None = None) -> Path:
    path = settings.raw / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content or name.encode())
    return path


@pytest.fixture
def three(settings: Settings) -> Settings:
    """One file on the ledger, three beside it that are not."""
    put(settings, f"{FOLDER}/一.xlsx")
    register(settings, [(Path(FOLDER, "一.xlsx"), datetime(2020, 3, 9, 9))])
    for name in ("二", "三", "四"):
        put(settings, f"{FOLDER}/{name}.xlsx")
    return settings


def expected(settings: Settings) -> set[str]:
    return {
        ledger.submission_id("finance", "2020-02", sha256_file(path))
        for path in settings.raw.glob(f"{FOLDER}/*.xlsx")
    }


def proved(settings: Settings, first: bytes) -> None:
    """What was on the ledger is there to the byte; what is named is kept; nothing is twice."""
    assert settings.ledger.read_bytes().startswith(first)
    received(settings)


def completed(settings: Settings, first: bytes) -> None:
    take_in(settings)
    proved(settings, first)
    assert set(received(settings)) == expected(settings)
    assert survey(settings).problems == ()
    assert take_in(settings) == []


def copies(settings: Settings, folder: Path) -> Iterator[tuple[int, Settings]]:
    """The installation anew for each change that may go wrong."""
    for number in range(1, 200):
        data = folder / str(number)
        shutil.copytree(settings.data, data)
        yield number, replace(settings, data=data)
    pytest.fail("it never comes to an end")


def test_killed_before_every_change(three: Settings, tmp_path: Path) -> None:
    first = three.ledger.read_bytes()
    for number, copy in copies(three, tmp_path / "copies"):
        died = killed(partial(take_in, copy), copy.data, number)
        proved(copy, first)
        completed(copy, first)
        if not died:
            break
    assert number > 3  # one change at least for the ledger and each copy


@pytest.mark.parametrize("lasting", [False, True], ids=["once", "from then on"])
@pytest.mark.parametrize("fault", ERRORS)
def test_failed_before_every_change(
    three: Settings, tmp_path: Path, fault: str, lasting: bool
) -> None:
    first = three.ledger.read_bytes()
    failed = 0
    for number, copy in copies(three, tmp_path / "copies"):
        with tripping(copy.data, number, ERRORS[fault], lasting=lasting) as trip:
            try:
                take_in(copy)
            except OSError:
                failed += 1
        proved(copy, first)
        left = [path for path in copy.store.iterdir() if path.name.startswith(".")]
        assert left == [] or lasting
        completed(copy, first)
        if trip.seen < number:
            break
    assert failed > 3


def test_disk_full_in_the_middle_of_a_ledger_line(three: Settings) -> None:
    first = three.ledger.read_bytes()
    for room in (0, 1, 40, 150, 400):
        with small_files(len(first) + room), pytest.raises(OSError, match="too large"):
            take_in(three)
        assert three.ledger.read_bytes() == first
        received(three)
    completed(three, first)


def test_ledger_cut_at_every_byte(three: Settings) -> None:
    """A kill may leave any part of what was being written, the headings and half a sign too."""
    take_in(three)
    content = three.ledger.read_bytes()
    wanted = expected(three)
    for length in range(len(content)):
        three.ledger.write_bytes(content[:length])
        before = [entry.submission_id for entry in ledger.read(three.ledger)]
        take_in(three)
        after = received(three)
        assert after[: len(before)] == before
        assert set(after) == wanted


def _garbled(number: int, change: Any) -> Any:
    def garble(content: bytes) -> bytes:
        lines = content.splitlines(keepends=True)
        lines[number] = change(lines[number])
        return b"".join(lines)

    return garble


GARBLED = {
    "a figure": _garbled(2, lambda line: line.replace(b"2,finance", b"x,finance")),
    "a hash": _garbled(2, lambda line: re.sub(rb"(?<=,)[0-9a-f](?=[0-9a-f]{63},)", b"x", line)),
    "no text": _garbled(2, lambda line: b"\xff\xfe" + line[2:]),
    "zeros": _garbled(2, lambda line: bytes(len(line) - 1) + b"\n"),
    "a quote": _garbled(2, lambda line: line.replace(b",", b',"', 1)),
    "cut short": _garbled(2, lambda line: line[:30] + b"\n"),
    "gone": _garbled(2, lambda line: b""),
    "twice": _garbled(2, lambda line: line + line),
    "two in one": _garbled(2, lambda line: line[:-1]),
    "empty": _garbled(2, lambda line: b"\n"),
    "headings": _garbled(0, lambda line: line[1:]),
}


@pytest.mark.parametrize("kind", GARBLED)
def test_garbled_ledger_is_refused_and_the_backup_makes_it_good(
    three: Settings, tmp_path: Path, kind: str
) -> None:
    take_in(three)
    whole = three.ledger.read_bytes()
    archive = tmp_path / "backup.tar.gz"
    write(three, archive)
    put(three, f"{FOLDER}/五.xlsx")
    three.ledger.write_bytes(GARBLED[kind](whole))
    with pytest.raises(GovstatsError, match=r"ledger\.csv") as refused:
        take_in(three)
    assert "govstats backup" in refused.value.remedy
    assert kind == "headings" or "line " in refused.value.what
    assert three.ledger.read_bytes() == GARBLED[kind](whole)
    again = Settings(root=three.root, data=tmp_path / "restored")
    restore(again, archive)
    (three.ledger).write_bytes(again.ledger.read_bytes())
    completed(three, whole)


class Clock(datetime):
    """A clock that says what it is told."""

    says = datetime(2020, 3, 12, 9, tzinfo=ZONE)

    @classmethod
    def now(cls, tz: Any = None) -> datetime:
        return cls.says.astimezone(tz)


def test_clock_that_goes_back_makes_no_revision_older(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(registering, "datetime", Clock)
    put(settings, f"{FOLDER}/一.xlsx")
    (first,) = take_in(settings)
    monkeypatch.setattr(Clock, "says", datetime(2019, 1, 1, tzinfo=ZONE))
    put(settings, f"{FOLDER}/二.xlsx")
    with caplog.at_level("WARNING", "govstats"):
        (second,) = take_in(settings)
    assert "set the machine's clock" in caplog.text
    assert second.received_at == first.received_at
    assert second.sequence_number > first.sequence_number
    assert survey(settings).as_of(date(2019, 12, 31)).entries == ()
    assert survey(settings).as_of(date(2020, 3, 12)).entries == (first, second)
    monkeypatch.setattr(Clock, "says", datetime(2020, 4, 1, tzinfo=ZONE))
    put(settings, f"{FOLDER}/三.xlsx")
    (third,) = take_in(settings)
    assert third.received_at == Clock.says


def test_file_that_grows_while_it_is_read_is_left_to_the_next_scan(
    three: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.read_bytes

    def growing(path: Path) -> bytes:
        content = real(path)
        if path.name == "三.xlsx":
            with path.open("ab") as upload:
                upload.write(b" and more")
        return content

    monkeypatch.setattr(Path, "read_bytes", growing)
    assert [Path(entry.file).stem for entry in take_in(three)] == ["二", "四"]
    monkeypatch.undo()
    (late,) = take_in(three)
    assert kept_copy(three, late).read_bytes().endswith(b" and more")


def test_half_upload_that_was_taken_in_is_told_and_made_good(three: Settings) -> None:
    """Where nothing shows that a file was not whole, what comes later is not lost silently."""
    half = put(three, f"{FOLDER}/半.xlsx", b"half")
    take_in(three)
    half.write_bytes(b"half and the rest")
    assert take_in(three) == []
    (problem,) = survey(three).problems
    assert (problem.kind, problem.file) == ("tampered", f"{FOLDER}/半.xlsx")
    half.rename(half.with_stem("整"))
    put(three, f"{FOLDER}/半.xlsx", b"half")
    (entry,) = take_in(three)
    assert kept_copy(three, entry).read_bytes() == b"half and the rest"
    assert survey(three).problems == ()


@pytest.mark.parametrize("moment", ["before it is hashed", "before it is kept"])
def test_file_that_vanishes_holds_up_no_other(
    three: Settings, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    gone = three.raw / FOLDER / "三.xlsx"
    name = "sha256_file" if moment == "before it is hashed" else "_keep"
    real = getattr(registering, name)

    def vanishing(*args: Any) -> Any:
        if any(str(part).endswith("三.xlsx") for part in args):
            gone.unlink(missing_ok=True)
        return real(*args)

    monkeypatch.setattr(registering, name, vanishing)
    assert [Path(entry.file).stem for entry in take_in(three)] == ["二", "四"]
    assert survey(three).problems == ()
    received(three)


def test_folder_that_vanishes_while_it_is_listed(
    three: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(three, "财政局/2020-03/五.xlsx")
    real = os.scandir

    def vanishing(path: Any = ".") -> Any:
        if str(path).endswith("2020-03"):
            folder = Path(path)
            (folder / "五.xlsx").unlink(missing_ok=True)
            if folder.is_dir():
                folder.rmdir()
        return real(path)

    monkeypatch.setattr(os, "scandir", vanishing)
    assert len(take_in(three)) == 3


TAKE_IN = """
import sys
from pathlib import Path
from govstats.intake import take_in
from govstats.settings import Settings
settings = Settings(root=Path(sys.argv[1]), data=Path(sys.argv[2]))
print("ready", flush=True)
sys.stdin.readline()
for _ in range(20):
    take_in(settings)
"""


def test_two_processes_register_each_file_once(three: Settings) -> None:
    for number in range(100):
        put(three, f"{FOLDER}/{number}.xlsx")
    command = [sys.executable, "-c", TAKE_IN, str(three.root), str(three.data)]
    both = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    for process in both:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in both:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in both:
        process.communicate(timeout=60)
        assert process.returncode == 0
    assert set(received(three)) == expected(three)


HOLD = """
import sys, time
from pathlib import Path
from govstats.intake import ledger_lock
from govstats.settings import Settings
with ledger_lock(Settings(root=Path(sys.argv[1]), data=Path(sys.argv[2]))):
    print("held", flush=True)
    time.sleep(600)
"""


def test_lock_of_a_dead_process_stops_nobody(three: Settings) -> None:
    command = [sys.executable, "-c", HOLD, str(three.root), str(three.data)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        holder.send_signal(signal.SIGKILL)
    lock = three.data / ".ledger.lock"
    lock.write_text("4194304\n")
    completed(three, three.ledger.read_bytes())
