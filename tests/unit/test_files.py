"""Files appear whole, and one process at a time holds a lock."""

from pathlib import Path

import pytest

from govstats.errors import Busy
from govstats.files import exclusive, write_atomic


def test_written_file_replaces_the_old_one_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    target = tmp_path / "folder" / "gate.json"
    write_atomic(target, b"old")
    write_atomic(target, b"new")
    assert target.read_bytes() == b"new"
    assert [path.name for path in target.parent.iterdir()] == ["gate.json"]


def test_failed_write_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "gate.json"
    write_atomic(target, b"old")
    with pytest.raises(TypeError):
        write_atomic(target, "text")  # type: ignore[arg-type]
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["gate.json"]


def test_second_holder_is_turned_away_in_words_and_the_lock_is_freed(tmp_path: Path) -> None:
    lock = tmp_path / ".warehouse.lock"
    with (
        exclusive(lock, "building"),
        pytest.raises(Busy, match="another run is building") as turned_away,
        exclusive(lock, "building"),
    ):
        pass
    assert "wait for it to end" in str(turned_away.value)
    with exclusive(lock, "building"):
        pass
