"""What is told: one message to one circle of readers."""

from dataclasses import dataclass
from typing import Literal, get_args

from govstats.errors import GovstatsError

Kind = Literal["info", "success", "warning", "failure"]
KINDS: tuple[Kind, ...] = get_args(Kind)

#: The circle of readers that is no department; also the tag of its addresses.
BUREAU = "bureau"

#: Lines of a list that are shown; the rest is counted, for messengers cut long texts.
SHOWN = 10


@dataclass(frozen=True)
class Notice:
    """One message in Chinese.

    ``title`` is one line, ``body`` several. ``departments`` holds the codes of the departments it
    goes to; empty: it goes to the bureau. ``keys`` names what is told: a notice whose keys were
    all told before is not told again; one without keys always is.
    """

    title: str
    body: str
    kind: Kind
    departments: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise GovstatsError(f"a notice of kind {self.kind!r}", f"one of {', '.join(KINDS)}")


def numbered(texts: list[str], unit: str) -> str:
    """Return texts as numbered lines （1）…, the first ``SHOWN`` of them, the rest counted."""
    lines = [f"（{place}）{plain(text)}" for place, text in enumerate(texts[:SHOWN], start=1)]
    if len(texts) > SHOWN:
        lines.append(f"另有 {len(texts) - SHOWN} {unit}。")
    return "\n".join(lines)


def plain(text: str) -> str:
    """Return a text from outside as one line without control characters.

    Names of files and labels of sheets are anybody's: they must neither begin a new line of a
    message nor turn the direction in which it is read.
    """
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def keyed(circle: str, name: str) -> str:
    """Return the key of one thing told to one circle: a department's code or ``BUREAU``."""
    return f"{circle}/{name}"
