"""The same seed gives the same bytes; another seed changes simulated figures only."""

import hashlib
import shutil
from pathlib import Path
from typing import Any

import demo


def _digests(raw: Path) -> dict[str, str]:
    return {
        path.relative_to(raw).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(raw.rglob("*.xlsx"))
    }


def test_writing_again_elsewhere_gives_the_same_bytes_and_list(shown: Any, tmp_path: Path) -> None:
    again = demo.generate(tmp_path / "raw")
    assert again == shown.deliveries
    assert _digests(tmp_path / "raw") == _digests(shown.raw)


def test_a_second_run_mends_a_changed_file_and_rewrites_no_other(
    shown: Any, tmp_path: Path
) -> None:
    shutil.copytree(shown.raw, tmp_path, dirs_exist_ok=True)
    paths = [tmp_path / item.path for item in shown.deliveries]
    before = {path: path.stat().st_mtime_ns for path in paths}
    good = paths[5].read_bytes()
    paths[5].write_bytes(b"spoilt")
    demo.generate(tmp_path)
    assert paths[5].read_bytes() == good
    assert [path for path in paths if path.stat().st_mtime_ns != before[path]] == [paths[5]]


def test_another_seed_has_the_same_files_and_the_same_words(shown: Any, other: Any) -> None:
    assert other.deliveries == shown.deliveries


def test_another_seed_changes_figures_and_nothing_else(shown: Any, other: Any, rows: Any) -> None:
    changed = 0
    for item in shown.deliveries:
        mine, theirs = rows(shown.raw / item.path), rows(other.raw / item.path)
        assert len(mine) == len(theirs)
        for line, other_line in zip(mine, theirs, strict=True):
            cells = [one for one, other in zip(line, other_line, strict=True) if one != other]
            changed += len(cells)
            # A word may follow from a figure of its row, such as the grade of a score.
            figures = [any(letter.isdigit() for letter in str(cell)) for cell in cells]
            assert any(figures) or not cells, (item, cells)
            assert not any(str(cell).startswith("注") for cell in cells), (item, cells)
    assert changed > 3000
