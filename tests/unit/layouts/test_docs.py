"""docs/add-a-department.md, done as it says: from an unknown sheet to observations."""

import json
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
import typer.main
import yaml
from jsonschema import Draft202012Validator

from govstats.cli import app
from govstats.layouts.inspect import inspect_file
from govstats.observations import SubmissionRef, read_all
from govstats.settings import Settings
from tests.workbooks.builders import Cell, workbook


@pytest.fixture(scope="module")
def page(project: Path) -> str:
    return (project / "docs/add-a-department.md").read_text("utf-8")


@pytest.fixture
def own(settings: Settings, tmp_path: Path) -> Settings:
    """A copy of the project's knowledge that the test may change."""
    root = tmp_path / "project"
    for name in ("layouts", "dbt_project/seeds"):
        shutil.copytree(settings.root / name, root / name)
    return replace(settings, root=root)


def block(page: str, language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", page, re.DOTALL)
    assert found
    return found.group(1)


def sheet(page: str) -> list[list[Cell]]:
    return [[cell(text) for text in line.split("|")] for line in block(page, "text").splitlines()]


def cell(text: str) -> Cell:
    plain = text.strip(" ")
    return float(plain) if re.fullmatch(r"-?\d+(\.\d+)?", plain) else plain or None


def add_to_tables(page: str, settings: Settings) -> None:
    tables = re.findall(r"`(dbt_project/seeds/\w+\.csv)`:\n\n```csv\n(.*?)```", page, re.DOTALL)
    assert len(tables) == 5
    for name, lines in tables:
        path = settings.root / name
        head, *_ = path.read_text("utf-8").splitlines()
        for line in lines.splitlines():
            assert line.count(",") == head.count(","), f"{name}: {line}"
        with path.open("a", encoding="utf-8") as stream:
            stream.write(lines)


def test_the_walk_through(page: str, own: Settings) -> None:
    name = re.search(r"`data/raw/(\S+?/\S+?/\S+?\.xlsx)`", page)
    assert name
    rows = sheet(page)
    path = workbook(own.raw / name.group(1), rows, [(1, 1, 1, 5), (3, 1, 4, 1), (3, 4, 3, 5)])

    before = inspect_file(path, own)
    assert before.refusal is not None
    assert before.refusal.code == "unknown_layout"

    add_to_tables(page, own)
    (own.layouts / "housing.yml").write_text(block(page, "yaml"), "utf-8")
    after = inspect_file(path, own)
    assert after.refusal is None
    assert (after.layout_id, after.department) == ("housing_sales", "housing")
    assert (after.observations_total, dict(after.fates)["unmapped"]) == (12, 0)

    ref = SubmissionRef("s1", "housing", "2020-03", name.group(1), path)
    (outcome,) = read_all([ref], own)
    figures = {
        (o.indicator_code, o.measure): o for o in outcome.observations if o.period_type == "ytd"
    }
    assert figures["housing_sales_area_residential", "level"].cell_value == 66110
    assert figures["housing_sales_value_residential", "level"].cell_unit == "万元"


def test_the_slip_it_quotes(page: str, own: Settings) -> None:
    add_to_tables(page, own)
    wrong = block(page, "yaml").replace("role: row_label", "role: row_lable")
    (own.layouts / "housing.yml").write_text(wrong, "utf-8")
    path = workbook(own.raw / "a.xlsx", [["甲"]])
    with pytest.raises(Exception, match="row_lable") as caught:
        inspect_file(path, own)
    quoted = re.search(r"`(layouts/housing\.yml, line.*?)`", page, re.DOTALL)
    assert quoted
    assert re.sub(r"\s+", " ", quoted.group(1)) in str(caught.value)


@pytest.mark.parametrize(
    "name", ["docs/add-a-department.md", "docs/layouts.md", "layouts/README.md"]
)
def test_commands_that_are_named_exist(project: Path, name: str) -> None:
    text = (project / name).read_text("utf-8")
    commands = set(typer.main.get_command(app).commands)  # type: ignore[attr-defined]
    assert set(re.findall(r"govstats ([a-z]+)", text)) <= commands


def test_the_examples_of_the_reference_are_legal(project: Path) -> None:
    schema = json.loads((project / "layouts/schema.json").read_text("utf-8"))
    defs = schema["$defs"]
    example = yaml.safe_load(block((project / "docs/layouts.md").read_text("utf-8"), "yaml"))
    shapes = {
        "remarks": defs["remarks"],
        "provisional": defs["layout"]["properties"]["provisional"],
    }
    assert set(example) == set(shapes)
    for name, shape in shapes.items():
        Draft202012Validator({**shape, "$defs": defs}).validate(example[name])


def test_every_key_of_the_schema_is_explained(project: Path) -> None:
    text = (project / "docs/layouts.md").read_text("utf-8")
    schema = (project / "layouts/schema.json").read_text("utf-8")
    keys = set(re.findall(r'^\s+"(\w+)": \{', schema, re.MULTILINE))
    keys -= {"properties", "items", "code", "month", "area", "text", "regex", "header_label"}
    keys -= {"additionalProperties", "layout", "column", "row", "axis"}
    missing = {key for key in keys if key not in text}
    assert not missing
