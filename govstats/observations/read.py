"""Reads submissions in the jail."""

from collections.abc import Iterator, Sequence
from functools import partial

from govstats.layouts.knowledge import load_knowledge
from govstats.observations.model import ReadOutcome, SubmissionRef
from govstats.observations.worker import Reader, prepare, read
from govstats.settings import Settings
from govstats.workbooks.jail import Died, run_jailed
from govstats.workbooks.limits import Limits
from govstats.workbooks.refusals import Refused


def read_all(
    refs: Sequence[SubmissionRef], settings: Settings, limits: Limits | None = None
) -> Iterator[ReadOutcome]:
    """Read submissions in worker processes.

    Args:
        refs: what to read.
        settings: where layouts and seeds lie, and how many workers there are.
        limits: what a file may ask for; the defaults of ``Limits`` where left out.

    Yields:
        One outcome per submission, in their order; a file that kills its reader is refused.

    Raises:
        KnowledgeError: a layout or a seed is wrong.
    """
    limits = limits or Limits()
    reader = Reader(load_knowledge(settings), limits)
    results = run_jailed(
        read, refs, limits, workers=min(settings.workers, len(refs) or 1),
        prepare=partial(prepare, reader),
    )  # fmt: skip
    for ref, result in zip(refs, results, strict=True):
        yield reader.refused(ref, _death(result, limits)) if isinstance(result, Died) else result


def _death(died: Died, limits: Limits) -> Refused:
    if died.reason == "timeout":
        seconds = limits.cpu_seconds if died.detail == "SIGXCPU" else limits.wall_seconds
        return Refused("reader_timeout", seconds=seconds)
    return Refused("reader_crashed", detail=died.detail)
