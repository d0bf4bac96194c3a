"""docs/add-a-department.md, done as it says: from an unknown sheet to observations."""

import json
import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb
import openpyxl
import pytest
import typer.main
import yaml
from jsonschema import Draft202012Validator

from govstats.cli import app
from govstats.layouts.inspect import Inspection, inspect_file
from govstats.layouts.seeds import load_department_aliases
from govstats.observations import SubmissionRef, read_all, read_into
from govstats.settings import Settings
from govstats.template import make_template
from tests.workbooks.builders import Cell, Range, workbook


@dataclass(frozen=True)
class Example:
    """One example of the page: its text, where its sheet lies and which ranges are merged."""

    text: str
    layout: str
    merges: tuple[Range, ...]

    @property
    def name(self) -> str:
        """The sheet below data/raw: department, period, file."""
        found = re.search(r"`data/raw/(\S+?/\S+?/\S+?\.xlsx)`", self.text)
        assert found
        return found.group(1)

    @property
    def rows(self) -> list[list[Cell]]:
        lines = block(self.text, "text").splitlines()
        return [[cell(text) for text in line.split("|")] for line in lines]


@pytest.fixture(scope="module")
def page(project: Path) -> str:
    return (project / "docs/add-a-department.md").read_text("utf-8")


@pytest.fixture(scope="module")
def table(page: str) -> Example:
    text = page.split("# Second example")[0]
    return Example(text, "real_estate", ((1, 1, 1, 5), (3, 1, 4, 1), (3, 4, 3, 5)))


@pytest.fixture(scope="module")
def register(page: str) -> Example:
    return Example(page.split("# Second example")[1], "science", ((1, 1, 1, 7),))


@pytest.fixture
def own(settings: Settings, tmp_path: Path) -> Settings:
    """A copy of the project's knowledge that the test may change."""
    root = tmp_path / "project"
    for name in ("layouts", "dbt_project/seeds"):
        shutil.copytree(settings.root / name, root / name)
    return replace(settings, root=root)


