"""Making an installation's data folder again from a backup."""

import json
import shutil
import tarfile
import zlib
from pathlib import Path
from typing import Any

from govstats.backup.archive import FORMAT, HISTORY, LEDGER, MANIFEST, STORE, UNREGISTERED, Summary
from govstats.errors import GovstatsError
from govstats.files import sha256_file, sync_tree
from govstats.intake import ledger
from govstats.settings import Settings

_REMEDY = "take another backup; nothing was restored"


def restore(settings: Settings, source: Path) -> Summary:
    """Fill an empty data folder from a backup; the next run builds the rest.

    Every file is compared with its hash before anything is put in place; a kill leaves an empty
    data folder or a restored one.

    Raises:
        GovstatsError: the data folder has a ledger or files already, the backup is damaged, not
            one, or of another version.
    """
    _refuse_full(settings)
    settings.data.mkdir(parents=True, exist_ok=True)
    unpacked = settings.data / ".restoring"
    shutil.rmtree(unpacked, ignore_errors=True)
    try:
        files = _unpack(source, unpacked)
        _compare(unpacked, files)
        entries = _arrange(unpacked)
        sync_tree(unpacked)
        _put_in_place(settings, unpacked)
    finally:
        shutil.rmtree(unpacked, ignore_errors=True)
    loose = sum(name.startswith(f"{UNREGISTERED}/") for name in files)
    return Summary(entries, loose, source.stat().st_size)


def _refuse_full(settings: Settings) -> None:
    taken = [path for path in (settings.ledger, settings.store) if path.exists()]
    if settings.raw.is_dir():
        taken += [path for path in settings.raw.rglob("*") if path.is_file()][:1]
    if taken:
        raise GovstatsError(
            f"{taken[0]} is there already",
            "restore into an empty folder: GOVSTATS_DATA=/new/folder govstats restore …",
        )


def _unpack(source: Path, unpacked: Path) -> dict[str, str]:
    """Unpack a backup beside where it goes; return the hashes it must have, by name."""
    try:
        with tarfile.open(source) as archive:
            files = _manifest(archive)
            archive.extractall(unpacked, filter="data")  # nothing lands outside
    except FileNotFoundError:
        raise GovstatsError(f"there is no file {source}", "check its name") from None
    except (tarfile.TarError, EOFError, OSError, ValueError, zlib.error) as error:
        said = str(error).partition(":\n")[0]  # tarfile lists every way it tried
        raise GovstatsError(f"{source.name} cannot be read: {said}", _REMEDY) from error
    return files


def _manifest(archive: tarfile.TarFile) -> dict[str, str]:
    first = archive.next()
    handle = archive.extractfile(first) if first and first.name == MANIFEST else None
    if handle is None:
        raise GovstatsError("this is no backup of govstats", "`govstats backup` writes them")
    told: dict[str, Any] = json.loads(handle.read())
    if told.get("format") != FORMAT:
        said = f"the backup is of format {told.get('format')!r}, this program reads {FORMAT}"
        raise GovstatsError(said, "restore it with the version that wrote it")
    files: dict[str, str] = told["files"]
    return files


def _compare(unpacked: Path, files: dict[str, str]) -> None:
    for name, digest in files.items():
        path = unpacked / name
        if not path.is_file() or sha256_file(path) != digest:
            raise GovstatsError(f"the backup is damaged: {name} is not as written", _REMEDY)


def _arrange(unpacked: Path) -> int:
    """Make ``raw`` of the copies, each under the name it was sent by; return their number."""
    raw = unpacked / "raw"
    raw.mkdir()
    entries = ledger.read(unpacked / LEDGER)
    for entry in entries:
        _copy(unpacked / STORE / entry.stored_name, raw / entry.file, raw)
    for path in sorted((unpacked / UNREGISTERED).rglob("*")):
        if path.is_file():
            _copy(path, raw / path.relative_to(unpacked / UNREGISTERED), raw)
    if (unpacked / LEDGER).is_file():
        (unpacked / LEDGER).rename(raw / LEDGER)
    return len(entries)


def _copy(source: Path, target: Path, raw: Path) -> None:
    if not target.resolve().is_relative_to(raw.resolve()):
        raise GovstatsError(f"the ledger names a file outside data/raw: {target.name}", _REMEDY)
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _put_in_place(settings: Settings, unpacked: Path) -> None:
    """Move what was unpacked; once ``raw`` is there the copies can be made again from it."""
    if (unpacked / HISTORY).is_file():
        settings.releases.mkdir(exist_ok=True)
        (unpacked / HISTORY).replace(settings.releases / HISTORY)
    (unpacked / STORE).mkdir(exist_ok=True)
    shutil.rmtree(settings.raw, ignore_errors=True)  # empty folders at most
    (unpacked / "raw").rename(settings.raw)
    (unpacked / STORE).rename(settings.store)
