"""What was received comes back to the byte, or nothing does."""

import hashlib
import json
import tarfile
from dataclasses import replace
from pathlib import Path

import pytest

from govstats import backup
from govstats.backup.archive import MANIFEST
from govstats.errors import GovstatsError
from govstats.intake import kept_copy, survey, take_in
from govstats.settings import Settings

FILES = {
    "财政局/2020-02/收入.xlsx": b"first",
    "财政局/2020-02/收入(修订).xlsx": b"second",
    "财政局/2020-03/收入.xlsx": b"third",
    "统计局/2020-03/月报.xls": b"first",  # the bytes of another department's file
}


@pytest.fixture
def received(settings: Settings) -> Settings:
    """Four registered files, one that waits, and a trend."""
    for name, content in FILES.items():
        put(settings, name, content)
    take_in(settings)
    put(settings, "税务局/2020-03/税收.xlsx", b"waits")
    settings.releases.mkdir()
    (settings.releases / "history.csv").write_text("release_id\nr1\n", encoding="utf-8")
    return settings


@pytest.fixture
def empty(settings: Settings, tmp_path: Path) -> Settings:
    return replace(settings, data=tmp_path / "elsewhere" / "data")


def put(settings: Settings, name: str, content: bytes) -> None:
    path = settings.raw / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def tree(folder: Path) -> dict[str, bytes]:
    return {str(f.relative_to(folder)): f.read_bytes() for f in folder.rglob("*") if f.is_file()}


@pytest.mark.parametrize("name", ["b.tar", "b.tar.gz"])
def test_what_was_received_comes_back(
    received: Settings, empty: Settings, tmp_path: Path, name: str
) -> None:
    written = backup.write(received, tmp_path / name)
    assert (written.submissions, written.unregistered) == (4, 1)
    assert backup.restore(empty, tmp_path / name) == written
    assert tree(empty.raw) == tree(received.raw)
    assert tree(empty.store) == tree(received.store)
    assert (empty.releases / "history.csv").read_text(encoding="utf-8") == "release_id\nr1\n"
    assert sorted(path.name for path in empty.data.iterdir()) == ["raw", "releases", "store"]
    assert survey(empty) == survey(received)
    assert len(take_in(empty)) == 1  # the file that waited


def test_a_changed_original_comes_back_as_registered(
    received: Settings, empty: Settings, tmp_path: Path
) -> None:
    put(received, "财政局/2020-03/收入.xlsx", b"changed later")
    backup.write(received, tmp_path / "b.tar")
    backup.restore(empty, tmp_path / "b.tar")
    assert (empty.raw / "财政局/2020-03/收入.xlsx").read_bytes() == b"third"
    assert survey(empty).problems == ()


def test_a_lost_copy_is_taken_from_the_original(
    received: Settings, empty: Settings, tmp_path: Path
) -> None:
    entry = survey(received).entries[0]
    (received.store / entry.stored_name).unlink()
    backup.write(received, tmp_path / "b.tar")
    backup.restore(empty, tmp_path / "b.tar")
    assert kept_copy(empty, entry).read_bytes() == b"first"


def test_bytes_that_are_nowhere_are_said_and_no_backup_is_left(
    received: Settings, tmp_path: Path
) -> None:
    entry = next(e for e in survey(received).entries if e.file.startswith("财政局/2020-03"))
    (received.store / entry.stored_name).unlink()
    (received.raw / entry.file).unlink()
    with pytest.raises(GovstatsError, match=r"财政局/2020-03/收入\.xlsx"):
        backup.write(received, tmp_path / "b.tar")
    assert not (tmp_path / "b.tar").exists()


def test_an_old_backup_stands_when_a_new_one_fails(received: Settings, tmp_path: Path) -> None:
    target = tmp_path / "b.tar"
    backup.write(received, target)
    before = target.read_bytes()
    for entry in survey(received).entries:
        (received.raw / entry.file).unlink()
        (received.store / entry.stored_name).unlink(missing_ok=True)
    with pytest.raises(GovstatsError):
        backup.write(received, target)
    assert target.read_bytes() == before


