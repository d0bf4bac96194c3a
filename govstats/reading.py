"""The first steps of a run: register what came in, read it into facts, say what that gives."""

import logging
from collections.abc import Mapping
from itertools import chain
from pathlib import Path
from typing import Any

from govstats import batches, fingerprint, observations, signoff
from govstats.batches import Batch, Within
from govstats.errors import GovstatsError
from govstats.intake import Survey, kept_copy, survey, take_in
from govstats.layouts.seeds import load_department_names
from govstats.logs import journal
from govstats.observations import ReadSummary, SubmissionRef
from govstats.observations.store import Summary
from govstats.progress import followed
from govstats.release import releases
from govstats.settings import Settings
from govstats.steps import step
from govstats.warehouse import candidate

log = logging.getLogger("govstats")


@step("scan", is_measured=False)
def scan(settings: Settings, within: Within | None = None, most: int = batches.MOST) -> list[Batch]:
    """Register new files; return the submissions that are not read yet, in batches.

    Args:
        settings: the installation.
        within: only the batches of this department and period; every new file is registered
            all the same.
        most: batches at most.

    Returns:
        One batch per department and period, fewer where they would be more than ``most``; a
        submission is in exactly one.
    """
    new = take_in(settings)
    found = survey(settings)
    for entry in new:
        journal.info("received", extra=vars(entry))
    log.info("intake: %d new, %d on the ledger", len(new), len(found.entries))
    for problem in found.problems:
        ids = _ids(problem.submission_id, problem.file)
        log.warning("intake: %s", problem.text_en(), extra=ids)
    read = observations.read_summaries(facts_folder(settings))
    wanted = within or Within()
    waiting = [e for e in found.entries if e.submission_id not in read and wanted.holds(e)]
    names = load_department_names(settings.dbt_project / "seeds")
    return batches.divide(waiting, names, most)


@step("parse", is_measured=False)
def parse(settings: Settings, submission_ids: list[str]) -> dict[str, int]:
    """Read one batch of submissions into facts; a refusal is logged and kept, never raised.

    Those that are read already, by a run that was killed later, are only counted.

    Returns:
        Counts of accepted and refused files and of observations.
    """
    folder = facts_folder(settings)
    done = observations.read_summaries(folder)
    wanted = set(submission_ids)
    refs = [
        SubmissionRef(
            submission_id=entry.submission_id,
            department_code=entry.department_code,
            time_period=entry.time_period,
            file=entry.file,
            path=kept_copy(settings, entry),
        )
        for entry in survey(settings).entries
        if entry.submission_id in wanted
    ]
    counts = {"accepted": 0, "refused": 0, "observations": 0}
    before = [ReadSummary(ref, done[ref.submission_id]) for ref in refs if _is_in(ref, done)]
    waiting = [ref for ref in refs if not _is_in(ref, done)]
    reading = observations.read_into(waiting, settings, folder)
    for summary in chain(before, followed(reading, len(waiting))):
        counts[summary.status] += 1
        counts["observations"] += summary.figures
        _tell(summary)
    log.info("parse: %(accepted)d read, %(refused)d refused, %(observations)d figures", counts)
    return counts


def _tell(summary: ReadSummary) -> None:
    """Log one file's fate; the console hears of refusals alone."""
    ids = _ids(summary.ref.submission_id, summary.ref.file)
    if summary.reason is None:
        found = {"layout_id": summary.content["layout_id"], "figures": summary.figures}
        journal.info("read", extra=ids | found)
    else:
        code = {"reason": summary.content["refusal"]["code"]}
        log.warning("refused: %s: %s", summary.ref.file, summary.reason, extra=ids | code)


def _ids(submission_id: str | None, file: str) -> dict[str, object]:
    return {"submission_id": submission_id, "file": file} if submission_id else {"file": file}


def facts_folder(settings: Settings) -> Path:
    """Return the folder of the facts that today's reader gives."""
    return settings.facts / observations.reader_key(settings)


def summaries_of(settings: Settings, found: Survey) -> dict[str, Summary]:
    """Return what was read of the submissions, once every byte of it has been compared.

    Sheets whose facts are not as they were written are read again first.

    Raises:
        GovstatsError: a submission is not read yet.
    """
    folder = facts_folder(settings)
    summaries = observations.read_summaries(folder)
    for entry in found.entries:
        if entry.submission_id not in summaries:
            raise GovstatsError(
                f"submission {entry.submission_id} ({entry.file}) is registered but not read",
                "run the ingest step again",
            )
    read = [summaries[entry.submission_id] for entry in found.entries]
    damaged = observations.drop_damaged(folder, (summary["pack"] for summary in read))
    if not damaged:
        return summaries
    log.warning("build: facts are not as written: %s; read again", ", ".join(damaged))
    parse(settings, [each["submission_id"] for each in read if each["pack"] in damaged])
    return observations.read_summaries(folder)


def _is_in(ref: SubmissionRef, done: Mapping[str, object]) -> bool:
    return ref.submission_id in done


@step("collect")
def facts_ready(settings: Settings) -> dict[str, Any]:
    """Return what the facts would give.

    Returns:
        ``submissions``: how many are on the ledger; ``release_id``; ``new``: whether it is not
        the current one; ``held``: whether these very inputs were audited before and are kept
        back by the gate; ``unread``: how many are not read yet;
        ``unsigned``: whether they were and wait for a sign-off or were rejected.
    """
    found = survey(settings)
    release_id = fingerprint.of(settings, found).release_id
    read = observations.read_summaries(facts_folder(settings))
    return {
        "submissions": len(found.entries),
        "release_id": release_id,
        "new": release_id != releases.current_id(settings) and bool(found.entries),
        "unread": len({entry.submission_id for entry in found.entries} - read.keys()),
        "held": candidate.is_held(settings, release_id),
        "unsigned": signoff.undecided(settings, release_id),
    }
