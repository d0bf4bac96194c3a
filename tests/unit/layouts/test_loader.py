"""A wrong layout file is refused with file, line, what was found and what is allowed."""

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from govstats.errors import KnowledgeError
from govstats.layouts.loader import load_layouts
from govstats.layouts.model import Layout
from govstats.layouts.reading import Knowledge
from govstats.layouts.seeds import Seeds, load_seeds

GOOD = """\
department: finance
layouts:
  - id: finance_debt
    name_zh: 债务表
    name_en: Debt
    source_precedence: 1
    valid_from: "2020-01"
    drift: refuse
    title: 债务表
    period: {cycle: month}
    dims: {ref_area: "430602000000", scope: jurisdiction, unit: 万元}
    columns:
      - {id: label, label: 项目, role: row_label}
      - {id: month, label: 本月, dims: {measure: level, period_type: month}}
    rows:
      axis: indicator
      items:
        - {id: total, label: 财政总收入, dims: {indicator: fiscal_revenue_total}}
"""

Load = Callable[[str], tuple[Layout, ...]]


@pytest.fixture
def load(tmp_path: Path, project: Path, knowledge: Knowledge) -> Load:
    def from_text(*texts: str) -> tuple[Layout, ...]:
        folder = tmp_path / "layouts"
        folder.mkdir(exist_ok=True)
        (folder / "schema.json").write_bytes((project / "layouts/schema.json").read_bytes())
        for number, text in enumerate(texts):
            (folder / f"file{number or ''}.yml").write_text(text, "utf-8")
        return load_layouts(folder, knowledge.seeds)

    return from_text


def test_a_good_file(load: Load) -> None:
    (layout,) = load(GOOD)
    assert (layout.id, layout.department, layout.valid_to) == ("finance_debt", "finance", None)
    assert [column.role for column in layout.columns] == ["row_label", "figure"]
    assert layout.period_sources == ("title", "sheet_name", "file_name", "header")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (
            "drift: refuse",
            "drift: refus",
            "layouts/file.yml, line 8, at layouts[0].drift: found “refus” (did you mean “refuse”?)",
        ),
        (
            "    title: 债务表",
            "    titel: 债务表",
            "line 3, at layouts[0]: unknown key “titel” (did you mean “title”?)",
        ),
        (
            "role: row_label",
            "roll: row_label",
            "line 13, at layouts[0].columns[0]: unknown key “roll” (did you mean “role”?)",
        ),
        (
            "role: row_label",
            "role: row_lable",
            "at layouts[0].columns[0].role: found “row_lable” (did you mean “row_label”?)",
        ),
        (
            '"430602000000"',
            "430602000000",
            "line 11, at layouts[0].dims.ref_area: found 430602000000\n  → give text (in quotes",
        ),
        ('valid_from: "2020-01"', 'valid_from: "2020-13"', "found “2020-13”\n  → Year and month"),
        ("    source_precedence: 1\n", "", "“source_precedence” is missing"),
        (
            "indicator: fiscal_revenue_total",
            "indicator: fiscal_revenue",
            "unknown indicator “fiscal_revenue” (did you mean “fiscal_revenue_total”?)",
        ),
        ("unit: 万元", "unit: 万圆", "unknown unit “万圆”"),
        (
            "department: finance",
            "department: finanse",
            "unknown department “finanse” (did you mean",
        ),
        ("    title: 债务表", "    title: '债务表('", "“债务表(” is no regular expression"),
        ("label: 本月,", "label: 项目,", "the column label “项目” is given twice"),
        ("id: month,", "id: label,", "the column id “label” is given twice"),
        ("role: row_label", "role: ignore", "0 columns have the role row_label"),
        (", unit: 万元", "", "row total, column month has no unit"),
        ("measure: level", "measure: growth", "row total, column month has no growth_basis"),
        (
            "{indicator: fiscal_revenue_total}}",
            "{indicator: fiscal_revenue_total}, cells: {moth: none}}",
            "row total names the column “moth” (did you mean “month”?)",
        ),
        (
            "    columns:",
            "    unit_line: ^单位\n    columns:",
            "unit_line has no group named units",
        ),
        ("    drift", "    id: twice\n    drift", "the key “id” is given twice"),
        ("  - id", " - id", "line 4, column 12: mapping values"),
    ],
)
def test_what_is_wrong_is_said(load: Load, old: str, new: str, says: str) -> None:
    assert old in GOOD
    with pytest.raises(KnowledgeError) as caught:
        load(GOOD.replace(old, new, 1))
    assert says in str(caught.value)
    assert "layouts/file.yml" in caught.value.what
    assert caught.value.remedy


