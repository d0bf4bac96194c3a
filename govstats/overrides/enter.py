"""Entering and withdrawing overrides: checked first, then one line in the book."""

from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any
from zoneinfo import ZoneInfo

from govstats.corrections import reasons
from govstats.errors import GovstatsError
from govstats.files import exclusive
from govstats.overrides import book
from govstats.overrides.book import Override
from govstats.settings import Settings

_LOCK_WAIT_SECONDS = 60

#: A finding as it lies in a warehouse, with the status of its submission.
Row = dict[str, Any]


def enter(
    settings: Settings,
    finding: Row,
    reason: str,
    author: str,
    decided_on: date | None = None,
) -> Override:
    """Check an override and append it to the book.

    Args:
        settings: where the book lies.
        finding: ``finding_id``, ``rule_id``, ``holds`` and ``submission_status`` of what is to
            pass.
        reason: why it may, in Chinese.
        author: who answers for it.
        decided_on: the day of the decision; today when None.

    Returns:
        The line appended; it counts from the next build on.

    Raises:
        GovstatsError: the finding holds nothing, its file was not read, the reason explains
            nothing, the author is missing, or it is overridden already.
    """
    _check_finding(finding)
    reasons.check(settings, _one_line(reason))
    if not _one_line(author):
        raise GovstatsError("the author is empty", "name who answers for letting the finding pass")
    wanted = Override(
        finding["finding_id"],
        finding["rule_id"],
        _one_line(reason),
        _one_line(author),
        decided_on or _today(settings),
    )
    with _lock(settings):
        entered = book.read(settings)
        for each in entered:
            if each.counts and each.finding_id == wanted.finding_id:
                raise GovstatsError(
                    f"{each.finding_id} was overridden on {each.decided_on} by {each.author}",
                    f"withdraw that first: `govstats override {each.finding_id} --withdraw`",
                )
        book.write(settings, [*entered, wanted])
    return wanted


def withdraw(settings: Settings, finding_id: str, day: date | None = None) -> Override:
    """Mark the override of a finding as withdrawn; its line stays in the book.

    Returns:
        The line as it stands now.

    Raises:
        GovstatsError: there is none in force.
    """
    with _lock(settings):
        entered = book.read(settings)
        found = next(
            (each for each in entered if each.counts and each.finding_id == finding_id), None
        )
        if found is None:
            known = [each.finding_id for each in entered if each.counts]
            near = get_close_matches(finding_id, known, n=1) or known
            raise GovstatsError(
                f"no override of {finding_id!r} is in force",
                f"in force: {', '.join(near)}" if near else "none is in force",
            )
        gone = replace(found, withdrawn_on=max(day or _today(settings), found.decided_on))
        book.write(settings, [gone if each is found else each for each in entered])
    return gone


def _check_finding(finding: Row) -> None:
    if finding["holds"] == "none":
        raise GovstatsError(
            f"{finding['finding_id']} ({finding['rule_id']}) holds nothing back",
            "there is nothing to let pass; a soft finding is explained in the department's return "
            "sheet, see docs/explain-findings.md",
        )
    if finding.get("submission_status") == "refused":
        raise GovstatsError(
            f"{finding['finding_id']} ({finding['rule_id']}) is about a file that was not read",
            "no decision makes it readable: it must be handed in again",
        )


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _today(settings: Settings) -> date:
    return datetime.now(ZoneInfo(settings.timezone)).date()


def _lock(settings: Settings) -> AbstractContextManager[None]:
    return exclusive(
        settings.data / ".overrides.lock", "entering an override", wait_seconds=_LOCK_WAIT_SECONDS
    )
