"""Asking every part, in the order in which a run needs them."""

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from govstats.doctor import intake, knowledge, machine, operation, release
from govstats.doctor.model import Check, State, fault
from govstats.errors import GovstatsError
from govstats.settings import Settings
from govstats.steps import step

log = logging.getLogger("govstats")

_PARTS: tuple[tuple[str, Callable[[Settings, bool], Iterable[Check]]], ...] = (
    ("machine", machine.checks),
    ("knowledge", knowledge.checks),
    ("intake", intake.checks),
    ("release", release.checks),
    ("operation", operation.checks),
)


def examine(settings: Settings, thorough: bool = False) -> list[Check]:
    """Look at an installation and say what is wrong with it.

    Args:
        settings: the installation.
        thorough: also read every kept file and every file of every release and compare it
            with the hash it was kept under.

    Returns:
        One check per thing looked at, fine ones included.
    """
    return [check for name, part in _PARTS for check in _asked(name, part, settings, thorough)]


@step("doctor")
def stop_if_ill(settings: Settings) -> dict[str, int]:
    """Examine as a step of the daily care: warnings are logged, faults end it.

    Returns:
        How many checks there were of each state.

    Raises:
        GovstatsError: something needs mending; names each fault with its remedy.
    """
    checks = examine(settings)
    for check in checks:
        if check.state is State.WARNING:
            log.warning("doctor: %s: %s; %s", check.subject, check.found, check.remedy)
    faults = [check for check in checks if check.state is State.FAULT]
    if faults:
        said = "\n".join(f"{each.subject}: {each.found} → {each.remedy}" for each in faults)
        raise GovstatsError(f"the installation is not well:\n{said}", "`govstats doctor` lists all")
    counts = Counter(check.state.value for check in checks)
    log.info("doctor: %d checks, %d warnings", len(checks), counts[State.WARNING.value])
    return dict(counts)


def worst(checks: Iterable[Check]) -> State:
    """Return the worst state found; ok where nothing was looked at."""
    order = list(State)
    return max((check.state for check in checks), key=order.index, default=State.OK)


def _asked(
    name: str,
    part: Callable[[Settings, bool], Iterable[Check]],
    settings: Settings,
    thorough: bool,
) -> Iterator[Check]:
    try:
        yield from part(settings, thorough)
    except GovstatsError as error:
        yield fault(name, error.what, error.remedy)
    except OSError as error:
        yield fault(name, str(error), "check permissions and free space of what it names")
    except ValueError as error:
        # gate.json, release.json: written whole, so something else wrote into them
        yield fault(name, f"a file of the program is damaged: {error}", "restore it from a backup")