def test_two_crossings_with_one_meaning(load: Load) -> None:
    second = "      - {id: again, label: 本月数, dims: {measure: level, period_type: month}}\n"
    with pytest.raises(KnowledgeError, match="row total, column month mean the same figure"):
        load(GOOD.replace("    rows:", second + "    rows:"))


def test_one_name_twice(load: Load) -> None:
    with pytest.raises(KnowledgeError, match="two layouts are named “finance_debt”"):
        load(GOOD, GOOD)
    later = GOOD.replace('valid_from: "2020-01"', 'valid_from: "2021-01"')
    earlier = GOOD.replace("    drift", '    valid_to: "2020-12"\n    drift')
    assert len(load(earlier, later)) == 2


def test_no_layout_at_all(load: Load, tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="no layout in layouts/"):
        load()


def test_a_table_that_is_missing_or_lacks_a_column(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match=r"area_aliases\.csv is missing"):
        load_seeds(tmp_path)
    (tmp_path / "area_aliases.csv").write_text("alias\n全市\n", "utf-8")
    with pytest.raises(KnowledgeError, match=r"area_aliases\.csv has no column ref_area"):
        load_seeds(tmp_path)


def test_parts_inherit_and_units_of_columns_go_first(knowledge: Knowledge) -> None:
    monthly = next(entry for entry in knowledge.layouts if entry.id == "statistics_monthly")
    rows = {row.id: row for row in monthly.every_row()}
    columns = {column.id: column for column in monthly.columns}
    growth = monthly.dims_at(rows["gdp_primary"], columns["growth"])
    assert growth is not None
    assert (growth.indicator, growth.unit, growth.growth_basis) == ("gdp_primary", "%", "yoy_real")
    level = monthly.dims_at(rows["gdp_primary"], columns["ytd"])
    assert level is not None
    assert (level.unit, level.growth_basis, level.scope) == ("亿元", None, "jurisdiction")


# ── the project's own files ──────────────────────────────────────────────────────────────────


def test_the_schema_is_one_and_describes_its_keys(project: Path) -> None:
    schema = json.loads((project / "layouts/schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    for name in ("layout", "column", "row", "dims"):
        for key, entry in schema["$defs"][name]["properties"].items():
            if key not in ("period", "columns", "ref_area"):
                assert "description" in entry or "$ref" in entry, f"{name}.{key}"


@pytest.mark.parametrize("name", ["measure", "period_type", "scope", "growth_basis"])
def test_the_schema_allows_the_codes_of_the_code_list(project: Path, name: str) -> None:
    schema = json.loads((project / "layouts/schema.json").read_text("utf-8"))
    lines = (project / "dbt_project/seeds/codes.csv").read_text("utf-8").splitlines()
    listed = {line.split(",")[1] for line in lines if line.startswith(f"{name},")}
    assert set(schema["$defs"]["dims"]["properties"][name]["enum"]) == listed


def test_layouts_are_those_that_departments_owe(project: Path, knowledge: Knowledge) -> None:
    path = project / "dbt_project/seeds/reporting_duties.csv"
    with path.open(encoding="utf-8", newline="") as duties:
        owed = {(row["layout_id"], row["department_code"]) for row in csv.DictReader(duties)}
    assert {(layout.id, layout.department) for layout in knowledge.layouts} == owed


def test_seeds_know_the_short_names(knowledge: Knowledge) -> None:
    seeds: Seeds = knowledge.seeds
    assert seeds.departments["hrss"].zh == "人社局"
    assert seeds.units["万元"] == seeds.units["亿元"] != seeds.units["人"]