def block(text: str, language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", text, re.DOTALL)
    assert found
    return found.group(1)


def cell(text: str) -> Cell:
    plain = text.strip(" ")
    return float(plain) if re.fullmatch(r"-?\d+(\.\d+)?", plain) else plain or None


def hand_in(example: Example, settings: Settings, edits: Sequence[tuple[str, str]] = ()) -> Path:
    path = workbook(settings.raw / example.name, example.rows, example.merges)
    if edits:
        book = openpyxl.load_workbook(path)
        for place, text in edits:
            book.worksheets[0][place] = cell(text)
        book.save(path)
    return path


def add_to_tables(example: Example, settings: Settings) -> int:
    tables = re.findall(
        r"`(dbt_project/seeds/\w+\.csv)`:\n\n```csv\n(.*?)```", example.text, re.DOTALL
    )
    for name, lines in tables:
        path = settings.root / name
        head, *_ = path.read_text("utf-8").splitlines()
        for line in lines.splitlines():
            assert line.count(",") == head.count(","), f"{name}: {line}"
        with path.open("a", encoding="utf-8") as stream:
            stream.write(lines)
    return len(tables)


def corrected(draft: str, changes: str) -> str:
    """The draft after the page's changes: lines with a minus replaced by those with a plus."""
    for old, new in re.findall(r"((?:^-.*\n)+)((?:^\+.*\n)+)", changes, re.MULTILINE):
        before = re.sub("^-", "", old, flags=re.MULTILINE)
        assert draft.count(before) == 1, before
        draft = draft.replace(before, re.sub(r"^\+", "", new, flags=re.MULTILINE))
    return draft


def add_the_layout(example: Example, settings: Settings) -> None:
    text = corrected(block(example.text, "yaml"), block(example.text, "diff"))
    (settings.layouts / f"{example.layout}.yml").write_text(text, "utf-8")


def known(own: Settings, *examples: Example) -> Settings:
    """The project after the steps of the page."""
    for example in examples:
        add_to_tables(example, own)
        add_the_layout(example, own)
    return own


def submission(path: Path, settings: Settings) -> SubmissionRef:
    department, period, _ = path.relative_to(settings.raw).parts
    code = load_department_aliases(settings.dbt_project / "seeds")[department]
    return SubmissionRef("s1", code, period, path.relative_to(settings.raw).as_posix(), path)


def fates(seen: Inspection) -> str:
    return "cells by fate: " + ", ".join(f"{name} {count}" for name, count in seen.fates)


@pytest.mark.parametrize(("which", "tables"), [("table", 5), ("register", 3)])
def test_the_draft_and_what_is_read_with_it(
    which: str, tables: int, own: Settings, request: pytest.FixtureRequest
) -> None:
    if which == "register":  # the page has done the first example by then
        known(own, request.getfixturevalue("table"))
    example: Example = request.getfixturevalue(which)
    path = hand_in(example, own)
    before = inspect_file(path, own)
    assert before.refusal is not None
    assert before.refusal.code == "unknown_layout"
    assert not before.department

    assert add_to_tables(example, own) == tables
    draft = inspect_file(path, own, with_draft=True).draft
    assert draft == block(example.text, "yaml")
    assert "TODO 0 " in draft

    add_the_layout(example, own)
    text = (own.layouts / f"{example.layout}.yml").read_text("utf-8")
    assert "# CHECK" not in text
    after = inspect_file(path, own)
    assert after.refusal is None
    assert f"`{fates(after)}`" in re.sub(r"\s+", " ", example.text)


def shown(text: str, columns: int) -> list[list[str]]:
    """The last result of a query that the page shows, of so many columns."""
    found = re.findall(r"```text\n(.*?)```", text, re.DOTALL)
    lines = [[part.strip() for part in line.split("|")] for line in found[-1].splitlines()]
    assert all(len(line) == columns for line in lines)
    return lines


def test_the_figures_of_the_first_example(table: Example, own: Settings) -> None:
    known(own, table)
    (outcome,) = read_all([submission(hand_in(table, own), own)], own)
    found = {
        (o.indicator_code, o.measure, float(o.cell_value or 0), o.cell_unit, o.cell)
        for o in outcome.observations
        if o.period_type == "ytd"
    }
    lines = shown(table.text, 7)
    assert len(lines) == 8
    assert found == {(a, b, float(value), unit, at) for a, b, _, _, value, unit, at in lines}


def test_the_entries_of_the_second_example(
    table: Example, register: Example, own: Settings, tmp_path: Path
) -> None:
    known(own, table, register)
    list(read_into([submission(hand_in(register, own), own)], own, tmp_path))
    facts = duckdb.from_parquet(f"{tmp_path}/*.entries.parquet")
    found = facts.filter("field_id in ('unit', 'goal', 'rate') and not is_total").order(
        "entry_number, column_number"
    )
    rows = found.project(
        "section, entry_key, field_id, value_text, operator, value_number, value_unit, value_code"
    ).fetchall()
    plain = [["" if v is None else str(v) for v in row] for row in rows]
    for row in plain:
        row[5] = f"{float(row[5]):g}" if row[5] else ""
    assert plain == shown(register.text, 8)
    totals = facts.filter("is_total and field_id = 'rate'").project("value_number").fetchall()
    assert totals == [(31,)]


def departures(page: str) -> list[tuple[str, str]]:
    return re.findall(r"^\| (`[A-G]\d+`.*?) \| (.*?) \|$", page, re.MULTILINE)


def test_what_a_sheet_that_departs_is_answered(table: Example, own: Settings) -> None:
    known(own, table)
    answers = departures(table.text)
    assert len(answers) > 8
    for change, answer in answers:
        edits = [(place, text) for place, text in re.findall(r"`(\w\d+)` ([^;]+)", change)]
        seen = inspect_file(hand_in(table, own, edits), own)
        if answer.startswith("read"):
            assert seen.refusal is None, change
            assert ("RDG-002" in answer) == ("unknown_row" in {n.kind for n in seen.notes}), change
        else:
            code = re.search(r"refused, `(\w+)`", answer)
            assert code, answer
            assert seen.refusal is not None, change
            assert seen.refusal.code == code.group(1)
            for line in re.findall(r"`(also: .*?)`", answer):
                assert line in seen.refusal.lines


def test_the_forms_it_asks_for(table: Example, register: Example, own: Settings) -> None:
    known(own, table, register)
    for example in (table, register):
        department = example.name.split("/")[0]
        assert f"govstats template {department} 2020-04" in example.text
        path, (made,) = make_template(
            own, department, "2020-04", own.raw / department / "2020-04" / "填报.xlsx"
        )
        assert made.inputs or made.room
        book = openpyxl.load_workbook(path)
        filled = {"C5": 26020} if example is table else {"B4": "停车场建设", "C4": "住建局"}
        for place, content in filled.items():
            book.worksheets[0][place] = content
        book.save(path)
        seen = inspect_file(path, own)
        assert seen.refusal is None
        assert dict(seen.fates)["unmapped"] == 0


def test_the_slips_it_quotes(table: Example, own: Settings) -> None:
    known(own, table)
    path = workbook(own.raw / "a.xlsx", [["甲"]])
    layout = own.layouts / "real_estate.yml"
    good = layout.read_text("utf-8")
    layout.write_text(good.replace("role: row_label", "role: row_lable"), "utf-8")
    with pytest.raises(Exception, match="row_lable") as caught:
        inspect_file(path, own)
    quoted = re.search(r"`(layouts/real_estate\.yml, line.*?)`", table.text, re.DOTALL)
    assert quoted
    assert re.sub(r"\s+", " ", quoted.group(1)) in str(caught.value)
    layout.write_text(good.replace("indicator: housing_sales_area,", "indicator: todo,"), "utf-8")
    with pytest.raises(Exception, match="unknown indicator “todo”"):
        inspect_file(path, own)


@pytest.mark.parametrize(
    "name",
    [
        "README.md",
        "README.zh-CN.md",
        "docs/add-a-department.md",
        "docs/inspect.md",
        "docs/layouts.md",
        "docs/templates.md",
        "layouts/README.md",
    ],
)
def test_commands_that_are_named_exist(project: Path, name: str) -> None:
    text = (project / name).read_text("utf-8")
    commands = set(typer.main.get_command(app).commands)  # type: ignore[attr-defined]
    assert set(re.findall(r"govstats ([a-z][a-z-]*)", text)) <= commands


def test_the_examples_of_the_reference_are_legal(project: Path) -> None:
    schema = json.loads((project / "layouts/schema.json").read_text("utf-8"))
    defs = schema["$defs"]
    text = (project / "docs/layouts.md").read_text("utf-8")
    blocks = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    examples = [yaml.safe_load(found) for found in blocks]
    shapes = defs["layout"]["properties"]
    met = {name for example in examples for name in example}
    assert met == {"columns", "drift", "remarks", "provisional"}
    for example in examples:
        for name, content in example.items():
            Draft202012Validator({**shapes[name], "$defs": defs}).validate(content)


def test_every_key_of_the_schema_is_explained(project: Path) -> None:
    text = (project / "docs/layouts.md").read_text("utf-8")
    schema = (project / "layouts/schema.json").read_text("utf-8")
    keys = set(re.findall(r'^\s+"(\w+)": \{', schema, re.MULTILINE))
    keys -= {"properties", "items", "code", "month", "area", "text", "regex", "header_label"}
    keys -= {"additionalProperties", "layout", "column", "row", "axis"}
    missing = {key for key in keys if key not in text}
    assert not missing
