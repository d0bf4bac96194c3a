"""The job of a reader process; it must start quickly, so it imports no tables and no schema."""

from govstats.layouts.extract import Origin
from govstats.layouts.match import Match
from govstats.layouts.reading import Knowledge, find_layout, open_workbook, read_match
from govstats.observations.model import ReadOutcome, SubmissionRef
from govstats.workbooks.limits import Limits
from govstats.workbooks.refusals import Refused, Words


class Reader:
    """Reads one submission after another; picklable.

    Args:
        knowledge: layouts and tables.
        limits: what a file may ask for.
    """

    def __init__(self, knowledge: Knowledge, limits: Limits) -> None:
        self.knowledge = knowledge
        self.limits = limits

    def read(self, ref: SubmissionRef) -> ReadOutcome:
        """Read a submission; whatever goes wrong with its file is its refusal."""
        match: Match | None = None
        origin = Origin(ref.submission_id, ref.department_code, ref.time_period)
        try:
            workbook = open_workbook(ref.path, self.limits)
            match = find_layout(workbook, self.knowledge, origin)
            reading = read_match(workbook, match, self.knowledge, origin, ref.file)
        except Refused as reason:
            return self.refused(ref, reason, match)
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException as error:  # a parser's panic is no Exception
            detail = f"{type(error).__name__}: {error}"[:200]
            return self.refused(ref, Refused("reader_crashed", detail=detail), match)
        return ReadOutcome(
            ref, "accepted", reading.layout_id, reading.title, None,
            reading.observations, reading.cells,
        )  # fmt: skip

    def refused(
        self, ref: SubmissionRef, reason: Refused, match: Match | None = None
    ) -> ReadOutcome:
        """The outcome of a file that cannot be read."""
        names = self.knowledge.seeds.departments
        department = names.get(ref.department_code, Words(ref.department_code, ref.department_code))
        return ReadOutcome(
            ref,
            "refused",
            layout_id=match.layout.id if match else None,
            title=match.title_text if match else None,
            refusal=reason.refusal(ref.file, department),
        )


_reader: Reader | None = None


def prepare(reader: Reader) -> None:
    """Keep the reader for every submission this process will read."""
    global _reader  # one per process, set before its first job
    _reader = reader


def read(ref: SubmissionRef) -> ReadOutcome:
    """The job: ``prepare`` has been called in this process."""
    if _reader is None:
        raise RuntimeError("prepare() was not called in this process")
    return _reader.read(ref)
