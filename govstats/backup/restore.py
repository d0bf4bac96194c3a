"""Making an installation's data folder again from a backup."""

import json
import re
import shutil
import tarfile
import zlib
from pathlib import Path, PurePosixPath
from typing import Any

from govstats.backup.archive import (
    FORMAT,
    HISTORY,
    LEDGER,
    MANIFEST,
    SIGNOFFS,
    STORE,
    UNREGISTERED,
    Summary,
)
from govstats.errors import GovstatsError
from govstats.files import sha256_file, sync_tree
from govstats.intake import ledger
from govstats.settings import Settings
from govstats.signoff import book

#: Bytes left free on the disk, and the most that the list of files may take.
KEPT_FREE, LONGEST_MANIFEST = 64 * 1024 * 1024, 64 * 1024 * 1024
#: What lies beside the folders: the ledger and its like.
_TABLE = re.compile(r"[a-z_]+[.]csv")
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
            _unpack_named(archive, unpacked, files)
    except FileNotFoundError:
        raise GovstatsError(f"there is no file {source}", "check its name") from None
    except (tarfile.TarError, EOFError, OSError, ValueError, zlib.error) as error:
        said = str(error).partition(":\n")[0]  # tarfile lists every way it tried
        raise GovstatsError(f"{source.name} cannot be read: {said}", _REMEDY) from error
    return files


def _unpack_named(archive: tarfile.TarFile, unpacked: Path, files: dict[str, str]) -> None:
    """Unpack what the first member names, each once, while there is room; nothing else."""
    waiting = set(files)
    for member in archive:
        if member.name == MANIFEST and member.offset == 0:
            continue
        if member.name not in waiting or not member.isreg():
            raise GovstatsError(f"the backup holds what it does not name: {member.name!r}", _REMEDY)
        waiting.remove(member.name)
        # A few bytes may unpack to more than any disk holds.
        free = shutil.disk_usage(unpacked.parent).free
        if member.size > free - KEPT_FREE:
            raise GovstatsError(
                f"{member.name} takes {member.size:,} bytes, {free:,} are free",
                "make room on the disk, or restore onto a larger one",
            )
        archive.extract(member, unpacked, filter="data")  # nothing lands outside


def _manifest(archive: tarfile.TarFile) -> dict[str, str]:
    first = archive.next()
    handle = archive.extractfile(first) if first and first.name == MANIFEST else None
    if handle is None:
        raise GovstatsError("this is no backup of govstats", "`govstats backup` writes them")
    if first is None or first.size > LONGEST_MANIFEST:
        raise GovstatsError("the backup's list of files is too long", _REMEDY)
    told: dict[str, Any] = json.loads(handle.read())
    if not isinstance(told, dict) or told.get("format") != FORMAT:
        said = f"the backup is of format {told.get('format')!r}, this program reads {FORMAT}"
        raise GovstatsError(said, "restore it with the version that wrote it")
    files: dict[str, str] = told["files"]
    if not all(_is_ours(name) for name in files):
        raise GovstatsError("the backup names files that are none of a backup's", _REMEDY)
    return files


def _is_ours(name: str) -> bool:
    """Whether a member is where backups have theirs: nothing else is unpacked at all."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or path.as_posix() != name or "\0" in name:
        return False
    folder = path.parts[0] if len(path.parts) > 1 else ""
    return bool(_TABLE.fullmatch(name)) or folder in (STORE, UNREGISTERED)


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
    if (unpacked / SIGNOFFS).is_file():
        (unpacked / SIGNOFFS).replace(book.path(settings))
    (unpacked / STORE).mkdir(exist_ok=True)
    shutil.rmtree(settings.raw, ignore_errors=True)  # empty folders at most
    (unpacked / "raw").rename(settings.raw)
    (unpacked / STORE).rename(settings.store)
