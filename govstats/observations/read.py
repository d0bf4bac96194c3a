"""Reads submissions in the jail."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache, partial
from pathlib import Path

from govstats.layouts.knowledge import load_knowledge
from govstats.layouts.reading import Knowledge
from govstats.observations.codes import Codes
from govstats.observations.key import reader_key
from govstats.observations.model import Job, ReadOutcome, ReadSummary, SubmissionRef
from govstats.observations.worker import (
    Reader,
    prepare,
    prepare_to_write,
    read,
    read_into_pack,
)
from govstats.settings import Settings
from govstats.workbooks.jail import Died, run_jailed
from govstats.workbooks.limits import Limits
from govstats.workbooks.refusals import Refused

#: Submissions in one pack and the bytes of their files: its time is that allowed for one file.
_PACKED, _PACKED_BYTES = 128, 2 * 1024 * 1024
#: The bytes from which a file is a pack of its own.
_LARGE = 128 * 1024
#: How a process dies that nobody limits to death: by the system short of memory, or by a person.
_FROM_OUTSIDE = "SIGKILL"


@lru_cache(maxsize=1)
def _knowledge(key: str, settings: Settings) -> Knowledge:
    """Load layouts and seeds once for all batches of a process; ``key`` says what is in them."""
    return load_knowledge(settings)


def read_all(
    refs: Sequence[SubmissionRef], settings: Settings, limits: Limits | None = None
) -> Iterator[ReadOutcome]:
    """Read submissions in worker processes and hand back all that was read: for small uses.

    Args:
        refs: what to read.
        settings: where layouts and seeds lie, and how many workers there are.
        limits: what a file may ask for; those of the settings where left out.

    Yields:
        One outcome per submission, in their order; a file that kills its reader is refused.

    Raises:
        KnowledgeError: a layout or a seed is wrong.
    """
    limits = limits or settings.limits
    reader = Reader(_knowledge(reader_key(settings), settings), limits)
    workers = min(settings.workers, len(refs) or 1)
    results = run_jailed(read, refs, limits, workers=workers, prepare=partial(prepare, reader))
    for ref, result in zip(refs, results, strict=True):
        yield reader.refused(ref, _death(result, limits)) if isinstance(result, Died) else result


def read_into(
    refs: Sequence[SubmissionRef], settings: Settings, folder: Path, limits: Limits | None = None
) -> Iterator[ReadSummary]:
    """Read submissions in worker processes, which write the facts; only summaries come back.

    Args:
        refs: what to read.
        settings: as for ``read_all``.
        folder: where the facts go.
        limits: as for ``read_all``.

    Yields:
        One summary per submission as soon as its facts are written. A file that kills its reader
        is refused; those that shared its pack are read again, each by itself. So is one whose
        reader was killed from outside, which says nothing about the file: once.

    Raises:
        KnowledgeError: a layout or a seed is wrong.
        MachineError: the facts cannot be written.
    """
    limits = limits or settings.limits
    reader = Reader(_knowledge(reader_key(settings), settings), limits)
    alone: list[SubmissionRef] = []
    again: set[Job] = set()
    for jobs in (_jobs(refs, settings.workers, folder), (Job(folder, (ref,)) for ref in alone)):
        waiting = list(jobs)
        again = set(waiting) if alone else again
        workers = min(settings.workers, len(waiting) or 1)
        results = run_jailed(
            read_into_pack,
            waiting,
            limits,
            workers=workers,
            prepare=partial(prepare_to_write, reader),
        )
        for job, result in zip(waiting, results, strict=True):
            if not isinstance(result, Died):
                yield from map(ReadSummary, job.refs, result)
                continue
            job.remove_unfinished()
            if job not in again and (len(job.refs) > 1 or result.detail == _FROM_OUTSIDE):
                alone += job.refs
            else:
                outcome = reader.refused(job.refs[0], _death(result, limits))
                yield write_facts(folder, outcome)


def write_facts(folder: Path, outcome: ReadOutcome, codes: Codes | None = None) -> ReadSummary:
    """Write the facts of one submission from this process; see ``Pack``."""
    from govstats.observations.pack import Pack  # takes a moment to import, for Arrow

    name = Job(folder, (outcome.ref,)).name
    pack = Pack(folder, name, codes or Codes(frozenset(), {}, {}))
    pack.add(outcome)
    (summary,) = pack.close()
    return ReadSummary(outcome.ref, summary)


def _jobs(refs: Iterable[SubmissionRef], workers: int, folder: Path) -> Iterator[Job]:
    """Large files first, each by itself; the others in packs that keep every worker busy."""
    sized = [(ref, _size(ref.path)) for ref in refs]
    for ref, size in sized:
        if size >= _LARGE:
            yield Job(folder, (ref,))
    small = [(ref, size) for ref, size in sized if size < _LARGE]
    most = max(1, min(_PACKED, -(-len(small) // (workers * 4))))
    pack: list[SubmissionRef] = []
    room = _PACKED_BYTES
    for ref, size in small:
        if pack and (len(pack) == most or size > room):
            yield Job(folder, tuple(pack))
            pack, room = [], _PACKED_BYTES
        pack.append(ref)
        room -= size
    if pack:
        yield Job(folder, tuple(pack))


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:  # the reader says what is wrong with it
        return 0


def _death(died: Died, limits: Limits) -> Refused:
    if died.reason == "timeout":
        seconds = limits.cpu_seconds if died.detail == "SIGXCPU" else limits.wall_seconds
        return Refused("reader_timeout", seconds=seconds)
    return Refused("reader_crashed", detail=died.detail)
