"""A sheet has one name: that of its layout is the one in the table of duties."""

import csv
from pathlib import Path

from govstats.layouts.reading import Knowledge


def test_names_of_duties_are_those_of_the_layouts(project: Path, knowledge: Knowledge) -> None:
    path = project / "dbt_project/seeds/reporting_duties.csv"
    with path.open(encoding="utf-8", newline="") as handle:
        owed = {
            row["layout_id"]: (row["name_zh"], row["name_en"]) for row in csv.DictReader(handle)
        }
    named = {layout.id: (layout.name_zh, layout.name_en) for layout in knowledge.layouts}
    assert owed == named
