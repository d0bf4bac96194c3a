"""The tables people maintain, as far as reading a sheet needs them."""

import csv
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from govstats.errors import KnowledgeError
from govstats.workbooks.refusals import Words

#: Seed files that decide how a sheet is read.
FILES = ("indicators.csv", "area_aliases.csv", "units.csv", "departments.csv")


@dataclass(frozen=True)
class Seeds:
    """Codes and names.

    ``units`` maps a unit to what it measures (units of one kind convert into each other),
    ``area_names`` an area to its aliases in the table's order, ``departments`` a code to its
    short names, in whose folder (the Chinese one) its files lie.
    """

    indicators: frozenset[str]
    area_names: dict[str, tuple[str, ...]]
    units: dict[str, str]
    departments: dict[str, Words]


def load_seeds(folder: Path) -> Seeds:
    """Read the tables from ``dbt_project/seeds``.

    Raises:
        KnowledgeError: a table or a column is missing.
    """
    names: defaultdict[str, list[str]] = defaultdict(list)
    for entry in _table(folder, "area_aliases.csv", "alias", "ref_area"):
        names[entry["ref_area"]].append(entry["alias"])
    return Seeds(
        indicators=frozenset(
            entry["indicator_code"] for entry in _table(folder, "indicators.csv", "indicator_code")
        ),
        area_names={area: tuple(aliases) for area, aliases in names.items()},
        units={
            entry["unit_measure"]: entry["dimension"]
            for entry in _table(folder, "units.csv", "unit_measure", "dimension")
        },
        departments={
            entry["department_code"]: Words(entry["short_name_zh"], entry["name_en"])
            for entry in _table(
                folder, "departments.csv", "department_code", "short_name_zh", "name_en"
            )
        },
    )


def load_department_aliases(folder: Path) -> dict[str, str]:
    """Folder name or other spelling → department code.

    Raises:
        KnowledgeError: the table or a column is missing.
    """
    rows = _table(folder, "department_aliases.csv", "alias", "department_code")
    return {entry["alias"]: entry["department_code"] for entry in rows}


def _table(folder: Path, name: str, *columns: str) -> list[dict[str, str]]:
    shown = f"{folder.parent.name}/{folder.name}/{name}"
    try:
        with (folder / name).open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream)
            missing = set(columns) - set(reader.fieldnames or ())
            rows = list(reader)
    except FileNotFoundError as error:
        raise KnowledgeError(f"{shown} is missing", "restore it from the project") from error
    if missing:
        raise KnowledgeError(
            f"{shown} has no column {', '.join(sorted(missing))}", "add it to the first line"
        )
    return rows
