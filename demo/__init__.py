"""Demonstration spreadsheets of a district's departments, 2018-2020.

``demo.generate(raw, seed)`` writes them and says when each was handed in;
``python -m demo`` also registers them on the ledger. Figures that were really published
stand in their cells exactly; all others are simulated, and every file says so.
"""

from demo.delivery import Delivery
from demo.spreadsheets import generate

__all__ = ["Delivery", "generate"]
