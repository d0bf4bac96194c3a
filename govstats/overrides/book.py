"""The book of overrides: a table people may also edit by hand, so every line is checked."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path

from govstats import seedbook
from govstats.errors import KnowledgeError
from govstats.settings import Settings


@dataclass(frozen=True)
class Override:
    """One line of the book: a finding that holds nothing back from ``decided_on`` on.

    ``finding_id`` is of one finding in one submission with one value: when either changes the
    override is about nothing any more. ``withdrawn_on`` is None while it is in force.
    """

    finding_id: str
    rule_id: str
    reason_zh: str
    author: str
    decided_on: date
    withdrawn_on: date | None = None

    @property
    def counts(self) -> bool:
        """Whether it is in force."""
        return self.withdrawn_on is None


COLUMNS = tuple(field.name for field in fields(Override))
_MAY_BE_EMPTY = ("withdrawn_on",)


def path(settings: Settings) -> Path:
    """Return where the book lies."""
    return settings.dbt_project / "seeds" / "audit_overrides.csv"


def read(settings: Settings) -> tuple[Override, ...]:
    """Return all overrides in the order of the book, withdrawn ones too.

    Raises:
        KnowledgeError: the book is missing, or a line is wrong: line, column, what was found.
    """
    lines = seedbook.read(path(settings), _shown(settings), COLUMNS)
    return tuple(_override(row, where) for row, where in lines)


def write(settings: Settings, overrides: Iterable[Override]) -> None:
    """Write the whole book anew, or leave the old one."""
    seedbook.write(path(settings), COLUMNS, overrides)


def _override(row: dict[str, str], where: str) -> Override:
    empty = [name for name in COLUMNS if not row[name] and name not in _MAY_BE_EMPTY]
    if None in row or None in row.values() or empty:
        raise KnowledgeError(
            f"{where}: {', '.join(empty) or 'a column'} is empty or a comma is too many",
            f"fill in the columns {', '.join(COLUMNS)}",
        )
    withdrawn = row["withdrawn_on"]
    return Override(
        finding_id=row["finding_id"],
        rule_id=row["rule_id"],
        reason_zh=row["reason_zh"],
        author=row["author"],
        decided_on=_date(row["decided_on"], f"{where} decided_on"),
        withdrawn_on=_date(withdrawn, f"{where} withdrawn_on") if withdrawn else None,
    )


def _date(text: str, where: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise KnowledgeError(f"{where}: “{text}” is no date", "write it like 2020-07-20") from None


def _shown(settings: Settings) -> str:
    book = path(settings)
    return f"{book.parent.parent.name}/{book.parent.name}/{book.name}"
