"""The audit of a warehouse: judge its figures by the rules, record, decide on the release.

``validate`` imports Great Expectations, which takes seconds, only when it is called.
"""

from collections.abc import Callable
from pathlib import Path

from govstats.memory import collector_paused
from govstats.settings import Settings
from govstats.validation.coverage import write as cover
from govstats.validation.finding import Finding, RuleResult, ValidationResult
from govstats.validation.gate import GateDecision, decide
from govstats.validation.record import record

__all__ = [
    "Finding",
    "GateDecision",
    "RuleResult",
    "ValidationResult",
    "cover",
    "decide",
    "record",
    "validate",
]


def validate(settings: Settings, warehouse: Path, log: Callable[[str], None]) -> ValidationResult:
    """Judge all audit rules over a finished warehouse; see ``validation.runner``."""
    with collector_paused():
        from govstats.validation.runner import validate as run

        return run(settings, warehouse, log)
