"""Intake: every file is registered once, kept as received, and watched afterwards."""

from govstats.intake.ledger import LedgerEntry
from govstats.intake.problems import IntakeProblem
from govstats.intake.register import Survey, kept_copy, ledger_lock, register, survey, take_in

__all__ = [
    "IntakeProblem",
    "LedgerEntry",
    "Survey",
    "kept_copy",
    "ledger_lock",
    "register",
    "survey",
    "take_in",
]
