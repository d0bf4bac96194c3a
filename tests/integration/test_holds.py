"""A sheet with a hard finding is set aside: the others are published, the hole is marked."""

import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from demo import generate
from demo.deliver import deliver
from govstats import outstanding, overrides, pipeline
from govstats.release import reader, releases
from govstats.settings import Settings
from govstats.warehouse import candidate
from tests.knowledge import copy_knowledge

REASON = "该项目确由省级统筹,一次性划入,已核对拨款文件"
RETAIL = ("retail_sales", "2020-12-31")
JOBS = ("urban_new_jobs", "2020-12-31")


@pytest.fixture
def own(released: Settings, tmp_path: Path) -> Settings:
    """The released run, with knowledge of its own."""
    root = copy_knowledge(released.root, tmp_path / "project")
    return replace(released, root=root)


def sheet(settings: Settings, pattern: str) -> Path:
    return sorted(settings.raw.glob(pattern))[0]


def changed(path: Path, change: Callable[[Worksheet], None]) -> bytes:
    book = openpyxl.load_workbook(path)
    change(book.worksheets[0])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def times(label: str, value: float, factor: int) -> Callable[[Worksheet], None]:
    """A slip of the unit: one figure of the row that begins with a label, multiplied."""

    def slip(worksheet: Worksheet) -> None:
        (cell,) = [
            cell
            for row in worksheet.iter_rows()
            if any(isinstance(each.value, str) and each.value.strip() == label for each in row)
            for cell in row
            if cell.value == value
        ]
        cell.value = value * factor

    return slip


def asked(settings: Settings, sql: str, *values: object) -> list[tuple[Any, ...]]:
    with reader.connect(settings) as connection:
        return connection.execute(sql, list(values)).fetchall()


def figure(settings: Settings, indicator: str, period: str) -> list[tuple[Any, ...]]:
    """The district's cumulative level in use."""
    return asked(
        settings,
        "select obs_value, file from marts.fct_observation where indicator_code = ? "
        "and period_end = ? and period_type = 'ytd' and measure = 'level' "
        "and ref_area = '430602000000' and scope = 'jurisdiction'",
        indicator,
        date.fromisoformat(period),
    )


def slipped_resubmission(settings: Settings) -> Path:
    """Hand in the newest monthly sheet again with retail sales ten thousand times too large."""
    original = sheet(settings, "统计局/2020-12/*主要经济指标月报*.xlsx")
    bad = original.with_stem(original.stem + "(修订)")
    bad.write_bytes(changed(original, times("社会消费品零售总额", 500, 10_000)))
    return bad


@pytest.mark.slow
def test_a_bad_revision_is_held_and_the_earlier_figures_stand(own: Settings) -> None:
    before = figure(own, *RETAIL)
    bad = slipped_resubmission(own)
    assert pipeline.run(own)["published"]
    release_id = releases.current_id(own)
    assert release_id is not None

    assert figure(own, *RETAIL) == before, "the earlier edition stands"
    (held,) = asked(
        own,
        "select file, reason_code, reason_zh, vintage_number from marts.fct_submission "
        "where status = 'held'",
    )
    assert Path(held[0]).name == bad.name
    assert held[1] == "audit_hold"
    assert "5000000" in held[2]
    assert held[3] is None
    findings = asked(
        own,
        "select rule_id, state, cell from marts.fct_validation_finding "
        "where severity = 'hard' and file = ? order by all",
        held[0],
    )
    assert {state for _, state, _ in findings} == {"must_mend"}
    assert "MAG-001" in {rule for rule, _, _ in findings}
    assert asked(own, "select outcome from marts.fct_rule_result where rule_id = 'MAG-001'") == [
        ("fail",)
    ]
    duty = asked(
        own,
        "select state, n_accepted, n_held, held_file from marts.fct_reporting_duty "
        "where n_held > 0",
    )
    assert [(row[1], row[2], row[3]) for row in duty] == [(1, 1, held[0])]
    assert duty[0][0] in ("on_time", "late")
    check_told(own, release_id, bad.name)

    # a second run with nothing new does nothing, and the same inputs give the same marts
    assert pipeline.run(own) == {"release_id": release_id, "published": False}
    first = releases.manifest(releases.current_folder(own))
    assert rebuilt(own)["marts"] == first["marts"]

    original = sheet(own, "统计局/2020-12/*主要经济指标月报_2020年1-12月.xlsx")
    mended = original.with_stem(original.stem + "(再次修订)")
    mended.write_bytes(changed(original, lambda worksheet: None))
    assert pipeline.run(own)["published"]
    assert asked(own, "select count(*) from marts.fct_submission where status = 'held'") == [(0,)]
    assert figure(own, *RETAIL)[0][0] == before[0][0]


