"""Chinese names of codes, from the tables people maintain."""

import csv
from dataclasses import dataclass
from pathlib import Path

#: Table → its columns of code and Chinese name.
_TABLES = {
    "indicator": ("indicators.csv", "indicator_code", "name_zh"),
    "area": ("areas.csv", "ref_area", "name_zh"),
    "department": ("departments.csv", "department_code", "short_name_zh"),
}


@dataclass(frozen=True)
class Names:
    """``found`` has the Chinese name by (kind of code, code)."""

    found: dict[tuple[str, str], str]

    def of(self, kind: str, code: str | None) -> str:
        """The Chinese name; the code itself where no table has it, '' for none."""
        return self.found.get((kind, code), code) if code else ""


def load_names(seeds: Path) -> Names:
    """Names from ``dbt_project/seeds``; a table that is missing leaves its codes as they are."""
    found: dict[tuple[str, str], str] = {}
    for kind, (file, code, name) in _TABLES.items():
        found |= {(kind, row[code]): row[name] for row in _rows(seeds / file)}
    found |= {(row["list"], row["code"]): row["name_zh"] for row in _rows(seeds / "codes.csv")}
    return Names(found)


def _rows(path: Path) -> list[dict[str, str]]:
    if not path.is_file():
        return []
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))
