"""The daily work: how steps ended last, whether the log can be written, what could be removed."""

import os
from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from govstats import logs, retention, steps
from govstats.doctor.model import Check, ok, warning
from govstats.settings import Settings


def checks(settings: Settings, thorough: bool) -> Iterator[Check]:
    """Look at what runs left to know; ``thorough`` makes no difference here."""
    del thorough
    if not settings.data.is_dir():
        return
    yield from _steps(settings)
    yield _log(settings)
    yield _room(settings)


def _steps(settings: Settings) -> Iterator[Check]:
    known = steps.ends(settings)
    for name, end in sorted(known.items()):
        failed, done = end["last_failure"], end["last_success"]
        if failed is not None and (done is None or done < failed):
            at = datetime.fromtimestamp(failed, ZoneInfo(settings.timezone))
            said = f"{name} failed at {at:%Y-%m-%d %H:%M} and has not ended well since"
            place = settings.logs / logs.FILE
            yield warning("steps", said, f"its error is in {place}; mend it and run again")


def _log(settings: Settings) -> Check:
    path = settings.logs / logs.FILE
    there = next(each for each in (path, settings.logs, settings.data) if each.exists())
    if not os.access(there, os.W_OK):
        remedy = "give the user that runs the pipeline write permission"
        return warning("logs", f"cannot write to {there}", remedy)
    full = list(settings.logs.glob(logs.ASIDE)) if settings.logs.is_dir() else []
    return ok("logs", f"{path}, {len(full)} full files kept beside it")


def _room(settings: Settings) -> Check:
    items = retention.plan(settings)
    if not items:
        return ok("room", "nothing is kept longer than it has to be")
    size = sum(item.size for item in items) / 1e6
    return ok("room", f"`govstats prune` would remove {len(items)} things, {size:,.0f} MB")