def test_nothing_is_restored_over_what_is_there(received: Settings, tmp_path: Path) -> None:
    backup.write(received, tmp_path / "b.tar")
    before = tree(received.data)
    with pytest.raises(GovstatsError, match="is there already"):
        backup.restore(received, tmp_path / "b.tar")
    assert tree(received.data) == before


@pytest.mark.parametrize("name", ["b.zip", "b", "tar"])
def test_other_endings_are_refused(received: Settings, tmp_path: Path, name: str) -> None:
    with pytest.raises(GovstatsError, match="is no name for a backup"):
        backup.write(received, tmp_path / name)


def test_a_backup_does_not_lie_in_what_it_backs_up(received: Settings) -> None:
    with pytest.raises(GovstatsError, match="within the data folder"):
        backup.write(received, received.data / "b.tar")


def rewritten(source: Path, target: Path, change: dict[str, bytes]) -> Path:
    """Write an archive again with other bytes under some names."""
    with tarfile.open(source) as old, tarfile.open(target, "w") as new:
        for member in old:
            content = change.pop(member.name, None) or old.extractfile(member).read()  # type: ignore[union-attr]
            (target.parent / "part").write_bytes(content)
            new.add(target.parent / "part", member.name)
        for name, content in change.items():
            (target.parent / "part").write_bytes(content)
            new.add(target.parent / "part", name)
    return target


def damaged(kind: str, whole: Path, folder: Path) -> Path:
    bad = folder / f"{kind}.tar"
    if kind == "cut":
        bad.write_bytes(whole.read_bytes()[:5000])
    elif kind == "no archive":
        bad.write_bytes(b"not a tar file")
    elif kind == "changed":
        rewritten(whole, bad, {"ledger.csv": b"another ledger\n"})
    elif kind == "newer":
        rewritten(whole, bad, {MANIFEST: json.dumps({"format": 2, "files": {}}).encode()})
    elif kind == "outside":
        rewritten(whole, bad, {"../outside": b"x"})
    elif kind == "another's":
        with tarfile.open(bad, "w") as archive:
            archive.add(whole, "something")
    return bad


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("cut", "cannot be read"),
        ("no archive", "cannot be read"),
        ("changed", "ledger.csv is not as written"),
        ("newer", "of format 2"),
        ("outside", "what it does not name"),
        ("another's", "no backup of govstats"),
        ("absent", "there is no file"),
    ],
)
def test_a_bad_backup_restores_nothing(
    received: Settings, empty: Settings, tmp_path: Path, kind: str, said: str
) -> None:
    backup.write(received, tmp_path / "b.tar")
    with pytest.raises(GovstatsError, match=said):
        backup.restore(empty, damaged(kind, tmp_path / "b.tar", tmp_path))
    assert tree(empty.data) == {}
    assert not (empty.data.parent / "outside").exists()
    backup.restore(empty, tmp_path / "b.tar")  # and a good one still can be


def test_a_ledger_cannot_lead_outside(received: Settings, empty: Settings, tmp_path: Path) -> None:
    backup.write(received, tmp_path / "b.tar")
    entry = survey(received).entries[0]
    evil = received.ledger.read_bytes().replace(entry.file.encode(), b"../../evil.xlsx")
    with tarfile.open(tmp_path / "b.tar") as archive:
        told = json.load(archive.extractfile(MANIFEST))  # type: ignore[arg-type]
    told["files"]["ledger.csv"] = hashlib.sha256(evil).hexdigest()
    change = {MANIFEST: json.dumps(told).encode(), "ledger.csv": evil}
    with pytest.raises(GovstatsError, match="outside data/raw"):
        backup.restore(empty, rewritten(tmp_path / "b.tar", tmp_path / "evil.tar", change))
    assert not list(tmp_path.rglob("evil.xlsx"))
    assert tree(empty.data) == {}
