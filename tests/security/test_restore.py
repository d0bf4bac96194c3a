"""A backup made by somebody else: nothing outside the data folder, nothing without end."""

import hashlib
import importlib
import io
import json
import tarfile
from pathlib import Path

import pytest

from govstats import backup
from govstats.backup.archive import MANIFEST
from govstats.errors import GovstatsError
from govstats.settings import Settings

#: The package has a function of this name.
restoring = importlib.import_module("govstats.backup.restore")
CONTENT = b"x"
DIGEST = hashlib.sha256(CONTENT).hexdigest()
STORED = f"store/{DIGEST}.xlsx"


def archive(path: Path, files: dict[str, str], *members: tarfile.TarInfo) -> Path:
    told = json.dumps({"format": 1, "files": files}).encode()
    with tarfile.open(path, "w") as made:
        first = tarfile.TarInfo(MANIFEST)
        first.size = len(told)
        made.addfile(first, io.BytesIO(told))
        for member in members:
            made.addfile(member, io.BytesIO(CONTENT) if member.size else None)
    return path


def member(name: str, **more: object) -> tarfile.TarInfo:
    made = tarfile.TarInfo(name)
    made.size = 0 if "type" in more else len(CONTENT)
    for key, value in more.items():
        setattr(made, key, value)
    return made


LINK = {"type": tarfile.SYMTYPE, "linkname": "/etc"}
HOSTILE = {
    "link": ({STORED: DIGEST}, [member(STORED, **LINK)]),
    "folder that is a link": ({STORED: DIGEST}, [member("store", **LINK), member(STORED)]),
    "hard link": (
        {STORED: DIGEST},
        [member(STORED, type=tarfile.LNKTYPE, linkname="/etc/passwd")],
    ),
    "device": ({STORED: DIGEST}, [member(STORED, type=tarfile.CHRTYPE, devmajor=1, devminor=5)]),
    "fifo": ({STORED: DIGEST}, [member(STORED, type=tarfile.FIFOTYPE)]),
    "twice": ({STORED: DIGEST}, [member(STORED), member(STORED)]),
    "not named": ({STORED: DIGEST}, [member(STORED), member("store/more.xlsx")]),
    "absolute": ({"/tmp/x": DIGEST}, [member("/tmp/x")]),
    "upwards": ({"store/../../x": DIGEST}, [member("store/../../x")]),
    "elsewhere": ({"releases/current/x": DIGEST}, [member("releases/current/x")]),
    "hidden": ({".warehouse.lock": DIGEST}, [member(".warehouse.lock")]),
    "NUL": ({"store/a\0b": DIGEST}, [member("store/a")]),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_archives_restore_nothing(settings: Settings, tmp_path: Path, name: str) -> None:
    files, members = HOSTILE[name]
    hostile = archive(tmp_path / "b.tar", files, *members)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(GovstatsError):
        backup.restore(settings, hostile)
    left = [path for path in sorted(tmp_path.rglob("*")) if path not in before]
    assert [path for path in left if path != settings.data] == []


def test_a_bomb_is_refused_before_it_is_unpacked(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(restoring, "KEPT_FREE", 1 << 62)  # as if the disk were full
    bomb = archive(tmp_path / "b.tar", {STORED: DIGEST}, member(STORED))
    with pytest.raises(GovstatsError, match="are free"):
        backup.restore(settings, bomb)
    assert list(settings.data.rglob("*")) == []


def test_a_list_without_end_is_not_read(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(restoring, "LONGEST_MANIFEST", 20)
    with pytest.raises(GovstatsError, match="too long"):
        backup.restore(settings, archive(tmp_path / "b.tar", {STORED: DIGEST}, member(STORED)))


def test_two_names_of_one_file_are_kept_as_two_files(settings: Settings, tmp_path: Path) -> None:
    folder = settings.raw / "财政局" / "2020-02"
    folder.mkdir(parents=True)
    (folder / "a.xlsx").write_bytes(CONTENT)
    (settings.raw / "税务局" / "2020-02").mkdir(parents=True)
    (settings.raw / "税务局" / "2020-02" / "b.xlsx").hardlink_to(folder / "a.xlsx")
    backup.write(settings, tmp_path / "b.tar")
    with tarfile.open(tmp_path / "b.tar") as made:
        assert all(each.isreg() for each in made)
