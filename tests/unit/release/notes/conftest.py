"""Two small warehouses made by hand, one release after the other."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import duckdb
import pytest

from govstats.release import notes
from govstats.release.notes import Notes

Tables = dict[str, list[dict[str, Any]]]
AREA = "900000000000"
SEEDS = ("codes", "units", "systems", "reporting_duties", "registers", "register_roles")
ENDS = {"2020-02": "2020-02-29", "2020-03": "2020-03-31"}
LABELS = {
    "2020-02": ("2020年1-2月", "January-February 2020"),
    "2020-03": ("2020年1-3月", "Q1 2020"),
}


def submission(number: int, period: str = "2020-02", **changes: Any) -> dict[str, Any]:
    row = {
        "submission_id": f"s{number}",
        "department_code": "revenue_office",
        "file": f"甲局/{period}/报表{number}.xlsx",
        "time_period": period,
        "received_at": f"{period}-28 09:00:00",
        "status": "accepted",
    }
    return row | changes


def figure(
    value: str | None, number: int, period: str = "2020-02", **changes: Any
) -> dict[str, Any]:
    row = {
        "indicator_code": "income",
        "ref_area": AREA,
        "scope": "jurisdiction",
        "period_end": ENDS[period],
        "period_type": "ytd",
        "measure": "level",
        "obs_value": value,
        "unit_measure": "亿元",
        "obs_status": "A" if value else "M",
        "missing_kind": None if value else "blank",
        "department_code": "revenue_office",
        "submission_id": f"s{number}",
        "file": f"甲局/{period}/报表{number}.xlsx",
        "sheet": "收入",
        "cell": "C5",
    }
    return row | changes


def judged(status: str, light: str, period: str = "2020-02", **changes: Any) -> dict[str, Any]:
    words = {"ahead": "超进度", "behind": "欠进度", "no_data": "无数据", "on_path": "达进度"}
    row = {
        "target_id": "t-01",
        "period_end": ENDS[period],
        "status": status,
        "status_zh": words[status],
        "light": light,
        "actual_value": None if status == "no_data" else "5.250000",
        "unit_measure": "亿元",
    }
    return row | changes


def target(**changes: Any) -> dict[str, Any]:
    row = {
        "target_id": "t-01",
        "name_zh": "收入总量",
        "name_en": "Income",
        "demand_zh": "达到30亿元",
        "operator": "ge",
        "target_value": "30",
        "unit_measure": "亿元",
    }
    return row | changes


def finding(number: int, **changes: Any) -> dict[str, Any]:
    row = {
        "finding_id": f"f{number}",
        "rule_id": "BAL-001",
        "rule_name_zh": "合计等于分项之和",
        "rule_name_en": "A total is the sum of its parts",
        "severity": "soft",
        "state": "open",
        "state_zh": "待说明",
        "department_code": "revenue_office",
        "file": "甲局/2020-02/报表1.xlsx",
        "sheet": "收入",
        "cell": "D7",
        "message_zh": f"第{number}号问题",
        "message_en": f"Trouble number {number}",
    }
    return row | changes


def base() -> Tables:
    return {
        "dim_indicator": [{"indicator_code": "income", "name_zh": "收入", "name_en": "Income"}],
        "dim_area": [{"ref_area": AREA, "name_zh": "某区", "name_en": "Some District"}],
        "dim_department": [
            {
                "department_code": "revenue_office",
                "short_name_zh": "甲局",
                "name_en": "Revenue Office",
            }
        ],
        "dim_period": [
            {"period_end": ENDS[period], "label_zh": zh, "label_en": en}
            for period, (zh, en) in LABELS.items()
        ],
        "dim_target": [target()],
        "fct_submission": [submission(1)],
        "fct_observation": [figure("5.25", 1)],
        "fct_target_progress": [judged("on_path", "green"), judged("no_data", "none", "2020-03")],
    }


@pytest.fixture(scope="session")
def make() -> SimpleNamespace:
    """Makers of single rows, each with defaults that a test changes where it matters."""
    return SimpleNamespace(
        submission=submission, figure=figure, judged=judged, target=target, finding=finding
    )


Make = Callable[..., Path]


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory, project: Path) -> Path:
    """A warehouse with seeds and without rows, made once."""
    path = tmp_path_factory.mktemp("empty") / "warehouse.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.begin()  # one write to disk
        connection.execute(Path(__file__).with_name("marts.sql").read_text(encoding="utf-8"))
        for seed in SEEDS:
            source = project / "dbt_project" / "seeds" / f"{seed}.csv"
            connection.execute(f"create table seeds.{seed} as from read_csv('{source}')")
        connection.commit()
    return path


@pytest.fixture
def warehouse(tmp_path: Path, empty: Path) -> Make:
    """Make a release folder with a warehouse of the given marts added to `base`."""

    def make(
        release_id: str, tables: Tables | None = None, latest: str = "2020-02", **told: Any
    ) -> Path:
        folder = tmp_path / release_id
        folder.mkdir()
        path = folder / "warehouse.duckdb"
        shutil.copy(empty, path)
        with duckdb.connect(str(path)) as connection:
            connection.begin()
            for table, rows in (base() | (tables or {})).items():
                for row in rows:
                    places = ", ".join("?" * len(row))
                    connection.execute(
                        f"insert into marts.{table} ({', '.join(row)}) values ({places})",
                        list(row.values()),
                    )
            connection.commit()
        inputs = {"ledger": "a", "knowledge": "b", "code": "c"}
        manifest = {"release_id": release_id, "latest_period": latest, "as_of": None}
        content = manifest | {"inputs": inputs, "versions": {"duckdb": "1"}} | told
        (folder / "release.json").write_text(json.dumps(content), encoding="utf-8")
        return path

    return make


@pytest.fixture
def changes(warehouse: Make) -> Callable[..., Notes]:
    """Compare a release of `base` and `before` with one of `base` and `now`."""

    def make(now: Tables, before: Tables | None = None, latest: str = "2020-02") -> Notes:
        old = warehouse("old", before)
        new = warehouse("new", now, latest)
        return notes.made(new, old)

    return make
