"""Submissions as intake hands them to the reader."""

from pathlib import Path

from govstats.layouts.seeds import load_department_aliases
from govstats.observations import SubmissionRef

SEEDS = Path(__file__).parents[2] / "dbt_project/seeds"
DEPARTMENTS = load_department_aliases(SEEDS)


def submission(raw: Path, path: Path) -> SubmissionRef:
    """A file below data/raw, registered under a name made of its path."""
    department, period, _ = path.relative_to(raw).parts
    file = str(path.relative_to(raw))
    return SubmissionRef(f"s-{file}".replace("/", "-"), DEPARTMENTS[department], period, file, path)
