"""The table of stages: how many days before or after a deadline who is asked, in which words."""

from dataclasses import dataclass, fields

from govstats import seedbook
from govstats.errors import KnowledgeError
from govstats.notices import KINDS, Kind
from govstats.settings import Settings


@dataclass(frozen=True)
class Stage:
    """One line of ``seeds/reminders.csv``; ``days_after`` is negative before the deadline."""

    days_after: int
    kind: Kind
    to_department: bool
    to_bureau: bool
    subject_zh: str
    request_zh: str


_COLUMNS = tuple(field.name for field in fields(Stage))
_WORDS = {"true": True, "false": False}


def read(settings: Settings) -> dict[int, Stage]:
    """Return the stages by their ``days_after``.

    Raises:
        KnowledgeError: the table is missing or a line is wrong: line, column, what was found.
    """
    path = settings.dbt_project / "seeds" / "reminders.csv"
    shown = path.relative_to(settings.root).as_posix()
    stages: dict[int, Stage] = {}
    for row, where in seedbook.read(path, shown, _COLUMNS):
        stage = _stage(row, where)
        if stage.days_after in stages:
            raise KnowledgeError(f"{where}: {stage.days_after} days stand there twice", "keep one")
        stages[stage.days_after] = stage
    return stages


def _stage(row: dict[str, str], where: str) -> Stage:
    if None in row or not all(row.values()):
        raise KnowledgeError(
            f"{where}: a column is empty or a comma is too many",
            f"fill in the columns {', '.join(_COLUMNS)}",
        )
    kind = next((kind for kind in KINDS if kind == row["kind"]), None)
    if kind is None:
        raise KnowledgeError(f"{where}: kind “{row['kind']}”", f"one of {', '.join(KINDS)}")
    return Stage(
        days_after=_days(row["days_after"], where),
        kind=kind,
        to_department=_flag(row, "to_department", where),
        to_bureau=_flag(row, "to_bureau", where),
        subject_zh=row["subject_zh"],
        request_zh=row["request_zh"],
    )


def _days(text: str, where: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise KnowledgeError(
            f"{where} days_after: “{text}” is no whole number", "negative: before the deadline"
        ) from None


def _flag(row: dict[str, str], column: str, where: str) -> bool:
    word = row[column].lower()
    if word not in _WORDS:
        raise KnowledgeError(f"{where} {column}: “{row[column]}”", "write true or false")
    return _WORDS[word]
