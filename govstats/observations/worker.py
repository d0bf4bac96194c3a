"""The job of a reader process; it must start quickly, so it imports no YAML and no schema."""

import gc
import importlib
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Any

from govstats.errors import MachineError
from govstats.layouts.choose import Chosen
from govstats.layouts.extract import Origin
from govstats.layouts.reading import Knowledge, find_layout, read_match
from govstats.layouts.remembered import Forms
from govstats.memory import collector_paused
from govstats.observations.codes import Codes
from govstats.observations.model import Job, ReadOutcome, SubmissionRef
from govstats.workbooks.limits import Limits
from govstats.workbooks.outline import outline
from govstats.workbooks.prescan import read_content, scan_content
from govstats.workbooks.reader import parse
from govstats.workbooks.refusals import Refused, Words

# Arrow's own allocators and the threads of a linear algebra that nobody asks for reserve more
# address space than a jailed process may have.
os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


class Reader:
    """Reads one submission after another; picklable.

    Args:
        knowledge: layouts and tables.
        limits: what a file may ask for.
    """

    def __init__(self, knowledge: Knowledge, limits: Limits) -> None:
        self.knowledge = knowledge
        self.limits = limits
        self._forms = Forms(knowledge)

    def read(self, ref: SubmissionRef) -> ReadOutcome:
        """Read a submission; whatever goes wrong with its file is its refusal."""
        chosen: Chosen | None = None
        origin = Origin(ref.submission_id, ref.department_code, ref.time_period)
        try:
            content = self._content(ref)
            own = outline(content, self.limits)
            again = self._forms.again(own, origin, ref.file) if own else None
            if again:
                workbook, reading = again
            else:
                scan = scan_content(content, self.limits, ref.file)
                workbook = parse(scan, self.limits).without_formats()
                found = self._forms.read(workbook, origin, ref.file, own)
                if found is None:
                    chosen = find_layout(workbook, self.knowledge, origin)
                    found = read_match(workbook, chosen, self.knowledge, origin, ref.file)
                reading = found
        except Refused as reason:
            return self.refused(ref, reason, chosen)
        except (KeyboardInterrupt, SystemExit, MachineError):
            raise
        except BaseException as error:  # a parser's panic is no Exception
            detail = f"{type(error).__name__}: {error}"[:200]
            return self.refused(ref, Refused("reader_crashed", detail=detail), chosen)
        return ReadOutcome(
            ref,
            "accepted",
            reading.layout_id,
            reading.title,
            observations=reading.observations,
            cells=reading.cells,
            tables=reading.tables,
            entries=reading.entries,
            notes=reading.notes,
            format=workbook.format,
            epoch_1904=workbook.epoch_1904,
            is_form=reading.is_form,
        )

    def _content(self, ref: SubmissionRef) -> bytes:
        try:
            return read_content(ref.path, self.limits)
        except OSError as error:
            raise MachineError.of(error, ref.path) from error

    def refused(
        self, ref: SubmissionRef, reason: Refused, chosen: Chosen | None = None
    ) -> ReadOutcome:
        """The outcome of a file that cannot be read."""
        first = chosen.matches[0] if chosen and chosen.matches else None
        names = self.knowledge.seeds.departments
        department = names.get(ref.department_code, Words(ref.department_code, ref.department_code))
        return ReadOutcome(
            ref,
            "refused",
            layout_id=first.layout.id if first else None,
            title=first.title_text if first else None,
            refusal=reason.refusal(ref.file, department),
        )

    @cached_property
    def codes(self) -> Codes:
        """What words in the fields of registers and ledgers may mean."""
        seeds = self.knowledge.seeds
        return Codes(seeds.unit_symbols, seeds.area_codes, seeds.department_codes)


_reader: Reader | None = None


def prepare(reader: Reader) -> None:
    """Keep the reader for every submission this process will read."""
    global _reader  # one per process, set before its first job
    _reader = reader
    # What every job needs lives as long as the process: nothing to look through for garbage.
    gc.collect()
    gc.freeze()


def prepare_to_write(reader: Reader) -> None:
    """``prepare`` for ``read_into_pack``: Arrow is loaded before the first file is there."""
    with _without_pandas():
        importlib.import_module("govstats.observations.pack").warm_up()
    prepare(reader)


class _NoPandas:
    """Finds no pandas, which Arrow asks for at its first array and which nobody here needs."""

    @staticmethod
    def find_spec(name: str, *_: object) -> None:
        """Part of the protocol of finders."""
        if name == "pandas":
            raise ImportError(name)


@contextmanager
def _without_pandas() -> Iterator[None]:
    """Keep Arrow from importing pandas, a third of a second in each process."""
    finder: Any = _NoPandas()
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)


def read(ref: SubmissionRef) -> ReadOutcome:
    """Read one submission; ``prepare`` has been called in this process."""
    return _prepared().read(ref)


def read_into_pack(job: Job) -> list[dict[str, Any]]:
    """Read submissions and write their facts; ``prepare`` has been called in this process.

    Returns:
        Their summaries, in order: all that the parent needs, however large the sheets are.

    Raises:
        MachineError: the facts cannot be written; no sheet is to blame.
    """
    from govstats.observations.pack import Pack

    reader = _prepared()
    # Figures and cells by the ten thousand and no cycles among them: looking for any took half
    # of the time.
    with collector_paused():
        try:
            pack = Pack(job.folder, job.name, reader.codes)
            for ref in job.refs:
                pack.add(reader.read(ref))
            return pack.close()
        except MachineError:
            job.remove_unfinished()
            raise
        except OSError as error:
            job.remove_unfinished()
            raise MachineError.of(error, job.folder) from error


def _prepared() -> Reader:
    if _reader is None:
        raise RuntimeError("prepare() was not called in this process")
    return _reader
