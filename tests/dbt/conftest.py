"""A warehouse built from figures and entries written by hand (the three .csv beside this)."""

import csv
import re
import shutil
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from govstats.settings import Settings
from govstats.warehouse import dbt_runner
from govstats.warehouse.raw import COUNTS

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
#: All but the checks, which have tests of their own.
SELECT = "path:seeds path:models/staging path:models/intermediate path:models/marts"
SETTINGS = Settings(root=ROOT, data=ROOT / "data")
MISSING = {"O": "blank", "M": "not_applicable"}
#: What a blank and a dash are read as.
ENTERED = {"": ("O", "blank"), "—": ("M", "not_applicable")}
FIELDS = {"name": "text", "lead": "department", "stage": "text", "due": "date"}


@pytest.fixture(scope="session")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("work")


@pytest.fixture(scope="session")
def fill_raw() -> Callable[[Path], Path]:
    """Return a function that makes a warehouse file with schema raw of the hand-made figures."""

    def fill(path: Path) -> Path:
        with duckdb.connect(str(path)) as connection:
            connection.execute((ROOT / "govstats/warehouse/raw.sql").read_text(encoding="utf-8"))
            submissions = _rows("submissions.csv")
            for number, row in enumerate(submissions, start=1):
                _insert(connection, "raw.submission", _submission(number, row))
            by_id = {row["submission_id"]: row for row in submissions}
            for row in _rows("figures.csv"):
                _insert(connection, "raw.observation", _figure(row, by_id[row["submission_id"]]))
            for row in _rows("entries.csv"):
                for field in _fields(row, by_id[row["submission_id"]]):
                    _insert(connection, "raw.entry_value", field)
        return path

    return fill


@pytest.fixture(scope="session")
def warehouse(
    tmp_path_factory: pytest.TempPathFactory,
    work: Path,
    fill_raw: Callable[[Path], Path],
) -> Path:
    path = fill_raw(tmp_path_factory.mktemp("first") / "warehouse.duckdb")
    dbt_runner.build(SETTINGS, path, work, select=SELECT)
    return path


@pytest.fixture(scope="session")
def broken(tmp_path_factory: pytest.TempPathFactory) -> tuple[Settings, Path]:
    """Return the project with one operator and one seed made wrong, and its work folder."""
    root = tmp_path_factory.mktemp("broken")
    shutil.copytree(ROOT / "dbt_project", root / "dbt_project")
    for name, right, wrong in (
        (
            "models/intermediate/int_target_distance.sql",
            "> target.threshold",
            ">= target.threshold",
        ),
        (
            "seeds/light_rules.csv",
            "growth_rate,growth,difference,0.5",
            "growth_rate,growth,difference,half",
        ),
    ):
        file = root / "dbt_project" / name
        text = file.read_text(encoding="utf-8")
        assert right in text
        file.write_text(text.replace(right, wrong), encoding="utf-8")
    return Settings(root=root, data=root), root / "work"


@pytest.fixture(scope="session")
def rows(warehouse: Path) -> Callable[..., list[dict[str, Any]]]:
    """Return a function that runs SQL on the warehouse and gives rows as dictionaries."""

    def run(sql: str, *values: object) -> list[dict[str, Any]]:
        with duckdb.connect(str(warehouse), read_only=True) as connection:
            found = connection.execute(sql, list(values))
            names = [column[0] for column in found.description]
            return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

    return run


def _rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def _insert(connection: duckdb.DuckDBPyConnection, table: str, row: dict[str, Any]) -> None:
    places = ", ".join("?" * len(row))
    connection.execute(f"insert into {table} ({', '.join(row)}) values ({places})", [*row.values()])


def _submission(number: int, row: dict[str, str]) -> dict[str, Any]:
    counts = dict.fromkeys(COUNTS, 0)
    return {
        "submission_id": row["submission_id"],
        "sequence_number": number,
        "department_code": row["department_code"],
        "time_period": row["time_period"],
        "file": f"{row['department_code']}/{row['time_period']}/{row['submission_id']}.xlsx",
        "sha256": "0" * 64,
        "size_bytes": 1,
        "received_at": row["received_at"],
        "layout_id": row["layout_id"] or None,
        "status": row["status"],
        "reason_code": "unknown_layout" if row["status"] == "refused" else None,
        **counts,
    }


def _figure(row: dict[str, str], submission: dict[str, str]) -> dict[str, Any]:
    letters, digits = re.fullmatch(r"([A-Z]+)(\d+)", row["cell"]).groups()
    return {
        "submission_id": row["submission_id"],
        "department_code": submission["department_code"],
        "layout_id": submission["layout_id"] or "none",
        "source_precedence": 2 if "comparison" in submission["layout_id"] else 1,
        "sheet": "表",
        "cell": row["cell"],
        "row_number": int(digits),
        "column_number": ord(letters) - 64,
        "row_label": row["indicator_code"],
        "column_label": row["measure"],
        "indicator_code": row["indicator_code"],
        "ref_area": row["ref_area"],
        "scope": "jurisdiction",
        "period_end": _period_end(submission["time_period"]),
        "period_type": row["period_type"],
        "measure": row["measure"],
        "growth_basis": row["growth_basis"] or None,
        "value_text": row["cell_value"] or ("—" if row["obs_status"] == "M" else None),
        "cell_value": Decimal(row["cell_value"]) if row["cell_value"] else None,
        "cell_unit": row["cell_unit"],
        "obs_status": row["obs_status"],
        "missing_kind": MISSING.get(row["obs_status"]),
    }


def _fields(row: dict[str, str], submission: dict[str, str]) -> list[dict[str, Any]]:
    """The fields of a work's entry; those above it on the sheet are counted from row 3."""
    entry = {
        "submission_id": row["submission_id"],
        "department_code": submission["department_code"],
        "layout_id": submission["layout_id"],
        "source_precedence": 1,
        "sheet": "表",
        "entry_number": int(row["row_number"]) - 2,
        "entry_key": row["name"],
        "is_total": False,
        "row_number": int(row["row_number"]),
        "part_number": 1,
        "period_end": _period_end(submission["time_period"]),
    }
    return [
        entry
        | {
            "column_number": column,
            "cell": f"{chr(64 + column)}{row['row_number']}",
            "field_id": name,
            "column_label": name,
            "field_type": kind,
            "value_text": row[name] or None,
            "value_date": row[name] if kind == "date" and row[name] else None,
            "obs_status": ENTERED.get(row[name], ("A", None))[0],
            "missing_kind": ENTERED.get(row[name], ("A", None))[1],
        }
        for column, (name, kind) in enumerate(FIELDS.items(), start=2)
    ]


def _period_end(time_period: str) -> date:
    year, month = (int(part) for part in time_period.split("-"))
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
