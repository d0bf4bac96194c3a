"""The tables people maintain, as far as reading a sheet needs them."""

import csv
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from govstats.errors import KnowledgeError
from govstats.layouts.labels import label, split_unit, squeeze
from govstats.workbooks.refusals import Words

#: Seed files that decide how a sheet is read.
FILES = (
    "indicators.csv",
    "indicator_aliases.csv",
    "area_aliases.csv",
    "units.csv",
    "departments.csv",
    "department_aliases.csv",
)


@dataclass(frozen=True)
class Seeds:
    """Codes and names.

    ``units`` maps a unit to what it measures (units of one kind convert into each other),
    ``area_names`` an area to its aliases in the table's order, ``departments`` a code to its
    short names, in whose folder (the Chinese one) its files lie. The keys of
    ``indicator_aliases``, ``area_codes`` and ``department_codes`` are names in their one
    spelling (``labels.squeeze``), those of indicators without a unit.
    """

    indicators: frozenset[str]
    area_names: dict[str, tuple[str, ...]]
    units: dict[str, str]
    departments: dict[str, Words]
    indicator_aliases: dict[str, str] = field(default_factory=dict)
    department_codes: dict[str, str] = field(default_factory=dict)

    @cached_property
    def unit_symbols(self) -> frozenset[str]:
        """The units, for the functions of ``labels``."""
        return frozenset(self.units)

    @cached_property
    def area_codes(self) -> dict[str, str]:
        """Any name of an area → its code."""
        return {squeeze(name): area for area, names in self.area_names.items() for name in names}


def load_seeds(folder: Path) -> Seeds:
    """Read the tables from ``dbt_project/seeds``.

    Raises:
        KnowledgeError: a table or a column is missing.
    """
    names: defaultdict[str, list[str]] = defaultdict(list)
    for entry in _table(folder, "area_aliases.csv", "alias", "ref_area"):
        names[entry["ref_area"]].append(entry["alias"])
    units = {
        entry["unit_measure"]: entry["dimension"]
        for entry in _table(folder, "units.csv", "unit_measure", "dimension")
    }
    indicators = _table(folder, "indicators.csv", "indicator_code", "name_zh")
    departments = _table(
        folder, "departments.csv", "department_code", "name_zh", "short_name_zh", "name_en"
    )
    return Seeds(
        indicators=frozenset(entry["indicator_code"] for entry in indicators),
        area_names={area: tuple(aliases) for area, aliases in names.items()},
        units=units,
        departments={
            entry["department_code"]: Words(entry["short_name_zh"], entry["name_en"])
            for entry in departments
        },
        indicator_aliases=_indicator_names(folder, indicators, frozenset(units)),
        department_codes=_department_names(folder, departments),
    )


def load_department_aliases(folder: Path) -> dict[str, str]:
    """Folder name or other spelling → department code.

    Raises:
        KnowledgeError: the table or a column is missing.
    """
    rows = _table(folder, "department_aliases.csv", "alias", "department_code")
    return {entry["alias"]: entry["department_code"] for entry in rows}


def load_department_names(folder: Path) -> dict[str, str]:
    """Department code → its short Chinese name, in the order of the table.

    Raises:
        KnowledgeError: the table or a column is missing.
    """
    rows = _table(folder, "departments.csv", "department_code", "short_name_zh")
    return {entry["department_code"]: entry["short_name_zh"] for entry in rows}


def _indicator_names(
    folder: Path, indicators: list[dict[str, str]], units: frozenset[str]
) -> dict[str, str]:
    """Names and aliases → code; a name that two indicators share says nothing."""
    meant: defaultdict[str, set[str]] = defaultdict(set)
    aliases = _table(folder, "indicator_aliases.csv", "alias", "indicator_code")
    named = [(entry["alias"], entry["indicator_code"]) for entry in aliases]
    named += [(entry["name_zh"], entry["indicator_code"]) for entry in indicators]
    for name, code in named:
        meant[split_unit(label(name).text, units)[0]].add(code)
    return {name: next(iter(codes)) for name, codes in meant.items() if len(codes) == 1}


def _department_names(folder: Path, departments: list[dict[str, str]]) -> dict[str, str]:
    aliases = load_department_aliases(folder)
    for entry in departments:
        for name in (entry["name_zh"], entry["short_name_zh"]):
            aliases.setdefault(name, entry["department_code"])
    return {squeeze(name): code for name, code in aliases.items()}


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
