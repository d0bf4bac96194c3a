"""No district, department, indicator, target or threshold is named in code."""

import csv
import re
from pathlib import Path

import pytest


def codes(project: Path) -> set[str]:
    """Codes and Chinese names of what people maintain as tables."""
    seeds = project / "dbt_project" / "seeds"
    found: set[str] = set()
    for seed, columns in {
        "areas": ("ref_area", "name_zh"),
        "departments": ("department_code", "name_zh", "short_name_zh"),
        "indicators": ("indicator_code", "name_zh"),
        "targets": ("target_id",),
        "light_rules": ("light_rule",),
        "reporting_duties": ("layout_id",),
    }.items():
        with (seeds / f"{seed}.csv").open(encoding="utf-8", newline="") as handle:
            for row in csv.DictReader(handle):
                found |= {row[column] for column in columns if row[column]}
    # words that are also plain English or a name of something else
    return found - {"statistics", "finance"}


def sources(project: Path) -> list[Path]:
    python = [
        path
        for name in ("govstats", "govstats_airflow", "dags", "scripts")
        for path in (project / name).rglob("*.py")
    ]
    sql = [
        path
        for name in ("models", "macros")
        for path in (project / "dbt_project" / name).rglob("*.sql")
    ]
    templates = [path for kind in ("*.j2", "*.js") for path in (project / "govstats").rglob(kind)]
    return [*python, *sql, *templates]


def test_there_is_something_to_look_for(project: Path) -> None:
    assert len(codes(project)) > 80
    assert len(sources(project)) > 120


@pytest.mark.parametrize("kind", [".py", ".sql", ".j2", ".js"])
def test_no_code_names_what_is_data(project: Path, kind: str) -> None:
    words = codes(project)
    named = {
        f"{path.relative_to(project)}: {word}"
        for path in sources(project)
        if path.suffix == kind
        for word in words_in(path.read_text(encoding="utf-8"), words)
    }
    assert sorted(named) == []


def words_in(text: str, words: set[str]) -> set[str]:
    """Words that stand in a text by themselves, not as part of a longer one."""
    simple = words & set(re.findall(r"[\w-]+", text))
    spaced = {word for word in words if word in text and not re.fullmatch(r"[\w-]+", word)}
    return simple | {
        word for word in spaced if re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text)
    }


def test_a_word_is_found_by_itself_only() -> None:
    words = {"gdp", "税收:个人", "education"}
    assert words_in("level of gdp; gdp_primary, pre-education", words) == {"gdp"}
    assert words_in("'税收:个人'", words) == {"税收:个人"}
