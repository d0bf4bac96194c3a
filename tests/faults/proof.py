"""What must hold after every fault, proved by hashes."""

import hashlib
import json
from pathlib import Path

import duckdb

from govstats.files import sha256_file
from govstats.intake import ledger
from govstats.release import releases
from govstats.settings import Settings


def standing(settings: Settings) -> dict[str, str]:
    """The files of the current release and their hashes, as its manifest and its bytes agree."""
    shown = releases.current_id(settings)
    assert shown is not None, "no release is shown"
    folder = settings.releases / shown
    promised = json.loads((folder / "release.json").read_text("utf-8"))["files"]
    there = {
        path.relative_to(folder).as_posix(): sha256_file(path)
        for path in folder.rglob("*")
        if path.is_file() and path.name != "release.json"
    }
    assert there == promised, "the release is not as it was published"
    return there


def whole(settings: Settings) -> None:
    """The release stands and answers; ledger and copies agree; nothing is registered twice."""
    standing(settings)
    with duckdb.connect(
        str(releases.current_folder(settings) / "warehouse.duckdb"), read_only=True
    ) as connection:
        rows = connection.execute(
            "select count(*), count(distinct submission_id) from marts.fct_submission"
        ).fetchone()
        assert rows is not None
        assert rows[0] == rows[1] > 0
    received(settings)
    for release in settings.releases.glob("*/release.json"):
        if not release.parent.name.startswith(".") and not release.parent.is_symlink():
            assert releases.verify(settings, release.parent.name) == []


def received(settings: Settings) -> list[str]:
    """The submissions on the ledger, in order; every line whole, its bytes kept, none twice."""
    entries = ledger.read(settings.ledger)
    ids = [entry.submission_id for entry in entries]
    assert len(ids) == len(set(ids)), "a submission is on the ledger twice"
    for entry in entries:
        kept = settings.store / entry.stored_name
        assert kept.is_file(), f"{entry.file} is on the ledger and its bytes are not kept"
        assert sha256_file(kept) == entry.sha256
    return ids


def marts(settings: Settings) -> dict[str, str]:
    """The marts of the current release as Parquet, by hash of their bytes."""
    folder = releases.current_folder(settings) / "parquet"
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files(folder)}


def files(folder: Path) -> list[Path]:
    """Files of a folder in order."""
    return sorted(path for path in folder.iterdir() if path.is_file())
