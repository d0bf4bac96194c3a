"""Which audited candidates wait to be published, in the order in which they were audited.

``data/candidates/pending.json`` names the newest and, where a sign-off lets several wait, those
before it. The order is kept here and not told from clocks, which may go back.
"""

import json
import logging
from collections.abc import Sequence

from govstats.files import remove_tree, write_atomic
from govstats.settings import Settings
from govstats.warehouse import candidate

log = logging.getLogger("govstats")
FILE = "pending.json"


def in_order(settings: Settings) -> list[str]:
    """Return the ids that are still there, oldest first."""
    pointer = settings.candidates / FILE
    if not pointer.exists():
        return []
    told = json.loads(pointer.read_text(encoding="utf-8"))
    names = [*told.get("older", ()), told["release_id"]]
    return [name for name in names if candidate.folder(settings, name).is_dir()]


def newest(settings: Settings) -> str | None:
    """Return the id of the candidate that was audited last, None where none waits."""
    pointer = settings.candidates / FILE
    if not pointer.exists():
        return None
    release_id: str = json.loads(pointer.read_text(encoding="utf-8"))["release_id"]
    return release_id if candidate.folder(settings, release_id).is_dir() else None


def announce(settings: Settings, release_id: str) -> None:
    """Put an audited candidate at the end; one that waits already becomes the newest again."""
    _write(settings, [*(n for n in in_order(settings) if n != release_id), release_id])


def settle(settings: Settings, release_id: str) -> None:
    """Take a published one out, and with it those that were audited before it: they are void."""
    names = in_order(settings)
    if release_id not in names:
        return
    position = names.index(release_id)
    for name in names[:position]:
        log.info("sign-off: candidate %s is superseded by %s", name, release_id)
        if (settings.candidates / name).is_dir():
            remove_tree(settings.candidates / name)
    _write(settings, names[position + 1 :])


def _write(settings: Settings, names: Sequence[str]) -> None:
    pointer = settings.candidates / FILE
    if not names:
        pointer.unlink(missing_ok=True)
        return
    content: dict[str, object] = {"release_id": names[-1]}
    if names[:-1]:
        content["older"] = list(names[:-1])
    write_atomic(pointer, json.dumps(content).encode())
