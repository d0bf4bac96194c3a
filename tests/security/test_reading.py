"""What is released is read and nothing else, by whoever asks and whatever is typed."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from govstats.cli import app
from govstats.errors import GovstatsError
from govstats.release import reader, releases
from govstats.settings import Settings

NOBODY = 65534
#: Arguments that would lead out of a folder, end a statement or a shell's word, or break a line.
TRICKS = [
    "../../etc",
    "/etc/passwd",
    "..",
    ".",
    "current",
    "x'; drop table marts.dim_area; --",
    "$(touch owned)",
    "`touch owned`",
    "a\nb",
    "{{ 7 * 7 }}",
    "%s%s%n",
    "长" * 300,
]
COMMANDS = [
    ["sql", "--release", "TRICK", "select 1"],
    ["export", "--all", "--release", "TRICK"],
    ["releases", "--use", "TRICK"],
    ["notes", "TRICK"],
    ["trace", "TRICK", "--period", "TRICK"],
    ["bulletin", "--period", "TRICK"],
    ["template", "TRICK", "TRICK"],
    ["run", "--as-of", "TRICK"],
    ["register", "TRICK", "--received", "TRICK"],
    ["correct", "TRICK", "TRICK", "TRICK", "--old", "1", "--new", "TRICK", "--reason", "TRICK",
     "--author", "TRICK"],
    ["override", "TRICK", "--reason", "TRICK", "--author", "TRICK"],
    ["sign-off", "TRICK", "--approve", "--author", "TRICK", "--note", "TRICK"],
    ["remind", "--on", "TRICK"],
]  # fmt: skip


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder that any user may enter."""
    folder = Path(tempfile.mkdtemp(prefix="govstats-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def opens_for_writing(path: Path) -> bool:
    """Whether the user who owns a file could open it for writing; root may do anything."""
    child = os.fork()
    if child == 0:
        try:
            if os.getuid() == 0:
                os.setuid(NOBODY)
            os.close(os.open(path, os.O_RDWR))
        except PermissionError:
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_a_released_warehouse_is_closed_to_writing_for_its_owner_too(place: Path) -> None:
    warehouse, parquet = place / "warehouse.duckdb", place / "parquet" / "a.parquet"
    parquet.parent.mkdir()
    with duckdb.connect(str(warehouse)) as made:
        made.execute("create schema marts; create table marts.a as select 1 as i")
        made.execute(f"copy marts.a to '{parquet}'")
    for path in (warehouse, parquet):
        if os.getuid() == 0:
            os.chown(path, NOBODY, NOBODY)
        assert opens_for_writing(path)
    releases.close_to_writing(place)
    releases.close_to_writing(place)
    for path in (warehouse, parquet):
        assert path.stat().st_mode & 0o222 == 0
        assert not opens_for_writing(path)
    with reader.open_warehouse(warehouse) as connection:
        assert connection.execute("select i from marts.a").fetchall() == [(1,)]
        with pytest.raises(duckdb.Error):
            connection.execute("insert into marts.a values (2)")


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_whatever_is_typed_ends_in_words_and_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, project: Path, command: list[str]
) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setenv("GOVSTATS_DATA", str(tmp_path / "data"))
    seeds = project / "dbt_project" / "seeds"
    before = {path.name: path.stat().st_mtime_ns for path in seeds.iterdir()}
    for trick in TRICKS:
        done = CliRunner().invoke(app, [trick if word == "TRICK" else word for word in command])
        assert done.exit_code != 0, (trick, done.output)
        assert isinstance(done.exception, GovstatsError | SystemExit | OSError), (
            trick,
            done.exception,
        )
    assert list((tmp_path / "here").iterdir()) == []
    left = {path.name for path in tmp_path.rglob("*") if path.is_file()}
    assert {name for name in left if not name.endswith((".lock", ".jsonl"))} == set()
    assert {path.name: path.stat().st_mtime_ns for path in seeds.iterdir()} == before


@pytest.mark.parametrize("trick", TRICKS)
def test_a_release_s_name_leads_nowhere_else(settings: Settings, trick: str) -> None:
    settings.releases.mkdir(parents=True)
    told = '{"release_id": "real", "published_at": "2020-06-01T08:00:00+08:00"}'
    (settings.data / "release.json").write_text(told, encoding="utf-8")
    (settings.releases / "real").mkdir()
    (settings.releases / "real" / "release.json").write_text(told, encoding="utf-8")
    (settings.releases / "current").symlink_to("real")
    with pytest.raises((GovstatsError, OSError)):
        releases.folder(settings, trick)
