"""An installation's health: what is wrong, and the remedy. It looks and changes nothing.

``machine``, ``knowledge``, ``intake``, ``release`` and ``operation`` each look at one part;
``examine`` asks them all, and a part that cannot be looked at is itself a fault, never an end.
``stop_if_ill`` does so as a step of the daily care.
"""

from govstats.doctor.examine import examine, stop_if_ill, worst
from govstats.doctor.model import Check, State

__all__ = ["Check", "State", "examine", "stop_if_ill", "worst"]
