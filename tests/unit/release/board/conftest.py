"""A warehouse made by hand: tables as the models declare them, words as they are seeded."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from govstats.release import board
from govstats.release.board import reading

Row = dict[str, Any]
Write = Callable[..., Path]
RELEASE = {"release_id": "2020-09-abc", "latest_period": "2020-09"}
SEEDS = ("codes", "units", "item_states", "work_stages", "reporting_duties")


@pytest.fixture(scope="session")
def project() -> Path:
    """The repository's root."""
    return Path(__file__).parents[4]


def target(number: int, **changes: Any) -> Row:
    """A commitment to reach 100."""
    row = {
        "target_id": f"t-{number:02}",
        "report_year": 2020,
        "ref_area": "area",
        "section": "第一部分",
        "item": number,
        "name_zh": f"目标{number}",
        "name_en": f"Commitment {number}",
        "demand_zh": "达到100亿元",
        "kind": "level",
        "indicator_code": "output",
        "period_type": "ytd",
        "measure": "level",
        "scope": "jurisdiction",
        "operator": "ge",
        "direction": "higher_better",
        "target_value": "100",
        "unit_measure": "亿元",
        "strength": "expected",
        "path_method": "seasonal",
        "light_rule": "rule",
        "lead_department_code": "office",
        "source_section": "第1项",
    }
    return {**row, **changes}


def progress(number: int, end: str, **changes: Any) -> Row:
    """How a commitment stands: 64.2 of 100."""
    row = {
        "target_id": f"t-{number:02}",
        "period_end": end,
        "report_year": 2020,
        "ref_area": "area",
        "indicator_code": "output",
        "measure": "level",
        "operator": "ge",
        "is_final": False,
        "actual_value": "64.2",
        "target_value": "100",
        "unit_measure": "亿元",
        "completion_pct": "64.2",
        "expected_pct_seasonal": "70.1235",
        "expected_pct_linear": "75",
        "gap": "-5.9235",
        "gap_unit": "百分点",
        "is_met": False,
        "status": "behind",
        "status_zh": "欠进度",
        "light": "yellow",
        "light_zh": "黄灯",
        "working": "1-9月累计64.2亿元",
        "file": "办公室/2020-09/月报.xlsx",
        "sheet": "月报",
        "cell": "C5",
    }
    return {**row, **changes}


def period(month: int, day: int) -> Row:
    """A reporting period of 2020."""
    return {
        "period_end": f"2020-{month:02}-{day}",
        "time_period": f"2020-{month:02}",
        "report_year": 2020,
        "month_number": month,
        "label_zh": f"2020年1-{month}月",
        "short_label_zh": f"1-{month}月",
        "label_en": f"January-{month} 2020",
        "is_quarter_end": month % 3 == 0,
        "is_year_end": month == 12,
        "linear_pct": "75",
    }


BASE: dict[str, list[Row]] = {
    "dim_period": [period(8, 31), period(9, 30), period(10, 31)],
    "dim_area": [{"ref_area": "area", "name_zh": "某区", "name_en": "A district"}],
    "dim_department": [
        {"department_code": "office", "name_zh": "某办公室", "short_name_zh": "办公室",
         "name_en": "Office"},
    ],
    "dim_indicator": [
        {"indicator_code": "output", "name_zh": "产值", "name_en": "Output"},
    ],
    "dim_target": [target(1), target(2)],
    "fct_target_progress": [
        progress(number, end)
        for number in (1, 2)
        for end in ("2020-08-31", "2020-09-30", "2020-10-31")
    ],
}  # fmt: skip


def _contract(project: Path) -> dict[str, dict[str, Any]]:
    found = {}
    for path in sorted((project / "dbt_project/models/marts").glob("*.yml")):
        for model in yaml.safe_load(path.read_text(encoding="utf-8")).get("models", []):
            found[model["name"]] = model
    return found


def _create(connection: duckdb.DuckDBPyConnection, project: Path) -> None:
    connection.execute("create schema marts; create schema seeds")
    for name, model in _contract(project).items():
        columns = [f"{column['name']} {column['data_type']}" for column in model["columns"]]
        keys = [c for c in model.get("constraints", []) if c["type"] == "primary_key"]
        columns += [f"primary key ({', '.join(key['columns'])})" for key in keys]
        connection.execute(f"create table marts.{name} ({', '.join(columns)})")
    for seed in SEEDS:
        path = project / "dbt_project" / "seeds" / f"{seed}.csv"
        connection.execute(f"create table seeds.{seed} as from read_csv('{path}')")


@pytest.fixture
def warehouse(project: Path, tmp_path: Path) -> Write:
    """Write a warehouse of the rows above; named tables are replaced or added."""

    def made(**tables: list[Row]) -> Path:
        path = tmp_path / "warehouse.duckdb"
        path.unlink(missing_ok=True)
        with duckdb.connect(str(path)) as connection:
            _create(connection, project)
            for name, rows in {**BASE, **tables}.items():
                for row in rows:
                    marks = ", ".join("?" for _ in row)
                    connection.execute(
                        f"insert into marts.{name} ({', '.join(row)}) values ({marks})",
                        list(row.values()),
                    )
        return path

    return made


@pytest.fixture
def written(warehouse: Write, tmp_path: Path) -> Write:
    """Write a board of a warehouse made by ``warehouse``."""

    def made(**tables: list[Row]) -> Path:
        return board.write(warehouse(**tables), tmp_path / "release" / "board", RELEASE)

    return made


@pytest.fixture
def shown() -> Callable[[Path, str], list[Row]]:
    """Return the rows of a mart that a page holds."""

    def found(page: Path, mart: str) -> list[Row]:
        return [row.values for row in reading.rows(page) if row.mart == mart]

    return found
