"""Watching the folder of spreadsheets: news when something came in and then all was quiet.

Only names, sizes and times of change are looked at. No file is opened, moved or deleted: what
a department handed in stays as it was handed in.
"""

import asyncio
import logging
import os
import time
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

from govstats.errors import GovstatsError
from govstats.intake import ledger
from govstats.intake.places import ignored

log = logging.getLogger("govstats.folder")

#: What is known of a file without opening it: size in bytes, time of change in nanoseconds.
Sight = tuple[int, int]
#: What lies in the folder: path below it → sight.
State = dict[str, Sight]

#: A steady trickle of files is announced after so many times the quiet time all the same.
PATIENCE = 15
#: Looking may take this share of the time, so a folder of many files is looked at less often.
_SHARE = 0.05
_UNREADABLE: Sight = (-1, -1)


class Debounce:
    """Decides when a changing state is worth an event: once it has been quiet for a while.

    Args:
        quiet_seconds: how long nothing may change before it is.
        patience_seconds: a state that never rests is told after so long all the same.
        announced: the state that need not be told.

    Times are seconds of a clock that never goes back.
    """

    def __init__(self, quiet_seconds: float, patience_seconds: float, announced: State) -> None:
        self.quiet_seconds = quiet_seconds
        self.patience_seconds = patience_seconds
        self.announced = announced
        self._last = announced
        self._changed_at = 0.0
        self._differs_since: float | None = None

    def is_due(self, state: State, now: float) -> bool:
        """Take in what is seen now; True (once) when it should be told."""
        if state != self._last:
            self._last, self._changed_at = state, now
        if state == self.announced:
            self._differs_since = None
            return False
        if self._differs_since is None:
            self._differs_since = now
        quiet = now - self._changed_at >= self.quiet_seconds
        if not quiet and now - self._differs_since < self.patience_seconds:
            return False
        self.announced, self._differs_since = state, None
        return True


def look(folder: Path) -> State:
    """Return what lies below a folder, as far as it may be a submission; opens no file.

    Links are seen as links and not followed, so a loop of links ends. A folder below that
    cannot be read is part of the state, so that its becoming readable is news.

    Raises:
        OSError: the folder itself is absent or cannot be read.
    """
    state: State = {}
    waiting = [""]
    while waiting:
        below = waiting.pop()
        try:
            with os.scandir(folder / below) as entries:
                for entry in entries:
                    _note(entry, below, state, waiting)
        except OSError as error:
            if not below:
                raise
            # a folder that is gone by now is no news, one that cannot be read is
            if not isinstance(error, FileNotFoundError):
                state[below] = _UNREADABLE
    return state


def _note(entry: os.DirEntry[str], below: str, state: State, waiting: list[str]) -> None:
    name = f"{below}{entry.name}"
    if ignored(Path(name)):
        return
    if entry.is_dir(follow_symlinks=False):
        waiting.append(f"{name}/")
    elif below:  # what lies directly in the folder, such as the ledger, is no news
        with suppress(FileNotFoundError):  # taken away between listing and looking
            stat = entry.stat(follow_symlinks=False)
            state[name] = (stat.st_size, stat.st_mtime_ns)


def known(folder: Path, state: State) -> State:
    """Return the part of a state that is on the ledger: what a restart need not announce."""
    try:
        entries = ledger.read(folder / "ledger.csv")
    except (GovstatsError, OSError, ValueError) as error:
        log.warning("the ledger cannot be read, so every file counts as new: %s", error)
        return {}
    registered = {entry.file for entry in entries}
    return {name: sight for name, sight in state.items() if name in registered}


def difference(before: State, after: State) -> dict[str, int]:
    """Count what is new, changed and gone; no names, for they may be anything."""
    return {
        "new": len(after.keys() - before.keys()),
        "changed": sum(before[name] != after[name] for name in before.keys() & after.keys()),
        "gone": len(before.keys() - after.keys()),
    }


async def watch(folder: Path, quiet_seconds: float) -> AsyncIterator[dict[str, int]]:
    """Watch a folder for ever; yield counts of files new, changed and gone after each quiet.

    The beginning is compared with the ledger: what is not on it is news. A folder that is absent
    or cannot be read is reported once and looked at again. Listing runs in a thread, so whatever
    else the event loop does goes on.

    Args:
        folder: the folder.
        quiet_seconds: nothing may change for so long before it is told; a steady trickle is told
            after ``PATIENCE`` times as long.
    """
    debounce: Debounce | None = None
    trouble = ""
    while True:
        begin = time.monotonic()
        state, words = await asyncio.to_thread(_try_to_look, folder)
        if words != trouble:
            trouble = words
            log.warning("%s", f"cannot watch, trying again: {words}" if words else "watching again")
        if state is not None:
            if debounce is None:
                told = await asyncio.to_thread(known, folder, state)
                debounce = Debounce(quiet_seconds, PATIENCE * quiet_seconds, told)
                log.info("watching %s: %d files, %d registered", folder, len(state), len(told))
            before = debounce.announced
            if debounce.is_due(state, time.monotonic()):
                yield difference(before, state)
        took = time.monotonic() - begin
        await asyncio.sleep(max(min(quiet_seconds / 4, 5.0), took / _SHARE))


def _try_to_look(folder: Path) -> tuple[State | None, str]:
    """Return the state, or None and what is wrong with the folder."""
    try:
        return look(folder), ""
    except OSError as error:
        return None, str(error)
