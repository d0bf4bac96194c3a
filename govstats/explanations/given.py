"""The lines that departments filled in, as they stand in the warehouse."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Any

import duckdb

#: As ``validation.wording`` makes the keys of findings.
_KEY = re.compile("[0-9a-f]{12}")
_NOT_IN_KEYS = re.compile(r"[^0-9a-z]")

#: The ids of the fields are an interface of the layouts in ``layouts/every_department``.
_GIVEN = """
select
    submission.submission_id,
    submission.department_code,
    submission.file,
    submission.received_at,
    value.sheet,
    max(case when value.field_id = 'explanation' then value.cell end) as cell,
    max(case when value.field_id = 'finding_key' then value.value_text end) as finding_key,
    max(case when value.field_id = 'place_key' then value.value_text end) as place_key,
    max(case when value.field_id = 'rule_id' then value.value_text end) as rule_id,
    max(case when value.field_id = 'explanation' then value.value_text end) as explanation,
    max(case when value.field_id = 'explained_by' then value.value_text end) as explained_by
from raw.entry_value as value
inner join raw.submission as submission
    on value.submission_id = submission.submission_id
where submission.is_form and submission.status = 'accepted'
group by
    submission.submission_id, submission.department_code, submission.file,
    submission.received_at, submission.sequence_number, value.sheet, value.entry_number
order by submission.received_at, submission.sequence_number, value.sheet, value.entry_number
"""


@dataclass(frozen=True)
class Given:
    """One line of a filled return sheet; ``explanation`` is empty where nothing was filled in.

    Keys are as they stand there, but for their spelling.
    """

    submission_id: str
    department_code: str
    file: str
    received_at: datetime
    sheet: str
    cell: str
    finding_key: str
    place_key: str | None
    rule_id: str | None
    explanation: str
    explained_by: str | None

    @property
    def is_well_formed(self) -> bool:
        """Whether both keys may be those of a finding."""
        keys = (self.finding_key, self.place_key or "")
        return all(_KEY.fullmatch(key) for key in keys)


def read(connection: duckdb.DuckDBPyConnection) -> tuple[Given, ...]:
    """Read what was explained, in the order in which it came.

    Who filled in a line is who filled in the one above it where that is left out, and of the
    first lines the next that says it.
    """
    cursor = connection.execute(_GIVEN)
    names = [column[0] for column in cursor.description or ()]
    lines = [_line(dict(zip(names, row, strict=True))) for row in cursor.fetchall()]
    by_sheet = groupby(lines, attrgetter("submission_id", "sheet"))
    signed = (line for _, group in by_sheet for line in _signed(list(group)))
    return tuple(line for line in signed if line.explanation)


def _line(row: dict[str, Any]) -> Given:
    """A row with its texts trimmed; an empty one says nothing."""
    return Given(
        **{name: row[name] for name in ("submission_id", "department_code", "received_at")},
        file=row["file"],
        sheet=row["sheet"],
        cell=row["cell"] or "",
        finding_key=_key(row["finding_key"]) or "",
        place_key=_key(row["place_key"]),
        rule_id=_trimmed(row["rule_id"]),
        explanation=_trimmed(row["explanation"]) or "",
        explained_by=_trimmed(row["explained_by"]),
    )


def _signed(lines: Sequence[Given]) -> Iterator[Given]:
    name = next((line.explained_by for line in lines if line.explained_by), None)
    for line in lines:
        name = line.explained_by or name
        yield replace(line, explained_by=name)


def _trimmed(text: str | None) -> str | None:
    return (text or "").strip() or None


def _key(text: str | None) -> str | None:
    """A key as the program writes it, whatever width and case it was typed in."""
    return _NOT_IN_KEYS.sub("", unicodedata.normalize("NFKC", text or "").lower()) or None
