"""Names under which messages speak of departments."""

from govstats import seedbook
from govstats.settings import Settings


def departments(settings: Settings) -> dict[str, str]:
    """Return the short Chinese name of every department by its code.

    Raises:
        KnowledgeError: the table or a column is missing.
    """
    seed = settings.dbt_project / "seeds" / "departments.csv"
    rows = seedbook.rows(seed, "department_code", "short_name_zh")
    return {row["department_code"]: row["short_name_zh"] for row in rows}
