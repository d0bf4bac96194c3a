"""What became of one explanation."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Judged:
    """One row of ``raw.explanation``: a filled-in line of a return sheet and its outcome.

    ``outcome`` is a code of list ``explanation_outcome`` of the seed ``codes``; ``reply_zh``
    says to the department why it was not accepted, None where it was.
    """

    submission_id: str
    department_code: str
    file: str
    sheet: str
    cell: str
    received_at: datetime
    finding_key: str
    place_key: str | None
    finding_id: str | None
    rule_id: str | None
    explanation: str
    explained_by: str | None
    outcome: str
    reply_zh: str | None
    reply_en: str | None
