"""Submitted files → long, typed observations, or refusals with a reason.

Facts are kept as files, a set per submission or per pack of small ones; ``reader_key`` tells
when they are out of date.
"""

from govstats.layouts.facts import CellFate, Observation
from govstats.observations.codes import Codes
from govstats.observations.key import reader_key
from govstats.observations.model import ReadOutcome, ReadSummary, SubmissionRef
from govstats.observations.read import read_all, read_into, write_facts
from govstats.observations.store import drop_damaged, read_summaries, read_summary

__all__ = [
    "CellFate",
    "Codes",
    "Observation",
    "ReadOutcome",
    "ReadSummary",
    "SubmissionRef",
    "drop_damaged",
    "read_all",
    "read_into",
    "read_summaries",
    "read_summary",
    "reader_key",
    "write_facts",
]
