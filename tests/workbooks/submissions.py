"""Submissions as intake hands them to the reader."""

from pathlib import Path

from govstats.observations import SubmissionRef

DEPARTMENTS = {"统计局": "statistics", "财政局": "finance", "人社局": "hrss"}


def submission(raw: Path, path: Path) -> SubmissionRef:
    """A file below data/raw, registered under a name made of its path."""
    department, period, _ = path.relative_to(raw).parts
    file = str(path.relative_to(raw))
    return SubmissionRef(f"s-{file}".replace("/", "-"), DEPARTMENTS[department], period, file, path)