def page(settings: Settings) -> str:
    """The report's text; long names are broken by marks that are no part of them."""
    text = (releases.current_folder(settings) / "validation" / "index.html").read_text("utf-8")
    return re.sub(r"<wbr ?/?>|\u200b|\u00ad", "", text)


def check_told(settings: Settings, release_id: str, name: str) -> None:
    """The hold is named wherever a person looks."""
    gate = candidate.decision(settings, release_id)
    assert gate["released"]
    assert [Path(each["file"]).name for each in gate["held"]] == [name]
    assert name in gate["text_zh"]
    assert "重新报送" in gate["text_zh"]
    assert name in gate["text_en"]
    manifest = releases.manifest(releases.current_folder(settings))
    assert manifest["counts"]["held"] == 1
    assert releases.verify(settings, release_id) == []
    with reader.connect(settings) as connection:
        left = outstanding.read(connection)
    assert any(name in line for line in outstanding.lines(left))
    assert name in page(settings)


def rebuilt(settings: Settings) -> dict[str, Any]:
    """Release the same inputs again, from nothing but what came in."""
    elsewhere = replace(settings, data=settings.data.parent / "again")
    for name in ("raw", "store"):
        shutil.copytree(settings.data / name, elsewhere.data / name)
    pipeline.run(elsewhere)
    return releases.manifest(releases.current_folder(elsewhere))


@pytest.mark.slow
def test_a_held_sheet_without_an_earlier_edition_leaves_a_marked_hole(own: Settings) -> None:
    fresh = replace(own, data=own.data.parent / "fresh")
    made = generate(fresh.raw)
    original = sheet(fresh, "统计局/2020-12/*主要经济指标月报*.xlsx")
    original.write_bytes(changed(original, times("社会消费品零售总额", 500, 10_000)))
    deliver(fresh, made)
    assert pipeline.run(fresh)["published"]

    # where another sheet gives the figure it comes from there
    assert original.name not in {Path(file).name for _, file in figure(fresh, *RETAIL)}
    (duty,) = asked(
        fresh,
        "select state, state_zh, n_accepted, submission_id, held_file "
        "from marts.fct_reporting_duty where state = 'held'",
    )
    assert duty[:4] == ("held", "因审核暂缓", 0, None)
    assert Path(duty[4]).name == original.name
    reasons = asked(
        fresh,
        "select distinct no_data_reason, no_data_reason_zh, status, light "
        "from marts.fct_target_progress where no_data_reason = 'held'",
    )
    assert reasons == [("held", "因审核暂缓", "no_data", "none")]
    # others' figures are published, and the sheet is not said to be missing
    assert figure(fresh, *JOBS)[0][0] is not None
    missing = asked(
        fresh,
        "select count(*) from marts.fct_validation_finding where rule_id = 'CMP-001' "
        "and department_code = 'statistics' and period_end = '2020-12-31'",
    )
    assert missing == [(0,)]


