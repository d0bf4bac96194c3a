"""Asking every part, in the order in which a run needs them."""

from collections.abc import Callable, Iterable, Iterator

from govstats.doctor import intake, knowledge, machine, release
from govstats.doctor.model import Check, State, fault
from govstats.errors import GovstatsError
from govstats.settings import Settings

_PARTS: tuple[tuple[str, Callable[[Settings, bool], Iterable[Check]]], ...] = (
    ("machine", machine.checks),
    ("knowledge", knowledge.checks),
    ("intake", intake.checks),
    ("release", release.checks),
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
