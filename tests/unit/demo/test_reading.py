"""Every sheet is read: no refusal, no note, no figure that is text unless it is meant."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from govstats.layouts.knowledge import load_knowledge
from govstats.layouts.seeds import load_department_aliases
from govstats.observations import SubmissionRef, read_into
from govstats.settings import Settings

#: Fields of registers that are no figure, day or name where one belongs, each on purpose.
MEANT = {
    ("civil_affairs_communities", "score", "未考评"),
    ("development_projects", "location", "吕仙亭街道办"),
    ("ecology_findings", "due", "限期整改"),
    ("statistics_units_above", "changed_on", "2020年5月"),
    ("supervision_livelihood", "task", "完成建设"),
    ("supervision_livelihood", "task", "加快建设"),
    ("supervision_livelihood", "task", "推进试点"),
    ("supervision_livelihood", "task", "发放标准不低于每人每月60元/月"),
}
#: Figures written with a unit that units.csv may not know.
LENGTHS = "公里"


@pytest.fixture(scope="session")
def facts(
    shown: Any, project: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[list[Any], Path]:
    """Summaries of all files, and the folder with what was read."""
    folder = tmp_path_factory.mktemp("facts")
    settings = Settings(root=project, data=folder / "data")
    aliases = load_department_aliases(project / "dbt_project" / "seeds")
    refs = [
        SubmissionRef(
            f"file-{number:04}", aliases[item.department], item.period, item.path.as_posix(),
            shown.raw / item.path,
        )
        for number, item in enumerate(shown.deliveries)
    ]  # fmt: skip
    facts = folder / "facts"
    facts.mkdir()
    return list(read_into(refs, settings, facts)), facts


def rows(folder: Path, kind: str, query: str) -> list[tuple[Any, ...]]:
    """A query over all facts of a kind; ``facts`` in it are their files."""
    source = f"read_parquet('{folder.as_posix()}/*.{kind}.parquet')"
    return duckdb.sql(query.replace("facts", source)).fetchall()


def test_every_file_is_read_without_refusal_or_note(facts: tuple[list[Any], Path]) -> None:
    summaries, _ = facts
    assert {(summary.ref.file, summary.reason) for summary in summaries if summary.reason} == set()
    noted = {s.ref.file: json.dumps(s.content["notes"]) for s in summaries if s.content["notes"]}
    assert noted == {}


def test_no_cell_is_left_over(facts: tuple[list[Any], Path]) -> None:
    _, folder = facts
    query = "select submission_id, sheet, cell, value_text from facts where fate = 'unmapped'"
    assert rows(folder, "cells", query) == []


def test_every_layout_of_the_project_is_met(facts: tuple[list[Any], Path], project: Path) -> None:
    _, folder = facts
    met = {layout for (layout,) in rows(folder, "entries", "select distinct layout_id from facts")}
    met |= {
        layout for (layout,) in rows(folder, "observations", "select distinct layout_id from facts")
    }
    settings = Settings(root=project, data=folder)
    assert met == {layout.id for layout in load_knowledge(settings).layouts}


def test_what_is_text_in_a_register_is_meant(facts: tuple[list[Any], Path]) -> None:
    _, folder = facts
    found = rows(
        folder,
        "entries",
        "select distinct layout_id, field_id, value_text from facts where missing_kind = 'text'",
    )
    assert {row for row in found if not row[2].endswith(LENGTHS)} == MEANT


def test_no_figure_of_a_table_is_text(facts: tuple[list[Any], Path]) -> None:
    _, folder = facts
    query = "select submission_id, cell from facts where missing_kind in ('text', 'error')"
    assert rows(folder, "observations", query) == []


def registers(project: Path) -> Iterator[tuple[str, str]]:
    with (project / "dbt_project/seeds/registers.csv").open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            yield row["layout_id"], row["register_kind"]


def test_registers_have_the_fields_that_their_kind_requires(
    facts: tuple[list[Any], Path], project: Path
) -> None:
    _, folder = facts
    found = rows(folder, "entries", "select distinct layout_id, field_id from facts")
    with (project / "dbt_project/seeds/register_roles.csv").open(encoding="utf-8") as stream:
        roles = list(csv.DictReader(stream))
    for layout, kind in registers(project):
        fields = {field for name, field in found if name == layout}
        required = {
            row["role"]
            for row in roles
            if row["register_kind"] == kind and row["is_required"] == "true"
        }
        assert required <= fields, layout
        assert fields <= {row["role"] for row in roles if row["register_kind"] == kind}, layout
