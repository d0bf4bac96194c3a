"""An installation's health: what is wrong, and the remedy. It looks and changes nothing.

``machine``, ``knowledge``, ``intake`` and ``release`` each look at one part; ``examine`` asks
them all, and a part that cannot be looked at is itself a fault, never an end.
"""

from govstats.doctor.examine import examine, worst
from govstats.doctor.model import Check, State

__all__ = ["Check", "State", "examine", "worst"]
