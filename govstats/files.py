"""Writing files so that a kill at any moment leaves the old one or the new one, never half."""

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from govstats.errors import Busy

#: What the hidden name of a folder that is being removed begins with.
_REMOVING = ".removing-"


def write_atomic(path: Path, content: bytes) -> None:
    """Write ``content`` to ``path``: a temporary sibling, flushed to disk, then renamed."""
    with replacing(path) as temporary:
        temporary.write_bytes(content)


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a temporary sibling to write into; it is flushed to disk and renamed at the end.

    Where the body fails, ``path`` stays as it was.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        yield temporary
        with temporary.open("rb") as handle:
            os.fsync(handle.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)  # there only where the disk was full or the like
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Flush a folder's entries to disk, so that a rename survives a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_tree(folder: Path) -> None:
    """Flush every file and folder below ``folder`` to disk."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            with path.open("rb") as handle:
                os.fsync(handle.fileno())
        elif path.is_dir():
            sync_folder(path)
    sync_folder(folder)


def remove_tree(folder: Path) -> None:
    """Remove a folder so that a kill leaves it whole or out of sight, never half of it.

    It first gets a hidden name beside it; what a kill leaves under that is for ``sweep``.
    """
    hidden = folder.with_name(f"{_REMOVING}{folder.name}")
    shutil.rmtree(hidden, ignore_errors=True)
    folder.rename(hidden)
    shutil.rmtree(hidden)


def sweep(folder: Path) -> None:
    """Remove what killed processes left in a folder: half removed folders, half written files.

    The caller holds the lock under which alone the folder is written.
    """
    for path in folder.glob(".*"):
        if path.name.startswith(_REMOVING) and path.is_dir():
            shutil.rmtree(path)
        elif path.suffix == ".tmp" and path.is_file():
            path.unlink()


def sha256_file(path: Path) -> str:
    """Return the SHA-256 of a file's bytes as 64 hexadecimal digits."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


@contextmanager
def exclusive(path: Path, purpose: str, wait_seconds: float = 0) -> Iterator[None]:
    """Hold a lock file while the body runs; the system frees it when a holder is killed.

    Args:
        path: the lock file.
        purpose: what every holder of this lock does, for the message.
        wait_seconds: how long to wait for another holder.

    Raises:
        Busy: another process holds it and did not let go within ``wait_seconds``.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(path)
    try:
        lock.acquire(timeout=wait_seconds)
    except Timeout:
        raise Busy(
            f"another run is {purpose} (lock {path.name})",
            "wait for it to end and try again; `govstats status` shows what is released",
        ) from None
    try:
        yield
    finally:
        lock.release()
