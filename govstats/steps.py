"""Steps of a run: each is named in the logs, timed, and remembered with how it ended last.

``data/metrics/steps.json`` holds the last ends of every step; losing it loses no more than that.
"""

import json
import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from inspect import signature
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypedDict, TypeVar

from filelock import FileLock, Timeout

from govstats.errors import GovstatsError
from govstats.files import write_atomic
from govstats.logs import bound, journal
from govstats.settings import Settings

log = logging.getLogger("govstats")

FILE = "steps.json"
#: How a step that a person's error ended is counted, by the error's exit code.
_OUTCOMES = {3: "busy", 4: "held", 5: "waiting"}
OUTCOMES = ("success", "failed", *_OUTCOMES.values(), "interrupted")
#: A lock that nobody lets go for so long is not waited for: these are only numbers.
_WAIT_SECONDS = 5

P = ParamSpec("P")
R = TypeVar("R")


class Ends(TypedDict):
    """How a step ended: seconds since 1970 of the last success and failure, how long the last
    one took in seconds, and how often each outcome was seen.
    """

    last_success: float | None
    last_failure: float | None
    last_seconds: float
    ends: dict[str, int]


def step(
    name: str, is_measured: bool = True, gives_release: bool = False
) -> Callable[[Callable[Concatenate[Settings, P], R]], Callable[Concatenate[Settings, P], R]]:
    """Make a function of ``(settings, …)`` a step of a run.

    Its lines in the log carry the step and, where it has such a parameter, the release id; its
    end is logged and counted, and the metrics are written anew.

    Args:
        name: of the step.
        is_measured: whether its end writes the metrics; not where many run side by side and
            another step follows at once.
        gives_release: whether what it returns is a release id, None where there is none.
    """

    def decorate(
        function: Callable[Concatenate[Settings, P], R],
    ) -> Callable[Concatenate[Settings, P], R]:
        named = signature(function)

        @wraps(function)
        def stepping(settings: Settings, /, *args: P.args, **kwargs: P.kwargs) -> R:
            given = named.bind_partial(settings, *args, **kwargs).arguments
            with bound(step=name, release_id=given.get("release_id")):
                try:
                    with _watched(settings, name) as told:
                        result = function(settings, *args, **kwargs)
                        if gives_release and result is not None:
                            told["release_id"] = str(result)
                        return result
                finally:
                    if is_measured:
                        _measure(settings)

        return stepping

    return decorate


@contextmanager
def _watched(settings: Settings, name: str) -> Iterator[dict[str, object]]:
    told: dict[str, object] = {}
    start = time.monotonic()
    outcome = "failed"
    said = ""
    try:
        yield told
        outcome = "success"
    except GovstatsError as error:
        outcome, said = _OUTCOMES.get(error.exit_code, "failed"), str(error)
        raise
    except KeyboardInterrupt:
        outcome = "interrupted"
        raise
    except BaseException as error:
        said = f"{type(error).__name__}: {error}"
        raise
    finally:
        seconds = round(time.monotonic() - start, 3)
        told |= {"outcome": outcome, "seconds": seconds} | ({"error": said} if said else {})
        level = logging.ERROR if outcome == "failed" else logging.INFO
        journal.log(level, "step ended", extra=told)
        _remember(settings, name, outcome, seconds)


def ends(settings: Settings) -> dict[str, Ends]:
    """Return how each step that was ever called ended, by its name."""
    try:
        content: dict[str, Ends] = json.loads(_file(settings).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def _file(settings: Settings) -> Path:
    return settings.metrics / FILE


def _remember(settings: Settings, name: str, outcome: str, seconds: float) -> None:
    """Count an end; what cannot be counted stops no work."""
    if not settings.data.is_dir():
        return
    try:
        settings.metrics.mkdir(exist_ok=True)
        with FileLock(settings.metrics / ".steps.lock", timeout=_WAIT_SECONDS):
            known = ends(settings)
            known[name] = _counted(known.get(name), outcome, seconds)
            text = json.dumps(known, indent=1, sort_keys=True)
            write_atomic(_file(settings), text.encode())
    except (OSError, Timeout) as error:
        log.warning("the end of step %s is not counted: %s", name, error)


def _counted(before: Ends | None, outcome: str, seconds: float) -> Ends:
    now = round(time.time(), 3)
    known: Any = before if isinstance(before, dict) else {}
    counts = dict(known.get("ends") or {})
    counts[outcome] = counts.get(outcome, 0) + 1
    return {
        "last_success": now if outcome == "success" else known.get("last_success"),
        "last_failure": now if outcome == "failed" else known.get("last_failure"),
        "last_seconds": seconds,
        "ends": counts,
    }


def _measure(settings: Settings) -> None:
    """Write the metrics anew; numbers that cannot be had stop no work."""
    from govstats import metrics  # takes a moment to import; commands that only look need none

    if not settings.data.is_dir():
        return
    try:
        metrics.write(settings)
    except Exception as error:
        log.warning("metrics are not written: %s: %s", type(error).__name__, error)
