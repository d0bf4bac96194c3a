"""Entering and withdrawing corrections: checked first, then one line in the book."""

from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from govstats.corrections import book, reasons
from govstats.corrections.model import Correction
from govstats.corrections.place import Located, locate
from govstats.errors import GovstatsError
from govstats.files import exclusive
from govstats.numbers import plain
from govstats.settings import Settings

_LOCK_WAIT_SECONDS = 60


@dataclass(frozen=True)
class Wanted:
    """What a person asks for, as typed.

    ``what`` is a submission id or a file below data/raw; ``old`` and ``new`` are figures in the
    cell's unit, with or without the unit; an empty ``new`` withdraws the figure.
    """

    what: str
    sheet: str
    cell: str
    old: str
    new: str
    reason: str
    author: str
    source: str = ""
    only_this_file: bool = False
    entered_on: date | None = None


def enter(settings: Settings, wanted: Wanted) -> Correction:
    """Check a correction against the cell it names and append it to the book.

    Returns:
        The line appended; it counts from the next build on.

    Raises:
        GovstatsError: the cell is no figure or does not hold ``old``, the reason explains nothing,
            the author is missing, or the figure has a correction already.
    """
    reasons.check(settings, _one_line(wanted.reason))
    if not _one_line(wanted.author):
        raise GovstatsError("the author is empty", "name who answers for the correction")
    located = locate(settings, wanted.what, wanted.sheet, wanted.cell)
    draft = _draft(wanted, located, wanted.entered_on or _today(settings))
    if draft.old_value != located.value:
        raise GovstatsError(
            f"{located.ref.file}, sheet {located.sheet}, {located.cell} holds "
            f"{plain(located.value)} {located.unit or ''} (“{located.text}”), "
            f"not {plain(draft.old_value)}",
            "check file and cell, or repeat with --old as the cell holds it",
        )
    if draft.new_value == draft.old_value:
        raise GovstatsError(
            f"old and new figure are both {plain(draft.old_value)}", "nothing to correct"
        )
    return _append(settings, draft)


def _draft(wanted: Wanted, located: Located, day: date) -> Correction:
    """Put what was typed and what was found into one line, without a number yet."""
    unit = located.unit or ""
    return Correction(
        correction_id="",
        department_code=located.ref.department_code,
        time_period=located.ref.time_period,
        layout_id=located.layout_id,
        file=located.ref.file if wanted.only_this_file else None,
        sheet=located.sheet,
        cell=located.cell,
        figure=located.figure,
        old_value=_typed(wanted.old, unit, "--old"),
        new_value=_typed(wanted.new, unit, "--new") if wanted.new.strip() else None,
        value_unit=located.unit,
        reason_zh=_one_line(wanted.reason),
        source=_one_line(wanted.source) or None,
        author=_one_line(wanted.author),
        entered_on=day,
    )


def withdraw(settings: Settings, correction_id: str, day: date | None = None) -> Correction:
    """Mark a correction as withdrawn; its line stays in the book.

    Returns:
        The line as it stands now.

    Raises:
        GovstatsError: there is no such correction, or it was withdrawn before.
    """
    with _lock(settings):
        entered = book.read(settings)
        found = next((each for each in entered if each.correction_id == correction_id), None)
        if found is None:
            known = ", ".join(each.correction_id for each in entered if each.counts)
            raise GovstatsError(
                f"there is no correction {correction_id!r}",
                f"in force: {known}" if known else "none is in force",
            )
        if not found.counts:
            raise GovstatsError(
                f"{correction_id} was withdrawn on {found.withdrawn_on}", "nothing to do"
            )
        gone = replace(found, withdrawn_on=max(day or _today(settings), found.entered_on))
        book.write(settings, [gone if each is found else each for each in entered])
    return gone


def _append(settings: Settings, draft: Correction) -> Correction:
    with _lock(settings):
        entered = book.read(settings)
        for each in entered:
            if each.counts and each.covers(draft):
                raise GovstatsError(
                    f"{each.correction_id} corrects this figure already: {plain(each.old_value)} → "
                    f"{plain(each.new_value) or 'withdrawn'}",
                    f"withdraw it first: `govstats correct --withdraw {each.correction_id}`",
                )
        numbered = replace(draft, correction_id=_next_id(draft, entered))
        book.write(settings, [*entered, numbered])
    return numbered


def _next_id(draft: Correction, entered: Iterable[Correction]) -> str:
    prefix = f"{draft.department_code}-{draft.time_period}-"
    numbers = [
        int(number)
        for each in entered
        if (number := each.correction_id.removeprefix(prefix)).isdigit()
        and each.correction_id.startswith(prefix)
    ]
    return f"{prefix}{max(numbers, default=0) + 1:02}"


def _typed(text: str, unit: str, option: str) -> Decimal:
    """Read a figure that may carry the cell's unit; nothing is converted here."""
    where = f"{option} (in the cell's own unit, {unit})" if unit else option
    return book.figure(text.strip().removesuffix(unit), where)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _today(settings: Settings) -> date:
    return datetime.now(ZoneInfo(settings.timezone)).date()


def _lock(settings: Settings) -> AbstractContextManager[None]:
    return exclusive(
        settings.data / ".corrections.lock", "entering a correction", _LOCK_WAIT_SECONDS
    )
