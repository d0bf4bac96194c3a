"""One metric: its name, what it says, and its values by label."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["gauge", "counter"]
Labels = Mapping[str, str]


@dataclass(frozen=True)
class Family:
    """A metric without the prefix ``govstats_``; ``samples`` are labels with their value.

    The name of a counter has no ``_total``, which its samples get.
    """

    name: str
    help: str
    samples: list[tuple[Labels, float]] = field(default_factory=list)
    kind: Kind = "gauge"


def one(name: str, words: str, value: float) -> Family:
    """Return a metric of one value without labels."""
    return Family(name, words, [({}, float(value))])


def by(
    label: str, name: str, words: str, values: Iterable[tuple[str, float]], kind: Kind = "gauge"
) -> Family:
    """Return a metric with one label."""
    samples: list[tuple[Labels, float]] = [({label: key}, float(value)) for key, value in values]
    return Family(name, words, samples, kind)
