"""Submitted files → long, typed observations, or refusals with a reason.

Facts are kept as files, one set per submission; ``reader_key`` tells when they are out of date.
"""

from govstats.layouts.facts import CellFate, Observation
from govstats.observations.key import reader_key
from govstats.observations.model import ReadOutcome, SubmissionRef
from govstats.observations.read import read_all
from govstats.observations.store import read_summary, write_facts

__all__ = [
    "CellFate",
    "Observation",
    "ReadOutcome",
    "SubmissionRef",
    "read_all",
    "read_summary",
    "reader_key",
    "write_facts",
]
