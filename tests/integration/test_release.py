"""The released warehouse says what was published, and every figure ends at its cell."""

import csv
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import openpyxl
import pytest

from govstats import pipeline
from govstats.intake import kept_copy, survey
from govstats.release import reader, releases
from govstats.settings import Settings
from govstats.tracing import trace

# Published outcomes and the report's own targets, typed from ../shared/reference/facts.csv and
# the paragraph of main expected targets: actual, target, judgement at the end of 2020.
YEAR_END = {
    "yyl-2020-02-gdp-level": ("735", "750", "missed"),
    "yyl-2020-04-investment-level": ("270", "270", "met"),
    "yyl-2020-06-retail-level": ("500", "550", "missed"),
    "yyl-2020-08-revenue-level": ("25.2", "31.2", "missed"),
    "yyl-2020-12-overall-rank": ("1", "1", "met"),
}


@pytest.mark.parametrize(("target", "expected"), YEAR_END.items(), ids=YEAR_END)
def test_published_year_end_is_judged(
    first_release: Settings, target: str, expected: tuple[str, str, str]
) -> None:
    with reader.connect(first_release) as connection:
        found = connection.execute(
            "select actual_value, target_value, status from marts.fct_target_progress "
            "where target_id = ? and period_end = '2020-12-31'",
            [target],
        ).fetchone()
    assert found == (Decimal(expected[0]), Decimal(expected[1]), expected[2])


@pytest.mark.parametrize("target", YEAR_END)
def test_trace_ends_at_the_cell_that_holds_the_value(first_release: Settings, target: str) -> None:
    result = trace(first_release, target, "2020-12")
    (evidence,) = result.evidence
    assert evidence.agrees
    entry = next(
        item
        for item in survey(first_release).entries
        if item.submission_id == evidence.submission_id
    )
    sheet = openpyxl.load_workbook(kept_copy(first_release, entry))[evidence.sheet]
    in_cell = Decimal(str(sheet[evidence.cell].value))
    assert in_cell == evidence.cell_value
    factor = {"亿元": Decimal(1), "万元": Decimal("0.0001"), "位次": Decimal(1)}
    shown = in_cell * factor[evidence.cell_unit]
    assert shown == evidence.obs_value == Decimal(YEAR_END[target][0])


def test_all_targets_are_judged_at_every_legal_period(first_release: Settings) -> None:
    with reader.connect(first_release) as connection:
        found = connection.execute(
            "select target_id, count(*), min(period_end), max(period_end) "
            "from marts.fct_target_progress group by 1"
        ).fetchall()
    with (first_release.root / "dbt_project/seeds/targets.csv").open(encoding="utf-8") as seed:
        assert {row[0] for row in found} == {row["target_id"] for row in csv.DictReader(seed)}
    assert {row[1:] for row in found} == {(11, date(2020, 2, 29), date(2020, 12, 31))}


def test_no_figure_means_no_data_and_no_light(first_release: Settings) -> None:
    with reader.connect(first_release) as connection:
        rows = connection.execute(
            "select distinct status, status_zh, light, actual_value, no_data_reason "
            "from marts.fct_target_progress where target_id = 'yyl-2020-11-survey-unemployment'"
        ).fetchall()
    assert rows == [("no_data", "无数据", "none", None, "not_observable")]


def test_every_figure_names_a_cell_that_exists(first_release: Settings) -> None:
    with reader.connect(first_release) as connection:
        homeless = connection.execute(
            "select count(*) from marts.fct_observation_vintage as figure "
            "where not exists (select 1 from raw.observation as source "
            "where source.submission_id = figure.submission_id "
            "and source.sheet = figure.sheet and source.cell = figure.cell)"
        ).fetchone()
    assert homeless == (0,)


def test_parquet_equals_marts(first_release: Settings) -> None:
    folder = releases.current_folder(first_release)
    manifest = releases.manifest(folder)
    assert releases.verify(first_release, folder.name) == []
    with duckdb.connect(str(folder / "warehouse.duckdb"), read_only=True) as connection:
        for mart in manifest["marts"]:
            difference = connection.execute(
                f"select count(*) from (select * from marts.{mart} except all "
                f"select * from read_parquet('{folder}/parquet/{mart}.parquet'))"
            ).fetchone()
            assert difference == (0,), mart


def test_nothing_new_makes_no_release(released: Settings) -> None:
    before = releases.current_id(released)
    assert pipeline.scan(released) == []
    assert pipeline.build(released) is None
    assert len(releases.list_all(released)) == 1
    assert releases.current_id(released) == before


def test_warehouse_cannot_be_changed_or_left_through_the_analysts_door(
    first_release: Settings, tmp_path: Path
) -> None:
    with reader.connect(first_release) as connection:
        for statement in (
            "delete from marts.dim_target",
            "create table marts.mine (x int)",
            f"copy marts.dim_target to '{tmp_path}/x.csv'",
            f"attach '{tmp_path}/x.duckdb'",
            "select * from read_csv('/etc/hostname')",
            "set enable_external_access = true",
        ):
            with pytest.raises(duckdb.Error):
                connection.execute(statement)


# What is wrong in the demonstration files, from docs/demonstration-data.md: rule, place (folder of
# the file, or the department whose sheet never came), number of findings and why.
KNOWN = Path(__file__).with_name("known_findings.csv")


def test_audit_finds_what_is_wrong_and_nothing_else(first_release: Settings) -> None:
    with reader.connect(first_release) as connection:
        rows = connection.execute(
            "select rule_id, file, department_code, severity "
            "from marts.fct_validation_finding where severity <> 'info'"
        ).fetchall()
    assert {severity for *_, severity in rows} == {"soft"}
    found = Counter(
        (rule, str(Path(file).parent) if file else department) for rule, file, department, _ in rows
    )
    with KNOWN.open(encoding="utf-8", newline="") as known:
        expected = {(r["rule_id"], r["place"]): int(r["findings"]) for r in csv.DictReader(known)}
    assert found == expected
