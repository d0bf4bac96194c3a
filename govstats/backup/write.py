"""Writing a backup."""

import io
import json
import tarfile
from collections.abc import Iterator
from pathlib import Path

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
from govstats.files import replacing, sha256_file
from govstats.intake import Survey, kept_copy, ledger_lock, survey
from govstats.settings import Settings
from govstats.signoff import book


def write(settings: Settings, target: Path) -> Summary:
    """Write a backup of ``data/raw`` and its ledger to one file, whole or not at all.

    Nothing can be registered meanwhile. Copies that were lost are taken from the originals; a
    file that was changed after it was registered is kept as it was registered.

    Args:
        settings: the installation.
        target: the file; ``.tar``, or pressed as ``.tar.gz``.

    Raises:
        GovstatsError: the name ends otherwise, lies within the data folder, or the bytes of a
            submission are nowhere.
    """
    mode = _mode(target)
    if target.resolve().is_relative_to(settings.data):
        remedy = "choose another disk: a backup beside what it backs up is lost with it"
        raise GovstatsError(f"{target} lies within the data folder", remedy)
    with ledger_lock(settings), replacing(target) as temporary:
        found = survey(settings)
        files = dict(_files(settings, found))
        # Two names of one file are two files of the backup: it holds no links of any kind.
        with tarfile.open(  # type: ignore[call-overload]
            temporary, mode, format=tarfile.PAX_FORMAT, dereference=True
        ) as archive:
            _add(archive, MANIFEST, _manifest(files))
            for name, path in files.items():
                archive.add(path, name, recursive=False)
    return Summary(len(found.entries), len(found.arrivals), target.stat().st_size)


def _mode(target: Path) -> str:
    for ending, mode in ((".tar", "w"), (".tar.gz", "w:gz")):
        if target.name.endswith(ending):
            return mode
    raise GovstatsError(f"{target.name} is no name for a backup", "call it ….tar or ….tar.gz")


def _files(settings: Settings, found: Survey) -> Iterator[tuple[str, Path]]:
    """Name everything in the backup with where it lies; a file that was sent twice once."""
    if settings.ledger.is_file():
        yield LEDGER, settings.ledger
    for entry in found.entries:
        yield f"{STORE}/{entry.stored_name}", kept_copy(settings, entry)
    for path, _ in found.arrivals:
        yield f"{UNREGISTERED}/{path.as_posix()}", settings.raw / path
    for name, path in ((HISTORY, settings.releases / HISTORY), (SIGNOFFS, book.path(settings))):
        if path.is_file():
            yield name, path


def _manifest(files: dict[str, Path]) -> bytes:
    hashes = {name: sha256_file(path) for name, path in files.items()}
    return json.dumps({"format": FORMAT, "files": hashes}, ensure_ascii=False, indent=1).encode()


def _add(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size = len(content)
    archive.addfile(member, io.BytesIO(content))
