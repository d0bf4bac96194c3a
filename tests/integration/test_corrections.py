"""Corrected figures are released, traced and reported; a changed sheet becomes a finding."""

import io
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal as D
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from govstats import corrections, observations, pipeline
from govstats.corrections import Wanted
from govstats.release import reader, releases
from govstats.settings import Settings
from govstats.tracing import trace
from tests.knowledge import copy_knowledge

DAY = date(2021, 1, 25)
REASON = "上年同期基数用错,已按决算数重新计算"
GROWTH = ("general_budget_revenue", "finance", "ytd", "growth")
JOBS = ("urban_new_jobs", "hrss", "ytd", "level")
PLAN = ("urban_new_jobs", "hrss", "year", "plan")


@pytest.fixture
def own(released: Settings, tmp_path: Path) -> Settings:
    """The released run, with knowledge of its own."""
    root = copy_knowledge(released.root, tmp_path / "project")
    return replace(released, root=root)


def figure(settings: Settings, key: tuple[str, ...]) -> dict[str, Any]:
    """The latest vintage of a district's figure at the end of the year."""
    with reader.connect(settings) as connection:
        (row,) = reader.rows(
            connection,
            "select * from marts.fct_observation_vintage where is_latest "
            "and indicator_code = ? and department_code = ? and period_type = ? and measure = ? "
            "and period_end = '2020-12-31' and ref_area = '430602000000' "
            "and scope = 'jurisdiction' and layout_id not like '%comparison'",
            list(key),
        )
    return row


def correct(settings: Settings, key: tuple[str, ...], new: str) -> dict[str, Any]:
    found = figure(settings, key)
    corrections.enter(
        settings,
        Wanted(
            found["submission_id"], found["sheet"], found["cell"], str(found["cell_value"]), new,
            REASON, "王敏", "财政决算批复", False, DAY,
        ),
    )  # fmt: skip
    return found


def states(settings: Settings) -> dict[tuple[str, int], str]:
    with reader.connect(settings) as connection:
        rows = connection.execute(
            "select correction_id, submission_number, state from marts.fct_correction"
        ).fetchall()
    return {(name, number): state for name, number, state in rows}


def rules(settings: Settings) -> set[tuple[str, str, str]]:
    with reader.connect(settings) as connection:
        rows = connection.execute(
            "select rule_id, severity, cell from marts.fct_validation_finding "
            "where rule_id like 'COR-%'"
        ).fetchall()
    return set(rows)


def revisions(settings: Settings) -> list[tuple[Any, ...]]:
    with reader.connect(settings) as connection:
        return connection.execute(
            "select indicator_code, measure, old_value, new_value, old_obs_value, new_obs_value "
            "from marts.fct_revision where new_correction_id is not null "
            "or old_correction_id is not null order by all"
        ).fetchall()


def resubmit(settings: Settings, file: str, cells: dict[tuple[str, str], Any]) -> None:
    """Hand in a department's file again with some cells changed."""
    original = settings.raw / file
    book = openpyxl.load_workbook(original)
    for (sheet, cell), value in cells.items():
        book[sheet][cell].value = value
    content = io.BytesIO()
    book.save(content)
    original.with_stem(original.stem + "(更正后重报)").write_bytes(content.getvalue())


@pytest.mark.slow
def test_corrections_from_entry_to_the_day_the_sheet_is_mended(own: Settings) -> None:
    before, key = releases.current_id(own), observations.reader_key(own)
    growth, jobs = correct(own, GROWTH, "-11.5"), correct(own, JOBS, "")
    plan = correct(own, PLAN, "1")
    corrections.withdraw(own, "hrss-2020-12-02", DAY)
    assert pipeline.run(own)["published"]
    assert releases.current_id(own) != before
    assert observations.reader_key(own) == key, "no sheet is read again for a correction"
    check_corrected(own, growth, jobs, plan)

    # one bureau revises to another figure, the other takes its figure back as the correction did
    resubmit(own, growth["file"], {(growth["sheet"], growth["cell"]): -11})
    resubmit(own, jobs["file"], {(jobs["sheet"], jobs["cell"]): None})
    assert pipeline.run(own)["published"]
    check_mended(own, growth, jobs, plan)


def check_corrected(
    own: Settings, growth: dict[str, Any], jobs: dict[str, Any], plan: dict[str, Any]
) -> None:
    now, gone = figure(own, GROWTH), figure(own, JOBS)
    assert (now["obs_value"], now["uncorrected_value"]) == (D("-11.5"), D("-12.4"))
    assert (now["cell_value"], now["known_from"]) == (D("-12.4"), growth["known_from"])
    assert now["correction_id"] == "finance-2020-12-01"
    assert (gone["obs_value"], gone["obs_status"], gone["missing_kind"]) == (None, "O", "withdrawn")
    assert figure(own, PLAN) == plan
    assert states(own) == {
        ("finance-2020-12-01", 1): "applied",
        ("hrss-2020-12-01", 1): "applied",
        ("hrss-2020-12-02", 1): "withdrawn",
    }
    assert rules(own) == {
        ("COR-004", "info", growth["cell"]),
        ("COR-004", "info", jobs["cell"]),
    }
    assert revisions(own) == []
    check_traced(own)
    page = releases.current_folder(own) / "validation/index.html"
    assert re.search("十[一二三]、数据更正", page.read_text(encoding="utf-8"))


def check_traced(own: Settings) -> None:
    traced = trace(own, "revenue-growth", "2020-12")
    (evidence,) = traced.evidence
    assert traced.judgement["actual_value"] == D("-11.5")
    assert evidence.agrees
    assert evidence.correction is not None
    assert (evidence.correction.reason_zh, evidence.correction.author) == (REASON, "王敏")
    assert evidence.reported_value == D("-12.4")


def check_mended(
    own: Settings, growth: dict[str, Any], jobs: dict[str, Any], plan: dict[str, Any]
) -> None:
    now = figure(own, GROWTH)
    assert (now["obs_value"], now["correction_id"]) == (D("-11"), None)
    assert figure(own, JOBS)["correction_id"] is None
    assert figure(own, PLAN) == plan
    assert states(own) == {
        ("finance-2020-12-01", 1): "applied",
        ("finance-2020-12-01", 2): "source_changed",
        ("hrss-2020-12-01", 1): "applied",
        ("hrss-2020-12-01", 2): "source_agrees",
        ("hrss-2020-12-02", 1): "withdrawn",
        ("hrss-2020-12-02", 2): "withdrawn",
    }
    assert rules(own) == {
        ("COR-001", "soft", growth["cell"]),
        ("COR-002", "info", jobs["cell"]),
    }
    # what the departments changed, as they reported it: -12.4 to -11, not -11.5 to -11
    assert revisions(own) == [
        ("general_budget_revenue", "growth", D("-12.4"), D("-11"), D("-11.5"), D("-11")),
        ("urban_new_jobs", "level", jobs["obs_value"], None, None, None),
    ]
