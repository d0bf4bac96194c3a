"""What the doctor says of one thing."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How a thing is: fine, worth knowing, or in need of somebody."""

    OK = "ok"
    WARNING = "warning"
    FAULT = "fault"


@dataclass(frozen=True)
class Check:
    """One thing looked at: what was found and, where it is not fine, what to do."""

    subject: str
    state: State
    found: str
    remedy: str = ""


def ok(subject: str, found: str) -> Check:
    """Return a check of something fine."""
    return Check(subject, State.OK, found)


def warning(subject: str, found: str, remedy: str) -> Check:
    """Return a check of something worth knowing; the next run works all the same."""
    return Check(subject, State.WARNING, found, remedy)


def fault(subject: str, found: str, remedy: str) -> Check:
    """Return a check of something that stops a run, or spoils what is kept or shown."""
    return Check(subject, State.FAULT, found, remedy)
