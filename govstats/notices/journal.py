"""What was told already: ``data/notices.jsonl``, one line per notice, only ever added to.

It keeps a notice from being told twice when a task is repeated, and lets the bureau look up who
was told what and when. It holds no address. Without the file everything counts as not told.
"""

import json
import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from govstats.notices.model import Notice
from govstats.settings import Settings

#: What came of a notice: sent; written to the log because no connection or no address is set up;
#: or failed everywhere, which leaves it to be told at the next occasion.
SENT, LOGGED, FAILED = "sent", "logged", "failed"


def path(settings: Settings) -> Path:
    """Return where the journal lies."""
    return settings.data / "notices.jsonl"


def told(settings: Settings) -> frozenset[str]:
    """Return the keys of everything that was told; a line cut off by a kill is passed over."""
    keys: set[str] = set()
    try:
        lines = path(settings).read_text(encoding="utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return frozenset()
    for line in lines:
        try:
            entry = json.loads(line)
            if entry["outcome"] != FAILED:
                keys.update(entry["keys"])
        except (ValueError, KeyError, TypeError):
            continue
    return frozenset(keys)


def fresh(settings: Settings, notices: Iterable[Notice]) -> tuple[Notice, ...]:
    """Return the notices that have something in them that was not told yet."""
    known = told(settings)
    return tuple(each for each in notices if not each.keys or not known.issuperset(each.keys))


def note(settings: Settings, notice: Notice, outcome: str) -> None:
    """Add a line about a notice; ``outcome`` is one of SENT, LOGGED, FAILED."""
    entry = {
        "told_at": datetime.now(ZoneInfo(settings.timezone)).isoformat(timespec="seconds"),
        "outcome": outcome,
        "kind": notice.kind,
        "title": notice.title,
        "departments": list(notice.departments),
        "keys": list(notice.keys),
    }
    line = json.dumps(entry, ensure_ascii=False)
    settings.data.mkdir(parents=True, exist_ok=True)
    # one write to a file opened for appending: lines of two processes do not mix; the line end in
    # front closes one that a kill cut off
    with path(settings).open("a+b", buffering=0) as handle:
        size = handle.seek(0, os.SEEK_END)
        handle.seek(max(0, size - 1))
        torn = handle.read(1) not in (b"", b"\n")
        handle.write(b"\n" * torn + f"{line}\n".encode())
