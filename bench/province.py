"""A warehouse many times as large: the demonstration's district over and over, by rows alone.

Each copy has areas, departments, layouts, targets and submissions of its own, so nothing is a
revision of anything else; models and macros are used as they are.
"""

import csv
import shutil
from pathlib import Path

import duckdb

from govstats.settings import Settings

#: Columns of seeds and raw tables that hold a code of which each copy has its own.
_AREA = {"ref_area", "parent_ref_area", "managed_by", "peer_ref_area"}
_CODE = {
    *("department_code", "lead_department_code", "layout_id"),
    *("target_id", "total_id", "submission_id"),
}
#: Texts that a seed wants to be unique: names, and the aliases they are found by.
_NAME = {"name_zh", "short_name_zh", "alias"}
_NAMED = {"areas", "departments", "area_aliases", "department_aliases"}
#: Seeds that name a department or an area and still are the same for all.
_COMMON = {"indicators", "corrections"}
#: Codes of areas have twelve digits; the copy's number takes the place of the first three.
_DIGITS, _FIRST_FREE = 3, 900


def project(settings: Settings, target: Path, copies: int) -> Settings:
    """Copy the dbt project with every seed of codes multiplied; return settings for it."""
    source = settings.dbt_project
    ignored = shutil.ignore_patterns("target", "logs")
    shutil.copytree(source, target / source.name, ignore=ignored)
    for file in sorted((target / source.name / "seeds").glob("*.csv")):
        if file.stem not in _COMMON:
            _multiply_seed(file, copies)
    return Settings(root=target, data=target / "data")


def _multiply_seed(file: Path, copies: int) -> None:
    with file.open(encoding="utf-8", newline="") as handle:
        reader = csv.DictReader(handle)
        columns, rows = list(reader.fieldnames or ()), list(reader)
    if not (_AREA | _CODE) & set(columns):
        return
    suffixed = _CODE | (_NAME if file.stem in _NAMED else set())
    with file.open("a", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, columns, lineterminator="\n")
        for number in range(1, copies):
            for row in rows:
                writer.writerow({name: _own(row, name, number, suffixed) for name in columns})


def _own(row: dict[str, str], column: str, number: int, suffixed: set[str]) -> str:
    value = row[column]
    if value and column in _AREA:
        return f"{_FIRST_FREE + number}{value[_DIGITS:]}"
    return f"{value}-{number}" if value and column in suffixed else value


def multiply_raw(warehouse: Path, copies: int) -> None:
    """Multiply the rows of schema ``raw`` in place; rows stay in the order of submissions."""
    with duckdb.connect(str(warehouse), config={"threads": 2}) as connection:
        connection.execute(f"create temp table copy as select range as n from range(1, {copies})")
        tables = connection.execute(
            "select table_name from duckdb_tables() where schema_name = 'raw'"
        ).fetchall()
        for (table,) in tables:
            names = [row[0] for row in connection.execute(f"describe raw.{table}").fetchall()]
            values = ", ".join(expression(name) for name in names)
            connection.execute(
                f"insert into raw.{table} select {values} from raw.{table}, copy order by copy.n"
            )
        connection.execute("checkpoint")


def is_own(column: str) -> bool:
    """Whether each copy has codes of its own in a column of that name."""
    return column in _AREA or column in _CODE


def expression(column: str) -> str:
    """SQL for the value of a column in the copy numbered ``copy.n``."""
    area = f"cast({_FIRST_FREE} + copy.n as varchar) || substr({column}, {_DIGITS + 1})"
    code = f"{column} || '-' || copy.n"
    if column in _AREA:
        return area
    if column in _CODE:
        return code
    if column == "value_code":  # of a field that names an area or a department
        return f"case field_type when 'area' then {area} else {code} end"
    if column == "sequence_number":
        return f"copy.n * (select max({column}) from raw.submission) + {column}"
    return column
