"""Tricks with names and kinds of files in data/raw: nothing hangs, nothing leads outside."""

import os
import socket
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govstats.errors import GovstatsError
from govstats.intake import ledger, register, survey, take_in
from govstats.intake.places import is_writable, written
from govstats.intake.register import kept_copy
from govstats.settings import Settings

PLACE = "财政局/2020-02"


def put(settings: Settings, name: str, content: bytes = b"x") -> Path:
    path = settings.raw / PLACE / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def taken(settings: Settings) -> list[str]:
    return [Path(entry.file).name for entry in take_in(settings)]


@pytest.mark.timeout(20)
def test_what_is_no_file_holds_nothing_up(settings: Settings) -> None:
    put(settings, "a.xlsx")
    folder = settings.raw / PLACE
    os.mkfifo(folder / "fifo.xlsx")  # who opens it waits for a writer
    (folder / "loop.xlsx").symlink_to("loop.xlsx")
    (folder / "circle").symlink_to(folder, target_is_directory=True)
    (folder / "zero.xlsx").symlink_to("/dev/zero")  # who reads it never ends
    with socket.socket(socket.AF_UNIX) as door:
        here = Path.cwd()
        os.chdir(folder)  # an address of a socket must be short
        try:
            door.bind("socket.xlsx")
        finally:
            os.chdir(here)
        assert taken(settings) == ["a.xlsx"]
        assert taken(settings) == []


@pytest.mark.parametrize(
    "name",
    ["line\nend.xlsx", "re\rturn.xlsx", "tab\t.xlsx", "\x1b[2Jgone.xlsx", "a\u2028b.xlsx"],
    ids=ascii,
)
def test_a_name_that_no_line_can_hold_is_told_and_not_registered(
    settings: Settings, name: str
) -> None:
    put(settings, "sound.xlsx", b"sound")
    put(settings, name)
    assert taken(settings) == ["sound.xlsx"]
    (problem,) = survey(settings).problems
    assert problem.kind == "unplaced"
    assert "改名" in problem.remedy_zh
    assert len(problem.text_en().splitlines()) == 1
    assert "\x1b" not in problem.text_en()
    with pytest.raises(GovstatsError, match="control characters"):
        register(settings, [(Path(PLACE) / name, ledger.read(settings.ledger)[0].received_at)])


def test_a_name_in_another_encoding_is_told(settings: Settings) -> None:
    put(settings, "sound.xlsx", b"sound")
    folder = os.fsencode(settings.raw / PLACE)
    with open(folder + b"/" + "月报".encode("gbk") + b".xlsx", "wb") as stream:  # noqa: PTH123
        stream.write(b"x")
    assert taken(settings) == ["sound.xlsx"]
    (problem,) = survey(settings).problems
    assert "\\udcd4" in problem.file
    assert "GBK" in problem.remedy_zh
    problem.text_en().encode()


@pytest.mark.parametrize(
    "name",
    [
        "..xlsx",
        "...xlsx",
        "a\\..\\b.xlsx",
        "C:evil.xlsx",
        "CON.xlsx",
        "$(touch x).xlsx",
        "a;b|c&d.xlsx",
        "'; drop table.xlsx",
        '"quoted", too.xlsx',
        "-rf.xlsx",
        "=cmd|' C calc'!A0.xlsx",
        "<script>.xlsx",
        "{{ 7 * 7 }}.xlsx",
        "%s%n.xlsx",
        "\u202exslx.exe.xlsx",
        "　全角　.xlsx",
        "长" * 83 + ".xlsx",
    ],
)
def test_odd_names_are_only_names(settings: Settings, name: str) -> None:
    path = put(settings, name)
    expected = [] if name.startswith(".") else [name]
    assert taken(settings) == expected
    assert taken(settings) == []
    assert [problem.kind for problem in survey(settings).problems] == []
    for entry in survey(settings).entries:
        assert kept_copy(settings, entry).parent == settings.store
        assert kept_copy(settings, entry).read_bytes() == path.read_bytes()
    assert {p.name for p in settings.data.iterdir()} <= {"raw", "store", ".ledger.lock"}


def test_twins_that_look_alike_are_two_files(settings: Settings) -> None:
    names = [unicodedata.normalize(form, "é月报.xlsx") for form in ("NFC", "NFD")]
    for number, name in enumerate(names):
        put(settings, name, str(number).encode())
    assert sorted(taken(settings)) == sorted(names)
    assert survey(settings).problems == ()


def test_a_second_name_of_the_same_file_counts_once(settings: Settings) -> None:
    (settings.raw / PLACE / "b.xlsx").parent.mkdir(parents=True)
    (settings.raw / PLACE / "b.xlsx").hardlink_to(put(settings, "a.xlsx"))
    assert taken(settings) == ["a.xlsx"]
    assert [problem.kind for problem in survey(settings).problems] == ["duplicate"]


def test_a_closed_file_holds_up_no_other(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(settings, "open.xlsx", b"open")
    closed = put(settings, "closed.xlsx")
    opened = Path.open

    def refuse(path: Path, *args: str, **more: str) -> object:
        if path == closed:
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path, *args, **more)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", refuse)
    assert taken(settings) == ["open.xlsx"]
    (problem,) = survey(settings).problems
    assert "Permission denied" in problem.found_en


@given(st.text(st.characters(), min_size=1, max_size=30))
def test_every_name_is_told_in_one_line_of_text(name: str) -> None:
    file = Path("财政局") / name.replace("/", "_")
    told = written(file)
    assert len(told.splitlines()) <= 1
    told.encode()
    assert is_writable(Path(told))
    assert not is_writable(file) or told == file.as_posix()


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("file", "../../etc/passwd"),
        ("file", "/etc/passwd"),
        ("file", "财政局/../../x.xlsx"),
        ("file", "财政局/2020-02/\0.xlsx"),
        ("department_code", "../../finance"),
        ("time_period", "../2020-02"),
        ("sha256", "../../../../etc/shadow"),
    ],
)
def test_a_ledger_line_cannot_name_what_lies_outside(
    settings: Settings, column: str, value: str
) -> None:
    put(settings, "a.xlsx")
    (entry,) = take_in(settings)
    values = vars(entry) | {column: value}
    values["submission_id"] = ledger.submission_id(
        values["department_code"], values["time_period"], values["sha256"]
    )
    row = [str(values[name]) for name in ledger.COLUMNS]
    text = "\n".join([",".join(ledger.COLUMNS), ",".join(row), ""])
    settings.ledger.write_text(text, encoding="utf-8")
    with pytest.raises(GovstatsError, match="line 2"):
        survey(settings)
