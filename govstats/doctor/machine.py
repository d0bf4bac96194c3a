"""The machine: interpreter, packages, folders, space, fonts, and whether a run is at work."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from filelock import FileLock, Timeout

from govstats.doctor.model import Check, fault, ok, warning
from govstats.release import releases
from govstats.settings import Settings

#: What the project is written for and its lock resolved with.
_PYTHON = (3, 11)
#: Bytes a first release wants; later ones are measured by the one that stands.
_FIRST = 1 << 30
#: A release is built, copied where something is held, and kept beside the last one.
_TIMES = 3
LOCKS = {".warehouse.lock": "building or publishing", ".ledger.lock": "registering files"}


def checks(settings: Settings, thorough: bool) -> Iterator[Check]:
    """Look at the machine; ``thorough`` makes no difference here."""
    del thorough
    yield _python()
    yield from _packages(Path(__file__).resolve().parents[2] / "requirements.lock")
    yield _folder(settings)
    if settings.data.is_dir():
        yield _space(settings)
        yield from _locks(settings)
    yield from _fonts()


def _python() -> Check:
    found = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info[:2] == _PYTHON:
        return ok("python", found)
    wanted = ".".join(map(str, _PYTHON))
    return fault("python", f"{found}, expected {wanted}", f"`make setup PYTHON=python{wanted}`")


def _packages(lock: Path) -> Iterator[Check]:
    if not lock.is_file():
        return  # an installed package has no lock beside it
    wanted = dict(_pinned(lock.read_text(encoding="utf-8")))
    other = []
    for name, pinned in sorted(wanted.items()):
        try:
            found = version(name)
        except PackageNotFoundError:
            continue  # for another system, or not needed to run
        if found != pinned:
            other.append(f"{name} {found} instead of {pinned}")
    if other:
        yield fault("packages", "; ".join(other), "`make setup` installs what the lock names")
    else:
        yield ok("packages", f"{len(wanted)} pinned, those installed are as pinned")


def _pinned(lock: str) -> Iterator[tuple[str, str]]:
    for line in lock.splitlines():
        name, equals, rest = line.partition("==")
        if equals and not line.startswith((" ", "#")):
            yield name.partition("[")[0], rest.split()[0].rstrip(";")


def _folder(settings: Settings) -> Check:
    data = settings.data
    if not data.is_dir():
        remedy = "`make run` makes it, with demonstration data; or set GOVSTATS_DATA"
        return warning("data folder", f"{data} is not there", remedy)
    closed = [part for part in (data, settings.raw) if part.is_dir() and not _is_open(part)]
    if closed:
        names = ", ".join(map(str, closed))
        return fault("data folder", f"cannot write to {names}", "give its user write permission")
    return ok("data folder", str(data))


def _is_open(folder: Path) -> bool:
    return os.access(folder, os.W_OK | os.X_OK)


def _space(settings: Settings) -> Check:
    shown = releases.current_id(settings)
    size = sum(f.stat().st_size for f in (settings.releases / (shown or "-")).rglob("*"))
    wanted, free = _TIMES * size or _FIRST, shutil.disk_usage(settings.data).free
    said = f"{_mb(free)} free, a run wants about {_mb(wanted)}"
    if free >= wanted:
        return ok("disk", said)
    return fault("disk", said, "free space, or keep fewer releases (GOVSTATS_KEEP_RELEASES)")


def _mb(size: int) -> str:
    return f"{size / 1e6:,.0f} MB"


def _locks(settings: Settings) -> Iterator[Check]:
    for name, purpose in LOCKS.items():
        path = settings.data / name
        if not path.exists():
            continue
        lock = FileLock(path)
        try:
            with lock.acquire(timeout=0):
                yield ok("lock", f"{name}: nobody holds it")
        except Timeout:
            remedy = "wait for it to end; the system frees the lock of a killed run"
            yield warning("lock", f"{name}: another run is {purpose}", remedy)


def _fonts() -> Iterator[Check]:
    if shutil.which("fc-list") is None:
        return  # nothing here can say which fonts there are
    listed = subprocess.run(
        ["fc-list", ":lang=zh-cn", "family"], capture_output=True, text=True, check=False
    ).stdout.strip()
    if listed:
        yield ok("fonts", f"{len(listed.splitlines())} with Chinese")
    else:
        remedy = "install one (fonts-noto-cjk), or charts of bulletins show boxes for Chinese"
        yield fault("fonts", "none with Chinese", remedy)
