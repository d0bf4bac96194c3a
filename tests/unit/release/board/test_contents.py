"""What the page holds is what the marts hold, up to the release's period, and nothing else."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from govstats.errors import GovstatsError
from govstats.numbers import plain
from govstats.release import board
from govstats.release.board import reading
from tests.unit.release.board.conftest import RELEASE, progress, target

DUTY = {
    "department_code": "office", "layout_id": "monthly", "layout_zh": "月报", "freq": "M",
    "due_date": "2020-10-15", "state": "late", "state_zh": "迟报", "n_accepted": 1,
    "n_revisions": 0, "n_refused": 0, "n_held": 0, "n_days_late": 3,
    "first_received_at": "2020-10-18 09:30:00",
}  # fmt: skip
VINTAGE = {
    "indicator_code": "output", "ref_area": "area", "scope": "jurisdiction",
    "period_end": "2020-09-30", "period_type": "ytd", "measure": "level",
    "department_code": "office", "layout_id": "monthly", "unit_measure": "亿元",
    "obs_status": "A", "known_from": "2020-10-14 10:00:00",
}  # fmt: skip
EVIDENCE = {
    "target_id": "t-01", "period_end": "2020-09-30", "item_order": 0, "evidence_role": "actual",
    "subject_zh": "产值", "indicator_code": "output", "ref_area": "area",
    "scope": "jurisdiction", "period_type": "ytd", "measure": "level",
    "figure_period_end": "2020-09-30", "obs_value": "64.2", "unit_measure": "亿元",
}  # fmt: skip


def said(value: object) -> str:
    """Write a value of a mart the way the page does."""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, Decimal):
        return plain(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def test_every_row_of_the_page_is_the_mart_s(written, tmp_path):
    page = written(
        fct_reporting_duty=[{**DUTY, "period_end": "2020-09-30"}],
        fct_target_evidence=[EVIDENCE],
        fct_observation_vintage=[
            {**VINTAGE, "vintage_number": 1, "obs_value": "64.1"},
            {**VINTAGE, "vintage_number": 2, "obs_value": "64.2"},
        ],
    )
    marts = set()
    with duckdb.connect(str(tmp_path / "warehouse.duckdb"), read_only=True) as connection:
        for row in reading.rows(page):
            wheres = " and ".join(f"{name} = ?" for name in row.key)
            columns = ", ".join(row.values)
            (found,) = connection.execute(
                f"select {columns} from marts.{row.mart} where {wheres}", list(row.key.values())
            ).fetchall()
            expected = [None if value is None else said(value) for value in found]
            assert [None if v is None else str(v) for v in row.values.values()] == expected
            marts.add(row.mart)
    assert marts == {
        "dim_target", "fct_target_progress", "fct_reporting_duty", "fct_target_evidence",
        "fct_observation_vintage",
    }  # fmt: skip


def test_figures_are_whole_and_missing_ones_stay_missing(written, shown):
    rows = [
        progress(1, "2020-09-30", actual_value="0.000001", gap=None),
        progress(2, "2020-09-30", actual_value="1200", completion_pct=None),
    ]
    first, second = shown(written(fct_target_progress=rows), "fct_target_progress")[:2]

    assert (first["actual_value"], first["gap"]) == ("0.000001", None)
    assert (second["actual_value"], second["completion_pct"]) == ("1200", None)


def test_nothing_after_the_release_s_period_is_chosen(written):
    duties = [{**DUTY, "period_end": end} for end in ("2020-09-30", "2020-10-31")]
    page = written(fct_reporting_duty=duties)
    told = reading.index(page)

    assert told["judged"] == ["2020-08-31", "2020-09-30"]
    assert told["views"]["year"] == ["2020"]
    ends = {row.values["period_end"] for row in reading.rows(page)
            if row.mart == "fct_reporting_duty"}  # fmt: skip
    assert ends == {"2020-09-30"}


def test_the_first_view_is_that_of_the_latest_period(written):
    first = reading.index(written())["tables"]["fct_target_progress"]
    ends = {row[first["columns"].index("period_end")] for row in first["rows"]}
    assert ends == {"2020-09-30"}


def test_each_commitment_is_found_in_its_chunk(written):
    targets = [target(number) for number in range(1, 31)]
    page = written(dim_target=targets, fct_target_progress=[
        progress(number, "2020-09-30", actual_value=str(number)) for number in range(1, 31)
    ])  # fmt: skip
    text, told = page.read_text(encoding="utf-8"), reading.index(page)

    assert sorted(told["groups"]) == [f"t-{number:02}" for number in range(1, 31)]
    assert {f'id="chunk:targets:{n}"' in text for n in set(told["groups"].values())} == {True}
    whole = [row for row in reading.rows(page)
             if row.mart == "fct_target_progress" and "working" in row.values]  # fmt: skip
    assert len(whole) == 30


def test_vintages_of_other_figures_stay_out(written, shown):
    other = {**VINTAGE, "measure": "growth", "vintage_number": 1, "obs_value": "3"}
    page = written(
        fct_target_evidence=[EVIDENCE],
        fct_observation_vintage=[{**VINTAGE, "vintage_number": 1, "obs_value": "64.2"}, other],
    )
    assert [row["obs_value"] for row in shown(page, "fct_observation_vintage")] == ["64.2"]


def test_a_board_needs_a_warehouse_with_judgements(warehouse, tmp_path):
    with pytest.raises(GovstatsError, match="there is no warehouse"):
        board.write(Path("nowhere.duckdb"), tmp_path, RELEASE)
    with pytest.raises(GovstatsError, match="nothing to show"):
        board.write(warehouse(fct_target_progress=[]), tmp_path, RELEASE)
    empty = tmp_path / "empty.duckdb"
    duckdb.connect(str(empty)).close()
    with pytest.raises(GovstatsError, match="cannot be read for the board"):
        board.write(empty, tmp_path, RELEASE)


def test_a_page_that_is_no_board_is_refused(tmp_path: Path) -> None:
    other: Any = tmp_path / "other.html"
    other.write_text("<html></html>")
    with pytest.raises(ValueError, match="is not a board"):
        reading.index(other)
