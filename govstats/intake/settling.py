"""Files that may still be on their way: those changed a moment ago wait for the next scan."""

import logging
import time
from collections.abc import Callable, Iterable
from pathlib import Path

log = logging.getLogger("govstats")

_Sight = tuple[int, int]


def settled(
    raw: Path,
    files: Iterable[Path],
    quiet_seconds: float,
    sleep: Callable[[float], None] = time.sleep,
    clock: Callable[[], float] = time.time,
) -> set[Path]:
    """Return the files that nobody is writing to, as far as size and time of change tell.

    A file changed less than ``quiet_seconds`` ago is looked at again after so long, once for
    all of them, and left out if it has changed by then. A time of change further ahead of the
    clock than that says nothing (the clock was set back, or another machine's is fast), so such
    a file is not kept waiting.

    Args:
        raw: the folder of the files.
        files: paths below it.
        quiet_seconds: 0 takes every file as it is.
        sleep: waits so many seconds.
        clock: seconds of the clock that the times of change are compared with.
    """
    before = {file: _look(raw / file) for file in files}
    now = clock()
    young = [
        file
        for file, sight in before.items()
        if sight is not None and abs(now - sight[1] / 1e9) < quiet_seconds
    ]
    if not young:
        return set(before)
    sleep(quiet_seconds)
    moving = {file for file in young if _look(raw / file) != before[file]}
    if moving:
        log.info("intake: %d files are still being written: left to the next scan", len(moving))
    return set(before) - moving


def _look(path: Path) -> _Sight | None:
    try:
        stat = path.stat()
    except OSError:
        return None  # gone or out of reach: whoever reads it says so
    return stat.st_size, stat.st_mtime_ns
