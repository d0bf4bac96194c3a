"""Which things go, decided without touching any."""

import re
import time
from collections.abc import Iterator
from pathlib import Path

from govstats.logs import ASIDE
from govstats.observations import reader_key
from govstats.release import releases
from govstats.retention.model import Item, Kind
from govstats.settings import Settings

_DAY = 86_400.0
#: Facts and temporary files younger than this may be at work: no step takes so long.
_AT_REST = _DAY
#: Names of unfinished files: ``.<name>.<process>.tmp`` and the like.
_TEMPORARY = re.compile(r"\..+\.tmp")
_REMOVING = ".removing-"
_LINK = re.compile(rf"\.{releases.LINK}\.\d+")


def plan(settings: Settings, now: float | None = None) -> list[Item]:
    """Return what is kept no longer, in the order in which it goes.

    Args:
        settings: the installation: how many releases and how many days of logs are kept.
        now: seconds since 1970; now where left out.
    """
    moment = time.time() if now is None else now
    found = [
        *_releases(settings),
        *_facts(settings, moment),
        *_leftovers(settings, moment),
        *_logs(settings, moment),
    ]
    return sorted(found, key=lambda item: (list(Kind).index(item.kind), item.path))


def _releases(settings: Settings) -> Iterator[Item]:
    if not settings.releases.is_dir():
        return
    for item in releases.surplus(settings):
        is_past = item["as_of"] is not None
        what = "rebuilt pasts" if is_past else "releases"
        why = f"beyond the {settings.keep_releases} {what} to keep"
        yield _item(Kind.RELEASE, settings.releases / item["release_id"], why)


def _facts(settings: Settings, now: float) -> Iterator[Item]:
    """Facts of readers that are not today's: other layouts, tables, limits or program."""
    if not settings.facts.is_dir():
        return
    present = reader_key(settings)
    for folder in sorted(settings.facts.iterdir()):
        if folder.is_dir() and folder.name != present and now - _newest(folder) > _AT_REST:
            yield _item(Kind.FACTS, folder, "another reader's; sheets are read again if wanted")


def _leftovers(settings: Settings, now: float) -> Iterator[Item]:
    """What killed runs left behind; nobody reads it."""
    if settings.candidates.is_dir():
        for path in sorted(settings.candidates.iterdir()):
            if path.is_dir() and path.name.startswith((".building-", _REMOVING)):
                yield _item(Kind.LEFTOVER, path, "half built by a run that was killed")
    if settings.releases.is_dir():
        yield from _unfinished_releases(settings)
    for path in _temporaries(settings):
        if now - path.lstat().st_mtime > _AT_REST:
            yield _item(Kind.LEFTOVER, path, "half written by a run that was killed")


def _unfinished_releases(settings: Settings) -> Iterator[Item]:
    shown = releases.current_id(settings)
    for path in sorted(settings.releases.iterdir()):
        if path.is_symlink():
            if _LINK.fullmatch(path.name):
                yield _item(Kind.LEFTOVER, path, "a link that a killed run never put in place")
        elif path.is_dir() and path.name != shown and not _is_whole(path):
            yield _item(Kind.LEFTOVER, path, "a release that is not whole")


def _is_whole(release: Path) -> bool:
    """Whether it is not half moved and not half removed, for which it gets a hidden name."""
    return not release.name.startswith(".") and (release / "release.json").exists()


def _temporaries(settings: Settings) -> Iterator[Path]:
    """Unfinished files where the program writes; those in data/raw are the departments'."""
    present = settings.facts / reader_key(settings)
    folders = (settings.data, settings.store, present, settings.candidates)
    for folder in (*folders, settings.releases, settings.metrics):
        if folder.is_dir():
            yield from (
                path
                for path in sorted(folder.iterdir())
                if _TEMPORARY.fullmatch(path.name) and path.is_file() and not path.is_symlink()
            )


def _logs(settings: Settings, now: float) -> Iterator[Item]:
    if not settings.logs.is_dir():
        return
    for path in sorted(settings.logs.glob(ASIDE)):
        if now - path.stat().st_mtime > settings.keep_log_days * _DAY:
            yield _item(Kind.LOG, path, f"older than {settings.keep_log_days} days")


def _item(kind: Kind, path: Path, why: str) -> Item:
    inside = path.rglob("*") if path.is_dir() and not path.is_symlink() else [path]
    size = sum(each.lstat().st_size for each in inside if each.is_symlink() or each.is_file())
    return Item(kind, path, size, why)


def _newest(folder: Path) -> float:
    """When something in a folder, or the folder itself, last changed."""
    return max(path.lstat().st_mtime for path in (folder, *folder.iterdir()))
