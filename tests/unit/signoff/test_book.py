"""Decisions are added, never changed, and read back as they were made."""

import csv
import threading
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govstats import backup
from govstats.errors import GovstatsError
from govstats.settings import Settings
from govstats.signoff import APPROVED, REJECTED, Signature, book, enter

NOON = datetime(2021, 1, 20, 12, tzinfo=ZoneInfo("Asia/Shanghai"))


def made(
    release_id: str, decision: str = APPROVED, by: str = "王主任", note: str = ""
) -> Signature:
    return Signature(release_id, decision, by, NOON, note)


def test_the_last_decision_on_a_release_counts(settings: Settings) -> None:
    assert book.read(settings) == []
    assert book.approval(settings, "r1") is None
    for each in (made("r1"), made("r2"), made("r1", REJECTED, note="数据待核")):
        book.append(settings, each)
    assert book.approval(settings, "r1") is None
    assert book.latest(settings, "r1") == made("r1", REJECTED, note="数据待核")
    assert book.approval(settings, "r2") == made("r2")
    text = book.path(settings).read_text(encoding="utf-8")
    assert text.splitlines() == [
        "release_id,decision,decided_by,decided_at,note",
        "r1,approved,王主任,2021-01-20T12:00:00+08:00,",
        "r2,approved,王主任,2021-01-20T12:00:00+08:00,",
        "r1,rejected,王主任,2021-01-20T12:00:00+08:00,数据待核",
    ]


def test_the_same_said_twice_stands_once(settings: Settings) -> None:
    book.append(settings, made("r1"))
    later = Signature("r1", APPROVED, "王主任", NOON.replace(hour=13))
    assert book.append(settings, later) == made("r1")
    assert len(book.read(settings)) == 1
    book.append(settings, made("r1", by="李科长"))
    assert [each.decided_by for each in book.read(settings)] == ["王主任", "李科长"]


def test_two_who_sign_at_once_lose_nothing(settings: Settings) -> None:
    def sign(n: int) -> None:
        book.append(settings, made(f"r{n}"))

    threads = [threading.Thread(target=sign, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(each.release_id for each in book.read(settings)) == [f"r{n}" for n in range(8)]


@given(st.text(max_size=200))
def test_a_persons_words_become_one_harmless_line(text: str) -> None:
    plain = book.plain_text(text)
    assert plain == plain.strip()
    assert all(c.isprintable() for c in plain)
    assert not plain.startswith(("=", "+", "@", "＝")) or plain[1:].isdigit()
    row = next(csv.reader([f'"{plain.replace(chr(34), chr(34) * 2)}"']), [""])
    assert row == [plain]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("r1,approved,王主任", "line 2 cannot be read"),
        ("r1,approved,王主任,soon,", "line 2 cannot be read"),
        ("r1,waved through,王主任,2021-01-20T12:00:00+08:00,", "line 2 is no decision"),
        ("r1,approved,,2021-01-20T12:00:00+08:00,", "line 2 is no decision"),
    ],
)
def test_a_line_of_another_hand_is_named(settings: Settings, line: str, words: str) -> None:
    book.path(settings).parent.mkdir(parents=True)
    book.path(settings).write_text(f"{','.join(book.COLUMNS)}\n{line}\n", encoding="utf-8")
    with pytest.raises(GovstatsError, match=words):
        book.read(settings)


@pytest.mark.parametrize("content", [b"", b"other,columns\n", b"\xff\xfe\n"])
def test_another_file_is_refused(settings: Settings, content: bytes) -> None:
    book.path(settings).parent.mkdir(parents=True)
    book.path(settings).write_bytes(content)
    with pytest.raises(GovstatsError, match=r"signoffs\.csv"):
        book.read(settings)


@pytest.mark.parametrize(
    ("decision", "author", "note", "words"),
    [
        ("approved", "", "", "not said who decides"),
        ("approved", " \n\t", "", "not said who decides"),
        ("rejected", "王主任", "", "not said why"),
        ("later", "王主任", "", "'later' is no decision"),
        ("approved", "王" * 101, "", "author has 101 characters"),
        ("approved", "王主任", "长" * 1001, "note has 1001 characters"),
    ],
)
def test_what_is_missing_or_too_long_is_said(
    signed: Settings, decision: str, author: str, note: str, words: str
) -> None:
    with pytest.raises(GovstatsError, match=words):
        enter(signed, "r1", decision, author, note)


def test_decisions_are_in_the_backup(settings: Settings, tmp_path: Path) -> None:
    book.append(settings, made("r1"))
    backup.write(settings, tmp_path / "b.tar")
    empty = Settings(root=settings.root, data=tmp_path / "new" / "data")
    backup.restore(empty, tmp_path / "b.tar")
    assert book.read(empty) == [made("r1")]