@pytest.mark.slow
def test_an_override_lets_the_figures_pass_in_a_persons_name(own: Settings) -> None:
    original = sheet(own, "人社局/2020-12/*就业失业情况月报*.xlsx")
    bad = original.with_stem(original.stem + "(修订)")
    bad.write_bytes(changed(original, times("城镇新增就业", 8742, 10_000)))
    pipeline.run(own)
    gate = candidate.decision(own, str(releases.current_id(own)))
    (held,) = gate["held"]
    for finding_id in held["finding_ids"]:
        (row,) = [
            {"finding_id": found[0], "rule_id": found[1], "holds": found[2]}
            for found in asked(
                own,
                "select finding_id, rule_id, holds from marts.fct_validation_finding "
                "where finding_id = ?",
                finding_id,
            )
        ]
        overrides.enter(own, row, REASON, "王敏", date(2021, 1, 25))
    assert pipeline.run(own)["published"]

    assert float(figure(own, *JOBS)[0][0]) == 87_420_000
    assert asked(own, "select count(*) from marts.fct_submission where status = 'held'") == [(0,)]
    states = asked(
        own,
        "select distinct state, override_by, override_reason_zh, overridden_on "
        "from marts.fct_validation_finding where severity = 'hard' and file like ?",
        f"%{bad.name}",
    )
    assert states == [("overridden", "王敏", REASON, date(2021, 1, 25))]
    assert set(asked(own, "select state from marts.fct_audit_override")) == {("in_force",)}
    gate = candidate.decision(own, str(releases.current_id(own)))
    assert "特批放行" in gate["text_zh"]
    assert "王敏" in gate["text_en"]
    assert "王敏" in page(own)

    for finding_id in held["finding_ids"]:
        overrides.withdraw(own, finding_id, date(2021, 1, 26))
    assert pipeline.run(own)["published"]
    assert asked(own, "select count(*) from marts.fct_submission where status = 'held'") == [(1,)]


KILLER = """
import importlib, os, signal, sys
from govstats import pipeline
from govstats.settings import Settings

module_name, name = sys.argv[1].split(":")
module = importlib.import_module(module_name)
real, calls = getattr(module, name), []

def deadly(*args, **kwargs):
    calls.append(1)
    if len(calls) < int(sys.argv[3]):
        return real(*args, **kwargs)
    if sys.argv[2] == "after":
        real(*args, **kwargs)
    os.kill(os.getpid(), signal.SIGKILL)

setattr(module, name, deadly)
pipeline.run(Settings.from_environment())
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("step", "moment", "call"),
    [
        ("govstats.warehouse.raw:copy", "after", 1),
        ("govstats.warehouse.dbt_runner:build", "after", 2),
        ("govstats.validation:validate", "before", 2),
        ("govstats.validation:record", "after", 1),
    ],
)
def test_a_kill_between_the_passes_leaves_everything_right(
    own: Settings, step: str, moment: str, call: int
) -> None:
    before = releases.current_id(own)
    bad = slipped_resubmission(own)
    done = subprocess.run(
        [sys.executable, "-c", KILLER, step, moment, str(call)],
        cwd=own.root,
        env=os.environ | {"GOVSTATS_DATA": str(own.data), "GOVSTATS_ROOT": str(own.root)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert releases.current_id(own) == before, "the last release stands"

    release_id = str(pipeline.facts_ready(own)["release_id"])
    pipeline.validate(own, release_id)  # what an orchestrator would repeat
    pipeline.publish(own, release_id)
    check_told(own, release_id, bad.name)
    assert json.loads((releases.current_folder(own) / "gate.json").read_text())["released"]
    with duckdb.connect(
        str(releases.current_folder(own) / "warehouse.duckdb"), read_only=True
    ) as connection:
        twice = connection.execute(
            "select count(*) - count(distinct finding_id) from raw.validation_finding"
        ).fetchone()
    assert twice == (0,)
    assert not list(own.candidates.glob(".building-*"))
    assert pipeline.run(own)["published"] is False
