"""Faults at every change of a file: Python tells a hook before it opens, renames or removes one.

Works for any user, as root too, whom no permission stops. What is written by other libraries
(DuckDB, Arrow) tells nobody; for those there is `small_files`.
"""

import errno
import os
import resource
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
#: Events of changes by name: how many of their arguments are paths, and which is an open folder
#: that a path is within, 0 for none.
_CHANGES = {
    **{"os.rename": (2, 2), "os.symlink": (2, 2), "os.link": (2, 2), "os.truncate": (1, 0)},
    **{"os.remove": (1, 1), "os.rmdir": (1, 1), "os.mkdir": (1, 2)},
}

Act = Callable[[str], None]


def failing(number: int) -> Act:
    """Fail as the system does: ENOSPC where a disk is full, EROFS, EACCES, EIO."""

    def fail(path: str) -> None:
        raise OSError(number, os.strerror(number), path)

    return fail


def killing(path: str) -> None:
    """End this process as `kill -9` does."""
    os.kill(os.getpid(), signal.SIGKILL)


#: Kinds of faults by name. A kill needs a process of its own.
ERRORS = {
    "disk full": failing(errno.ENOSPC),
    "read-only": failing(errno.EROFS),
    "no permission": failing(errno.EACCES),
    "disk broken": failing(errno.EIO),
}


class _Trip:
    """Counts the changes below a folder and acts before the one that it is set to."""

    folder = ""
    at = 0
    act: Act = staticmethod(killing)
    seen = 0
    lasting = False

    def __call__(self, event: str, args: tuple[Any, ...]) -> None:
        if not self.folder or not self._changes(event, args):
            return
        self.seen += 1
        if self.seen == self.at or (self.lasting and self.seen > self.at):
            self.act(str(args[0]))

    def _changes(self, event: str, args: tuple[Any, ...]) -> bool:
        if event == "open":
            flags = args[2] if isinstance(args[2], int) else 0
            return bool(flags & _WRITING) and self._inside(args[0])
        number, within = _CHANGES.get(event, (0, 0))
        folder = args[within] if within and isinstance(args[within], int) else -1
        return any(self._inside(path, folder) for path in args[:number])

    def _inside(self, path: object, folder: int = -1) -> bool:
        if not isinstance(path, str | bytes | os.PathLike):
            return False
        name = os.fsdecode(path)
        if folder >= 0 and not name.startswith("/"):
            name = f"{Path(f'/proc/self/fd/{folder}').readlink()}/{name}"
        # a lock is opened for writing and nothing is written
        return name.startswith(self.folder) and not name.endswith(".lock")


_trip = _Trip()
_hooked: list[bool] = []


@contextmanager
def tripping(folder: Path, at: int, act: Act, *, lasting: bool = False) -> Iterator[_Trip]:
    """Act before the change number ``at`` below a folder, and before all later ones if lasting."""
    if not _hooked:
        sys.addaudithook(_trip)
        _hooked.append(True)
    _trip.at, _trip.act, _trip.seen, _trip.lasting = at, act, 0, lasting
    _trip.folder = str(folder)
    try:
        yield _trip
    finally:
        _trip.folder = ""


def killed(work: Callable[[], object], folder: Path, at: int) -> bool:
    """Do work in a forked process that is killed before its change ``at``; False where it ended.

    Raises:
        AssertionError: it failed otherwise.
    """
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            signal.alarm(120)
            with tripping(folder, at, killing):
                work()
            code = 0
        finally:
            os._exit(code)
    _, status = os.waitpid(pid, 0)
    code = os.waitstatus_to_exitcode(status)
    assert code in (0, -signal.SIGKILL), code
    return code != 0


@contextmanager
def small_files(most: int) -> Iterator[None]:
    """Let no file grow beyond so many bytes: a write comes back half done, then fails.

    It holds for everything that this process writes and for processes that it starts.
    """
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
