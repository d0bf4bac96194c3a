"""Which of the sheets owed are asked for on a day: at a stage of the table, and not handed in."""

import logging
from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from govstats import observations
from govstats.intake import ledger
from govstats.release import releases
from govstats.reminders import duties, stages
from govstats.reminders.duties import Owed
from govstats.reminders.stages import Stage
from govstats.settings import Settings

log = logging.getLogger("govstats")

_ACCEPTED, _REFUSED, _HELD = "accepted", "refused", "held"


@dataclass(frozen=True)
class Reminder:
    """One sheet asked for: what is owed, at which stage, and what came of it so far.

    ``n_refused`` files were handed in for it and refused, ``n_held`` are held by the audit; a
    file refused before its sheet was recognised counts for every sheet of its department.
    """

    owed: Owed
    stage: Stage
    n_refused: int
    n_held: int


@dataclass
class _Received:
    """How many submissions came, by fate, department, sheet (None: not recognised) and period."""

    counts: Counter[tuple[str, str, str | None, str]] = field(default_factory=Counter)
    unread: Counter[tuple[str, str]] = field(default_factory=Counter)

    def of(self, fate: str, item: Owed, layout_id: str | None) -> int:
        return self.counts[fate, item.department_code, layout_id, item.time_period]

    def fulfils(self, item: Owed) -> bool:
        """Whether the sheet is there, or may be in a file that is registered and not yet read."""
        if self.of(_ACCEPTED, item, item.layout_id):
            return True
        return bool(self.unread[item.department_code, item.time_period])


def due(settings: Settings, on: date) -> tuple[Reminder, ...]:
    """Return the sheets to ask for on a day of the district, each once.

    A sheet is asked for when its deadline lies as many days from ``on`` as a stage says, its duty
    was in force for the period, and no file received by the end of that day holds it; one that the
    audit of the current release holds does not count as received.

    Raises:
        GovstatsError: the ledger is damaged.
        KnowledgeError: a table is missing or a line is wrong.
    """
    wanted = stages.read(settings)
    asked = [
        (item, wanted[(on - item.due_date).days])
        for item in duties.owed(settings)
        if (on - item.due_date).days in wanted
    ]
    if not asked:
        return ()
    received = _received(settings, on)
    if unread := received.unread.total():
        log.warning("reminders: %d files are registered and not read; run the ingest step", unread)
    return tuple(
        Reminder(
            item,
            stage,
            received.of(_REFUSED, item, item.layout_id) + received.of(_REFUSED, item, None),
            received.of(_HELD, item, item.layout_id),
        )
        for item, stage in asked
        if not received.fulfils(item)
    )


def _received(settings: Settings, on: date) -> _Received:
    summaries = observations.read_summaries(settings.facts / observations.reader_key(settings))
    held = _held(settings)
    found = _Received()
    for entry in ledger.read(settings.ledger):
        if entry.received_at.date() > on:
            continue
        summary = summaries.get(entry.submission_id)
        if summary is None:
            found.unread[entry.department_code, entry.time_period] += 1
            continue
        fate = _HELD if entry.submission_id in held else str(summary["status"])
        sheets = {table["layout_id"] for table in summary["tables"]} or {summary["layout_id"]}
        for layout_id in sheets:
            found.counts[fate, entry.department_code, layout_id, entry.time_period] += 1
    return found


def _held(settings: Settings) -> frozenset[str]:
    if releases.current_id(settings) is None:
        return frozenset()
    manifest = releases.manifest(releases.current_folder(settings))
    return frozenset(each["submission_id"] for each in manifest["gate"].get("held", ()))
